import type { Worker } from 'node:worker_threads';
import { Control } from '../steps';
import { FilterError } from '../filter/filterError';
import { IndexError } from './indexError';
import { type FromWorker, type IndexResult, type IndexTask, type ToWorker } from './indexTask';
import type { MessageChunk } from '../store/messageChunk';
import type { Sequence } from '../protocol';

export type StartWorker = () => Worker;

/** The number of looks at a task without progress after which it is given up. */
const LOOKS = 8;
/** No task has this id. */
const NO_TASK = 0;
/** How long a cancelled task may go on before its worker is ended, in milliseconds. */
const CANCEL_MS = 150;

interface Running {
  readonly resolve: (result: IndexResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gives tasks to a worker, one after the other. The worker remembers only chunks of messages, so it
 * can be ended at any time; the next task gets a new one.
 */
export class TaskRunner {
  readonly #control = new Int32Array(new SharedArrayBuffer(8));
  /** The chunks that the worker has, by their first message. */
  #known: ReadonlySet<Sequence> = new Set();
  #worker: Worker | undefined;
  /** Whether the worker has loaded its code, which takes a while. */
  #ready = false;
  #running: Running | undefined;
  #watch: NodeJS.Timeout | undefined;
  #lastId = 0;

  /** `stepMs`: how long one step of a task may take. */
  constructor(
    private readonly startWorker: StartWorker,
    private readonly stepMs: number,
  ) {}

  /**
   * Performs a task on the messages of these chunks. Rejects with `FilterError`, with `IndexError`,
   * or with an `AbortError` after `cancel` or `dispose`. Only one task may run at a time.
   */
  async run(chunks: Iterable<MessageChunk>, task: IndexTask): Promise<IndexResult> {
    const worker = (this.#worker ??= this.#start());
    const held = [...chunks];
    const added = held
      .filter(({ first }) => !this.#known.has(first))
      .map(({ first, buffer }) => ({ first, buffer }));
    this.#known = new Set(held.map(({ first }) => first));
    this.#lastId += 1;
    const message: ToWorker = { id: this.#lastId, control: this.#control, added, task };
    Atomics.store(this.#control, Control.wanted, message.id);
    return new Promise((resolve, reject) => {
      this.#running = { resolve, reject };
      try {
        worker.postMessage(message);
      } catch (cause) {
        // There was no memory for a copy. The worker lacks chunks that it seems to have now.
        this.#stop(new IndexError('worker-died', { cause }));
        return;
      }
      if (this.#ready) this.#watchSteps();
    });
  }

  /** Cancels the running task, if there is one. */
  cancel(): void {
    if (!this.#running) return;
    Atomics.store(this.#control, Control.wanted, NO_TASK);
    if (!this.#ready) return;
    clearInterval(this.#watch);
    this.#watch = setTimeout(() => {
      this.#stop(aborted());
    }, CANCEL_MS);
  }

  dispose(): void {
    this.#stop(aborted());
  }

  #start(): Worker {
    const worker = this.#started();
    worker.on('message', (message: FromWorker) => {
      if (worker === this.#worker) this.#take(message);
    });
    worker.on('error', (cause) => {
      if (worker === this.#worker) this.#stop(new IndexError('worker-died', { cause }));
    });
    worker.on('exit', () => {
      if (worker === this.#worker) this.#stop(new IndexError('worker-died'));
    });
    return worker;
  }

  #started(): Worker {
    try {
      return this.startWorker();
    } catch (cause) {
      throw new IndexError('worker-died', { cause });
    }
  }

  #take(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.#ready = true;
        if (this.#running) this.#watchSteps();
        return;
      case 'done':
        this.#settle(({ resolve }) => {
          resolve(message.result);
        });
        return;
      case 'cancelled':
        this.#settle(({ reject }) => {
          reject(aborted());
        });
        return;
      case 'refused': {
        const { fault, at, length } = message;
        this.#settle(({ reject }) => {
          reject(new FilterError(fault, at, length));
        });
      }
    }
  }

  #settle(how: (running: Running) => void): void {
    clearInterval(this.#watch);
    const running = this.#running;
    this.#running = undefined;
    if (running) how(running);
  }

  /** Ends the worker and the running task, if there is one. */
  #stop(reason: Error): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#ready = false;
    this.#known = new Set();
    void worker?.terminate();
    this.#settle(({ reject }) => {
      reject(reason);
    });
  }

  /**
   * Ends the worker if its task makes no step for too long. It counts looks rather than time,
   * because time also passes while the computer sleeps.
   */
  #watchSteps(): void {
    let steps = Atomics.load(this.#control, Control.steps);
    let looks = 0;
    this.#watch = setInterval(() => {
      const now = Atomics.load(this.#control, Control.steps);
      looks = now === steps ? looks + 1 : 0;
      steps = now;
      if (looks === LOOKS) this.#stop(new IndexError('too-slow'));
    }, this.stepMs / LOOKS);
  }
}

export function aborted(): DOMException {
  return new DOMException('Cancelled', 'AbortError');
}
