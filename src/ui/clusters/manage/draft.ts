import { extraNames, isExtra } from '../../../auth/methods/extras';
import { methodOf, secretsOf } from '../../../auth/methods/registry';
import type {
  Chosen,
  ClusterDefinition,
  RegistryDefinition,
} from '../../../core/cluster/definition';
import type { ClusterSource } from '../../../core/cluster/settings';
import type { Secrets } from '../../../auth/methods/signInMethod';
import { choiceOf, type FieldRule, type Kind } from '../../../core/cluster/kinds';
import type { Detected } from '../../../core/dialects/detect';
import { dialectOf, dialects } from '../../../core/dialects/registry';
import type { KafkaError } from '../../../core/errors';
import { ownSource } from '../clusterSettings';

/**
 * The state of the cluster wizard: the fields as typed, and empty texts for the others. `dialect`
 * and `signIn` may hold fields of other kinds, which the person typed before choosing this one.
 */
export type Draft = Readonly<Required<Omit<ClusterDefinition, 'azure' | 'schemaRegistry'>>> & {
  readonly schemaRegistry: RegistryDefinition | undefined;
  /** The secrets of the schema registry that the person has typed. */
  readonly registrySecrets: Secrets;
  /** Whether it is the draft of a schema registry, whose `name` is that of its cluster. */
  readonly isRegistry: boolean;
  /** The resource in Azure that was chosen, as long as the endpoint is its. */
  readonly azure: ClusterDefinition['azure'] | undefined;
  readonly secrets: Secrets;
  /** Whose settings define it. */
  readonly source: ClusterSource;
  /** Who decided on the dialect; it is the default if nobody did. */
  readonly decidedBy: 'nobody' | 'person' | Detected;
  /** Why nothing responded at the endpoint, if that was so when it was looked at. */
  readonly silence: KafkaError | undefined;
};

/** The members of a definition that choose one of several kinds, each with fields of its own. */
export const choices = ['dialect', 'signIn'] as const;
export type ChoiceName = (typeof choices)[number];

/** The fields that every cluster has. */
type CommonField = 'name' | 'endpoint' | 'caFile';

/** A field or secret of a kind, such as `signIn.tenantId`. */
export type KindField = `${ChoiceName}.${string}`;

/** The path of what the wizard asks for. A choice stands for the question for its kind. */
export type Field = CommonField | ChoiceName | KindField;

const [usual] = dialects;

export const emptyDraft: Draft = {
  name: '',
  endpoint: '',
  dialect: { kind: usual.kind },
  signIn: { kind: usual.signIn },
  secrets: {},
  caFile: '',
  protection: 'none',
  schemaRegistry: undefined,
  registrySecrets: {},
  isRegistry: false,
  azure: undefined,
  source: ownSource,
  decidedBy: 'nobody',
  silence: undefined,
};

export function isChoice(field: Field): field is ChoiceName {
  return field === 'dialect' || field === 'signIn';
}

/** Returns whether a text from outside is the path of something that the wizard asks for. */
export function isField(draft: Draft, text: string): text is Field {
  const all = [...fieldsIn(draft, 'required'), ...fieldsIn(draft, 'optional'), ...choices];
  return ['name', 'endpoint', 'caFile', ...all].includes(text);
}

export function isKindField(field: Field): field is KindField {
  return field.includes('.');
}

/** Returns the parts of the path of a field of a kind. */
export function partsOf(field: KindField): { readonly choice: ChoiceName; readonly name: string } {
  const choice = field.startsWith('signIn.') ? 'signIn' : 'dialect';
  return { choice, name: field.slice(choice.length + 1) };
}

/** Returns the path of a field or secret of a kind. */
export function fieldOf(choice: ChoiceName, name: string): Field {
  return `${choice}.${name}`;
}

/** A kind with the secrets that it needs, if it needs any. */
export interface DraftKind extends Kind {
  readonly secrets?: ReturnType<typeof secretsOf>;
}

/** Returns the fields and secrets of a kind that must be filled in, or those that may be empty. */
export function fieldsOf(
  choice: ChoiceName,
  { fields, secrets = {} }: DraftKind,
  which: 'required' | 'optional',
): readonly Field[] {
  const isWanted = (mayBeEmpty: boolean) => mayBeEmpty === (which === 'optional');
  return [
    ...Object.entries(fields).filter(([, { fallback }]) => isWanted(fallback !== undefined)),
    ...Object.entries(secrets).filter(([, { optional }]) => isWanted(optional === true)),
  ].map(([name]) => fieldOf(choice, name));
}

/** Returns the fields of the chosen kinds that must be filled in, or those that may be empty. */
export function fieldsIn(draft: Draft, which: 'required' | 'optional'): readonly Field[] {
  const all = choices.flatMap((choice) => fieldsOf(choice, chosenKind(choice, draft), which));
  const extras = extraNames(draft.signIn).map((name) => fieldOf('signIn', name));
  return all.filter(
    (field) => which === 'required' || !isExtraField(field) || extras.includes(field),
  );
}

/** Returns the kind that a draft chooses. */
export function chosenKind(choice: ChoiceName, draft: Pick<Draft, ChoiceName>): DraftKind {
  return choice === 'signIn'
    ? { ...methodOf(draft.signIn), secrets: secretsOf(draft.signIn) }
    : dialectOf(draft.dialect);
}

/** Returns whether a field or secret belongs to the extras of every way to sign in. */
export function isExtraField(field: Field): boolean {
  return isKindField(field) && isExtra(partsOf(field).name);
}

/** Returns the name of the secret that a field is for, or `undefined` if it is for none. */
export function secretOf(draft: Draft, field: Field): string | undefined {
  if (!isKindField(field)) return undefined;
  const { choice, name } = partsOf(field);
  return Object.hasOwn(chosenKind(choice, draft).secrets ?? {}, name) ? name : undefined;
}

/** Returns whether a field is for a secret that the cluster can do without. */
export function isOptionalSecret(draft: Draft, field: Field): boolean {
  const secret = secretOf(draft, field);
  return secret !== undefined && secretsOf(draft.signIn)[secret]?.optional === true;
}

/** Returns whether a field is the path of a file, and what that file holds. */
export function fileOf(draft: Draft, field: Field): FieldRule['file'] {
  return field === 'caFile' ? 'certificate' : ruleOf(draft, field)?.file;
}

/** Returns the rule of a field of a chosen kind; `undefined` for any other field, and for secrets. */
export function ruleOf(draft: Draft, field: Field): FieldRule | undefined {
  if (!isKindField(field)) return undefined;
  const { choice, name } = partsOf(field);
  return chosenKind(choice, draft).fields[name];
}

/** Returns whether a field may be empty because another one is filled in instead. */
export function isReplaced(draft: Draft, field: Field): boolean {
  const { alternative } = ruleOf(draft, field) ?? {};
  return (
    isKindField(field) && alternative !== undefined && !!draft[partsOf(field).choice][alternative]
  );
}

/** Returns a field as typed, or else its fallback; empty if there is neither. */
export function textOf(draft: Draft, field: Field): string {
  if (isChoice(field)) return draft[field].kind;
  if (!isKindField(field)) return draft[field];
  const secret = secretOf(draft, field);
  if (secret !== undefined) return draft.secrets[secret] ?? '';
  const { choice, name } = partsOf(field);
  return filled(draft, choice)[name] ?? '';
}

/**
 * Returns what to suggest for a field that is to be asked for although it has a fallback, or
 * `undefined` if it is not.
 */
export function suggestionFor(draft: Draft, field: Field): string | undefined {
  if (!isKindField(field)) return undefined;
  const { signIn: usualSignIn } = dialectOf(draft.dialect);
  const others = draft[partsOf(field).choice];
  return ruleOf(draft, field)?.suggestion?.({ endpoint: draft.endpoint, usualSignIn, others });
}

/** Returns whether nothing was typed into a field of a kind, so that its fallback applies. */
export function isUntouched(draft: Draft, field: Field): boolean {
  if (!isKindField(field)) return false;
  const { choice, name } = partsOf(field);
  return !draft[choice][name];
}

/** Returns a choice with only the fields of its kind, and the fallbacks of those that are empty. */
function filled(draft: Draft, choice: ChoiceName): Chosen {
  return choiceOf(chosenKind(choice, draft), draft[choice]);
}

/** Returns the definition for a draft whose fields are all filled in. */
export function toDefinition(draft: Draft): ClusterDefinition {
  const { name, endpoint, caFile, protection, azure, schemaRegistry } = draft;
  return {
    name,
    endpoint,
    dialect: filled(draft, 'dialect'),
    signIn: filled(draft, 'signIn'),
    ...(caFile && { caFile }),
    protection,
    ...(azure && { azure }),
    ...(schemaRegistry && { schemaRegistry }),
  };
}
