import type { TopicProperty } from '../../administration';
import { KafkaError } from '../../errors';
import { serverDetail } from '../../http/serverDetail';
import { field, isObject, string } from '../../json/decode';
import type {
  Broker,
  CallOptions,
  KafkaProxy,
  NewRecord,
  Partition,
  PartitionRange,
  ProduceResult,
  ReadFlow,
  RecordPage,
  Topic,
} from '../../kafka';
import { Bodies } from '../../produce/bodies';
import { unsupportedFeature } from '../../produce/sendable';
import type { ProxyAccess } from '../dialect';
import { readInstance } from '../v2/instanceReader';
import { Instances } from '../v2/instances';
import { producedResults, type RecordError, type RecordFate, recordsBody } from '../v2/produceCall';
import { V2_BINARY, V2Wire } from '../v2/wire';
import { karapaceFlavour } from './flavour';
import { CAPABILITIES } from './capabilities';

/**
 * The REST proxy of Karapace, as its version 6.2.0 was observed. It reads through consumer
 * instances, which it keeps for ever unless they are removed. Empty keys and values are read as
 * null, and records of aborted transactions are not read.
 */
export class KarapaceProxy implements KafkaProxy {
  readonly capabilities = CAPABILITIES;
  readonly #wire: V2Wire;
  readonly #bodies = new Bodies(recordsBody);
  readonly #instances: Instances;

  constructor(private readonly access: ProxyAccess) {
    this.#wire = new V2Wire(access);
    this.#instances = new Instances(this.#wire, access.leftovers);
  }

  async brokers(options?: CallOptions): Promise<readonly Broker[]> {
    return (await this.#wire.brokerIds(options)).map((id) => ({ id }));
  }

  async topics(options?: CallOptions): Promise<readonly Topic[]> {
    const topics = await this.#wire.topics(options);
    this.#instances.tidy();
    return topics.map(({ name }) => ({ name, ...(name.startsWith('__') && { internal: true }) }));
  }

  async partitions(topic: string, options?: CallOptions): Promise<readonly Partition[]> {
    return this.#wire.partitions(topic, options);
  }

  async partition(topic: string, id: number, options?: CallOptions): Promise<Partition> {
    return this.#wire.partition(topic, id, options);
  }

  async topicProperties(topic: string, options?: CallOptions): Promise<readonly TopicProperty[]> {
    const properties = await this.#wire.get(['topics', topic], options, (response) =>
      field(response, 'configs', configs),
    );
    return [...properties].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  createTopic(): Promise<void> {
    return Promise.reject(new KafkaError('unsupported', { detail: 'creating topics' }));
  }

  prepare(records: readonly NewRecord[]): void {
    this.#bodies.prepare(records);
  }

  /** If the proxy refuses some of the records, it has written the others. */
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
      const { status, text } = await this.#wire.request({
        method: 'POST',
        path: ['topics', topic],
        body: { type: V2_BINARY, content },
        accept: (each) => (each >= 200 && each < 300) || each === PARTLY_REFUSED,
        idempotent: false,
        ...options,
      });
      if (status === PARTLY_REFUSED && !/"offsets"\s*:/.test(text)) {
        throw new KafkaError('rejected', {
          status,
          detail: serverDetail(text),
          host: this.#wire.host,
          dialect: 'karapace',
        });
      }
      return producedResults(text, records.length, fateOf);
    } catch (error) {
      const isUnclear = error instanceof KafkaError && ['unclear', 'protocol'].includes(error.kind);
      if (!isUnclear) throw error;
      return records.map(() => ({ status: 'unclear', detail: error.detail }));
    }
  }

  read(range: PartitionRange, flow: ReadFlow = {}): AsyncIterable<RecordPage> {
    const { signal = new AbortController().signal } = flow;
    return readInstance({
      range,
      flow: { ...flow, signal },
      flavour: karapaceFlavour,
      instances: this.#instances,
      ends: () => this.#wire.ends(range.topic, range.partition, { signal }),
    });
  }

  async dispose(): Promise<void> {
    await this.#instances.dispose();
    this.access.http.dispose();
  }
}

const PARTLY_REFUSED = 422;
/** The code of errors after which a record is certainly not written. The others may be late. */
const CERTAIN = 1;

function fateOf({ code, message }: RecordError): RecordFate {
  if (/too large|larger than/i.test(message)) return 'too-large';
  return code === CERTAIN || /does not exist/.test(message) ? 'refused' : 'unclear';
}

function configs(value: unknown): readonly TopicProperty[] {
  if (!isObject(value)) throw new KafkaError('protocol', { detail: 'configs: expected an object' });
  return Object.entries(value).map(([name, text]) => ({ name, value: string(text) }));
}
