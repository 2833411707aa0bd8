import { isAbortError } from '../async/abortError';
import { SingleFlight } from '../async/singleFlight';

export interface MemoryLimits<T> {
  readonly maxEntries: number;
  /** The most that all entries together may take, by `sizeOf`. */
  readonly maxBytes?: number;
  readonly sizeOf?: (value: T) => number;
  /** How long an entry counts, in milliseconds. Missing: for good. */
  readonly lifeMs?: number;
  /** How long a failure counts, in milliseconds. Missing: each caller tries anew. */
  readonly failureMs?: number;
}

type Entry<T> = { readonly until: number; readonly bytes: number } & (
  { readonly value: T } | { readonly error: unknown }
);

/**
 * Remembers what was loaded, by a key. Callers that want the same at the same time share one load.
 * What was not used for longest is forgotten first.
 */
export class Memory<T> {
  /** The least recently used first. */
  readonly #entries = new Map<string, Entry<T>>();
  readonly #loading = new Map<string, SingleFlight<T>>();
  #bytes = 0;

  constructor(private readonly limits: MemoryLimits<T>) {}

  /** Rejects as `load` does, or with the reason of the signal. */
  async get(
    key: string,
    load: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    signal?.throwIfAborted();
    const known = this.#entries.get(key);
    if (known && known.until > performance.now()) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      if ('error' in known) throw known.error;
      return known.value;
    }
    const joined = this.#loading.get(key);
    const loading = joined && !joined.aborted ? joined : this.#begin(key, load);
    return loading.join(signal);
  }

  /** Forgets everything, also what is being loaded. */
  clear(): void {
    this.#entries.clear();
    this.#loading.clear();
    this.#bytes = 0;
  }

  /** Forgets failures, so that the next caller tries anew. */
  forgetFailures(): void {
    for (const [key, entry] of this.#entries) if ('error' in entry) this.#forget(key);
  }

  #begin(key: string, load: (signal: AbortSignal) => Promise<T>): SingleFlight<T> {
    const isCurrent = () => this.#loading.get(key) === loading;
    const { lifeMs = Infinity, failureMs = 0, sizeOf } = this.limits;
    const loading: SingleFlight<T> = new SingleFlight(async (signal) => {
      try {
        const value = await load(signal);
        if (isCurrent()) {
          this.#keep(key, { value, bytes: sizeOf?.(value) ?? 0, until: later(lifeMs) });
        }
        return value;
      } catch (error) {
        const isFailure = !signal.aborted && !isAbortError(error);
        if (isCurrent() && isFailure && failureMs > 0) {
          this.#keep(key, { error, bytes: 0, until: later(failureMs) });
        }
        throw error;
      } finally {
        if (isCurrent()) this.#loading.delete(key);
      }
    });
    this.#loading.set(key, loading);
    return loading;
  }

  #keep(key: string, entry: Entry<T>): void {
    const { maxEntries, maxBytes = Infinity } = this.limits;
    this.#forget(key);
    if (entry.bytes > maxBytes) return;
    this.#entries.set(key, entry);
    this.#bytes += entry.bytes;
    for (const [oldest] of this.#entries) {
      if (this.#entries.size <= maxEntries && this.#bytes <= maxBytes) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }
}

function later(ms: number): number {
  return performance.now() + ms;
}
