import { parseName } from '../../core/cluster/definition';
import { parseAddress } from '../../core/cluster/endpoint';
import type { Pasted } from '../../core/cluster/kinds';
import type { FieldDoubt, Parsed } from '../../core/cluster/parsed';

/**
 * The authority of the public cloud. Sovereign clouds have others, such as login.microsoftonline.us
 * and login.partner.microsoftonline.cn.
 */
export const DEFAULT_AUTHORITY = 'https://login.microsoftonline.com';

/** The scope of every HDInsight cluster, from Microsoft's page on the Kafka REST proxy. */
export const DEFAULT_SCOPE = 'https://hib.azurehdinsight.net/.default';

const domain = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;

/** Returns whether a text is a GUID, in the usual form. */
export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** Parses an authority. Only its origin counts, because the tenant has a field of its own. */
export function parseAuthority(text: string): Parsed<string> {
  const parsed = parseAddress(text.trim());
  return parsed.problem === undefined ? { value: new URL(parsed.value).origin } : parsed;
}

/** Parses a tenant: its GUID or one of its domain names. */
export function parseTenant(text: string): Parsed<string> {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  return isGuid(trimmed) || domain.test(trimmed) ? { value: trimmed } : { problem: 'not-a-tenant' };
}

/** The hosts of the sign-in services whose addresses hold a tenant. No other may get a secret. */
const AUTHORITY_HOSTS: ReadonlySet<string> = new Set([
  new URL(DEFAULT_AUTHORITY).host,
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
]);
/** The hosts in addresses of the public cloud that hold a tenant, but at which nobody signs in. */
const ISSUER_HOSTS: ReadonlySet<string> = new Set(['sts.windows.net', 'login.windows.net']);

/** Takes a GUID out of the braces in which Windows and its tools print it. */
export function withoutBraces(text: string): Pasted | undefined {
  const [, inside] = /^\s*\{\s*([^{}\s]+)\s*\}\s*$/.exec(text) ?? [];
  return inside === undefined ? undefined : { text: inside };
}

/**
 * Takes a tenant out of braces, or out of an address of the sign-in service, such as
 * `https://login.microsoftonline.com/<tenant>/v2.0`, which also names the authority.
 */
export function pastedTenant(text: string): Pasted | undefined {
  const address = text.trim();
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return withoutBraces(text);
  const { host, pathname } = new URL(address);
  const [, tenant = ''] = pathname.replace(/%7b|%7d/gi, '').split('/');
  if (parseTenant(tenant).problem !== undefined) return undefined;
  if (ISSUER_HOSTS.has(host)) return { text: tenant, others: { authority: DEFAULT_AUTHORITY } };
  if (!AUTHORITY_HOSTS.has(host)) return undefined;
  return { text: tenant, others: { authority: `https://${host}` } };
}

/** Doubts an ID that another field has too: that of the tenant in place of the application's. */
export function doubtSameId(id: string, other = ''): FieldDoubt | undefined {
  return id.toLowerCase() === other.toLowerCase() ? 'tenant-as-client' : undefined;
}

/** Doubts a secret that is a GUID: secrets have an ID beside their value, and values are none. */
export function doubtSecret(secret: string): FieldDoubt | undefined {
  return isGuid(secret) ? 'secret-id' : undefined;
}

/** Parses an application (client) ID, which is a GUID. */
export function parseClientId(text: string): Parsed<string> {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  return isGuid(trimmed) ? { value: trimmed } : { problem: 'not-a-guid' };
}

/** Parses a scope, which is a name without blanks. */
export function parseScope(text: string): Parsed<string> {
  const { value, problem } = parseName(text);
  if (problem !== undefined) return { problem };
  return /\s/.test(value) ? { problem: 'has-blanks' } : { value };
}
