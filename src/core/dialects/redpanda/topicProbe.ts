import { together } from '../../async/together';
import { KafkaError } from '../../errors';
import type { LogEnds, Offset, Partition, PartitionOptions } from '../../kafka';
import { findEnds } from './logEnds';

/**
 * Returns whether a partition holds an offset. Rejects with kind `not-found` if there is no such
 * partition.
 */
export type Peek = (
  topic: string,
  partition: number,
  offset: Offset,
  signal: AbortSignal | undefined,
) => Promise<boolean>;

/** How long it is believed how many partitions a topic has, in milliseconds. */
const COUNT_MS = 30_000;
/** How long it is believed where a log begins, in milliseconds. */
const EARLIEST_MS = 10_000;
/** How long no offsets are guessed after they were guessed in vain, in milliseconds. */
const GUESS_MS = 30_000;
/** How many partitions of an unknown topic are tried at first. */
const FIRST_PARTITIONS = 4;

interface KnownLog extends LogEnds {
  /** When the earliest offset was tried last, by `performance.now()`. */
  readonly triedAt: number;
}

/**
 * Finds the partitions of topics and their offsets by trying, because Redpanda's HTTP proxy tells
 * neither. It remembers what it has found, so that a further look takes few requests. The proxy
 * takes long to say that a partition does not exist.
 */
export class TopicProbe {
  readonly #counts = new Map<string, { readonly count: number; readonly triedAt: number }>();
  readonly #logs = new Map<string, KnownLog>();
  /** Offsets that partitions held, such as those of records that were written. */
  readonly #held = new Map<string, Offset>();
  /** When the offsets of a partition were guessed in vain, by `performance.now()`. */
  readonly #missed = new Map<string, number>();

  constructor(private readonly peek: Peek) {}

  /** Remembers an offset that a partition holds. */
  note(topic: string, partition: number, offset: Offset): void {
    this.#held.set(keyOf(topic, partition), offset);
  }

  async partitions(topic: string, options: PartitionOptions = {}): Promise<readonly Partition[]> {
    const zeros = await this.#zeros(topic, options.signal);
    return together(options.signal, (signal) =>
      zeros.map((zero, id) => this.#partition(topic, id, { ...options, signal }, zero)),
    );
  }

  async partition(topic: string, id: number, options: PartitionOptions = {}): Promise<Partition> {
    const [found] = await together(options.signal, (signal) => [
      this.#partition(topic, id, { ...options, signal }, undefined),
    ]);
    return found;
  }

  async #partition(
    topic: string,
    id: number,
    { near, signal }: PartitionOptions,
    zero: boolean | undefined,
  ): Promise<Partition> {
    const key = keyOf(topic, id);
    const known = this.#logs.get(key);
    const now = performance.now();
    const mayBeTrimmed = known === undefined || now - known.triedAt > EARLIEST_MS;
    const mayGuess = now - (this.#missed.get(key) ?? -Infinity) > GUESS_MS;
    const hints = { known, mayBeTrimmed, zero, near: near?.(id) ?? this.#held.get(key), mayGuess };
    try {
      const ends = await findEnds((offset) => this.peek(topic, id, offset, signal), hints);
      if (ends) this.#logs.set(key, { ...ends, triedAt: mayBeTrimmed ? now : known.triedAt });
      else this.#logs.delete(key);
      if (!ends && mayGuess) this.#missed.set(key, now);
      return { id, replicas: [], isr: [], ...ends };
    } catch (error) {
      if (error instanceof KafkaError && error.kind === 'not-found') this.#counts.delete(topic);
      throw error;
    }
  }

  /** Returns for each partition whether it holds offset 0; `undefined` if it was not tried now. */
  async #zeros(
    topic: string,
    signal: AbortSignal | undefined,
  ): Promise<readonly (boolean | undefined)[]> {
    const known = this.#counts.get(topic);
    if (known && performance.now() - known.triedAt < COUNT_MS) {
      return Array.from({ length: known.count }, () => undefined);
    }
    const zeros: boolean[] = [];
    for (let more = known ? known.count + 1 : FIRST_PARTITIONS; ; more = zeros.length) {
      const ids = Array.from({ length: more }, (_, index) => zeros.length + index);
      const found = await together(signal, (end) => ids.map((id) => this.#zero(topic, id, end)));
      const missing = found.indexOf(undefined);
      zeros.push(...found.slice(0, missing < 0 ? undefined : missing).filter(isKnown));
      if (missing < 0) continue;
      this.#counts.set(topic, { count: zeros.length, triedAt: performance.now() });
      return zeros;
    }
  }

  /** Returns whether a partition holds offset 0; `undefined` if there is no such partition. */
  async #zero(
    topic: string,
    id: number,
    signal: AbortSignal | undefined,
  ): Promise<boolean | undefined> {
    try {
      return await this.peek(topic, id, 0n, signal);
    } catch (error) {
      const isMissing = error instanceof KafkaError && error.kind === 'not-found';
      // Without its first partition, there is no such topic.
      if (!isMissing || id === 0) throw error;
      return undefined;
    }
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

function isKnown(zero: boolean | undefined): zero is boolean {
  return zero !== undefined;
}
