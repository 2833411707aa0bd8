import { setTimeout as delay } from 'node:timers/promises';
import { openLimiter } from '../../../core/async/limiter';
import { outlasts } from './clusterStates';
import type { Fetched } from './remembered';

/** How many requests for sizes are under way at once, so that a REST proxy hardly notices them. */
const REQUESTS = 2;
/** Lists that change while a person types are not worth a request. */
const PAUSE_MS = 250;

/** A topic whose size is to be fetched. */
export interface SizeTask {
  /** The id of the topic's node. */
  readonly id: string;
  /** Resolves with what was fetched, which may be older than a failure. */
  readonly fetch: (signal: AbortSignal) => Promise<Pick<Fetched<unknown>, 'failure'> | undefined>;
}

/**
 * Fetches the sizes of the topics that are in sight, in their order, after the list of topics was
 * shown. The sizes of a list are fetched until the list changes; a failure ends it, because the
 * list is worth more than the sizes.
 */
export class TopicSizes {
  readonly #running = new Map<string, AbortController>();
  readonly #limiter = openLimiter(REQUESTS);

  /** `changed` is told each topic whose size is known now. */
  constructor(
    private readonly changed: (id: string) => void,
    private readonly pauseMs = PAUSE_MS,
  ) {}

  /**
   * Fetches the sizes of some topics of a list, in place of those that are still to be fetched.
   * Resolves when it has ended; never rejects.
   */
  async load(list: string, tasks: readonly SizeTask[]): Promise<void> {
    this.stop(list);
    if (tasks.length === 0) return;
    const abort = new AbortController();
    this.#running.set(list, abort);
    const { signal } = abort;
    try {
      await delay(this.pauseMs, undefined, { signal });
      await Promise.all(tasks.map((task) => this.#limiter(() => this.#fetch(task, abort))));
    } catch {
      // The topics show without their sizes. Whoever expands one is told why.
    } finally {
      abort.abort();
      if (this.#running.get(list) === abort) this.#running.delete(list);
    }
  }

  /** Fetches no more sizes of a list, or of any list. */
  stop(list?: string): void {
    for (const [each, abort] of this.#running) {
      if (list === undefined || each === list) abort.abort();
    }
  }

  async #fetch({ id, fetch }: SizeTask, abort: AbortController): Promise<void> {
    abort.signal.throwIfAborted();
    try {
      const fetched = await fetch(abort.signal);
      if (fetched?.failure !== undefined) abort.abort();
    } catch (error) {
      // A topic that is gone says nothing about the others.
      if (!outlasts(error)) return;
      abort.abort();
      throw error;
    }
    this.changed(id);
  }
}
