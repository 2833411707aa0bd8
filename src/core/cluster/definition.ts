import { isAbsolute } from 'node:path';
import { visible } from '../text/visible';

/** How a cluster is described in the settings, and the rules that such a description must obey. */

export interface ClusterDefinition {
  /** Unique among the clusters. */
  readonly name: string;
  /** Base address of the REST proxy, without a slash at its end. */
  readonly endpoint: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** Address of the sign-in service, without the tenant and without a slash at its end. */
  readonly authority: string;
  readonly scope: string;
  /** PEM file with certificates to trust in addition to those of the system. */
  readonly caFile?: string;
  readonly protection: Protection;
}

/**
 * How a cluster is guarded against writing by mistake, the weakest first: `production` has its name
 * typed before anything is written, `readOnly` refuses it.
 */
export const protections = ['none', 'production', 'readOnly'] as const;
export type Protection = (typeof protections)[number];

/** The public cloud. Sovereign clouds: login.microsoftonline.us, login.partner.microsoftonline.cn. */
export const defaultAuthority = 'https://login.microsoftonline.com';

/** The resource of every HDInsight cluster, as Microsoft's page on the Kafka REST proxy gives it. */
export const defaultScope = 'https://hib.azurehdinsight.net/.default';

export type FieldProblem =
  | 'empty'
  | 'not-an-address'
  | 'not-https'
  | 'not-plain-address'
  | 'not-a-tenant'
  | 'not-a-guid'
  | 'has-blanks'
  | 'not-absolute'
  | 'not-a-protection'
  | 'has-hidden';

/** Either the value in its normal form, or what is wrong with it. */
export type Parsed<T> =
  | { readonly value: T; readonly problem?: never }
  | { readonly problem: FieldProblem; readonly value?: never };

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const domain = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;
const clusterName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The endpoint in its normal form. A bare cluster name becomes the address that HDInsight gives to
 * the REST proxy of such a cluster. Because every call carries a token, plain http is accepted for
 * this computer alone, unless `allowHttp` says that the person wants it.
 */
export function parseEndpoint(text: string, allowHttp = false): Parsed<string> {
  const trimmed = text.trim();
  if (clusterName.test(trimmed) && trimmed !== 'localhost') {
    return { value: `https://${trimmed.toLowerCase()}-kafkarest.azurehdinsight.net` };
  }
  return parseAddress(trimmed, allowHttp);
}

/** Whether tokens and messages go to the endpoint, one in normal form, unencrypted over a network. */
export function isUnencrypted(endpoint: string): boolean {
  // Asked for each topic in the tree, of which nearly all need no parsing.
  if (endpoint.startsWith('https:')) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'http:' && !loopback.has(hostname);
}

/** The authority in its normal form: its origin, for the tenant in its path has its own field. */
export function parseAuthority(text: string): Parsed<string> {
  const parsed = parseAddress(text.trim());
  return parsed.problem === undefined ? { value: new URL(parsed.value).origin } : parsed;
}

function parseAddress(text: string, allowHttp = false): Parsed<string> {
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

/** An address without the slashes at its end, which make it no other one. */
export function withoutEndSlashes(address: string): string {
  return address.replace(/(?<!\/)\/+$/, '');
}

/** A tenant: its GUID or one of its domain names. */
export function parseTenant(text: string): Parsed<string> {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  return guid.test(trimmed) || domain.test(trimmed)
    ? { value: trimmed }
    : { problem: 'not-a-tenant' };
}

/** An application (client) ID: a GUID. */
export function parseClientId(text: string): Parsed<string> {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  return guid.test(trimmed) ? { value: trimmed } : { problem: 'not-a-guid' };
}

/** A name: any text that is not empty and looks like no other one. */
export function parseName(text: string): Parsed<string> {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  return visible(trimmed) === trimmed ? { value: trimmed } : { problem: 'has-hidden' };
}

/** A scope: a name without blanks. */
export function parseScope(text: string): Parsed<string> {
  const { value, problem } = parseName(text);
  if (problem !== undefined) return { problem };
  return /\s/.test(value) ? { problem: 'has-blanks' } : { value };
}

/** The path of a CA file, or nothing. A relative one would be another file in each workspace. */
export function parseCaFile(text: string): Parsed<string> {
  const trimmed = text.trim();
  return trimmed === '' || isAbsolute(trimmed) ? { value: trimmed } : { problem: 'not-absolute' };
}

export type DefinitionField = keyof ClusterDefinition;

/** A definition, or the first field that keeps it from being one. */
export type ParsedDefinition =
  | { readonly definition: ClusterDefinition }
  | { readonly field: DefinitionField; readonly problem: FieldProblem; readonly name?: string };

/**
 * Reads one entry of the setting. Settings are a file that anybody may have written, a workspace
 * among them, so nothing about the entry is taken for granted. An endpoint of plain http needs
 * `allowHttp` beside it; whether whoever wrote the entry may say so is up to `readClusters`.
 */
export function parseDefinition(entry: unknown): ParsedDefinition {
  const fields = new Map(typeof entry === 'object' && entry !== null ? Object.entries(entry) : []);
  const text = (field: DefinitionField, fallback = ''): string => {
    const value: unknown = fields.get(field);
    return typeof value === 'string' && value.trim() !== '' ? value : fallback;
  };
  const name = parseName(text('name'));
  if (name.problem !== undefined) return { field: 'name', problem: name.problem };
  const failed = (field: DefinitionField, problem: FieldProblem) => ({
    field,
    problem,
    name: name.value,
  });
  const endpoint = parseEndpoint(text('endpoint'), fields.get('allowHttp') === true);
  if (endpoint.problem !== undefined) return failed('endpoint', endpoint.problem);
  const tenantId = parseTenant(text('tenantId'));
  if (tenantId.problem !== undefined) return failed('tenantId', tenantId.problem);
  const clientId = parseClientId(text('clientId'));
  if (clientId.problem !== undefined) return failed('clientId', clientId.problem);
  const authority = parseAuthority(text('authority', defaultAuthority));
  if (authority.problem !== undefined) return failed('authority', authority.problem);
  const scope = parseScope(text('scope', defaultScope));
  if (scope.problem !== undefined) return failed('scope', scope.problem);
  const protection = parseProtection(fields.get('protection'));
  if (protection === undefined) return failed('protection', 'not-a-protection');
  const caFile = parseCaFile(text('caFile'));
  if (caFile.problem !== undefined) return failed('caFile', caFile.problem);
  return {
    definition: {
      name: name.value,
      endpoint: endpoint.value,
      tenantId: tenantId.value,
      clientId: clientId.value,
      authority: authority.value,
      scope: scope.value,
      ...(caFile.value && { caFile: caFile.value }),
      protection,
    },
  };
}

/** The protection that an entry of the setting asks for; nothing if it is none that there is. */
export function parseProtection(value: unknown): Protection | undefined {
  return value === undefined ? 'none' : protections.find((protection) => protection === value);
}

/** What to write to the settings: the definition without what is the default anyway. */
export function toSetting(
  definition: ClusterDefinition,
): Readonly<Record<string, string | boolean>> {
  const { authority, scope, protection, ...rest } = definition;
  return {
    ...rest,
    ...(authority !== defaultAuthority && { authority }),
    ...(scope !== defaultScope && { scope }),
    ...(protection !== 'none' && { protection }),
    ...(isUnencrypted(definition.endpoint) && { allowHttp: true }),
  };
}
