import * as vscode from 'vscode';
import { nameFor } from '../../../core/cluster/askedEndpoint';
import { isUnencrypted } from '../../../core/cluster/endpoint';
import type { FieldRule } from '../../../core/cluster/kinds';
import { dialectOf } from '../../../core/dialects/registry';
import { confirm } from '../../dialogs/notify';
import { askPick, askText, type TextButton } from '../../dialogs/questions';
import { type Answer, back, mapAnswer, type StepContext } from '../../dialogs/wizard';
import { fieldDoubt, fieldProblem } from '../../words/fieldProblem';
import type { Detect } from '../connect';
import { askChoice, choiceQuestion } from './choices';
import {
  type ChoiceName,
  type Draft,
  type Field,
  fieldsIn,
  fileOf,
  isChoice,
  isKindField,
  isOptionalSecret,
  isReplaced,
  isUntouched,
  partsOf,
  ruleOf,
  secretOf,
  suggestionFor,
  textOf,
} from './draft';
import { type FieldReading, questionFor } from './fieldQuestions';
import { recognise } from './recognise';

/** Rules that differ between runs of the wizard. */
export interface FieldRules {
  /** Whether another cluster has the name. */
  readonly isTaken: (name: string) => boolean;
  /** Whether the name follows from the endpoint until the person gives another one. */
  readonly nameFollows: boolean;
  /** Finds out which dialect an endpoint has. */
  readonly detect: Detect;
  /** Asks for the schema registry of the cluster. */
  readonly askRegistry: (draft: Draft, context: StepContext) => Promise<Answer<Partial<Draft>>>;
  /** Whether a secret is stored that serves the draft, so that its field may stay empty. */
  readonly keepsSecret: (draft: Draft, name: string) => boolean;
}

/** A text that a person has typed into a field and not yet confirmed. */
export interface Typing {
  get(field: Field): string | undefined;
  /** Returns a text that the person has confirmed elsewhere, once. */
  takeConfirmed(field: Field): string | undefined;
  set(field: Field, text: string): void;
  /** Drops what was typed into a field, because it is confirmed. */
  forget(field: Field): void;
}

/**
 * Asks for one field and returns it in its normal form. Plain http needs the person's consent. An
 * endpoint comes with the dialect that is recognised there.
 */
export async function askField(
  field: Field,
  draft: Draft,
  rules: FieldRules,
  context: StepContext,
  typing?: Typing,
): Promise<Answer<Partial<Draft>>> {
  if (isChoice(field)) return askChoice(choiceQuestion(field), draft, context);
  const question = questionFor(field, draft);
  const { options } = question;
  if (options) {
    const answer = await askPick<string>(context, {
      placeholder: question.prompt,
      choices: options,
      active: (option) => option === textOf(draft, field),
    });
    return mapAnswer(answer, (value) => withField(draft, field, value, rules));
  }
  const file = fileOf(draft, field);
  const kept = isKept(draft, field, rules);
  const optional = kept || isOptionalSecret(draft, field);
  const read = (text: string): FieldReading =>
    optional && text.trim() === '' ? { value: '' } : question.read(text);
  let confirmed = typing?.takeConfirmed(field);
  const suggested = isUntouched(draft, field) ? suggestionFor(draft, field) : undefined;
  let typed = confirmed ?? typing?.get(field) ?? suggested ?? textOf(draft, field);
  // A text that cannot be taken as it is opens the question all the same.
  if (confirmed !== undefined && !isClear(read(confirmed))) confirmed = undefined;
  for (;;) {
    let browsed: string | undefined;
    const answer =
      confirmed ??
      (await askText(context, {
        prompt: kept
          ? vscode.l10n.t('{0}. Empty: keep the stored one', question.prompt)
          : question.prompt,
        value: typed,
        ...(question.placeholder && { placeholder: question.placeholder }),
        password: secretOf(draft, field) !== undefined,
        ...(question.hint && { hint: question.hint }),
        validate: (text) => {
          const { value, problem, remark } = read(text);
          if (problem !== undefined) return question.explain(problem, text, remark);
          return field === 'name' && rules.isTaken(value) ? fieldProblem('duplicate') : undefined;
        },
        doubt: (text) => {
          const { value = '', doubt } = read(text);
          return doubt && fieldDoubt(doubt, value);
        },
        typed: (text) => typing?.set(field, text),
        ...(file && { buttons: [browseButton((text) => (browsed = text))] }),
      }));
    confirmed = undefined;
    if (browsed !== undefined) {
      typed = (await browse(browsed, file, question.label)) ?? browsed;
      continue;
    }
    if (answer === back || answer === undefined) return answer;
    const { value = '', others, fields } = read(answer);
    const isAgreed = field !== 'endpoint' || value === draft.endpoint || !isUnencrypted(value);
    if (isAgreed || (await allowHttp(value, draft.isRegistry))) {
      const changed = withField(draft, field, value, rules, fields ?? others);
      const isKnown =
        field !== 'endpoint' || draft.isRegistry || (value === draft.endpoint && isDecided(draft));
      return isKnown ? changed : withDialect({ ...draft, ...changed }, changed, rules, context);
    }
    typed = answer;
  }
}

/**
 * As `askField`, and then asks for the fields that the change makes necessary, such as those of
 * another way to sign in. Giving up there keeps what was answered.
 */
export async function askFieldAndMissing(
  field: Field,
  draft: Draft,
  rules: FieldRules,
  context: StepContext,
  typing?: Typing,
): Promise<Answer<Partial<Draft>>> {
  const first = await askField(field, draft, rules, context, typing);
  if (first === back || first === undefined) return first;
  typing?.forget(field);
  if (!('dialect' in first || 'signIn' in first)) return first;
  let filled = first;
  const changed = { ...draft, ...filled };
  for (const missing of [...missingFields(changed, rules), ...unfitFields(changed)]) {
    const answer = await askField(missing, { ...draft, ...filled }, rules, context);
    if (answer === back || answer === undefined) return filled;
    filled = { ...filled, ...answer };
  }
  return filled;
}

/** Adds to a change of the endpoint what follows from the dialect that is recognised there. */
async function withDialect(
  draft: Draft,
  changed: Partial<Draft>,
  { detect }: FieldRules,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
  const recognised = await recognise(draft, detect, context);
  return mapAnswer(recognised, (more) => ({ ...changed, ...more }));
}

function isDecided({ decidedBy }: Draft): boolean {
  return decidedBy !== 'nobody';
}

function isClear({ problem, doubt }: FieldReading): boolean {
  return problem === undefined && doubt === undefined;
}

/** Returns the fields that must be filled in and are empty. */
export function missingFields(draft: Draft, rules: FieldRules): readonly Field[] {
  const fields: readonly Field[] = ['name', 'endpoint', ...fieldsIn(draft, 'required')];
  return fields.filter(
    (field) =>
      textOf(draft, field) === '' && !isKept(draft, field, rules) && !isReplaced(draft, field),
  );
}

/** Returns the fields whose fallback would apply and does not fit the cluster. */
function unfitFields(draft: Draft): readonly Field[] {
  return fieldsIn(draft, 'optional').filter(
    (field) => isUntouched(draft, field) && suggestionFor(draft, field) !== undefined,
  );
}

/** Returns whether a field is for a secret that is stored. */
export function isKept(draft: Draft, field: Field, rules: FieldRules): boolean {
  const secret = secretOf(draft, field);
  return secret !== undefined && rules.keepsSecret(draft, secret);
}

function withField(
  draft: Draft,
  field: Exclude<Field, ChoiceName>,
  value: string,
  rules: FieldRules,
  others?: Readonly<Record<string, string>>,
): Partial<Draft> {
  if (field === 'endpoint') {
    const dialect = { ...draft.dialect, ...others };
    return { ...withEndpoint(draft, value, rules), ...(others && { dialect }) };
  }
  if (!isKindField(field)) return { [field]: value };
  const secret = secretOf(draft, field);
  if (secret !== undefined) return { secrets: { ...draft.secrets, [secret]: value } };
  const { choice, name } = partsOf(field);
  const { alternative } = ruleOf(draft, field) ?? {};
  const emptied = alternative !== undefined && value !== '' ? { [alternative]: '' } : {};
  return { [choice]: { ...draft[choice], ...emptied, ...others, [name]: value } };
}

function withEndpoint(
  draft: Draft,
  endpoint: string,
  { isTaken, nameFollows }: FieldRules,
): Partial<Draft> {
  const nameOf = (address: string) => {
    return nameFor(address, dialectOf(draft.dialect).endpoint, isTaken);
  };
  const isDerived =
    draft.name === '' || (draft.endpoint !== '' && draft.name === nameOf(draft.endpoint));
  const azure = endpoint === draft.endpoint ? draft.azure : undefined;
  return { endpoint, azure, ...(nameFollows && isDerived && { name: nameOf(endpoint) }) };
}

function browseButton(run: (text: string) => void): TextButton {
  return {
    iconPath: new vscode.ThemeIcon('folder-opened'),
    tooltip: vscode.l10n.t('Browse...'),
    run,
  };
}

/** Has the person choose a file. `current` is the path to begin with; `label` names the field. */
async function browse(
  current: string,
  holds: FieldRule['file'],
  label: string,
): Promise<string | undefined> {
  const t = vscode.l10n.t;
  const all = { [t('All files')]: ['*'] };
  const filters = {
    certificate: { [t('Certificates')]: ['pem', 'crt', 'cer'], ...all },
    key: { [t('Private keys')]: ['pem', 'key'], ...all },
    other: all,
  };
  const [file] =
    (await vscode.window.showOpenDialog({
      title: t('Choose: {0}', label),
      openLabel: t('Choose'),
      filters: filters[holds ?? 'other'],
      ...(current && { defaultUri: vscode.Uri.file(current) }),
    })) ?? [];
  return file?.fsPath;
}

/** Asks whether to send credentials and messages to an endpoint unencrypted. */
function allowHttp(endpoint: string, isRegistry: boolean): Promise<boolean> {
  const t = vscode.l10n.t;
  const { host } = new URL(endpoint);
  if (isRegistry) {
    return confirm(
      'warning',
      t('Send credentials and schemas to {0} unencrypted?', host),
      t(
        'Over plain http, anyone on the way can read and change the schemas, and can use the registry with the credentials. Use https:// if the registry offers it.',
      ),
      t('Allow Plain HTTP'),
    );
  }
  return confirm(
    'warning',
    t('Send credentials and all messages to {0} unencrypted?', host),
    t(
      'Over plain http, anyone on the way can read and change the messages, and can use the cluster with the credentials. Use https:// if the REST proxy offers it.',
    ),
    t('Allow Plain HTTP'),
  );
}
