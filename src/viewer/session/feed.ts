import { follow } from '../../core/read/follow';
import type { KafkaRecord, Offset, ReadingProxy } from '../../core/kafka';
import { openReader, type Reader, type ReadNotice, type ReadRequest } from '../../core/read/reader';
import { readOn } from '../../core/read/request';
import type { PartitionProgress, ViewerStatus } from '../protocol';

export interface FeedOptions {
  /** Opens the proxy of the cluster. Called at each start. */
  readonly proxy: () => Promise<ReadingProxy>;
  /** What to read. Limiting them to the newest ones is up to `take`. */
  readonly request: Omit<ReadRequest, 'newest' | 'maxBytes'>;
  /**
   * Takes the records that were read. It may wait until the signal aborts. If it does not take
   * them, it gets them again at the next start.
   */
  readonly take: (records: readonly KafkaRecord[], signal: AbortSignal) => void | Promise<void>;
  /** Called whenever the status has changed. */
  readonly changed: () => void;
}

/**
 * Reads the messages of a viewer: first those that were asked for, then new ones if it follows the
 * topic. A pause loses nothing, because reading goes by offset. After a stop or a failure, reading
 * can go on where it ended.
 */
export class Feed {
  #status: ViewerStatus = 'stopped';
  #failure: unknown;
  #following = false;
  /** Whether the last read came to its end. */
  #complete = false;
  #reachedEnd = false;
  #received = 0;
  #mayHaveHeaders = false;
  /** Records that were read but not taken yet. */
  #untaken: readonly KafkaRecord[] = [];
  #reader: Reader | undefined;
  /** The notices of earlier readers. */
  #notices: readonly ReadNotice[] = [];
  #abort = new AbortController();
  #running = Promise.resolve();
  #resumed = Promise.resolve();
  #resume = (): void => undefined;

  constructor(private readonly options: FeedOptions) {}

  get status(): ViewerStatus {
    return this.#status;
  }

  /** Why the status is `failed`. */
  get failure(): unknown {
    return this.#failure;
  }

  /**
   * Whether a read has come to its end or, while following, has taken what was there when it began.
   */
  get reachedEnd(): boolean {
    return this.#reachedEnd;
  }

  /** Whether the messages may have headers; `false` until a read has begun. */
  get mayHaveHeaders(): boolean {
    return this.#mayHaveHeaders;
  }

  /** Whether new records are, or were, read as they arrive. */
  get followed(): boolean {
    return this.#following;
  }

  /** Returns how far each partition has been read. */
  get progress(): readonly PartitionProgress[] {
    const reader = this.#reader;
    return (reader?.ranges ?? []).map(({ partition, from, until }) => ({
      partition,
      from: String(from),
      position: String(reader?.position.get(partition) ?? from),
      until: String(until),
    }));
  }

  get notices(): readonly ReadNotice[] {
    const all = [...this.#notices, ...(this.#reader?.notices ?? [])];
    // While following, `latest` is clamped if a node of the proxy does not know the newest records
    // yet. That is normal and needs no notice.
    return this.#following
      ? all.filter((notice) => notice.kind !== 'clamped' || notice.end !== 'latest')
      : all;
  }

  /** The next offset of each partition; empty before the read has begun. */
  get position(): ReadonlyMap<number, Offset> {
    return this.#reader?.position ?? new Map<number, Offset>();
  }

  /**
   * Begins to read, or goes on after a stop or a failure. Resolves when reading ends, for whatever
   * reason. A read that is under way ends first, because two at once would bring the same messages
   * twice.
   */
  start(): Promise<void> {
    const before = this.stop();
    const { signal } = (this.#abort = new AbortController());
    this.#running = before.then(() => (signal.aborted ? undefined : this.#run(signal)));
    return this.#running;
  }

  /** Stops reading. Resolves when it has stopped. */
  stop(): Promise<void> {
    this.#abort.abort();
    this.#resume();
    return this.#running;
  }

  /** Says that nothing is read before the person asks for it. */
  wait(): void {
    this.#set('waiting');
  }

  pause(): void {
    if (this.#status !== 'reading' && this.#status !== 'following') return;
    this.#resumed = new Promise((resolve) => (this.#resume = resolve));
    this.#set('paused');
  }

  /** Ends a pause. */
  resume(): void {
    if (this.#status !== 'paused') return;
    this.#set(this.#following ? 'following' : 'reading');
    this.#resume();
  }

  /** Reads on from the current position, and goes on with new records as they arrive. */
  follow(): Promise<void> {
    this.#following = true;
    return this.start();
  }

  async #run(signal: AbortSignal): Promise<void> {
    this.#failure = undefined;
    this.#set(this.#following ? 'following' : 'reading');
    try {
      await this.#take(this.#untaken, signal);
      const proxy = await this.options.proxy();
      const { read } = proxy.capabilities;
      // Messages of earlier reads stay, and may have headers even if this read cannot bring any.
      this.#mayHaveHeaders ||= read !== false && read.headers;
      const request = this.#request();
      const reader = await openReader(proxy, request, { signal });
      const opened = (next: Reader) => {
        this.#notices = this.notices;
        this.#reader = next;
      };
      opened(reader);
      this.#complete = false;
      const batches = this.#following
        ? follow(proxy, request, reader, {
            signal,
            opened: (next) => {
              this.#reachedEnd = true;
              opened(next);
            },
          })
        : reader;
      for await (const batch of batches) {
        // Counted before a pause, because the reader counts the batch as delivered.
        this.#received += batch.length;
        this.#untaken = batch;
        await this.#resumed;
        signal.throwIfAborted();
        await this.#take(batch, signal);
      }
      this.#complete = this.#reachedEnd = true;
      this.#set('done');
    } catch (error) {
      if (!signal.aborted) this.#failure = error;
      this.#set(signal.aborted ? 'stopped' : 'failed');
    }
  }

  async #take(records: readonly KafkaRecord[], signal: AbortSignal): Promise<void> {
    this.#untaken = records;
    if (records.length > 0) await this.options.take(records, signal);
    this.#untaken = [];
  }

  /** Returns the request for the records that are still to be read. */
  #request(): ReadRequest {
    const { topic, partitions, maxRecords, ...bounds } = this.options.request;
    const where = { topic, ...(partitions && { partitions }) };
    const { untilTime, timeMargin } = bounds;
    if (this.#following && this.#complete && untilTime !== undefined) {
      // The finished read skipped records after `untilTime` within the margin, so they are read
      // now.
      return {
        ...where,
        from: { time: untilTime },
        ...(timeMargin !== undefined && { timeMargin }),
      };
    }
    const { from } = this.#reader
      ? readOn(this.options.request, this.#reader.position)
      : this.options.request;
    if (this.#following) return { ...where, from };
    const left = maxRecords !== undefined && { maxRecords: maxRecords - this.#received };
    return { ...where, ...bounds, from, ...left };
  }

  #set(status: ViewerStatus): void {
    this.#status = status;
    this.options.changed();
  }
}
