import type { NewRecord } from '../../../core/kafka';
import { type Appended, type Backend, KafkaFailure } from '../../backend';
import type { Call, CallResponse, HttpError } from '../../http';
import { partitionOfKey } from '../../partitioner';
import { dispatch, json, type Route } from '../../routes';
import type { Face } from '../face';
import { badRequest, failureOf, kafkaCodeOf, RedpandaError } from './failures';
import { type Format, parseRecords, recordJson } from './records';

const V2 = 'application/vnd.kafka.v2+json';
const FORMATS: Readonly<Record<string, Format>> = {
  'application/vnd.kafka.binary.v2+json': 'binary',
  'application/vnd.kafka.json.v2+json': 'json',
};
/** Kafka's own limit comes from `max_bytes` alone. */
const MAX_RECORDS = 1_000_000;

/**
 * Redpanda's HTTP proxy, as its source (`src/v/pandaproxy`) describes it, without the calls for
 * consumer instances. It tells neither partitions nor offsets, returns whole batches, and has one
 * result for each partition that was written to.
 */
export class RedpandaProxy implements Face {
  /** How many records without a key and partition were written to each topic. */
  readonly #keyless = new Map<string, number>();
  readonly #routes: readonly Route[] = [
    {
      method: 'GET',
      path: /^\/brokers$/,
      handle: async (_, call) => {
        accepts(call);
        return json({ brokers: (await this.backend.brokers()).map(({ id }) => id) });
      },
    },
    {
      method: 'GET',
      path: /^\/topics$/,
      handle: async (_, call) => {
        accepts(call);
        const topics = await this.backend.topics();
        return json(topics.filter(({ isInternal }) => !isInternal).map(({ name }) => name));
      },
    },
    {
      method: 'GET',
      path: /^\/topics\/([^/]+)\/partitions\/([^/]+)\/records$/,
      handle: ([topic = '', partition = ''], call) => this.#read(topic, partition, call),
    },
    {
      method: 'POST',
      path: /^\/topics\/([^/]+)$/,
      handle: ([topic = ''], call) => this.#produce(topic, call),
    },
    { method: 'GET', path: /^\/status\/ready$/, handle: () => ({ status: 200, body: '' }) },
  ];

  constructor(private readonly backend: Backend) {}

  async handle(call: Call): Promise<CallResponse> {
    try {
      const response = await dispatch(this.#routes, call);
      return { ...response, headers: { 'Content-Type': V2, ...response.headers } };
    } catch (error) {
      throw error instanceof KafkaFailure ? failureOf(error) : error;
    }
  }

  failed(error: HttpError): CallResponse {
    const { status, message, headers } = error;
    const code = error instanceof RedpandaError ? error.code : status === 401 ? 40101 : status;
    return { ...json({ error_code: code, message }, status), headers };
  }

  async #read(topic: string, partition: string, call: Call): Promise<CallResponse> {
    const format = FORMATS[chosen(call.headers['accept'], Object.keys(FORMATS)) ?? ''];
    if (!format) throw new RedpandaError(406, 'not_acceptable');
    const id = integer('partition_id', partition);
    const offset = integer('offset', call.query.get('offset'));
    const waitMs = integer('timeout', call.query.get('timeout'));
    const maxBytes = integer('max_bytes', call.query.get('max_bytes'));
    const { records } = await this.backend.fetch(topic, Number(id), offset, {
      maxRecords: MAX_RECORDS,
      maxBytes: Number(maxBytes),
      waitMs: Number(waitMs),
      wholeBatches: true,
    });
    const body = records.map((record) => recordJson(topic, record, format)).join(',');
    const [accepted = V2] = Object.entries(FORMATS).find(([, each]) => each === format) ?? [];
    return { status: 200, headers: { 'Content-Type': accepted }, body: `[${body}]` };
  }

  async #produce(topic: string, call: Call): Promise<CallResponse> {
    const format = FORMATS[chosen(call.headers['content-type'], Object.keys(FORMATS)) ?? ''];
    if (!format) throw new RedpandaError(415, 'unsupported_media_type');
    accepts(call);
    const records = parseRecords(await call.text(), format);
    const batches = new Map<number, NewRecord[]>();
    for (const record of await this.#placed(topic, records)) {
      batches.set(record.partition, [...(batches.get(record.partition) ?? []), record]);
    }
    const offsets = [...batches].map(async ([partition, batch]) => {
      const [first] = await this.#append(topic, batch);
      if (!first || 'failure' in first) {
        const code = first ? kafkaCodeOf(first.failure) : -1;
        return { partition, error_code: code, offset: -1 };
      }
      return { partition, offset: first.offset };
    });
    return json({ offsets: await Promise.all(offsets) });
  }

  /**
   * Returns the records with their partitions, and empty keys instead of none. Without the topic's
   * metadata, the proxy hopes that the topic is created, and takes the first partition.
   */
  async #placed(
    topic: string,
    records: readonly NewRecord[],
  ): Promise<readonly (NewRecord & { readonly partition: number })[]> {
    const known = await this.backend.topic(topic).catch(() => undefined);
    const total = known?.partitions.length ?? 1;
    return records.map((record) => {
      const { key, partition } = record;
      if (partition !== undefined) return { ...record, partition, key: key ?? '' };
      if (key !== null && key !== undefined)
        return { ...record, partition: partitionOfKey(key, total) };
      const count = this.#keyless.get(topic) ?? 0;
      this.#keyless.set(topic, count + 1);
      return { ...record, partition: count % total, key: '' };
    });
  }

  async #append(topic: string, batch: readonly NewRecord[]): Promise<readonly Appended[]> {
    try {
      return await this.backend.produce(topic, batch, { wholeBatches: true });
    } catch (error) {
      if (!(error instanceof KafkaFailure)) throw error;
      return [{ failure: error }];
    }
  }
}

/** Throws unless the client takes the general format, or any. */
function accepts(call: Call): void {
  const accept = call.headers['accept'] ?? '';
  if (chosen(accept, [V2]) === undefined && !accept.includes('*/*') && accept !== '') {
    throw new RedpandaError(406, 'not_acceptable');
  }
}

/** Returns the first of the media types in a header that is among `known`. */
function chosen(header = '', known: readonly string[]): string | undefined {
  return header.split(/[,; ]+/).find((type) => known.includes(type));
}

function integer(name: string, text: string | null): bigint {
  if (text === null || text === '') throw badRequest(`Missing mandatory parameter '${name}'`);
  if (!/^-?\d{1,19}$/.test(text)) throw badRequest(`Invalid parameter '${name}' got '${text}'`);
  return BigInt(text);
}
