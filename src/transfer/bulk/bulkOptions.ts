import type { Sink } from './sink';

export interface BulkOptions<T> {
  readonly topic: string;
  /** The ids of all partitions of the topic, in order. */
  readonly partitions: readonly number[];
  /**
   * How to handle an item that is bad, that the proxy cannot carry, or that the proxy refuses.
   * `stop`: send no item after a bad one, and nothing more once an item is refused. `setAside`: go
   * on.
   */
  readonly onBad: 'stop' | 'setAside';
  /**
   * Makes of items that were read those that are sent, in the same order, for example encoded ones.
   * It is not called again before it resolves, and only for items whose turn to be sent comes. If it
   * rejects, the run ends with `encoding`, and these and all items after them are kept as they were
   * read. The signal aborts when the run stops early.
   */
  readonly encode?:
    ((items: readonly T[], stopped: AbortSignal) => Promise<readonly T[]>) | undefined;
  readonly keep: Sink<T>;
  /** Whether a run that stops reads the rest of the source to keep it. Default: true. */
  readonly keepUnread?: boolean;
  /** How many calls may be under way at once. Default: 4. */
  readonly requests?: number;
  /** How long to wait for a proxy that accepts no calls, in milliseconds. Default: two minutes. */
  readonly retryBudgetMs?: number;
  /** The first pause before a call is repeated, in milliseconds. Default: one second. */
  readonly pauseMs?: number;
  /** How long calls under way may go on after `signal` aborted, in milliseconds. Default: 5 s. */
  readonly graceMs?: number;
  /** The number of items, if it is known. */
  readonly total?: number | undefined;
  /** Ends the run early. Calls under way have `graceMs` to end, so that their outcome is known. */
  readonly signal?: AbortSignal;
}

/** The options with defaults filled in. */
export type FullOptions<T> = BulkOptions<T> & typeof DEFAULTS;

const DEFAULTS = {
  requests: 4,
  retryBudgetMs: 120_000,
  pauseMs: 1_000,
  graceMs: 5_000,
  keepUnread: true,
};

export function withDefaults<T>(options: BulkOptions<T>): FullOptions<T> {
  return { ...DEFAULTS, ...options };
}
