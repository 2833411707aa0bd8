import { type Limiter, openLimiter } from '../../async/limiter';
import { KafkaError } from '../../errors';
import { array, decodeJson } from '../../json/decode';
import type {
  Broker,
  CallOptions,
  KafkaProxy,
  NewRecord,
  Offset,
  Partition,
  PartitionOptions,
  PartitionRange,
  ProduceResult,
  ReadFlow,
  RecordPage,
  Topic,
} from '../../kafka';
import { Bodies } from '../../produce/bodies';
import { unsupportedFeature } from '../../produce/sendable';
import type { ProxyAccess } from '../dialect';
import { parsePoll } from '../v2/records';
import { V2_BINARY, V2Wire } from '../v2/wire';
import { isOutOfRange, type RangeCalls, readPages } from './pages';
import { producedResults, recordsBody, throwIfTooLarge } from './produceCall';
import { TopicProbe } from './topicProbe';
import { CAPABILITIES } from './capabilities';

/** How many requests that try an offset are under way at once. */
const PEEKS = 8;
/** How long a read waits for the first record, in milliseconds. */
const WAIT_MS = 200;

/**
 * Redpanda's HTTP proxy, as its source (`src/v/pandaproxy`) describes it. It reads a partition from
 * an offset without a consumer, but tells neither partitions nor offsets: these are found by
 * trying. Empty keys and values are read as null.
 */
export class RedpandaProxy implements KafkaProxy {
  readonly capabilities = CAPABILITIES;
  readonly #wire: V2Wire;
  readonly #bodies = new Bodies(recordsBody);
  readonly #peeks: Limiter = openLimiter(PEEKS);
  readonly #probe = new TopicProbe((topic, partition, offset, signal) =>
    this.#peeks(() => this.#holds({ topic, partition }, offset, signal)),
  );

  constructor(private readonly access: ProxyAccess) {
    this.#wire = new V2Wire(access);
  }

  async brokers(options?: CallOptions): Promise<readonly Broker[]> {
    return (await this.#wire.brokerIds(options)).map((id) => ({ id }));
  }

  async topics(options?: CallOptions): Promise<readonly Topic[]> {
    return this.#wire.topics(options);
  }

  async partitions(topic: string, options?: PartitionOptions): Promise<readonly Partition[]> {
    return this.#probe.partitions(topic, options);
  }

  async partition(topic: string, id: number, options?: PartitionOptions): Promise<Partition> {
    return this.#probe.partition(topic, id, options);
  }

  createTopic(): Promise<void> {
    return Promise.reject(new KafkaError('unsupported', { detail: 'creating topics' }));
  }

  prepare(records: readonly NewRecord[]): void {
    this.#bodies.prepare(records);
  }

  async produce(
    topic: string,
    records: readonly NewRecord[],
    options: CallOptions = {},
  ): Promise<readonly ProduceResult[]> {
    for (const record of records) {
      const feature = unsupportedFeature(record, CAPABILITIES.produce);
      if (feature) throw new KafkaError('unsupported', { detail: feature });
    }
    const content = this.#bodies.take(records);
    try {
      const { text } = await this.#wire.request({
        method: 'POST',
        path: ['topics', topic],
        body: { type: V2_BINARY, content },
        idempotent: false,
        ...options,
      });
      const results = producedResults(text, records);
      throwIfTooLarge(results);
      for (const result of results) {
        if (result.status !== 'accepted' || result.offset === undefined) continue;
        this.#probe.note(topic, result.partition ?? 0, result.offset);
      }
      return results;
    } catch (error) {
      const isUnclear = error instanceof KafkaError && ['unclear', 'protocol'].includes(error.kind);
      if (!isUnclear) throw error;
      return records.map(() => ({ status: 'unclear', detail: error.detail }));
    }
  }

  read(range: PartitionRange, flow: ReadFlow = {}): AsyncIterable<RecordPage> {
    const { limiter = <T>(task: () => Promise<T>) => task() } = flow;
    const { signal = new AbortController().signal } = flow;
    const calls: RangeCalls = {
      fetch: (at, maxBytes) =>
        limiter(async () => {
          const { body } = await this.#fetch(range, { at, maxBytes, waitMs: WAIT_MS, signal });
          return { records: parsePoll(body, range), bytes: body.length };
        }),
      holds: (offset) => limiter(() => this.#holds(range, offset, signal)),
    };
    return readPages(range, { ...flow, signal }, calls);
  }

  dispose(): Promise<void> {
    this.access.http.dispose();
    return Promise.resolve();
  }

  /** Returns whether a partition holds an offset. */
  async #holds(
    place: Pick<PartitionRange, 'topic' | 'partition'>,
    offset: Offset,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    try {
      const { text } = await this.#fetch(place, { at: offset, maxBytes: 1, waitMs: 0, signal });
      return decodeJson(text, (list) => array(list, () => true).every(Boolean));
    } catch (error) {
      if (isOutOfRange(error)) return false;
      throw error;
    }
  }

  #fetch(
    { topic, partition }: Pick<PartitionRange, 'topic' | 'partition'>,
    {
      at,
      maxBytes,
      waitMs,
      signal,
    }: {
      readonly at: Offset;
      readonly maxBytes: number;
      readonly waitMs: number;
      readonly signal: AbortSignal | undefined;
    },
  ) {
    return this.#wire.request({
      method: 'GET',
      path: ['topics', topic, 'partitions', String(partition), 'records'],
      query: `?offset=${at}&timeout=${waitMs}&max_bytes=${maxBytes}`,
      responseType: V2_BINARY,
      idempotent: true,
      ...(signal && { signal }),
    });
  }
}
