import { parseName } from '../../core/cluster/definition';
import { parseAddress } from '../../core/cluster/endpoint';
import type { Parsed } from '../../core/cluster/parsed';

/**
 * The authority of the public cloud. Sovereign clouds have others, such as login.microsoftonline.us
 * and login.partner.microsoftonline.cn.
 */
export const DEFAULT_AUTHORITY = 'https://login.microsoftonline.com';

/** The scope of every HDInsight cluster, from Microsoft's page on the Kafka REST proxy. */
export const DEFAULT_SCOPE = 'https://hib.azurehdinsight.net/.default';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const domain = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;

/** Parses an authority. Only its origin counts, because the tenant has a field of its own. */
export function parseAuthority(text: string): Parsed<string> {
  const parsed = parseAddress(text.trim());
  return parsed.problem === undefined ? { value: new URL(parsed.value).origin } : parsed;
}

/** Parses a tenant: its GUID or one of its domain names. */
export function parseTenant(text: string): Parsed<string> {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  return guid.test(trimmed) || domain.test(trimmed)
    ? { value: trimmed }
    : { problem: 'not-a-tenant' };
}

/** Parses an application (client) ID, which is a GUID. */
export function parseClientId(text: string): Parsed<string> {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  return guid.test(trimmed) ? { value: trimmed } : { problem: 'not-a-guid' };
}

/** Parses a scope, which is a name without blanks. */
export function parseScope(text: string): Parsed<string> {
  const { value, problem } = parseName(text);
  if (problem !== undefined) return { problem };
  return /\s/.test(value) ? { problem: 'has-blanks' } : { value };
}
