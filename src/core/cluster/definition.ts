import { isAbsolute } from 'node:path';
import { visible } from '../text/visible';

/** How a cluster is described in the settings, and the rules that such a description must obey. */

export interface ClusterDefinition {
  /** Unique among the clusters. */
  readonly name: string;
  /** Base address of the REST proxy, without a slash at its end. */
  readonly endpoint: string;
  /** Which API the REST proxy speaks. */
  readonly dialect: Dialect;
  readonly signIn: SignIn;
  /** PEM file with certificates to trust in addition to those of the system. */
  readonly caFile?: string;
  readonly protection: Protection;
}

/** The dialects of REST proxies; `openProxy` speaks each. */
export const dialects = ['hdinsight-v1'] as const;
export type Dialect = (typeof dialects)[number];
export const DEFAULT_DIALECT: Dialect = 'hdinsight-v1';

/**
 * How to sign in to a cluster: the kind and its fields, in normal form and with their defaults. It
 * holds no secret. `src/auth/methods` defines the kinds and the fields of each.
 */
export type SignIn = Readonly<Record<string, string>> & { readonly kind: string };

/** The members of an entry of the setting. */
export type Entry = ReadonlyMap<string, unknown>;

/** How the settings represent a sign-in; implemented by `src/auth/methods/registry`. */
export interface SignInRules {
  /** Reads the sign-in of an entry. `field` is the path of the member that is wrong. */
  read(
    entry: Entry,
  ): { readonly value: SignIn } | { readonly field: string; readonly problem: FieldProblem };
  /**
   * Returns the value to write as the member `signIn`: without defaults, and with the members of
   * `before`, the previous entry, that are unknown here.
   */
  write(signIn: SignIn, before: Entry): Readonly<Record<string, unknown>>;
  /** The members of an older entry, from before the member `signIn` existed. */
  readonly flat: readonly string[];
}

/**
 * How a cluster is protected against writing by mistake, from the weakest to the strictest:
 * `production` asks the user to type its name before anything is written, `readOnly` refuses all
 * writing.
 */
export const protections = ['none', 'production', 'readOnly'] as const;
export type Protection = (typeof protections)[number];

export type FieldProblem =
  | 'empty'
  | 'not-an-address'
  | 'not-https'
  | 'not-plain-address'
  | 'not-a-tenant'
  | 'not-a-guid'
  | 'has-blanks'
  | 'has-colon'
  | 'has-control'
  | 'not-absolute'
  | 'not-a-protection'
  | 'not-a-dialect'
  | 'not-a-sign-in'
  | 'has-hidden';

/** Either the value in its normal form, or what is wrong with it. */
export type Parsed<T> =
  | { readonly value: T; readonly problem?: never }
  | { readonly problem: FieldProblem; readonly value?: never };

const clusterName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Returns the endpoint in its normal form. A bare cluster name becomes the address that HDInsight
 * gives to the REST proxy of such a cluster. Because calls carry credentials and messages, plain
 * http is accepted only for this computer, unless `allowHttp` says that the user wants it.
 */
export function parseEndpoint(text: string, allowHttp = false): Parsed<string> {
  const trimmed = text.trim();
  if (clusterName.test(trimmed) && trimmed !== 'localhost') {
    return { value: `https://${trimmed.toLowerCase()}-kafkarest.azurehdinsight.net` };
  }
  return parseAddress(trimmed, allowHttp);
}

/** Whether calls to an endpoint, given in normal form, go unencrypted over a network. */
export function isUnencrypted(endpoint: string): boolean {
  // This runs for each topic in the tree, and nearly all endpoints need no parsing.
  if (endpoint.startsWith('https:')) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'http:' && !loopback.has(hostname);
}

/**
 * Returns an address in its normal form. It must be https, unless it is http to this computer or
 * `allowHttp` is set.
 */
export function parseAddress(text: string, allowHttp = false): Parsed<string> {
  if (text === '') return { problem: 'empty' };
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (/\s/.test(address) || !URL.canParse(address)) return { problem: 'not-an-address' };
  const url = new URL(address);
  const isPlain = url.protocol === 'http:' && (allowHttp || loopback.has(url.hostname));
  if (url.protocol !== 'https:' && !isPlain) return { problem: 'not-https' };
  if (url.username || url.password || url.search || url.hash) {
    return { problem: 'not-plain-address' };
  }
  return { value: withoutEndSlashes(url.href) };
}

/** Returns an address without the slashes at its end, which make no difference. */
export function withoutEndSlashes(address: string): string {
  return address.replace(/(?<!\/)\/+$/, '');
}

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
export function parseDefinition(entry: unknown, signIns: SignInRules): ParsedDefinition {
  const members = membersOf(entry);
  const text = (member: string): string => {
    const value = members.get(member);
    return typeof value === 'string' ? value : '';
  };
  const name = parseName(text('name'));
  if (name.problem !== undefined) return { field: 'name', problem: name.problem };
  const failed = (field: string, problem: FieldProblem) => ({ field, problem, name: name.value });
  const endpoint = parseEndpoint(text('endpoint'), members.get('allowHttp') === true);
  if (endpoint.problem !== undefined) return failed('endpoint', endpoint.problem);
  const wanted = members.get('dialect') ?? DEFAULT_DIALECT;
  const dialect = dialects.find((each) => each === wanted);
  if (dialect === undefined) return failed('dialect', 'not-a-dialect');
  const signIn = signIns.read(members);
  if ('problem' in signIn) return failed(signIn.field, signIn.problem);
  const protection = parseProtection(members.get('protection'));
  if (protection === undefined) return failed('protection', 'not-a-protection');
  const caFile = parseCaFile(text('caFile'));
  if (caFile.problem !== undefined) return failed('caFile', caFile.problem);
  return {
    definition: {
      name: name.value,
      endpoint: endpoint.value,
      dialect,
      signIn: signIn.value,
      ...(caFile.value && { caFile: caFile.value }),
      protection,
    },
  };
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
  { name, endpoint, dialect, signIn, caFile, protection }: ClusterDefinition,
  signIns: SignInRules,
  before?: unknown,
): Readonly<Record<string, unknown>> {
  const old = membersOf(before);
  const known = new Set([...MEMBERS, ...signIns.flat]);
  return {
    name,
    endpoint,
    ...(dialect !== DEFAULTS.dialect && { dialect }),
    signIn: signIns.write(signIn, old),
    ...(caFile !== undefined && { caFile }),
    ...(protection !== DEFAULTS.protection && { protection }),
    ...(isUnencrypted(endpoint) && { allowHttp: true }),
    ...Object.fromEntries([...old].filter(([member]) => !known.has(member))),
  };
}

/** The values that an entry may leave out. */
const DEFAULTS: Readonly<Record<'dialect' | 'protection', string>> = {
  dialect: DEFAULT_DIALECT,
  protection: 'none',
};

/** The members of an entry that are known here, except the flat ones of a sign-in. */
const MEMBERS = ['name', 'endpoint', 'dialect', 'signIn', 'caFile', 'protection', 'allowHttp'];

/** Returns the members of a value from the settings; none if it is not an object. */
export function membersOf(value: unknown): Entry {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
