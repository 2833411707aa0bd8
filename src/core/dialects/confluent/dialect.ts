import type { EndpointReading } from '../../cluster/endpoint';
import type { FieldPlace } from '../../cluster/kinds';
import type { Parsed } from '../../cluster/parsed';
import { type Dialect, PLAIN_SIGN_INS } from '../dialect';
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
  fields: { clusterId: { parse: parseClusterId, fallback: '', suggestion: suggestClusterId } },
  endpoint: {
    apiPath: new RegExp(`${V3_API_PATH.source}|${V2_API_PATH.source}`, 'i'),
    read: readCloud,
  },
  signIn: 'basic',
  signIns: PLAIN_SIGN_INS,
  capabilities: BOTH,
} as const satisfies Dialect<'clusterId'>;

/** The port of its brokers is on the same host. */
const CLOUD =
  /^(?:(?:https|sasl_ssl):\/\/)?([a-z0-9.-]+\.confluent\.cloud)(?::(?:443|9092))?((?:\/.*)?)$/i;
const CLUSTER_ID = /(?:^|\/clusters\/)(lkc-[a-z0-9]+)/i;

/**
 * Confluent Cloud shows the address of a cluster without the path at which its API begins. The id of
 * the cluster is in the addresses of API calls, and in the host names of private networks.
 */
function readCloud(text: string): EndpointReading<never> | undefined {
  const [match, name = '', path = ''] = CLOUD.exec(text) ?? [];
  if (match === undefined) return undefined;
  const host = name.toLowerCase();
  const id = (CLUSTER_ID.exec(path) ?? CLUSTER_ID.exec(host))?.[1];
  return {
    address: `https://${host}${path.length > 1 ? path : '/kafka'}`,
    ...(id !== undefined && { fields: { clusterId: id.toLowerCase() } }),
  };
}

/** Confluent Cloud needs the id. It cannot be guessed. */
function suggestClusterId({ endpoint }: FieldPlace): string | undefined {
  return CLOUD.test(endpoint) ? '' : undefined;
}

/** Parses the id of a Kafka cluster, such as `lkc-abc123` in Confluent Cloud. */
function parseClusterId(text: string): Parsed<string> {
  const value = text.trim();
  return /\s/.test(value) ? { problem: 'has-blanks' } : { value };
}
