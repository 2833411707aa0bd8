import { setTimeout as wait } from 'node:timers/promises';
import { openProxy } from '../../../src/core/dialects/open';
import { httpResponse } from '../../../src/core/http/exchange';
import type { HttpClient, HttpRequest } from '../../../src/core/http/client';
import type { KafkaProxy } from '../../../src/core/kafka';

export interface GeneratedCluster {
  readonly topics?: number;
  /** Of each topic. */
  readonly partitions?: number;
  /** Of each partition. */
  readonly records?: number;
  readonly valueBytes?: number;
  /** How many bytes a second it takes from all that produce. Missing: as many as come. */
  readonly bytesPerSecond?: number;
}

/** What was asked of a cluster so far. */
export interface Asked {
  calls: number;
  /** Calls under way, and the most that were so at once. */
  open: number;
  mostOpen: number;
  /** Bytes of requests to produce. */
  produced: number;
}

/** Where the REST proxy of a generated cluster is said to be. */
export const GENERATED = 'https://generated.example';

/**
 * A cluster behind HDInsight's REST proxy that is as large as one likes, because each response is
 * made when it is asked for. The dialect is the real one, and nothing goes over a network. The
 * records of all partitions alternate in time.
 */
export function generatedCluster(size: GeneratedCluster): {
  readonly proxy: KafkaProxy;
  /** What the proxy asks; for bare loops. */
  readonly http: Pick<HttpClient, 'request'>;
  readonly asked: Asked;
} {
  const asked: Asked = { calls: 0, open: 0, mostOpen: 0, produced: 0 };
  const http = {
    request: async (request: HttpRequest) => {
      asked.calls += 1;
      asked.open += 1;
      asked.mostOpen = Math.max(asked.mostOpen, asked.open);
      // As from a network: not before the caller has gone on.
      await new Promise(setImmediate);
      try {
        request.signal?.throwIfAborted();
        return await respond(request, size, asked);
      } finally {
        asked.open -= 1;
      }
    },
    dispose: () => undefined,
  };
  return { proxy: openProxy({ endpoint: GENERATED, http }), http, asked };
}

const headers = new Headers();

async function respond(
  { url, body }: HttpRequest,
  size: GeneratedCluster,
  asked: Asked,
): Promise<ReturnType<typeof httpResponse>> {
  const answer = (content: unknown) =>
    httpResponse(200, headers, Buffer.from(JSON.stringify(content)));
  const { topics = 1, partitions = 1 } = size;
  const path = url.pathname.split('/').slice(2);
  if (body !== undefined) {
    asked.produced += Buffer.byteLength(body);
    if (size.bytesPerSecond) await wait((1000 * Buffer.byteLength(body)) / size.bytesPerSecond);
    const count = body.toString().split('"value":').length - 1;
    const offsets = Array.from({ length: count }, () => ({ partition: 0, offset: 0 }));
    return answer({ offsets });
  }
  if (path[0] === 'metadata' && path.length === 2) {
    return answer({ topics: Array.from({ length: topics }, (_, index) => topicName(index)) });
  }
  if (path[0] === 'metadata') {
    return answer({
      partitions: Array.from({ length: partitions }, (_, id) => partitionOf(id, size)),
    });
  }
  const [partition = 0, from = 0] = [path[4], path[6]].map(Number);
  const until = Math.min(from + Number(url.searchParams.get('count')), size.records ?? 0);
  const value = 'x'.repeat(size.valueBytes ?? 100);
  const records = Array.from({ length: Math.max(0, until - from) }, (_, index) => {
    const offset = from + index;
    return { offset, partition, timestamp: offset * partitions + partition, key: null, value };
  });
  return answer({ records });
}

/** Returns the name of a topic, which is in its place in the order. */
export function topicName(index: number): string {
  return `topic-${String(index).padStart(6, '0')}`;
}

function partitionOf(partition: number, { records = 0 }: GeneratedCluster) {
  const brokers = [{ id: 1 }];
  const offsets = { earliest_offset: 0, latest_offset: records };
  return {
    partition_id: partition,
    leader: { id: 1 },
    replicas: brokers,
    isr: brokers,
    ...offsets,
  };
}
