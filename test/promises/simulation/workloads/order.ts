import { must } from '../../must';
import type { Written } from '../world/cluster';
import { type Identified, placesIn, type Scene } from './scene';

/** What became of the records of one run, by their ids. */
export interface RunFates {
  readonly accepted: ReadonlySet<string>;
  /** Those that the run refused by themselves, or that could not be sent at all. */
  readonly refused: ReadonlySet<string>;
}

/**
 * Checks that a run has sent nothing of a key behind a record of that key that it did not write, or
 * of which it does not know, so that the rest can be sent in order.
 */
export function checkStops(all: readonly Identified[], { accepted, refused }: RunFates): void {
  const open = new Map<string, string>();
  for (const { id, record } of all) {
    const order = orderOf(record);
    if (order === undefined || refused.has(id)) continue;
    const before = open.get(order);
    if (!accepted.has(id)) open.set(order, before ?? id);
    else must(before === undefined, `${id} was written, but not ${before}, which precedes it`);
  }
}

/**
 * Checks that the records of each key, and those for a named partition, were written in the order
 * in which they were given.
 */
export function checkOrder(scene: Scene, topic: string, all: readonly Identified[]): void {
  const places = placesIn(scene, topic);
  const last = new Map<string, { readonly id: string; readonly place: Written }>();
  for (const { id, record } of all) {
    const order = orderOf(record);
    const [place] = places.get(id) ?? [];
    if (order === undefined || !place) continue;
    const before = last.get(order);
    if (before) {
      must(
        isBefore(before.place, place),
        `${id} stands before ${before.id} in ${topic}, which precedes it for ${order}`,
      );
    }
    last.set(order, { id, place });
  }
}

function isBefore(a: Written, b: Written): boolean {
  if (a.call !== b.call) return a.call < b.call;
  return a.partition !== b.partition || a.offset < b.offset;
}

/** Returns what keeps the order of a record among others, if anything does. */
function orderOf({ key, partition }: Identified['record']): string | undefined {
  if (partition !== undefined) return `partition ${partition}`;
  return typeof key === 'string' ? `key ${key}` : undefined;
}
