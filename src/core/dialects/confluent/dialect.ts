import type { EndpointReading } from '../../cluster/endpoint';
import type { Parsed } from '../../cluster/parsed';
import type { Dialect } from '../dialect';
import { BOTH } from './capabilities';
import { V2_API_PATH } from '../v2/endpoint';

const V3_API_PATH = /(?<!\/)\/+v3(?=\/*$|\/+clusters(?:\/|$))/i;

/**
 * Confluent's REST Proxy with the APIs v2 and v3, and the API v3 of Confluent Server and Confluent
 * Cloud.
 */
export const confluent = {
  kind: 'confluent',
  // Missing: the proxy is asked for the clusters that it knows. Confluent Cloud does not tell.
  fields: { clusterId: { parse: parseClusterId, fallback: '' } },
  endpoint: {
    apiPath: new RegExp(`${V3_API_PATH.source}|${V2_API_PATH.source}`, 'i'),
    read: readCloud,
  },
  signIn: 'basic',
  capabilities: BOTH,
} as const satisfies Dialect<'clusterId'>;

const CLOUD = /^(?:https:\/\/)?([a-z0-9.-]+\.confluent\.cloud)(?::443)?\/?$/i;

/** Confluent Cloud shows the address of a cluster without the path at which its API begins. */
function readCloud(text: string): EndpointReading<never> | undefined {
  const host = CLOUD.exec(text)?.[1];
  return host === undefined ? undefined : { address: `https://${host.toLowerCase()}/kafka` };
}

/** Parses the id of a Kafka cluster, such as `lkc-abc123` in Confluent Cloud. */
function parseClusterId(text: string): Parsed<string> {
  const value = text.trim();
  return /\s/.test(value) ? { problem: 'has-blanks' } : { value };
}
