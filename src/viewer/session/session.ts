import { Rate } from '../../core/async/rate';
import { unlessAborted } from '../../core/async/unlessAborted';
import type { KafkaRecord } from '../../core/kafka';
import { isPlain, PLAIN, type RecordFormats } from '../../core/message/codec';
import type { DecodedRecord, DecodeRecords } from '../../core/message/decoded';
import type { ColumnLayout } from '../columns';
import { isField } from '../fieldColumn';
import type { MessageIndex } from '../index/messageIndex';
import type { Sequence } from '../protocol';
import type { MessageStore } from '../store/messageStore';
import { decodeAgain, type TellProgress } from './decodeAgain';
import type { ViewerDefinition } from './definition';
import { Feed } from './feed';
import type { SessionOptions, SessionRequest } from './options';
import { Pointer } from './pointer';
import { rowsIn, toDetail } from './rows';
import { type SessionParts, stateOf } from './state';
import { Table, type TableChoice } from './table';

/** The minimum time between two updates of the webview, in milliseconds. */
const REFRESH_MS = 100;

/**
 * A viewer without its window: its messages, the selection and order of those shown, and the feed.
 */
export class ViewerSession {
  readonly feed: Feed;
  readonly pointer: Pointer;
  readonly #table: Table;
  readonly #rate = new Rate();
  #decode: DecodeRecords;
  /** How many of the newest messages were asked for, if only these were. */
  readonly #newest: number | undefined;
  #definition: ViewerDefinition;
  #cleared = false;
  /** Ends decoding anew. */
  #redecoding = new AbortController();
  /** Messages are taken in, or decoded anew, one after the other. */
  #turns: Promise<unknown> = Promise.resolve();
  #due: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(private readonly options: SessionOptions) {
    const { proxy, definition } = options;
    const { newest, ...request } = definition.request;
    this.#newest = newest;
    this.#definition = definition;
    this.#decode = options.openDecoder(definition);
    this.#table = new Table(options, () => {
      this.#push();
    });
    this.pointer = new Pointer(this.#table, options.pointed);
    this.feed = new Feed({
      proxy,
      request,
      take: (records, signal) => this.#take(records, signal),
      changed: () => {
        this.#refresh();
      },
    });
  }

  get store(): MessageStore {
    return this.#table.store;
  }

  get index(): MessageIndex {
    return this.#table.index;
  }

  /** Whether some messages may be shown in another way than they were read. */
  get isDecoded(): boolean {
    const { key = PLAIN, value = PLAIN } = this.#definition.formats ?? {};
    const isChosen = [key, value].some((format) => !isPlain(format) && format.kind !== 'auto');
    const { store } = this;
    return isChosen || store.formats('key').length + store.formats('value').length > 0;
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
    this.#redecoding.abort();
    this.store.clear();
    clearTimeout(this.#due);
    void this.#refreshNow();
  }

  /** Lets a term narrow the filter that the table shows. */
  async narrow(term: string): Promise<void> {
    await this.#show({ filter: this.#table.narrowed(term) });
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
        const { fields } = this.#definition.columns;
        const rows = rowsIn(this.store, this.index, start, end, wording, fields);
        post({ type, version: this.#table.version, start, rows });
        return;
      }
      case 'detail': {
        const { type, sequence } = request;
        const record = this.store.record(sequence);
        const detail = record ? toDetail(sequence, record, wording) : null;
        post({ type, sequence, detail });
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
        const completion = this.#table.complete(text, caret);
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
        await this.#arrange(request.columns);
        return;
      case 'fields':
        post({ type: 'fields', fields: this.#table.fields });
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

  /**
   * Decodes the messages in other formats: those that it holds, from what was read, and those to
   * come. Rejects with the reason of the signal, and with an `AbortError` if the messages are
   * cleared meanwhile; then everything stays as it was.
   */
  async decodeAs(formats: RecordFormats, stop: AbortSignal, tell: TellProgress): Promise<void> {
    this.#redecoding.abort();
    this.#redecoding = new AbortController();
    const signal = AbortSignal.any([stop, this.#redecoding.signal]);
    await this.#inTurn(async () => {
      const decode = this.options.openDecoder({ ...this.#definition, formats });
      await decodeAgain(this.#table, decode, signal, tell);
      this.#decode = decode;
      this.#definition = { ...this.#definition, formats };
    });
    this.#refresh();
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
    this.#redecoding.abort();
    await this.feed.stop();
    this.#table.dispose();
  }

  async #take(records: readonly KafkaRecord[], signal: AbortSignal): Promise<void> {
    await unlessAborted(this.#turns, signal);
    await this.#inTurn(async () => {
      signal.throwIfAborted();
      this.#add(records, await this.#decode(records, signal));
    });
  }

  #add(records: readonly KafkaRecord[], decoded: readonly DecodedRecord[]): void {
    this.pointer.look(records);
    this.store.append(decoded);
    this.#cleared = false;
    // While reading goes on, the newest messages so far are shown. Once it has reached the end,
    // later messages are wanted as well.
    if (this.#newest !== undefined && !this.feed.reachedEnd) this.store.keepNewest(this.#newest);
    this.#rate.add(records.length);
    this.#refresh();
  }

  async #arrange(columns: ColumnLayout): Promise<void> {
    const { columns: before, sort } = this.#definition;
    this.#definition = { ...this.#definition, columns };
    const { fields = [] } = columns;
    if (fields.some((field) => !before.fields?.includes(field))) this.#table.touch();
    const isSortGone = sort && isField(sort.column) && !fields.includes(sort.column);
    if (isSortGone) await this.#show({ sort: null });
    else this.#push();
  }

  /** Runs work after all earlier work. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turns.then(work);
    this.#turns = turn.catch(() => undefined);
    await turn;
  }

  async #show(change: Partial<TableChoice>): Promise<void> {
    this.#definition = { ...this.#definition, ...change };
    await this.#table.show(this.#definition);
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
    await this.#table.update();
    this.#due = undefined;
    this.#push();
    // Either more messages arrived meanwhile, or the rate has to fall while none arrive.
    if (this.store.end > end || this.#rate.perSecond > 0) this.#refresh();
  }

  get #parts(): SessionParts {
    const { feed, pointer, options } = this;
    return {
      ...{ feed, pointer, options },
      table: this.#table,
      definition: this.#definition,
      cleared: this.#cleared,
      rate: this.#rate.perSecond,
    };
  }

  #push(): void {
    if (!this.#disposed) this.options.post({ type: 'state', state: stateOf(this.#parts) });
  }
}
