import type { Chosen } from '../../../../src/core/cluster/definition';
import { openProxy } from '../../../../src/core/dialects/open';
import { openHttp } from '../../../../src/core/http/client';
import type { KafkaProxy, KafkaRecord, NewRecord } from '../../../../src/core/kafka';
import type { Appended, Fetched, FetchLimits } from '../../../../src/emulator/backend';
import { handlerOf } from '../../../../src/emulator/faces/face';
import {
  type FaceKind,
  type FaceName,
  type FaceOptions,
  faces,
} from '../../../../src/emulator/faces/faces';
import type { Handler } from '../../../../src/emulator/http';
import { Cluster } from '../../../../src/emulator/memory/cluster';
import { MemoryBackend } from '../../../../src/emulator/memory/memoryBackend';
import type { WholeResponse } from '../../../support/faults/fault';
import type { Arrived } from './network';
import type { SimulatedSignIn } from './signIn';

const ENDPOINT = 'http://127.0.0.1:8082';

/** A record that was ever in the log, and when it came, compared with all others. */
export interface Written extends KafkaRecord {
  /** Records of one call have the same. */
  readonly call: number;
}

/** A backend that tells of what it has written, and whose answers may be shorter than asked. */
class WatchedBackend extends MemoryBackend {
  constructor(
    cluster: Cluster,
    private readonly maxBytes: () => number,
    private readonly wrote: (topic: string) => void,
  ) {
    super(cluster);
  }

  override async fetch(
    topic: string,
    partition: number,
    offset: bigint,
    limits: FetchLimits,
  ): Promise<Fetched> {
    const maxBytes = Math.min(limits.maxBytes, this.maxBytes());
    return super.fetch(topic, partition, offset, { ...limits, maxBytes });
  }

  override async produce(
    ...call: Parameters<MemoryBackend['produce']>
  ): Promise<readonly Appended[]> {
    const appended = await super.produce(...call);
    this.wrote(call[0]);
    return appended;
  }
}

/**
 * The cluster of a simulation: the emulator's own, behind one of its faces, without a network. What
 * was ever written is kept, also when retention deletes it.
 */
export class SimulatedCluster {
  readonly #cluster: Cluster;
  readonly #handle: Handler;
  readonly #history = new Map<string, Written[][]>();
  /** The offsets that hold no record any more, or never did, of each partition. */
  readonly #gaps = new Map<string, Set<bigint>>();
  #calls = 0;

  constructor(
    private readonly face: FaceName,
    private readonly options: FaceOptions & {
      readonly maxMessageBytes?: number;
      /** Returns how many bytes of records the next answer may hold. */
      readonly maxAnswerBytes: () => number;
    },
  ) {
    this.#cluster = new Cluster(options);
    const kind: FaceKind = faces[face];
    const backend = new WatchedBackend(this.#cluster, options.maxAnswerBytes, (topic) => {
      this.#note(topic);
    });
    this.#handle = handlerOf(kind.open(backend, options));
  }

  /** Opens the product's proxy for it. */
  open(dialect: Readonly<Record<string, string>>, signIn: SimulatedSignIn | undefined): KafkaProxy {
    const { path, dialect: kind }: FaceKind = faces[this.face];
    const chosen: Chosen = { kind, ...dialect };
    const endpoint = ENDPOINT + (path?.(this.options) ?? '');
    const authorizer = signIn?.authorizer(ENDPOINT);
    return openProxy({
      ...{ dialect: chosen, endpoint, http: openHttp() },
      ...(authorizer && { authorizer }),
    });
  }

  create(topic: string, partitions: number): void {
    this.#cluster.create({ name: topic, partitions });
    this.#history.set(
      topic,
      Array.from({ length: partitions }, () => []),
    );
  }

  /** Appends records, as somebody else would. */
  append(topic: string, records: readonly NewRecord[]): void {
    this.#cluster.append(this.#cluster.existing(topic), records);
    this.#note(topic);
  }

  /** The names of all topics. */
  get topics(): readonly string[] {
    return [...this.#history.keys()];
  }

  partitions(topic: string): number {
    return this.#cluster.existing(topic).partitions.length;
  }

  addPartition(topic: string): void {
    this.#cluster.addPartitions(topic, this.partitions(topic) + 1);
    this.#history.get(topic)?.push([]);
  }

  setLeaderless(topic: string, partition: number, isLeaderless: boolean): void {
    this.#cluster.partition(topic, partition).isLeaderless = isLeaderless;
  }

  /** Deletes the oldest records of a partition, so many of all that it still has. */
  trim(topic: string, partition: number, share: number): bigint {
    const log = this.#cluster.log(topic, partition);
    const earliest = log.earliest + BigInt(Math.floor(Number(log.latest - log.earliest) * share));
    log.trim(earliest);
    return earliest;
  }

  /** Removes records of a partition, as compaction does: those for which `isGone` draws true. */
  compact(topic: string, partition: number, isGone: () => boolean): number {
    const log = this.#cluster.log(topic, partition);
    const gone = this.written(topic, partition)
      .map(({ offset }) => offset)
      .filter((offset) => offset >= log.earliest && isGone());
    log.punch(gone);
    for (const offset of gone) this.#gapsOf(topic, partition).add(offset);
    return gone.length;
  }

  /** Appends the mark that ends a transaction, which takes an offset and is no record. */
  mark(topic: string, partition: number): void {
    const log = this.#cluster.log(topic, partition);
    this.#gapsOf(topic, partition).add(log.latest);
    log.begin([])('commit');
  }

  /** Whether an offset holds no record because of compaction or a transaction. */
  isGap(topic: string, partition: number, offset: bigint): boolean {
    return this.#gapsOf(topic, partition).has(offset);
  }

  earliest(topic: string, partition: number): bigint {
    return this.#cluster.log(topic, partition).earliest;
  }

  /** All that was ever written to a partition, in the order of the offsets. */
  written(topic: string, partition: number): readonly Written[] {
    return this.#history.get(topic)?.[partition] ?? [];
  }

  /** Answers a request. */
  async answer({ method, path: url, headers, body, gone }: Arrived): Promise<WholeResponse> {
    const [path = '', query = ''] = url.split('?', 2);
    const answered = await this.#handle({
      method,
      path,
      query: new URLSearchParams(query),
      authorization: headers['authorization'],
      headers,
      isSecure: false,
      peer: undefined,
      gone,
      text: () => Promise.resolve(body.toString()),
    });
    const text = typeof answered.body === 'string' ? answered.body : answered.body.join('');
    return {
      status: answered.status,
      headers: { 'content-type': 'application/json', ...answered.headers },
      body: Buffer.from(text),
    };
  }

  #gapsOf(topic: string, partition: number): Set<bigint> {
    const name = `${topic}/${partition}`;
    const gaps = this.#gaps.get(name) ?? new Set();
    this.#gaps.set(name, gaps);
    return gaps;
  }

  /** Adds to the history what has come to the log. */
  #note(topic: string): void {
    const call = ++this.#calls;
    for (const [partition, known] of (this.#history.get(topic) ?? []).entries()) {
      const log = this.#cluster.log(topic, partition);
      const from = (known.at(-1)?.offset ?? -1n) + 1n;
      if (from === log.latest) continue;
      const { records } = log.read(from, { count: Infinity, maxBytes: Infinity });
      for (const record of records) known.push({ ...record, call });
    }
  }
}
