import type { HttpClient, TokenSource } from '../http';
import type { KafkaProxy } from '../kafka';
import { HdinsightProxy } from './hdinsight';

/** The dialects of Kafka REST proxies that are spoken here. */
const DIALECTS = { 'hdinsight-v1': HdinsightProxy };

export interface ProxyOptions {
  /** Default: `hdinsight-v1`. */
  readonly dialect?: keyof typeof DIALECTS;
  /** Base address of the proxy, without the path of the API. */
  readonly endpoint: string;
  readonly http: HttpClient;
  /** Missing: requests go without authorization. */
  readonly token?: TokenSource;
}

/** The cluster behind an endpoint. Sends nothing yet. Its `dispose` disposes of `http`. */
export function openProxy({ dialect = 'hdinsight-v1', ...options }: ProxyOptions): KafkaProxy {
  return new DIALECTS[dialect](options);
}
