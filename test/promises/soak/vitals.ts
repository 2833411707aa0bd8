import { getEventListeners } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { must, Violation } from '../must';
import type { Witness } from './witnessClient';

/** In MB, after a full garbage collection. */
export interface Memory {
  readonly rss: number;
  readonly heap: number;
  /** Buffers, shared ones as well. */
  readonly buffers: number;
}

/** Collects all garbage, which needs `node --expose-gc`, and measures what is left. */
export async function measureMemory(): Promise<Memory> {
  if (!globalThis.gc) throw new Error('to be run with node --expose-gc');
  // What finalizers let go of is collected by the next one.
  for (let round = 0; round < 3; round++) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const megabytes = (bytes: number): number => bytes / 1024 / 1024;
  return { rss: megabytes(rss), heap: megabytes(heapUsed), buffers: megabytes(arrayBuffers) };
}

/** What the process holds: by name, how many of each. */
export type Handles = Readonly<Record<string, number>>;

/** Counts all that must be there no more once nothing is under way. */
export class HandleWatch {
  readonly #workers = new Set<Worker>();
  #baseline: Handles = {};

  constructor(
    private readonly witness: Witness,
    /** Holds the files of the person, and is where temporary ones go. */
    private readonly folder: string,
  ) {}

  /** Counts a thread until it has ended. */
  watch(worker: Worker): Worker {
    this.#workers.add(worker);
    worker.once('exit', () => this.#workers.delete(worker));
    return worker;
  }

  /** What is there now, but for connections, is there for good. */
  async begin(): Promise<void> {
    this.#baseline = await this.count();
    while (this.#baseline['connections'] !== 0) this.#baseline = await this.count();
  }

  async count(): Promise<Handles> {
    const { connections } = await this.witness.ask('status');
    const handles: Record<string, number> = {
      connections,
      threads: this.#workers.size,
      files: readdirSync(this.folder).length,
    };
    for (const name of process.getActiveResourcesInfo()) handles[name] = (handles[name] ?? 0) + 1;
    return handles;
  }

  /** Waits until all is as it was in the beginning. @throws Violation after `boundMs` */
  async settled(boundMs: number): Promise<Handles> {
    const until = performance.now() + boundMs;
    for (;;) {
      const now = await this.count();
      const names = new Set([...Object.keys(now), ...Object.keys(this.#baseline)]);
      const left = [...names].filter((name) => (now[name] ?? 0) > (this.#baseline[name] ?? 0));
      if (left.length === 0) return now;
      if (performance.now() > until) {
        const list = left.map(
          (name) => `${name} ${this.#baseline[name] ?? 0} -> ${now[name] ?? 0}`,
        );
        throw new Violation(`left behind when nothing is under way: ${list.join(', ')}`);
      }
      await delay(50);
    }
  }
}

/** How many listen to a signal, and how many other signals depend on it (`AbortSignal.any`). */
export function listenersOf(signal: AbortSignal): { listeners: number; dependants: number } {
  const symbol = Object.getOwnPropertySymbols(signal).find(
    ({ description }) => description === 'kDependantSignals',
  );
  const dependants: unknown = symbol && Reflect.get(signal, symbol);
  const alive =
    dependants instanceof Set
      ? [...dependants].filter((each) => each instanceof WeakRef && each.deref() !== undefined)
      : [];
  return { listeners: getEventListeners(signal, 'abort').length, dependants: alive.length };
}

/** How often the event loop is looked at. */
const TICK_MS = 10;

/** How late the event loop is, so that what the computer takes is not held against the product. */
export class Lateness {
  readonly #late: { readonly at: number; readonly ms: number }[] = [];
  readonly #timer: NodeJS.Timeout;
  #last = performance.now();

  constructor() {
    this.#timer = setInterval(() => {
      this.#look();
      this.#last = performance.now();
    }, TICK_MS).unref();
  }

  /** Milliseconds in which the loop did not turn since then. */
  since(time: number): number {
    this.#look();
    return this.#late.reduce((sum, { at, ms }) => (at > time ? sum + ms : sum), 0);
  }

  /** Notes by how much the next tick is late already. */
  #look(): void {
    const now = performance.now();
    const ms = now - this.#last - TICK_MS;
    if (ms > 5) this.#late.push({ at: now, ms });
    if (ms > 0) this.#last = now - TICK_MS;
    while (this.#late[0] && this.#late[0].at < now - 60_000) this.#late.shift();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** The slope of a line through points, by least squares. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const over = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  const under = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  must(under > 0, 'a slope needs two points');
  return over / under;
}
