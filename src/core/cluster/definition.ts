import { isAbsolute } from 'node:path';
import type { AzureOrigin } from '../azureOrigin';
import { lenient, map, object, type Schema, string } from '../schema';
import { visible } from '../text/visible';
import { type EndpointRules, isUnencrypted, parseEndpoint } from './endpoint';
import { registryEndpoint } from './registryEndpoint';
import type { FieldProblem, Parsed } from './parsed';

/** How a cluster is described in the settings, and the rules that such a description must obey. */

export interface ClusterDefinition {
  /** Unique among the clusters. */
  readonly name: string;
  /** Base address of the REST proxy, without a slash at its end. */
  readonly endpoint: string;
  /** The API of the REST proxy. */
  readonly dialect: Chosen;
  readonly signIn: SignIn;
  /** PEM file with certificates to trust in addition to those of the system. */
  readonly caFile?: string;
  readonly protection: Protection;
  /** The resource in Azure that it was found as. */
  readonly azure?: AzureOrigin;
  /** The schema registry of its topics. */
  readonly schemaRegistry?: RegistryDefinition;
}

/** A schema registry with Confluent's API. It shares nothing with the REST proxy of the cluster. */
export interface RegistryDefinition {
  /** Base address, without a slash at its end. */
  readonly endpoint: string;
  readonly signIn: SignIn;
  readonly caFile?: string;
  /** How it is protected against registering by mistake. */
  readonly protection: Protection;
}

const azureOrigin: Schema<AzureOrigin> = object({
  resourceId: map(string, (text) => parseName(text).value),
  group: lenient(map(string, (text) => parseName(text).value)),
});

/**
 * A choice among several kinds: the kind and its fields, in normal form and with their defaults. It
 * holds no secret.
 */
export type Chosen = Readonly<Record<string, string>> & { readonly kind: string };

/** How to sign in to a cluster. `src/auth/methods` defines the kinds and the fields of each. */
export type SignIn = Chosen;

/** The members of an entry of the setting. */
export type Entry = ReadonlyMap<string, unknown>;

/**
 * Either the value, or what is wrong with the member at the path `field`, such as `signIn.kind`.
 */
export type ParsedMember<T> =
  { readonly value: T } | { readonly field: string; readonly problem: FieldProblem };

/** How the settings represent a sign-in; implemented by `src/auth/methods/registry`. */
export interface SignInRules {
  /** Reads the sign-in of an entry. */
  read(entry: Entry): ParsedMember<SignIn>;
  /**
   * Returns the value to write as the member `signIn`: without defaults, and with the members of
   * `before`, the previous entry, that are unknown here.
   */
  write(signIn: SignIn, before: Entry): Readonly<Record<string, unknown>>;
  /** The members of an older entry, from before the member `signIn` existed. */
  readonly flat: readonly string[];
}

/** How the settings represent a dialect; implemented by `src/core/dialects/rules`. */
export interface DialectRules {
  /** Reads the dialect of an entry; an entry without one gets the default. */
  read(entry: Entry): ParsedMember<Chosen>;
  /** Returns the value to write as the member `dialect`; `undefined` if it is the default. */
  write(dialect: Chosen, before: Entry): unknown;
  /** Returns how texts become endpoints in a dialect, or in the default dialect. */
  endpointRulesOf(dialect?: Pick<Chosen, 'kind'>): EndpointRules | undefined;
}

/** How the settings represent those parts of a definition that are open to new kinds. */
export interface DefinitionRules {
  readonly signIn: SignInRules;
  readonly dialect: DialectRules;
}

/**
 * How a cluster is protected against writing by mistake, from the weakest to the strictest:
 * `production` asks the user to type its name before anything is written, `readOnly` refuses all
 * writing.
 */
export const protections = ['none', 'production', 'readOnly'] as const;
export type Protection = (typeof protections)[number];

/** Returns a name in its normal form: any text that is not empty and has no hidden characters. */
export function parseName(text: string): Parsed<string> {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  return visible(trimmed) === trimmed ? { value: trimmed } : { problem: 'has-hidden' };
}

/**
 * Returns the path of a CA file; it may be empty. A relative path would mean another file in each
 * workspace.
 */
export function parseCaFile(text: string): Parsed<string> {
  const trimmed = text.trim();
  return trimmed === '' || isAbsolute(trimmed) ? { value: trimmed } : { problem: 'not-absolute' };
}

/** A definition, or the path of the first member that is wrong, such as `signIn.tenantId`. */
export type ParsedDefinition =
  | { readonly definition: ClusterDefinition }
  | { readonly field: string; readonly problem: FieldProblem; readonly name?: string };

/**
 * Reads one entry of the setting. Anybody may have written the settings, for example the author of
 * a workspace, so every member is checked. An endpoint of plain http needs `allowHttp` beside it;
 * `readClusters` decides whether the author of the entry may set that.
 */
export function parseDefinition(entry: unknown, rules: DefinitionRules): ParsedDefinition {
  const members = membersOf(entry);
  const text = (member: string): string => {
    const value = members.get(member);
    return typeof value === 'string' ? value : '';
  };
  const name = parseName(text('name'));
  if (name.problem !== undefined) return { field: 'name', problem: name.problem };
  const failed = (field: string, problem: FieldProblem) => ({ field, problem, name: name.value });
  const dialect = rules.dialect.read(members);
  if ('problem' in dialect) return failed(dialect.field, dialect.problem);
  const endpointRules = rules.dialect.endpointRulesOf(dialect.value);
  const access = parseAccess(members, endpointRules, rules);
  if ('problem' in access) return failed(access.field, access.problem);
  // It only explains failures, so a mistake in it does no harm.
  const azure = azureOrigin(members.get('azure'));
  const registry = members.has('schemaRegistry')
    ? parseRegistry(members.get('schemaRegistry'), rules)
    : undefined;
  if (registry && 'problem' in registry) {
    return failed(`schemaRegistry.${registry.field}`, registry.problem);
  }
  const { endpoint, ...rest } = access.value;
  return {
    definition: {
      ...{ name: name.value, endpoint, dialect: dialect.value },
      ...rest,
      ...(azure && { azure }),
      ...(registry && { schemaRegistry: registry.value }),
    },
  };
}

/** Reads how to reach and sign in to an endpoint, which is that of a REST proxy or a registry. */
function parseAccess(
  members: Entry,
  endpointRules: EndpointRules | undefined,
  rules: DefinitionRules,
): ParsedMember<RegistryDefinition> {
  const text = (member: string): string => {
    const value = members.get(member);
    return typeof value === 'string' ? value : '';
  };
  const allowHttp = members.get('allowHttp') === true;
  const endpoint = parseEndpoint(text('endpoint'), endpointRules, allowHttp);
  if (endpoint.problem !== undefined) return { field: 'endpoint', problem: endpoint.problem };
  const signIn = rules.signIn.read(members);
  if ('problem' in signIn) return signIn;
  const protection = parseProtection(members.get('protection'));
  if (protection === undefined) return { field: 'protection', problem: 'not-a-protection' };
  const caFile = parseCaFile(text('caFile'));
  if (caFile.problem !== undefined) return { field: 'caFile', problem: caFile.problem };
  return {
    value: {
      endpoint: endpoint.value,
      signIn: signIn.value,
      ...(caFile.value && { caFile: caFile.value }),
      protection,
    },
  };
}

/** Reads the registry of an entry. One without a sign-in does not sign in. */
function parseRegistry(value: unknown, rules: DefinitionRules): ParsedMember<RegistryDefinition> {
  const members = new Map<string, unknown>([['signIn', { kind: 'none' }], ...membersOf(value)]);
  return parseAccess(members, registryEndpoint, rules);
}

/** Returns the protection that an entry asks for; `undefined` if there is no such protection. */
export function parseProtection(value: unknown): Protection | undefined {
  return value === undefined ? 'none' : protections.find((protection) => protection === value);
}

/**
 * Returns what to write to the settings: the definition without its defaults. Members of `before`,
 * the entry that it replaces, stay if they are unknown here.
 */
export function toSetting(
  { name, dialect, azure, schemaRegistry, ...access }: ClusterDefinition,
  rules: DefinitionRules,
  before?: unknown,
): Readonly<Record<string, unknown>> {
  const old = membersOf(before);
  const known = new Set([...MEMBERS, ...rules.signIn.flat]);
  const spoken = rules.dialect.write(dialect, old);
  const { endpoint, ...rest } = accessSetting(access, rules, old);
  return {
    ...{ name, endpoint },
    ...(spoken !== undefined && { dialect: spoken }),
    ...rest,
    ...(azure && { azure }),
    ...(schemaRegistry && {
      schemaRegistry: registrySetting(schemaRegistry, rules, old.get('schemaRegistry')),
    }),
    ...unknownOf(old, known),
  };
}

function registrySetting(definition: RegistryDefinition, rules: DefinitionRules, before: unknown) {
  const old = membersOf(before);
  return { ...accessSetting(definition, rules, old), ...unknownOf(old, new Set(ACCESS)) };
}

function accessSetting(
  { endpoint, signIn, caFile, protection }: RegistryDefinition,
  rules: DefinitionRules,
  before: Entry,
) {
  return {
    endpoint,
    signIn: rules.signIn.write(signIn, before),
    ...(caFile !== undefined && { caFile }),
    ...(protection !== 'none' && { protection }),
    ...(isUnencrypted(endpoint) && { allowHttp: true }),
  };
}

function unknownOf(before: Entry, known: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...before].filter(([member]) => !known.has(member)));
}

/** The members of an entry that are known here, except the flat ones of a sign-in. */
const ACCESS = ['endpoint', 'signIn', 'caFile', 'protection', 'allowHttp'];
const MEMBERS = ['name', 'dialect', 'azure', 'schemaRegistry', ...ACCESS];

/** Returns the members of a value from the settings; none if it is not an object. */
export function membersOf(value: unknown): Entry {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
