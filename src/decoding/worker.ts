import type { Worker } from 'node:worker_threads';
import { phrase } from '../core/phrase';
import { SchemaError, type SchemaLookup } from '../core/schemaRegistry/lookup';
import type { Failure, FromWorker, Results, SchemaFailure, ToWorker, Use, Work } from './protocol';

/** Starts dist/decodingWorker.js with this as its `workerData`. */
export type StartWorker = (beats: SharedArrayBuffer) => Worker;

/** Why there is no worker any more. */
export type LostReason =
  /** It could not be started, or ended before it could work. */
  | 'not-started'
  /** What it worked on took too long. */
  | 'held-up'
  /** It ran out of memory, or was ended. */
  | 'ended';

/** The worker was lost with all work under way. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';

  constructor(
    readonly why: LostReason,
    options?: ErrorOptions,
  ) {
    super(`The worker that decodes was lost: ${why}`, options);
  }
}

/** What a format is opened for, with what finds its schemas. */
export interface HostUse extends Omit<Use, 'schemas'> {
  readonly schemas: SchemaLookup | undefined;
}

interface Job {
  /** For as long as the worker may ask it. */
  readonly schemas: SchemaLookup | undefined;
  readonly resolve: (result: Results[keyof Results]) => void;
  readonly reject: (error: unknown) => void;
}

/** How long the worker may be held up, in milliseconds, and how often that is looked at. */
const HELD_UP_MS = 5_000;
/** How long the worker may take to start, in milliseconds. */
const START_MS = 30_000;
const LOOK_MS = 250;
/** How long a worker without work is kept, in milliseconds. */
const IDLE_MS = 60_000;

/**
 * Gives work to a worker thread, which is started when there is some, and ended when there has been
 * none for a while. If the worker is lost, all work under way rejects with `WorkerLost`, and what
 * comes next gets a new worker.
 */
export class WorkerThread {
  readonly #beats = new SharedArrayBuffer(4);
  readonly #jobs = new Map<number, Job>();
  /** A copy has a lookup of its own, which must not be kept once nobody else uses it. */
  readonly #schemas = new Map<number, WeakRef<SchemaLookup>>();
  readonly #numbers = new WeakMap<SchemaLookup, number>();
  readonly #gone = new FinalizationRegistry<number>((number) => this.#schemas.delete(number));
  #worker: Worker | undefined;
  #isReady = false;
  #watch: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;
  #lastNumber = 0;

  constructor(
    private readonly start: StartWorker,
    private readonly heldUpMs = HELD_UP_MS,
  ) {}

  /** Rejects with the reason of the signal, a `SchemaError`, `WorkerLost`, or what the codec threw. */
  async run<T extends Work['type']>(
    use: HostUse,
    work: Extract<Work, { readonly type: T }>,
    signal?: AbortSignal,
  ): Promise<Results[T]> {
    // The worker gives the result of the work that it got.
    return (await this.#run(use, work, signal)) as Results[T];
  }

  #run(
    { schemas, ...others }: HostUse,
    work: Work,
    signal?: AbortSignal,
  ): Promise<Results[keyof Results]> {
    signal?.throwIfAborted();
    const use = { ...others, schemas: this.#numberOf(schemas) };
    const id = (this.#lastId += 1);
    const worker = (this.#worker ??= this.#open());
    clearTimeout(this.#idle);
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#post({ type: 'cancel', id });
        this.#take(id)?.reject(signal?.reason);
      };
      signal?.addEventListener('abort', abort, { once: true });
      const ended = <T>(how: (with_: T) => void) => {
        return (given: T) => {
          signal?.removeEventListener('abort', abort);
          how(given);
        };
      };
      this.#jobs.set(id, { schemas, resolve: ended(resolve), reject: ended(reject) });
      // Bytes move to the worker: copying them takes longer than decoding them.
      const moved = work.type === 'decode' ? [work.payloads.bytes.buffer] : [];
      try {
        worker.postMessage({ type: 'work', id, use, work } satisfies ToWorker, moved);
      } catch (cause) {
        // There was no memory for a copy of it.
        this.#take(id)?.reject(new WorkerLost('ended', { cause }));
        return;
      }
      this.#watchBeats();
    });
  }

  /** Returns the number by which the worker names a lookup. */
  #numberOf(schemas: SchemaLookup | undefined): number | undefined {
    if (!schemas) return undefined;
    const known = this.#numbers.get(schemas);
    if (known !== undefined) return known;
    const number = (this.#lastNumber += 1);
    this.#numbers.set(schemas, number);
    this.#schemas.set(number, new WeakRef(schemas));
    this.#gone.register(schemas, number);
    return number;
  }

  dispose(): void {
    this.#end(new WorkerLost('ended'));
  }

  #open(): Worker {
    const worker = this.#started();
    const lost = (cause?: Error) => {
      if (worker !== this.#worker) return;
      this.#end(new WorkerLost(this.#isReady ? 'ended' : 'not-started', { cause }));
    };
    worker.on('message', (message: FromWorker) => {
      if (worker === this.#worker) this.#receive(message);
    });
    worker.on('error', lost);
    worker.on('exit', () => {
      lost();
    });
    // The worker alone must not keep a process alive.
    worker.unref();
    return worker;
  }

  #started(): Worker {
    try {
      return this.start(this.#beats);
    } catch (cause) {
      throw new WorkerLost('not-started', { cause });
    }
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        return;
      case 'done':
        this.#take(message.id)?.resolve(message.result);
        return;
      case 'failed':
        this.#take(message.id)?.reject(errorOf(message.failure));
        return;
      case 'find':
        void this.#find(message);
    }
  }

  async #find({ id, schemas, address, use }: Extract<FromWorker, { type: 'find' }>): Promise<void> {
    const asker = this.#worker;
    let answer: ToWorker;
    try {
      const found = await this.#schemas.get(schemas)?.deref()?.find(address, use);
      if (!found) throw new Error(`There is no lookup ${schemas}.`);
      answer = { type: 'found', id, found };
    } catch (error) {
      answer = { type: 'notFound', id, failure: schemaFailureOf(error) };
    }
    if (asker === this.#worker) this.#post(answer);
  }

  /** If there is no memory for a copy of the message, the worker would wait for it for ever. */
  #post(message: ToWorker): void {
    try {
      this.#worker?.postMessage(message);
    } catch (cause) {
      this.#end(new WorkerLost('ended', { cause }));
    }
  }

  /** Takes a job out. The last one lets the worker idle. */
  #take(id: number): Job | undefined {
    const job = this.#jobs.get(id);
    this.#jobs.delete(id);
    if (this.#jobs.size === 0) {
      clearInterval(this.#watch);
      this.#watch = undefined;
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => {
        this.#end(new WorkerLost('ended'));
      }, IDLE_MS);
      this.#idle.unref();
    }
    return job;
  }

  /**
   * Ends the worker if it does not come to its next beat, or to its first one, for too long. It counts
   * looks rather than time, because time also passes while the computer sleeps.
   */
  #watchBeats(): void {
    const beats = new Int32Array(this.#beats);
    let last = Atomics.load(beats, 0);
    let looks = 0;
    this.#watch ??= setInterval(() => {
      const now = Atomics.load(beats, 0);
      looks = now === last ? looks + 1 : 0;
      last = now;
      const [limit, why] = this.#isReady
        ? ([this.heldUpMs, 'held-up'] as const)
        : ([START_MS, 'not-started'] as const);
      if (looks * LOOK_MS >= limit) this.#end(new WorkerLost(why));
    }, LOOK_MS);
  }

  #end(reason: WorkerLost): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#isReady = false;
    clearInterval(this.#watch);
    this.#watch = undefined;
    clearTimeout(this.#idle);
    void worker?.terminate();
    const jobs = [...this.#jobs.values()];
    this.#jobs.clear();
    for (const { reject } of jobs) reject(reason);
  }
}

function schemaFailureOf(error: unknown): SchemaFailure {
  if (error instanceof SchemaError) return { kind: error.kind, phrase: error.phrase };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'unreachable', phrase: phrase('it could not be looked up ({0})', message) };
}

function errorOf(failure: Failure): Error {
  if (failure.kind) return new SchemaError(failure.kind, failure.phrase);
  return new Error(failure.message);
}
