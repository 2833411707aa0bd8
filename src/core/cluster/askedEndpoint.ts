import { type EndpointRules, parseAddress, type ParsedEndpoint, parseEndpoint } from './endpoint';
import type { FieldDoubt } from './parsed';

/** An endpoint, and why it is likely to be a mistake. */
export type AskedEndpoint = ParsedEndpoint & { readonly doubt?: FieldDoubt };

const ONE_SLASH = /^https?:(?!\/\/)/i;
/** The usual ports of brokers and of ZooKeeper. */
const KAFKA_PORT = /^(?:[12]?909[2-8]|218[12])$/;
const HOST_AND_PORT = /^[^\s/@,]+:\d+\/?$/;

/**
 * As `parseEndpoint`, for a person who can be asked again. A text that is only likely to be a
 * mistake gives its endpoint and the doubt. Plain http is accepted.
 */
export function parseAskedEndpoint(text: string, rules: EndpointRules = {}): AskedEndpoint {
  const parsed = parseEndpoint(text, rules, true);
  const isHost = parsed.problem === 'kafka-protocol' && HOST_AND_PORT.test(text.trim());
  const found = isHost ? parseAddress(text.trim(), true) : parsed;
  if (found.value === undefined) return parsed;
  if (ONE_SLASH.test(text.trim())) return { ...found, doubt: 'scheme-mended' };
  return KAFKA_PORT.test(new URL(found.value).port) ? { ...found, doubt: 'kafka-port' } : found;
}

/** Returns a name for the cluster behind an endpoint, other than those that are taken. */
export function nameFor(
  endpoint: string,
  { clusterOf }: EndpointRules = {},
  isTaken: (name: string) => boolean,
): string {
  const host = new URL(endpoint).hostname.replace(/^\[|\]$/g, '');
  const name = clusterOf?.(host) ?? host;
  let free = name;
  for (let number = 2; isTaken(free); number++) free = `${name}-${number}`;
  return free;
}
