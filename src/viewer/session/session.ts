import type { KafkaRecord, ReadingProxy } from '../../core/kafka';
import {
  type DecodedRecord,
  type DecodeRecords,
  type DescribeProblem,
  openDecoder,
} from '../../core/message/decoded';
import { Rate } from '../../core/async/rate';
import type { ReadNotice } from '../../core/read/reader';
import type { TimeContext } from '../../core/time/parse';
import type { BufferPool } from '../store/bufferPool';
import { type ViewerDefinition, writeDefinition } from './definition';
import { Feed } from './feed';
import { MessageIndex, type StartWorker } from '../index/messageIndex';
import { MessageStore, type StoreLimits } from '../store/messageStore';
import type { FilterProblem, Row, Sequence, ToHost, ToWebview, ViewerState } from '../protocol';
import { toDetail, toRow } from './rows';

/** Puts facts into the words of the user interface. */
export interface Wording {
  /** Why a read failed: a sentence with a next step. */
  readonly failure: (error: unknown) => string;
  /** What a person should know of a read, a sentence each. */
  readonly notices: (notices: readonly ReadNotice[]) => readonly string[];
  /** What is wrong with a filter. */
  readonly filter: (error: unknown) => FilterProblem;
  /** Why a key or value is not shown in its format. */
  readonly decoding: DescribeProblem;
}

export interface SessionOptions {
  /** The way to the cluster, asked for whenever a read begins. */
  readonly proxy: () => Promise<ReadingProxy>;
  readonly definition: ViewerDefinition;
  readonly limits: StoreLimits;
  /** Where the memory for messages comes from, and goes to. */
  readonly buffers: BufferPool;
  readonly startWorker: StartWorker;
  readonly timeContext: () => TimeContext;
  readonly wording: Wording;
  /** Says something to the webview. */
  readonly post: (message: ToWebview) => void;
}

/** What a webview may ask of its session; the rest is for the user interface. */
export type SessionRequest = Exclude<
  ToHost,
  { readonly type: 'selection' | 'action' | 'changeRange' | 'exportMessages' | 'openAsDocument' }
>;

/** New messages and a changed state show so often at most. */
const REFRESH_MS = 100;

/** A viewer without its window: the messages, which of them are shown, and where more come from. */
export class ViewerSession {
  readonly store: MessageStore;
  readonly index: MessageIndex;
  readonly feed: Feed;
  readonly #rate = new Rate();
  readonly #decode: DecodeRecords;
  /** How many of the newest messages were asked for, if only these were. */
  readonly #newest: number | undefined;
  #definition: ViewerDefinition;
  #filterProblem: FilterProblem | null = null;
  #busy = false;
  /** Counts the calls of `#show`, the last of which tells. */
  #shows = 0;
  #due: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(private readonly options: SessionOptions) {
    const { proxy, definition, limits, buffers, startWorker } = options;
    const { newest, ...request } = definition.request;
    this.#newest = newest;
    this.#definition = definition;
    this.#decode = openDecoder(definition.formats);
    this.store = new MessageStore(limits, buffers);
    this.index = new MessageIndex(this.store, startWorker);
    this.feed = new Feed({
      proxy,
      request,
      take: (records, signal) => this.#take(records, signal),
      changed: () => {
        this.#refresh();
      },
    });
  }

  get definition(): ViewerDefinition {
    return this.#definition;
  }

  /** Reads what was asked for. Resolves when that ends, for whatever reason. */
  async start(): Promise<void> {
    await this.#show({});
    await this.feed.start();
  }

  /** Reads what was asked for or, later, what came since, and goes on with what comes. */
  async follow(): Promise<void> {
    await this.feed.follow();
  }

  /** Does what the webview asks for. */
  async handle(request: SessionRequest): Promise<void> {
    const { post, wording } = this.options;
    switch (request.type) {
      case 'ready':
        this.#push();
        return;
      case 'rows': {
        const { type, start, end } = request;
        post({ type, version: this.index.version, start, rows: this.#rows(start, end) });
        return;
      }
      case 'detail': {
        const { type, sequence } = request;
        const record = this.store.record(sequence);
        post({
          type,
          sequence,
          detail: record ? toDetail(sequence, record, wording.decoding) : null,
        });
        return;
      }
      case 'locate': {
        const { sequence } = request;
        post({ type: 'located', sequence, row: this.index.rowOf(sequence) ?? null });
        return;
      }
      case 'filter':
        await this.#show({ filter: request.text });
        return;
      case 'sort':
        await this.#show({ sort: request.sort });
        return;
      case 'span':
        await this.#show({ span: request.span });
        return;
      case 'columns':
        this.#definition = { ...this.#definition, columns: request.columns };
        this.#push();
        return;
      case 'pause':
        this.feed.pause();
        return;
      case 'resume':
        if (this.feed.status === 'paused') this.feed.resume();
        else await this.feed.start();
        return;
      case 'stop':
        await this.feed.stop();
        return;
      case 'follow':
        await this.follow();
        return;
    }
  }

  /** The messages of these numbers that are still there, in this order. */
  records(sequences: Iterable<Sequence>): readonly DecodedRecord[] {
    return [...sequences].flatMap((sequence) => this.store.record(sequence) ?? []);
  }

  /** What the table shows, in its order, in batches; what leaves the memory meanwhile is missing. */
  *shown(): Generator<readonly DecodedRecord[], void, undefined> {
    const sequences = this.index.sequences();
    const size = 1_000;
    for (let start = 0; start < sequences.length; start += size) {
      yield this.records(sequences.subarray(start, start + size));
    }
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#due);
    await this.feed.stop();
    this.index.dispose();
    this.store.dispose();
  }

  async #take(records: readonly KafkaRecord[], signal: AbortSignal): Promise<void> {
    this.store.append(await this.#decode(records, signal));
    // The newest so far show while the read goes on. What comes after it is wanted as well.
    if (this.#newest !== undefined && !this.feed.reachedEnd) this.store.keepNewest(this.#newest);
    this.#rate.add(records.length);
    this.#refresh();
  }

  /** Shows other messages or another order; what is wrong with a filter goes into the state. */
  async #show(change: Partial<Pick<ViewerDefinition, 'filter' | 'sort' | 'span'>>): Promise<void> {
    this.#definition = { ...this.#definition, ...change };
    this.#busy = true;
    this.#push();
    const show = (this.#shows += 1);
    const { filter, sort, span } = this.#definition;
    let problem: FilterProblem | null = null;
    try {
      await this.index.show({ filter, sort, span, timeContext: this.options.timeContext() });
    } catch (error) {
      problem = this.options.wording.filter(error);
    }
    if (show !== this.#shows) return;
    this.#filterProblem = problem;
    this.#busy = false;
    this.#push();
  }

  /** Takes in what is new and sends the state, soon and not too often. */
  #refresh(): void {
    if (this.#disposed) return;
    this.#due ??= setTimeout(() => {
      void this.#refreshNow();
    }, REFRESH_MS);
  }

  async #refreshNow(): Promise<void> {
    const { end } = this.store;
    try {
      await this.index.update();
    } catch (error) {
      if (!this.#disposed) this.#filterProblem = this.options.wording.filter(error);
    }
    this.#due = undefined;
    this.#push();
    // More came meanwhile; or the rate is to fall when nothing comes.
    if (this.store.end > end || this.#rate.perSecond > 0) this.#refresh();
  }

  #push(): void {
    if (!this.#disposed) this.options.post({ type: 'state', state: this.#state() });
  }

  #rows(start: number, end: number): readonly Row[] {
    const rows: Row[] = [];
    for (let row = start; row < Math.min(end, this.index.length); row++) {
      const sequence = this.index.sequenceAt(row);
      const record = sequence === undefined ? undefined : this.store.record(sequence);
      if (sequence === undefined || !record) break;
      rows.push(toRow(sequence, record, this.options.wording.decoding));
    }
    return rows;
  }

  #state(): ViewerState {
    const { store, index, feed } = this;
    const { wording, timeContext } = this.options;
    const { filter, sort, span, columns } = this.#definition;
    return {
      status: feed.status,
      problem: feed.status === 'failed' ? wording.failure(feed.failure) : null,
      // Of several reads, which follow each other, each may say the same.
      notices: [...new Set(wording.notices(feed.notices))],
      counts: {
        received: store.received,
        held: store.held,
        matched: index.length,
        dropped: store.dropped,
      },
      rate: this.#rate.perSecond,
      progress: feed.progress,
      version: index.version,
      filter: { text: filter, problem: this.#filterProblem, busy: this.#busy },
      sort,
      span,
      histogram: index.histogram,
      columns,
      headers: feed.mayHaveHeaders,
      timeZone:
        timeContext().zone === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone,
      definition: writeDefinition(this.#definition),
    };
  }
}
