import type { KafkaRecord } from '../../core/kafka';
import { type DecodedRecord, type DecodeRecords, openDecoder } from '../../core/message/decoded';
import { Rate } from '../../core/async/rate';
import { type ViewerDefinition, writeDefinition } from './definition';
import { Feed } from './feed';
import { FilterGuide } from './filterGuide';
import { narrowed } from '../advice/onlyThis';
import { MessageIndex } from '../index/messageIndex';
import { MessageStore } from '../store/messageStore';
import type { FilterProblem, Sequence, ViewerState } from '../protocol';
import type { SessionOptions, SessionRequest } from './options';
import { Pointer } from './pointer';
import { rowsIn, toDetail } from './rows';

/** The minimum time between two updates of the webview, in milliseconds. */
const REFRESH_MS = 100;

/**
 * A viewer without its window: its messages, the selection and order of those shown, and the feed.
 */
export class ViewerSession {
  readonly store: MessageStore;
  readonly index: MessageIndex;
  readonly feed: Feed;
  readonly pointer: Pointer;
  readonly #rate = new Rate();
  readonly #decode: DecodeRecords;
  /** How many of the newest messages were asked for, if only these were. */
  readonly #newest: number | undefined;
  #definition: ViewerDefinition;
  readonly #guide: FilterGuide;
  #filterProblem: FilterProblem | null = null;
  /** The last valid filter, whose matches the table shows. */
  #applied = '';
  #understood = '';
  #busy = false;
  #cleared = false;
  /** Counts the calls of `#show`, of which only the last may change the state. */
  #shows = 0;
  #due: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(private readonly options: SessionOptions) {
    const { proxy, definition, limits, buffers, startWorker, timeContext, wording } = options;
    const { newest, ...request } = definition.request;
    this.#newest = newest;
    this.#definition = definition;
    this.#decode = openDecoder(definition.formats, { topic: definition.request.topic });
    this.store = new MessageStore(limits, buffers);
    this.index = new MessageIndex(this.store, startWorker);
    this.pointer = new Pointer(this.store, this.index, options.pointed);
    this.#guide = new FilterGuide(this.store, timeContext, wording.say);
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

  /** Reads the messages that were asked for. Resolves when that ends, for whatever reason. */
  async start(): Promise<void> {
    await this.#show({});
    await this.feed.start();
  }

  /**
   * Reads the messages that were asked for or, later, those that are new, and goes on as more
   * arrive.
   */
  async follow(): Promise<void> {
    await this.feed.follow();
  }

  /** Reads nothing before the person asks for it, but is ready to show. */
  async wait(): Promise<void> {
    this.feed.wait();
    await this.#show({});
  }

  /** Removes all messages. New ones go on to arrive. */
  clear(): void {
    this.#cleared = this.#cleared || this.store.held > 0;
    this.store.clear();
    clearTimeout(this.#due);
    void this.#refreshNow();
  }

  /** Lets a term narrow the filter that the table shows. */
  async narrow(term: string): Promise<void> {
    await this.#show({ filter: narrowed(this.#applied, term, this.options.timeContext()) });
  }

  /** Handles a request of the webview. */
  async handle(request: SessionRequest): Promise<void> {
    const { post, wording } = this.options;
    switch (request.type) {
      case 'ready':
        this.#push();
        return;
      case 'rows': {
        const { type, start, end } = request;
        post({
          type,
          version: this.index.version,
          start,
          rows: rowsIn(this.store, this.index, start, end, wording.decoding),
        });
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
      case 'complete': {
        const { text, caret } = request;
        const completion = this.#guide.complete(text, caret);
        post({ type: 'completion', text, caret, completion });
        return;
      }
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
      case 'clear':
        this.clear();
        return;
    }
  }

  /** Returns the messages with these numbers that are still in memory, in this order. */
  records(sequences: Iterable<Sequence>): readonly DecodedRecord[] {
    return [...sequences].flatMap((sequence) => this.store.record(sequence) ?? []);
  }

  /**
   * Yields the messages of the table in its order, in batches. A message that is dropped meanwhile
   * is missing.
   */
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
    const decoded = await this.#decode(records, signal);
    this.pointer.look(records);
    this.store.append(decoded);
    this.#cleared = false;
    // While reading goes on, the newest messages so far are shown. Once it has reached the end,
    // later messages are wanted as well.
    if (this.#newest !== undefined && !this.feed.reachedEnd) this.store.keepNewest(this.#newest);
    this.#rate.add(records.length);
    this.#refresh();
  }

  /** Shows other messages or another order. If the filter is wrong, the state says why. */
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
    this.#understood = problem ? '' : this.#guide.understood(filter);
    if (!problem) this.#applied = filter;
    this.#busy = false;
    this.#push();
  }

  /** Schedules an update of the index and the state, at most one in `REFRESH_MS`. */
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
    // Either more messages arrived meanwhile, or the rate has to fall while none arrive.
    if (this.store.end > end || this.#rate.perSecond > 0) this.#refresh();
  }

  #push(): void {
    if (!this.#disposed) this.options.post({ type: 'state', state: this.#state() });
  }

  #filterState(text: string): ViewerState['filter'] {
    const [problem, busy] = [this.#filterProblem, this.#busy];
    const isInVain = !busy && !problem && text !== '' && this.store.held > 0;
    const advice = isInVain && this.index.length === 0 ? this.#guide.advice(text) : null;
    return { text, problem, busy, understood: busy ? '' : this.#understood, advice };
  }

  #state(): ViewerState {
    const { store, index, feed } = this;
    const { wording, timeContext } = this.options;
    const { filter, sort, span, columns, request } = this.#definition;
    const hasFailed = feed.status === 'failed';
    return {
      status: feed.status,
      problem: hasFailed ? wording.failure(feed.failure) : null,
      remedies: hasFailed ? this.options.remedies(feed.failure) : [],
      // Several reads one after the other may give the same notice.
      notices: [...new Set(wording.notices(feed.notices))],
      counts: {
        received: store.received,
        held: store.held,
        matched: index.length,
        dropped: store.dropped,
      },
      arrived: index.arrived,
      latest: this.#newest !== undefined || 'latestMinus' in request.from,
      followed: feed.followed,
      cleared: this.#cleared,
      rate: this.#rate.perSecond,
      progress: feed.progress,
      version: index.version,
      filter: this.#filterState(filter),
      sort,
      span,
      histogram: index.histogram,
      columns,
      pointed: this.pointer.shown,
      headers: feed.mayHaveHeaders,
      timeZone:
        timeContext().zone === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone,
      definition: writeDefinition(this.#definition),
    };
  }
}
