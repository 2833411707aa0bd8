import { type Backend, KafkaFailure } from '../../backend';
import type { HttpError } from '../../http';
import { type Call, type CallResponse } from '../../http';
import { dispatch, json, type Route } from '../../routes';
import type { Face } from '../face';
import { ofKafka, RestError } from './restError';
import { Consumers } from './v2/consumer';
import { consumerRoutes } from './v2/consumers';
import { v2Routes } from './v2/routes';
import { configRoutes } from './v3/configs';
import { groupRoutes } from './v3/groups';
import { metadataRoutes } from './v3/metadata';
import { recordRoutes } from './v3/records';
import { Resources } from './v3/resources';
import { topicRoutes } from './v3/topics';

export interface ConfluentOptions {
  /** Which of the APIs are switched on; default `both`, as in Confluent's REST Proxy. */
  readonly apis?: 'both' | 'v2' | 'v3' | undefined;
  /** Where the APIs begin, such as `/kafka` in Confluent Server; default: at the root. */
  readonly path?: string | undefined;
  /** Whether clusters are listed; default true. Confluent Cloud only responds to their ids. */
  readonly listsClusters?: boolean | undefined;
  /** Whether API v3 tells the offsets of a partition, as it does from 8.0 on; default true. */
  readonly partitionOffsets?: boolean | undefined;
}

/** The Kafka cluster id that the face shows. */
export const CLUSTER_ID = 'kRestEmulatorCluster01';

/** The APIs v2 and v3 of Confluent's REST Proxy 8.5, after authorization. */
export class ConfluentRest implements Face {
  readonly #routes: readonly Route[];
  readonly #path: string;
  readonly #consumers: Consumers;

  constructor(
    backend: Backend,
    {
      apis = 'both',
      path = '',
      listsClusters = true,
      partitionOffsets = true,
    }: ConfluentOptions = {},
  ) {
    this.#path = path;
    this.#consumers = new Consumers(backend);
    const resources = new Resources(backend, CLUSTER_ID);
    this.#routes = [
      ...(apis === 'v2'
        ? []
        : [
            ...metadataRoutes(resources, { listsClusters, partitionOffsets }),
            ...topicRoutes(resources),
            ...configRoutes(resources),
            ...groupRoutes(resources),
            ...recordRoutes(resources),
          ]),
      ...(apis === 'v3' ? [] : [...v2Routes(backend), ...consumerRoutes(this.#consumers)]),
    ];
  }

  async handle(call: Call): Promise<CallResponse> {
    if (!call.path.startsWith(`${this.#path}/`))
      throw new RestError(404, 404, 'HTTP 404 Not Found');
    try {
      const inside = { ...call, path: call.path.slice(this.#path.length) };
      return await dispatch(this.#routes, inside);
    } catch (error) {
      throw error instanceof KafkaFailure ? ofKafka(error) : error;
    }
  }

  instances(): readonly string[] {
    return this.#consumers.names;
  }

  failed(error: HttpError): CallResponse {
    const { status, message, headers } = error;
    const code = error instanceof RestError ? error.code : status;
    return { ...json({ error_code: code, message }, status), headers };
  }
}
