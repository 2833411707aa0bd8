import type { Sort } from '../../src/viewer/columns';
import { fieldOf } from '../../src/viewer/fieldColumn';
import { fieldText } from '../../src/viewer/fields/fieldText';
import { compileSteps, findField } from '../../src/viewer/fields/findField';
import type {
  CompletionItem,
  Detail,
  Histogram,
  Row,
  Sequence,
  TimeSpan,
  ToHost,
  ToWebview,
  ViewerState,
} from '../../src/viewer/protocol';
import { BEGIN, messageDetail, messageRow, messageTime, messageValue, sortKey } from './messages';

const BINS = 60;

export const noFilter: ViewerState['filter'] = {
  text: '',
  problem: null,
  busy: false,
  understood: '',
  advice: null,
};

/**
 * Plays the extension host: holds `held` messages, filters by a text in the value, sorts and cuts
 * to a span in the simplest way, and answers what the webview asks for.
 */
export class FakeHost {
  /** What the webview has said, rows and details aside. */
  readonly said: ToHost[] = [];
  /** How many blocks of rows it asked for. */
  asked = 0;
  /** Details other than those of messages.ts; `null`: the message is gone. */
  readonly details = new Map<Sequence, Detail | null>();
  /** What may be typed in the filter. */
  completions: readonly CompletionItem[] = [];
  /** Whether nothing is answered. */
  isSilent = false;
  /** What a person must know of the cluster. */
  marks: readonly string[] = [];
  state: ViewerState;
  #sequences: readonly Sequence[] | undefined;
  #first = 0;
  /** What is answered later. */
  #waiting: ToHost[] | undefined;

  constructor(
    held: number,
    private readonly send: (message: ToWebview) => void,
  ) {
    this.state = {
      status: 'done',
      problem: null,
      remedies: [],
      notices: [],
      counts: { received: held, held, matched: held, dropped: 0 },
      arrived: held,
      latest: false,
      followed: false,
      cleared: false,
      rate: 0,
      progress: [],
      version: 1,
      filter: noFilter,
      sort: null,
      span: null,
      histogram: null,
      columns: { hidden: [], widths: {} },
      formats: 'auto,auto',
      pointed: null,
      headers: false,
      timeZone: 'UTC',
      definition: '{"cluster":"test"}',
    };
    this.state = { ...this.state, histogram: this.#histogram() };
  }

  /** Sends a state that differs in this. */
  tell(change: Partial<ViewerState>): void {
    this.state = { ...this.state, ...change };
    this.send({ type: 'state', state: this.state });
  }

  /** More messages have come; those beyond `limit` leave the memory. */
  receive(more: number, limit = Infinity): void {
    const received = this.state.counts.received + more;
    const dropped = Math.max(this.#first, received - limit);
    const moved = dropped > this.#first || this.#sequences !== undefined;
    this.#first = dropped;
    this.#recount(received, moved ? this.state.version + 1 : this.state.version);
  }

  /** All messages leave the memory. */
  clear(): void {
    const { received } = this.state.counts;
    this.#first = received;
    this.state = { ...this.state, cleared: true };
    this.#recount(received, this.state.version + 1);
  }

  /** Sends the marks of the cluster. */
  mark(marks: readonly string[]): void {
    this.marks = marks;
    this.send({ type: 'marks', marks });
  }

  focusFilter(): void {
    this.send({ type: 'focusFilter' });
  }

  /** Answers nothing until `release` is called, and then everything in turn. */
  hold(): void {
    this.#waiting ??= [];
  }

  release(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const message of waiting) this.hear(message);
  }

  hear(message: ToHost): void {
    if (this.isSilent) return;
    if (this.#waiting) {
      this.#waiting.push(message);
      return;
    }
    if (message.type === 'rows') this.asked += 1;
    else if (message.type !== 'detail' && message.type !== 'locate') this.said.push(message);
    switch (message.type) {
      case 'ready':
        this.mark(this.marks);
        this.send({ type: 'state', state: this.state });
        break;
      case 'rows': {
        const { start, end } = message;
        const length = Math.max(0, Math.min(end, this.state.counts.matched) - start);
        const rows = Array.from({ length }, (_, index) => this.#row(this.at(start + index)));
        this.send({ type: 'rows', version: this.state.version, start, rows });
        break;
      }
      case 'detail': {
        const { sequence } = message;
        const given = this.details.get(sequence);
        const detail = given === undefined ? messageDetail(sequence) : given;
        this.send({ type: 'detail', sequence, detail });
        break;
      }
      case 'locate':
        this.#locate(message.sequence);
        break;
      case 'filter':
        this.#filter(message.text);
        break;
      case 'complete':
        this.#complete(message.text, message.caret);
        break;
      case 'sort':
        this.#select(message.sort, this.state.span);
        break;
      case 'span':
        this.#select(this.state.sort, message.span);
        break;
      case 'pause':
        this.tell({ status: 'paused' });
        break;
      case 'resume':
        this.tell({ status: 'following' });
        break;
      case 'clear':
        this.clear();
        break;
      case 'columns':
        this.tell({ columns: message.columns, version: this.state.version + 1 });
        break;
      case 'fields':
        this.send({ type: 'fields', fields: ['value$.orderId', 'value$.customer.name'] });
        break;
      case 'action':
      case 'changeRange':
      case 'changeLimits':
      case 'decodeAs':
      case 'exportMessages':
      case 'follow':
      case 'only':
      case 'openSchema':
      case 'openAsDocument':
      case 'remedy':
      case 'selection':
      case 'stop':
        break;
    }
  }

  /** The message in a row of the table. */
  at(row: number): Sequence {
    return this.#sequences?.[row] ?? this.#first + row;
  }

  /** A row with the fields that have columns. */
  #row(sequence: Sequence): Row {
    const value = Buffer.from(messageValue(sequence) ?? '');
    const { fields = [] } = this.state.columns;
    const found = fields.flatMap((field) => {
      const place = findField(value, 0, value.length, compileSteps(fieldOf(field).steps));
      return place ? [[field, fieldText(value, place, 300)] as const] : [];
    });
    return { ...messageRow(sequence), fields: Object.fromEntries(found) };
  }

  #locate(sequence: Sequence): void {
    const row = this.#sequences ? this.#sequences.indexOf(sequence) : sequence - this.#first;
    const there = row >= 0 && row < this.state.counts.matched;
    this.send({ type: 'located', sequence, row: there ? row : null });
  }

  /** Offers what begins with the word before the caret. */
  #complete(text: string, caret: number): void {
    const from = text.lastIndexOf(' ', caret - 1) + 1;
    const typed = text.slice(from, caret);
    const items = this.completions.filter(({ insert }) => insert.startsWith(typed));
    const completion = { from, isEager: typed !== '', items };
    this.send({ type: 'completion', text, caret, completion });
  }

  #filter(text: string): void {
    const at = text.indexOf('(');
    const { problem } = this.state.filter;
    if (at >= 0) {
      const message = 'A bracket is open. Close it with ")", or put the text in quotes.';
      this.tell({ filter: { ...noFilter, text, problem: { message, at, length: 1 } } });
      return;
    }
    if (problem || text !== this.state.filter.text) {
      this.state = { ...this.state, filter: { ...noFilter, text } };
      this.#select(this.state.sort, this.state.span);
    }
  }

  #select(sort: Sort | null, span: TimeSpan | null): void {
    this.state = { ...this.state, sort, span };
    this.#recount(this.state.counts.received, this.state.version + 1);
  }

  #recount(received: number, version: number): void {
    const { filter, sort, span } = this.state;
    this.#sequences =
      filter.text === '' && !sort && !span ? undefined : this.#matching(received, filter.text);
    const held = received - this.#first;
    const counts = {
      received,
      held,
      matched: this.#sequences?.length ?? held,
      dropped: this.#first,
    };
    const arrived = this.#sequences?.length ?? received;
    this.state = { ...this.state, counts, arrived, version };
    this.tell({ histogram: this.#histogram() });
  }

  #matching(received: number, text: string): readonly Sequence[] {
    const { sort, span } = this.state;
    const all = Array.from({ length: received - this.#first }, (_, row) => this.#first + row);
    const matching = all.filter((sequence) => {
      const time = messageTime(sequence);
      if (span && (time < span.from || time >= span.to)) return false;
      return text === '' || messageValue(sequence)?.includes(text) === true;
    });
    if (!sort) return matching;
    const sign = sort.descending ? -1 : 1;
    const keyed = matching.map((sequence) => ({ sequence, key: sortKey(sequence, sort.column) }));
    keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.sequence - b.sequence));
    return keyed.map(({ sequence }) => sequence);
  }

  #histogram(): Histogram | null {
    const { held } = this.state.counts;
    if (held === 0) return null;
    const width = Math.ceil((messageTime(held - 1) - BEGIN + 60) / BINS);
    const total = Array.from({ length: BINS }, (_, bin) =>
      Math.ceil((held / BINS) * (1 + Math.sin(bin / 7) * 0.6)),
    );
    const share = this.state.filter.text === '' ? 1 : 0.2;
    const matched = total.map((count) => Math.round(count * share));
    return { from: BEGIN, to: BEGIN + BINS * width, width, total, matched, outside: 0 };
  }
}
