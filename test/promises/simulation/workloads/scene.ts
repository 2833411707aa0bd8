import { KafkaError } from '../../../../src/core/errors';
import type { KafkaProxy, NewRecord } from '../../../../src/core/kafka';
import { must } from '../../must';
import { between, type Drawing, pick } from '../../../support/faults/random';
import { type Ledger, idIn } from '../../soak/ledger';
import type { SimulatedCluster, Written } from '../world/cluster';
import type { VirtualTime } from '../world/time';

/** What all who act in a simulation share. */
export interface Scene extends Drawing {
  readonly time: VirtualTime;
  readonly cluster: SimulatedCluster;
  readonly proxy: KafkaProxy;
  readonly ledger: Ledger;
  /** The size from which the cluster refuses a record, in bytes; it may be infinite. */
  readonly maxMessageBytes: number;
  /** Whether the proxy may refuse who signs in correctly. */
  readonly mayRefuse: boolean;
  readonly trace: (line: string) => void;
  /** Returns numbers from 1 on, for names. */
  readonly number: () => number;
}

/** A record to produce, by an id that no other has. */
export interface Identified {
  readonly id: string;
  readonly record: NewRecord;
}

/** Makes records. A few of them the cluster refuses, if they may be. */
export function newRecords(
  scene: Scene,
  name: string,
  count: number,
  { partitions = 0, refused = 0 }: { readonly partitions?: number; readonly refused?: number } = {},
): readonly Identified[] {
  const { random, maxMessageBytes } = scene;
  return Array.from({ length: count }, (_, n) => {
    const id = `${name}-${n}`;
    const isRefused = random() < refused && maxMessageBytes < Infinity;
    const length = isRefused ? maxMessageBytes : between(scene, 0, 200);
    const value = JSON.stringify({ id, text: 'x'.repeat(length) });
    const key = random() < 0.6 ? { key: `key-${between(scene, 0, 4)}` } : {};
    const partition =
      partitions > 0 && random() < 0.1 ? { partition: between(scene, 0, partitions - 1) } : {};
    return { id, record: { value, ...key, ...partition } };
  });
}

/** Returns the value of a record as text, wherever it was read. */
export function textOf({ value }: Pick<NewRecord, 'value'>): string {
  return Buffer.from(value ?? '').toString();
}

export function idOf(record: Pick<NewRecord, 'value'>): string {
  return idIn(textOf(record)) ?? '';
}

/** A failure that the product may have, as a line. Anything else is thrown on, because it is a bug. */
export function expected({ trace, mayRefuse }: Scene, what: string, error: unknown): void {
  if (!(error instanceof KafkaError)) throw error;
  must(error.kind !== 'unauthorized' || mayRefuse, `${what}: refused, although a token can be had`);
  trace(`${what}: ${error.kind} ${error.detail}`);
}

/** Does something until it succeeds, as a person would who tries again. */
export async function insist<T>(scene: Scene, what: string, act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      expected(scene, what, error);
    }
    await scene.time.wait(between(scene, 100, 10_000));
  }
}

/**
 * Returns a signal that a person aborts at some time, or never, and what tells how long it took
 * from then to now, in milliseconds.
 */
export function perhapsCancelled(
  scene: Scene,
  chance: number,
  what: string,
): { readonly signal: AbortSignal; readonly sinceMs: () => number } {
  const end = new AbortController();
  let at = Infinity;
  if (scene.random() < chance) {
    const most = pick(scene, [50, 1_000, 20_000, 100_000]);
    scene.time.plan(between(scene, 0, most), () => {
      at = scene.time.now;
      scene.trace(`${what}: cancel`);
      end.abort();
    });
  }
  return { signal: end.signal, sinceMs: () => scene.time.now - at };
}

/** Returns where each record of a topic was ever written, by its id. */
export function placesIn(
  { cluster }: Pick<Scene, 'cluster'>,
  topic: string,
): ReadonlyMap<string, readonly Written[]> {
  const places = new Map<string, Written[]>();
  for (let partition = 0; partition < cluster.partitions(topic); partition++) {
    for (const record of cluster.written(topic, partition)) {
      const id = idOf(record);
      const known = places.get(id);
      if (known) known.push(record);
      else places.set(id, [record]);
    }
  }
  return places;
}
