import crypto from 'node:crypto';
import promised from 'node:timers/promises';

/** Node's own, which the simulation needs while the product has virtual ones. */
const real = { setImmediate: globalThis.setImmediate, Date: globalThis.Date };

/** The time at which each simulation begins, in epoch milliseconds. */
const BEGIN = 1_790_000_000_000;

interface Event {
  readonly at: number;
  /** Of two events at the same time, the one that was planned first comes first. */
  readonly number: number;
  readonly act: () => void;
  cancelled: boolean;
}

/** What `setTimeout` returns. */
class Timer {
  #event: Event | undefined;

  constructor(
    private readonly time: VirtualTime,
    private readonly ms: number,
    private readonly act: () => void,
    private readonly repeats: boolean,
  ) {
    this.refresh();
  }

  refresh(): this {
    this.close();
    this.#event = this.time.plan(this.ms, () => {
      if (this.repeats) this.refresh();
      this.act();
    });
    return this;
  }

  close(): this {
    if (this.#event) this.#event.cancelled = true;
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }
}

/** Says that nothing is left that could ever continue the work. */
export class Stuck extends Error {}

/**
 * A clock that stands still while code runs, and then jumps to the next timer. While it is
 * installed it stands in for everything by which Node lets code tell the time, wait, or draw random
 * numbers, so that the product runs in it as it is: what it does depends on the seed alone.
 */
export class VirtualTime {
  #now = 0;
  #planned = 0;
  /** A binary heap. */
  readonly #events: Event[] = [];

  /** `random` stands in for `Math.random` and for random ids. */
  constructor(private readonly random: () => number) {}

  /** Milliseconds since the beginning. */
  get now(): number {
    return this.#now;
  }

  plan(ms: number, act: () => void): Event {
    const at = this.#now + (ms >= 0 ? ms : 0);
    const event = { at, number: this.#planned++, act, cancelled: false };
    const events = this.#events;
    events.push(event);
    for (let index = events.length - 1; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!this.#swapped(parent, index)) break;
      index = parent;
    }
    return event;
  }

  /** Resolves after a time. */
  async wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.plan(ms, resolve);
    });
  }

  /**
   * Runs some work to its end. Rejects as the work does, with `Stuck` if nothing can ever continue
   * it, or with `Stuck` once it takes longer than `limitMs`.
   */
  async run<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
    const uninstall = this.#install();
    try {
      let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
      work().then(
        (value) => (outcome = { value }),
        (error: unknown) => (outcome = { error }),
      );
      for (;;) {
        // All that can run without a timer has run once Node comes back from its event loop.
        await new Promise((resolve) => real.setImmediate(resolve));
        if (outcome && 'value' in outcome) return outcome.value;
        if (outcome) throw outcome.error;
        const event = this.#next();
        if (!event) throw new Stuck('nothing is under way that could continue the work');
        this.#now = event.at;
        if (this.#now > limitMs) throw new Stuck(`it still goes on after ${limitMs / 1000} s`);
        event.act();
      }
    } finally {
      uninstall();
    }
  }

  /** Removes the earliest event that was not cancelled, and returns it. */
  #next(): Event | undefined {
    const events = this.#events;
    for (;;) {
      const [first] = events;
      const last = events.pop();
      if (!first || !last) return undefined;
      if (first !== last) {
        events[0] = last;
        this.#sink();
      }
      if (!first.cancelled) return first;
    }
  }

  #sink(): void {
    for (let index = 0; ;) {
      const left = 2 * index + 1;
      const [a, b] = [this.#events[left], this.#events[left + 1]];
      if (!a) return;
      const child = b && before(b, a) ? left + 1 : left;
      if (!this.#swapped(index, child)) return;
      index = child;
    }
  }

  /** Swaps two events of the heap if the lower one is earlier. Returns whether it was. */
  #swapped(upper: number, lower: number): boolean {
    const [above, below] = [this.#events[upper], this.#events[lower]];
    if (!above || !below || before(above, below)) return false;
    this.#events[upper] = below;
    this.#events[lower] = above;
    return true;
  }

  /** Puts the virtual clock in place of Node's. Returns what takes it away again. */
  #install(): () => void {
    const timer = (act: (...given: never[]) => void, ms: number, given: never[], repeats = false) =>
      new Timer(
        this,
        ms,
        () => {
          act(...given);
        },
        repeats,
      );
    const clear = (given: unknown): void => {
      if (given instanceof Timer) given.close();
    };
    const later = (ms: number) => async (value: unknown, signal: AbortSignal | undefined) =>
      new Promise((resolve, reject) => {
        const abort = (): void => {
          event.cancelled = true;
          // As in Node, with an error of its own.
          reject(Object.assign(new Error('The operation was aborted'), { code: 'ABORT_ERR' }));
        };
        const event = this.plan(ms, () => {
          signal?.removeEventListener('abort', abort);
          resolve(value);
        });
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort, { once: true });
      });
    const now = (): number => BEGIN + Math.floor(this.#now);
    class VirtualDate extends real.Date {
      constructor(...given: [] | ConstructorParameters<typeof Date>) {
        if (given.length === 0) super(now());
        else super(...given);
      }

      static override now(): number {
        return now();
      }
    }
    const bytes = (size: number) =>
      Buffer.from(Array.from({ length: size }, () => Math.floor(this.random() * 256)));
    const undo = [
      replace(globalThis, {
        setTimeout: (act: () => void, ms?: number, ...given: never[]) =>
          timer(act, atLeast1(ms), given),
        clearTimeout: clear,
        setInterval: (act: () => void, ms?: number, ...given: never[]) =>
          timer(act, atLeast1(ms), given, true),
        clearInterval: clear,
        setImmediate: (act: () => void, ...given: never[]) => timer(act, 0, given),
        clearImmediate: clear,
        Date: VirtualDate,
      }),
      replace(promised, {
        setTimeout: (ms?: number, value?: unknown, options: { signal?: AbortSignal } = {}) =>
          later(atLeast1(ms))(value, options.signal),
        setImmediate: (value?: unknown, options: { signal?: AbortSignal } = {}) =>
          later(0)(value, options.signal),
      }),
      replace(performance, { now: () => this.#now }),
      replace(Math, { random: this.random }),
      replace(AbortSignal, {
        timeout: (ms: number) => {
          const end = new AbortController();
          this.plan(ms, () => {
            end.abort(new DOMException('The operation timed out', 'TimeoutError'));
          });
          return end.signal;
        },
      }),
      replace(crypto, {
        randomBytes: bytes,
        randomUUID: () =>
          bytes(16)
            .toString('hex')
            .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
      }),
    ];
    return () => {
      for (const each of undo) each();
    };
  }
}

/** As in Node, no timer is shorter than a millisecond. */
function atLeast1(ms = 1): number {
  return ms >= 1 ? ms : 1;
}

function before(a: Event, b: Event): boolean {
  return a.at === b.at ? a.number < b.number : a.at < b.at;
}

/** Replaces members of an object. Returns what puts the former ones back. */
function replace(target: object, members: Readonly<Record<string, unknown>>): () => void {
  const names = Object.keys(members);
  const former = names.map(
    (name) => [name, Object.getOwnPropertyDescriptor(target, name)] as const,
  );
  for (const name of names) {
    Object.defineProperty(target, name, {
      value: members[name],
      configurable: true,
      writable: true,
    });
  }
  return () => {
    for (const [name, descriptor] of former) {
      if (descriptor) Object.defineProperty(target, name, descriptor);
      else Reflect.deleteProperty(target, name);
    }
  };
}
