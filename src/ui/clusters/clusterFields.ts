import * as vscode from 'vscode';
import { parseCaFile, parseName } from '../../core/cluster/definition';
import {
  isUnencrypted,
  type ParsedEndpoint,
  parseEndpoint,
  withoutEndSlashes,
} from '../../core/cluster/endpoint';
import type { FieldProblem } from '../../core/cluster/parsed';
import { parseField } from '../../core/cluster/kinds';
import { dialectOf } from '../../core/dialects/registry';
import { confirm } from '../dialogs/notify';
import { askText } from '../dialogs/questions';
import { type Answer, back, type StepContext } from '../dialogs/wizard';
import { dialectWords } from '../words/dialects/registry';
import { fieldProblem } from '../words/fieldProblem';
import type { FieldWords } from '../words/kindWords';
import { askChoice, choiceQuestion } from './choices';
import {
  type ChoiceName,
  chosenKind,
  type Draft,
  type Field,
  isChoice,
  isKindField,
  partsOf,
  secretOf,
  textOf,
} from './draft';

/** Returns the label of a field in a list. */
export function labelOf(draft: Draft, field: Field): string {
  return isChoice(field) ? choiceQuestion(field).label : questionFor(field, draft).label;
}

interface FieldQuestion {
  readonly label: string;
  readonly prompt: string;
  readonly placeholder?: string;
  /** Returns the field in its normal form, or what is wrong with it. */
  parse(text: string): ParsedEndpoint;
  /** Returns the sentence for a problem and the remark that came with it. */
  explain(problem: FieldProblem, remark?: string): string;
  /** Returns how a text is understood, if that is not evident. */
  readonly hint?: (text: string) => string | undefined;
}

/** Returns the question for a field, with its rules. */
function questionFor(field: Exclude<Field, ChoiceName>, draft: Draft): FieldQuestion {
  const t = vscode.l10n.t;
  const explain = fieldProblem;
  switch (field) {
    case 'name':
      return {
        label: t('Name'),
        prompt: t('A name for the cluster, as the sidebar shows it'),
        placeholder: t('for example contoso'),
        parse: parseName,
        explain,
      };
    case 'endpoint':
      return endpointQuestion(draft);
    case 'caFile':
      return {
        label: t('CA file'),
        prompt: t('A PEM file with certificates to trust for this cluster too. Empty: none'),
        parse: parseCaFile,
        explain,
      };
    default: {
      const { choice, name } = partsOf(field);
      const { kind, fields, secrets } = chosenKind(choice, draft);
      const rule = fields[name] ?? secrets?.[name];
      const parse = (text: string) => (rule ? parseField(rule, text) : { value: text });
      const words = choiceQuestion(choice).words(kind);
      const own: FieldWords | undefined = words?.fields[name] ?? words?.secrets?.[name];
      return { ...(own ?? { label: name, prompt: name }), parse, explain };
    }
  }
}

function endpointQuestion({ dialect }: Draft): FieldQuestion {
  const t = vscode.l10n.t;
  const words = dialectWords(dialect.kind)?.endpoint;
  const remarks = new Map(Object.entries(words?.remarks ?? {}));
  const parse = (text: string) => parseEndpoint(text, dialectOf(dialect).endpoint, true);
  return {
    label: t('Endpoint'),
    prompt: words?.prompt ?? t('The address of its Kafka REST proxy'),
    ...(words && { placeholder: words.placeholder }),
    parse,
    explain: (problem, remark = '') =>
      remarks.get(remark)?.('') ??
      (problem === 'not-an-address' ? words?.notAnAddress : undefined) ??
      fieldProblem(problem),
    hint: (text) => {
      const { value, remark = '' } = parse(text);
      if (value === undefined || value === withoutEndSlashes(text.trim())) return undefined;
      return remarks.get(remark)?.(value) ?? t('The address is {0}.', value);
    },
  };
}

/** Rules that differ between runs of the wizard. */
export interface FieldRules {
  /** Whether another cluster has the name. */
  isTaken(name: string): boolean;
  /** Whether a secret is stored that serves the draft, so that its field may stay empty. */
  keepsSecret(draft: Draft, name: string): boolean;
}

/** Asks for one field and returns it in its normal form. Plain http needs the person's consent. */
export async function askField(
  field: Field,
  draft: Draft,
  rules: FieldRules,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
  if (isChoice(field)) return askChoice(choiceQuestion(field), draft, context);
  const question = questionFor(field, draft);
  const secret = secretOf(draft, field);
  const optional = secret !== undefined && rules.keepsSecret(draft, secret);
  const parse = (text: string): ParsedEndpoint =>
    optional && text.trim() === '' ? { value: '' } : question.parse(text);
  let typed = textOf(draft, field) || suggestion(field, draft);
  for (;;) {
    const answer = await askText(context, {
      prompt: optional
        ? vscode.l10n.t('{0}. Empty: keep the stored one', question.prompt)
        : question.prompt,
      value: typed,
      ...(question.placeholder && { placeholder: question.placeholder }),
      password: secret !== undefined,
      ...(question.hint && { hint: question.hint }),
      validate: (text) => {
        const { value, problem, remark } = parse(text);
        if (problem !== undefined) return question.explain(problem, remark);
        return field === 'name' && rules.isTaken(value) ? fieldProblem('duplicate') : undefined;
      },
    });
    if (answer === back || answer === undefined) return answer;
    const { value = '' } = parse(answer);
    const isAgreed = field !== 'endpoint' || value === draft.endpoint || !isUnencrypted(value);
    if (isAgreed || (await allowHttp(value))) {
      return withField(draft, field, value);
    }
    typed = answer;
  }
}

function withField(draft: Draft, field: Exclude<Field, ChoiceName>, value: string): Partial<Draft> {
  if (!isKindField(field)) return { [field]: value };
  const secret = secretOf(draft, field);
  if (secret !== undefined) return { secrets: { ...draft.secrets, [secret]: value } };
  const { choice, name } = partsOf(field);
  return { [choice]: { ...draft[choice], [name]: value } };
}

/** Asks whether to send credentials and messages to an endpoint unencrypted. */
function allowHttp(endpoint: string): Promise<boolean> {
  const t = vscode.l10n.t;
  return confirm(
    'warning',
    t('Send credentials and all messages to {0} unencrypted?', new URL(endpoint).host),
    t(
      'Over plain http, anyone on the way can read and change the messages, and can use the cluster with the credentials. Use https:// if the REST proxy offers it.',
    ),
    t('Allow Plain HTTP'),
  );
}

/**
 * Suggests an address. If the dialect has names for clusters, a cluster usually has the same name
 * here, so its name gives the address.
 */
function suggestion(field: Field, { name, dialect }: Draft): string | undefined {
  return field === 'endpoint' ? dialectOf(dialect).endpoint?.read?.(name)?.address : undefined;
}
