import * as vscode from 'vscode';
import { type AskedEndpoint, parseAskedEndpoint } from '../../../core/cluster/askedEndpoint';
import { parseCaFile, parseName } from '../../../core/cluster/definition';
import { withoutEndSlashes } from '../../../core/cluster/endpoint';
import { type FieldRule, parseField } from '../../../core/cluster/kinds';
import type { FieldProblem } from '../../../core/cluster/parsed';
import { registryEndpoint } from '../../../core/cluster/registryEndpoint';
import { dialectOf } from '../../../core/dialects/registry';
import type { Choice } from '../../dialogs/questions';
import { dialectWords } from '../../words/dialects/registry';
import { fieldProblem } from '../../words/fieldProblem';
import type { FieldWords } from '../../words/kindWords';
import { secretWords } from '../../words/signIn/registry';
import { secretHint, secretProblem } from '../typedSecret';
import { choiceQuestion } from './choices';
import {
  type ChoiceName,
  chosenKind,
  type Draft,
  type Field,
  isChoice,
  type KindField,
  partsOf,
  secretOf,
} from './draft';

/** What a text means in a field: its value, or what is wrong with it, or why it is doubtful. */
export type FieldReading = AskedEndpoint & {
  /** The values of other fields of the same kind that the text names too. */
  readonly others?: Readonly<Record<string, string>>;
};

export interface FieldQuestion {
  readonly label: string;
  readonly prompt: string;
  readonly placeholder?: string;
  /** The only answers. Missing: the question takes a text. */
  readonly options?: readonly (Choice<string> & { readonly choice: string })[];
  read(text: string): FieldReading;
  /** Returns the sentence for the problem of a text, and the remark that came with it. */
  explain(problem: FieldProblem, text: string, remark?: string): string;
  /** Returns how a text is understood, if that is not evident. */
  readonly hint?: (text: string) => string | undefined;
}

/** Returns the label of a field in a list. */
export function labelOf(draft: Draft, field: Field): string {
  return isChoice(field) ? choiceQuestion(field).label : questionFor(field, draft).label;
}

/** Returns the question for a field, with its rules. */
export function questionFor(field: Exclude<Field, ChoiceName>, draft: Draft): FieldQuestion {
  const t = vscode.l10n.t;
  const explain = fieldProblem;
  switch (field) {
    case 'name':
      return {
        label: t('Name'),
        prompt: t('A name for the cluster, as the sidebar shows it'),
        placeholder: t('for example contoso'),
        read: parseName,
        explain,
      };
    case 'endpoint':
      return endpointQuestion(draft);
    case 'caFile':
      return {
        label: t('CA file'),
        prompt: draft.isRegistry
          ? t('A PEM file with certificates to trust for this registry too. Empty: none')
          : t('A PEM file with certificates to trust for this cluster too. Empty: none'),
        read: parseCaFile,
        explain,
      };
    default:
      return kindQuestion(field, draft);
  }
}

function kindQuestion(field: KindField, draft: Draft): FieldQuestion {
  const t = vscode.l10n.t;
  const { choice, name } = partsOf(field);
  const { kind, fields, secrets } = chosenKind(choice, draft);
  const secret = secretOf(draft, field) === undefined ? undefined : secrets?.[name];
  const rule: FieldRule | undefined = fields[name] ?? secret;
  const words = choiceQuestion(choice).words(kind);
  const own: FieldWords | undefined =
    words?.fields[name] ?? (choice === 'signIn' ? secretWords(kind, name) : undefined);
  const options = rule?.options?.map((value) => ({
    label: value,
    ...own?.options?.[value],
    choice: value,
  }));
  const read = (text: string): FieldReading => {
    if (!rule) return { value: text };
    const pasted = rule.pasted?.(text) ?? { text };
    const { others } = pasted;
    const parsed = parseField(rule, pasted.text, { ...draft[choice], ...others });
    if (parsed.value === undefined) return parsed;
    const doubt = rule.doubt?.(parsed.value, draft[choice]);
    return { ...parsed, ...(doubt && { doubt }), ...(others && { others }) };
  };
  const hint = (text: string) => {
    const { value, others = {} } = read(text);
    if (value === undefined || text.trim() === '') return undefined;
    const more = Object.entries(others).map(([other, value]) => {
      return t('{0}: {1}', words?.fields[other]?.label ?? other, value);
    });
    if (more.length === 0 && value === text.trim()) return undefined;
    const first = value === '' ? [] : [t('{0}: {1}', own?.label ?? name, value)];
    return [...first, ...more].join(' · ');
  };
  return {
    label: own?.label ?? name,
    prompt: own?.prompt ?? name,
    ...(own?.placeholder !== undefined && { placeholder: own.placeholder }),
    ...(options && { options }),
    read,
    explain: (problem, text) =>
      secret ? secretProblem(secret, problem, text) : fieldProblem(problem),
    // What is understood of a secret must not be shown.
    hint: secret ? (text) => secretHint(secret, text) : hint,
  };
}

function endpointQuestion({ dialect, isRegistry }: Draft): FieldQuestion {
  const t = vscode.l10n.t;
  if (isRegistry) return registryQuestion();
  const words = dialectWords(dialect.kind)?.endpoint;
  const remarks = new Map(Object.entries(words?.remarks ?? {}));
  const read = (text: string) => parseAskedEndpoint(text, dialectOf(dialect).endpoint);
  return {
    label: t('Endpoint'),
    prompt: words?.prompt ?? t('The address of its Kafka REST proxy'),
    ...(words && { placeholder: words.placeholder }),
    read,
    explain: (problem, _, remark = '') =>
      remarks.get(remark)?.('') ??
      (problem === 'not-an-address' ? words?.notAnAddress : undefined) ??
      fieldProblem(problem),
    hint: (text) => {
      const { value, remark = '' } = read(text);
      if (value === undefined || value === withoutEndSlashes(text.trim())) return undefined;
      return remarks.get(remark)?.(value) ?? t('The address is {0}.', value);
    },
  };
}

function registryQuestion(): FieldQuestion {
  const t = vscode.l10n.t;
  const read = (text: string) => parseAskedEndpoint(text, registryEndpoint);
  return {
    label: t('Address'),
    prompt: t('The address of the schema registry, or of one of its pages'),
    placeholder: 'https://registry.contoso.com',
    read,
    explain: fieldProblem,
    hint: (text) => {
      const { value } = read(text);
      if (value === undefined || value === withoutEndSlashes(text.trim())) return undefined;
      return t('The address is {0}.', value);
    },
  };
}
