import * as vscode from 'vscode';
import { methodOf, signInMethods, signInOf } from '../../auth/methods/registry';
import { parseField, type Secrets } from '../../auth/methods/signInMethod';
import {
  type ClusterDefinition,
  DEFAULT_DIALECT,
  isUnencrypted,
  type Parsed,
  parseCaFile,
  parseEndpoint,
  parseName,
  type SignIn,
} from '../../core/cluster/definition';
import { confirm } from '../dialogs/notify';
import { askPick, askText } from '../dialogs/questions';
import { type Answer, back, mapAnswer, type StepContext } from '../dialogs/wizard';
import { fieldProblem } from '../words/fieldProblem';
import { signInWords } from '../words/signIn/registry';
import type { FieldWords } from '../words/signIn/signInWords';

/** The state of the cluster wizard: the fields as typed, and empty texts for the others. */
export type Draft = Readonly<Required<ClusterDefinition>> & {
  /** May hold fields of other ways to sign in, which the person typed before choosing this one. */
  readonly signIn: SignIn;
  readonly secrets: Secrets;
};

/**
 * The path of a field or secret that the wizard asks for. `signIn` is the choice of the way to sign
 * in.
 */
export type Field = 'name' | 'endpoint' | 'caFile' | 'signIn' | `${typeof SIGN_IN}${string}`;

const SIGN_IN = 'signIn.';

export const emptyDraft: Draft = {
  name: '',
  endpoint: '',
  dialect: DEFAULT_DIALECT,
  signIn: { kind: signInMethods[0]?.kind ?? '' },
  secrets: {},
  caFile: '',
  protection: 'none',
};

/**
 * Returns the fields and secrets of a way to sign in that must be filled in, or the fields with a
 * fallback.
 */
export function signInFields(kind: string, which: 'required' | 'optional'): readonly Field[] {
  const { fields, secrets } = methodOf({ kind });
  const names = Object.entries(fields)
    .filter(([, { fallback }]) => (fallback === undefined) === (which === 'required'))
    .map(([name]) => name);
  return [...names, ...(which === 'required' ? Object.keys(secrets) : [])].map(fieldOf);
}

/** Returns the name of the secret that a field is for, or `undefined` if it is for none. */
export function secretOf({ signIn }: Draft, field: Field): string | undefined {
  const name = nameOf(field);
  return !isOwn(field) && Object.hasOwn(methodOf(signIn).secrets, name) ? name : undefined;
}

/** Returns the path of a field or secret of a way to sign in. */
export function fieldOf(name: string): Field {
  return `${SIGN_IN}${name}`;
}

/** Returns a field as typed, or else its fallback; empty if there is neither. */
export function textOf(draft: Draft, field: Field): string {
  if (field === 'signIn') return draft.signIn.kind;
  if (isOwn(field)) return draft[field];
  const secret = secretOf(draft, field);
  if (secret !== undefined) return draft.secrets[secret] ?? '';
  return signInOf(draft.signIn.kind, draft.signIn)[nameOf(field)] ?? '';
}

/** Returns the label of a field in a list. */
export function labelOf(draft: Draft, field: Field): string {
  return field === 'signIn' ? vscode.l10n.t('Sign-in') : questionFor(field, draft).label;
}

function isOwn(field: Field): field is 'name' | 'endpoint' | 'caFile' {
  return field !== 'signIn' && !field.startsWith(SIGN_IN);
}

function nameOf(field: Field): string {
  return field.slice(SIGN_IN.length);
}

interface FieldQuestion {
  readonly label: string;
  readonly prompt: string;
  readonly placeholder?: string;
  /** Returns the field in its normal form, or what is wrong with it. */
  parse(text: string): Parsed<string>;
}

/** Returns the question for a field, with its rules. */
function questionFor(field: Exclude<Field, 'signIn'>, { signIn }: Draft): FieldQuestion {
  const t = vscode.l10n.t;
  const method = methodOf(signIn);
  const words = signInWords(method.kind);
  switch (field) {
    case 'name':
      return {
        label: t('Name'),
        prompt: t('A name for the cluster, as the sidebar shows it'),
        placeholder: t('for example contoso'),
        parse: parseName,
      };
    case 'endpoint':
      return {
        label: t('Endpoint'),
        prompt: t('The address of its Kafka REST proxy, or the bare name of the HDInsight cluster'),
        placeholder: 'https://contoso-kafkarest.azurehdinsight.net',
        parse: (text) => parseEndpoint(text, true),
      };
    case 'caFile':
      return {
        label: t('CA file'),
        prompt: t('A PEM file with certificates to trust for this cluster too. Empty: none'),
        parse: parseCaFile,
      };
    default: {
      const name = nameOf(field);
      const rule = method.fields[name] ?? method.secrets[name];
      const parse = (text: string) => (rule ? parseField(rule, text) : { value: text });
      const own: FieldWords | undefined = words?.fields[name] ?? words?.secrets[name];
      return { ...(own ?? { label: name, prompt: name }), parse };
    }
  }
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
  if (field === 'signIn') return askSignIn(draft, context);
  const question = questionFor(field, draft);
  const secret = secretOf(draft, field);
  const optional = secret !== undefined && rules.keepsSecret(draft, secret);
  const parse = (text: string): Parsed<string> =>
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
      validate: (text) => {
        const { value, problem } = parse(text);
        if (problem !== undefined) return fieldProblem(problem);
        return field === 'name' && rules.isTaken(value) ? fieldProblem('duplicate') : undefined;
      },
    });
    if (answer === back || answer === undefined) return answer;
    const { value = '' } = parse(answer);
    const isAgreed = field !== 'endpoint' || value === draft.endpoint || !isUnencrypted(value);
    if (isAgreed || (await allowHttp(value))) {
      if (isOwn(field)) return { [field]: value };
      return secret === undefined
        ? { signIn: { ...draft.signIn, [nameOf(field)]: value } }
        : { secrets: { ...draft.secrets, [secret]: value } };
    }
    typed = answer;
  }
}

/** Asks how to sign in. Typed secrets are dropped when the person chooses another way. */
async function askSignIn(draft: Draft, context: StepContext): Promise<Answer<Partial<Draft>>> {
  const { signIn } = draft;
  const answer = await askPick<string>(context, {
    placeholder: vscode.l10n.t('How does the REST proxy know who you are?'),
    choices: signInMethods.map((method) => ({
      label: method.kind,
      ...listed(method.kind),
      choice: method.kind,
    })),
    active: (choice) => choice === signIn.kind,
  });
  return mapAnswer(answer, (kind) =>
    kind === signIn.kind ? {} : { signIn: { ...signIn, kind }, secrets: {} },
  );
}

/** Returns the label and detail of a way to sign in for a list. */
function listed(kind: string): { readonly label?: string; readonly detail?: string } {
  const words = signInWords(kind);
  return words ? { label: words.label, detail: words.detail } : {};
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
 * Suggests an address. A cluster usually has the same name here as in Azure, so its name gives the
 * address.
 */
function suggestion(field: Field, { name }: Draft): string | undefined {
  if (field !== 'endpoint' || !/^[a-z0-9-]+$/i.test(name)) return undefined;
  return parseEndpoint(name).value;
}

/** Returns the definition for a draft whose fields are all filled in. */
export function toDefinition({
  name,
  endpoint,
  dialect,
  signIn,
  caFile,
  protection,
}: Draft): ClusterDefinition {
  return {
    name,
    endpoint,
    dialect,
    signIn: signInOf(signIn.kind, signIn),
    ...(caFile && { caFile }),
    protection,
  };
}
