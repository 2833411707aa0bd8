import { type Parsed, parseAddress, parseName } from '../../core/cluster/definition';

/** The public cloud. Sovereign clouds: login.microsoftonline.us, login.partner.microsoftonline.cn. */
export const DEFAULT_AUTHORITY = 'https://login.microsoftonline.com';

/** The resource of every HDInsight cluster, as Microsoft's page on the Kafka REST proxy gives it. */
export const DEFAULT_SCOPE = 'https://hib.azurehdinsight.net/.default';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const domain = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;

/** The authority in its normal form: its origin, for the tenant in its path has its own field. */
export function parseAuthority(text: string): Parsed<string> {
  const parsed = parseAddress(text.trim());
  return parsed.problem === undefined ? { value: new URL(parsed.value).origin } : parsed;
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

/** A scope: a name without blanks. */
export function parseScope(text: string): Parsed<string> {
  const { value, problem } = parseName(text);
  if (problem !== undefined) return { problem };
  return /\s/.test(value) ? { problem: 'has-blanks' } : { value };
}
