import { backoff, wait } from '../../async/wait';
import { KafkaError } from '../../errors';
import type {
  LogEnds,
  Offset,
  PartitionRange,
  ReadFlow,
  RecordPage,
  SkippedOffsets,
} from '../../kafka';
import { mayMend } from './attempts';
import type { V2Flavour } from './flavour';
import type { Instance, Instances } from './instances';
import { type Polled, pagesOf } from './polledPages';
import { parsePoll } from './records';
import { firstResponding } from './silence';

export interface InstanceRead {
  readonly range: PartitionRange;
  readonly flow: ReadFlow & { readonly signal: AbortSignal };
  readonly flavour: V2Flavour;
  readonly instances: Instances;
  /** Returns the offsets of the partition. */
  readonly ends: () => Promise<LogEnds>;
}

/** How often a read may continue after failures without a record between them. */
const MAX_FAILURES = 3;
/** As many failures a poll that got no response in time counts for. */
const SILENT_FAILURES = 2;
/** How long to wait before the first of them, in milliseconds. */
const BACKOFF_MS = 100;
/** Smaller responses are not worth the reuse of their memory. */
const MIN_SPARE_BYTES = 64 * 1024;

/**
 * Reads a range through a consumer instance of its own, and yields its pages. While the consumer
 * works on the records of a poll, the next poll is under way if `flow.ahead` allows it. A lost
 * response, a lost instance or a position that moved lead back to where records are missing. Rejects
 * with the failures of the calls, or with the reason of the signal.
 */
export async function* readInstance(
  read: InstanceRead,
): AsyncGenerator<RecordPage, void, undefined> {
  const reader = new InstanceReader(read);
  try {
    for (let at = read.range.from; at < read.range.until;) {
      for await (const page of reader.pages(at)) {
        read.flow.signal.throwIfAborted();
        yield page;
        at = page.next;
      }
      read.flow.signal.throwIfAborted();
    }
  } finally {
    reader.close();
  }
}

class InstanceReader {
  #instance: Instance | undefined;
  /** The offset from which the instance continues, if that is known. */
  #position: Offset | undefined;
  /** The poll that the consumer has not asked for yet. */
  #early: { readonly from: Offset; readonly response: Promise<Polled> } | undefined;
  readonly #end = new AbortController();
  readonly #signal: AbortSignal;
  #failures = 0;
  #empty = 0;
  /** Whether the instance has had records since its position was set. */
  #hasDelivered = false;
  /** The offset from which records are missing, although they were asked for again. */
  #gap: Offset | undefined;
  readonly #spare: Buffer[] = [];

  constructor(private readonly read: InstanceRead) {
    this.#signal = AbortSignal.any([read.flow.signal, this.#end.signal]);
  }

  close(): void {
    this.#end.abort();
    this.#drop();
  }

  /** Yields pages from an offset on; none if the caller has to ask again. */
  async *pages(at: Offset): AsyncGenerator<RecordPage, void, undefined> {
    const polled = await this.#recover(at);
    if (!polled) return;
    if (!('first' in polled)) {
      yield polled;
      return;
    }
    const [first] = polled.first;
    const { last } = polled.records;
    if (!first || last === undefined) {
      const end = await this.#afterEmpty(at);
      if (end) yield end;
      return;
    }
    if (first.offset !== at && this.#mustAskAgain(at, first.offset)) return;
    this.#empty = 0;
    this.#hasDelivered = true;
    this.#failures = 0;
    const { resetsPosition } = this.read.flavour;
    if (resetsPosition && first.offset > at) {
      const { earliest } = await this.read.ends();
      if (earliest > at) yield this.#skip(at, earliest, 'retention');
    }
    this.#pollAhead(last + 1n, polled.records.count);
    const { flow, range } = this.read;
    yield* pagesOf(polled, { from: at, until: range.until }, flow.pageBytes);
    if (polled.bytes >= MIN_SPARE_BYTES) this.#spare.push(Buffer.from(polled.body.buffer));
  }

  /** Polls from an offset, and copes with failures that a new attempt can mend. */
  async #recover(at: Offset): Promise<Polled | RecordPage | undefined> {
    const { flavour, flow } = this.read;
    try {
      return await this.#polled(at);
    } catch (error) {
      flow.signal.throwIfAborted();
      this.#position = undefined;
      if (!(error instanceof KafkaError)) throw error;
      if (flavour.isOutOfRange(error)) return this.#outOfRange(at, error);
      const isLost = this.#instance !== undefined && flavour.isLost(error);
      if (isLost || error.kind === 'timeout') this.#drop();
      if (!isLost && !mayMend(error)) throw error;
      // A proxy that says nothing has taken much time already, so it gets one more chance.
      this.#failures += error.kind === 'timeout' ? SILENT_FAILURES : 1;
      if (this.#failures > MAX_FAILURES) throw error;
      if (error.kind === 'timeout' && flavour.silentMs !== undefined)
        return await this.#pastSilence(at, error);
      await wait(backoff(this.#failures, BACKOFF_MS), flow.signal);
      return undefined;
    }
  }

  /** Returns the response to the poll that is under way, or else to a new one. */
  async #polled(at: Offset): Promise<Polled> {
    const early = this.#early;
    this.#early = undefined;
    if (early?.from === at) return early.response;
    // The proxy makes the seek wait for the poll that is under way.
    await early?.response.catch(() => undefined);
    const waitMs = this.#emptyPollMs()[this.#empty - 1] ?? this.read.flavour.pollMs;
    return this.#limited(() => this.#poll(at, waitMs));
  }

  async #poll(at: Offset, waitMs: number, marginMs = this.read.flavour.marginMs): Promise<Polled> {
    const { range, flavour, instances } = this.read;
    const signal = this.#signal;
    this.#instance ??= await instances.open(range.topic, range.partition, flavour.create, signal);
    if (this.#position !== at) {
      await instances.seek(this.#instance, at, flavour, signal);
      this.#position = at;
      this.#hasDelivered = false;
    }
    const call = { waitMs, marginMs, query: flavour.pollQuery, into: this.#spare.pop() };
    const { body } = await instances.poll(this.#instance, call, signal);
    const records = parsePoll(body, range);
    if (records.last !== undefined) this.#position = records.last + 1n;
    return { records, bytes: body.length, body, first: records.take() ?? [] };
  }

  #pollAhead(next: Offset, count: number): void {
    const { flow, range, flavour } = this.read;
    const { ahead = 0, wanted = () => Infinity } = flow;
    if (ahead < 1 || next >= range.until || wanted() <= count) return;
    const response = this.#limited(() => this.#poll(next, flavour.pollMs));
    // A failure is reported when the page is wanted. Until then nobody handles the rejection.
    response.catch(() => undefined);
    this.#early = { from: next, response };
  }

  #limited<T>(task: () => Promise<T>): Promise<T> {
    return this.read.flow.limiter ? this.read.flow.limiter(task) : task();
  }

  /**
   * Returns the end of the range once further polls have no records either: what is left are the
   * marks of transactions, records that compaction removed, or records that are not committed.
   */
  async #afterEmpty(at: Offset): Promise<RecordPage | undefined> {
    const { flavour, range } = this.read;
    this.#empty += 1;
    // What is missing may have been lost with an earlier response, so the position goes back.
    if (flavour.losesRecords) this.#position = undefined;
    if (this.#empty === 1) {
      const { earliest } = await this.read.ends();
      if (earliest > at) return this.#skip(at, earliest, 'retention');
    }
    if (this.#empty <= this.#emptyPollMs().length) return undefined;
    return { records: [], next: range.until, bytes: 0 };
  }

  /** How long each further poll waits after one without records, in milliseconds. */
  #emptyPollMs(): readonly number[] {
    const { emptyPollMs, emptyPollMsAfterRecords = emptyPollMs } = this.read.flavour;
    return this.#hasDelivered ? emptyPollMsAfterRecords : emptyPollMs;
  }

  /** Whether to ask again because the first record is not at the position that was asked for. */
  #mustAskAgain(at: Offset, first: Offset): boolean {
    if (first < at) {
      this.#position = undefined;
      this.#failures += 1;
      if (this.#failures <= MAX_FAILURES) return true;
      throw new KafkaError('protocol', { detail: 'records before the requested offset' });
    }
    if (!this.read.flavour.losesRecords || this.#gap === at) return false;
    this.#gap = at;
    this.#position = undefined;
    return true;
  }

  async #outOfRange(at: Offset, error: KafkaError): Promise<RecordPage | undefined> {
    const { earliest, latest } = await this.read.ends();
    if (earliest > at) return this.#skip(at, earliest, 'retention');
    if (latest < at) return this.#skip(at, this.read.range.until, 'empty');
    this.#failures += 1;
    if (this.#failures > MAX_FAILURES) throw error;
    return undefined;
  }

  /**
   * Skips records over which the proxy never responds. Returns `undefined` if it does respond after
   * all. Rejects with `error` if it does not respond to anything.
   */
  async #pastSilence(at: Offset, error: KafkaError): Promise<RecordPage | undefined> {
    const { until } = this.read.range;
    const { latest } = await this.read.ends();
    if (await this.#responds(at)) return undefined;
    // There is no record yet over which it could be silent.
    if (!(await this.#responds(latest))) throw error;
    const end = latest < until ? latest : until;
    const to = await firstResponding(at, end, (offset) => this.#responds(offset));
    // The network may have been silent by chance, and only over what is not to be lost.
    if (await this.#responds(at)) return undefined;
    return this.#skip(at, to, 'unreadable');
  }

  async #responds(at: Offset): Promise<boolean> {
    this.#drop();
    try {
      const [waitMs = 0] = this.read.flavour.emptyPollMs;
      await this.#limited(() => this.#poll(at, waitMs, this.read.flavour.silentMs));
      return true;
    } catch (error) {
      this.read.flow.signal.throwIfAborted();
      if (error instanceof KafkaError && error.kind === 'timeout') return false;
      throw error;
    } finally {
      this.#drop();
    }
  }

  #skip(from: Offset, end: Offset, reason: SkippedOffsets['reason']): RecordPage {
    const { until } = this.read.range;
    const to = end < until ? end : until;
    return { records: [], next: to, bytes: 0, skipped: { from, to, reason } };
  }

  #drop(): void {
    if (this.#instance) this.read.instances.close(this.#instance);
    this.#instance = undefined;
    this.#position = undefined;
  }
}
