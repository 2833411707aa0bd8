import type { Delimiter } from './imported';
import type { Line } from './lines';
import { SAMPLE_BYTES, splitLines } from './lines';

/** A field; `null` if nothing stands there at all, not even quotes. */
export type Field = string | null;

/** A row of a CSV file. */
export interface Row {
  /** Where it begins, from 1 on. */
  readonly line: number;
  readonly fields: readonly Field[];
  readonly problem: 'not-utf8' | 'too-long' | 'quote-open' | 'text-after-quote' | undefined;
  /** Its text, without what ends it; bytes where some are not UTF-8; the first ones of too many. */
  readonly source: string | Uint8Array;
}

/** Of what a row has more, only so many are kept. */
const MAX_FIELDS = 100_000;

/**
 * The rows of a CSV file of any size, in batches, the header row among them. As RFC 4180 has it,
 * a field in quotes may hold delimiters, line breaks and doubled quotes; anywhere else a quote
 * stands for itself, as in raw JSON between tabs. Empty lines between rows do not count.
 *
 * What a quote has opened is never taken for rows, up to where it is closed, for nobody knows what
 * was meant. A row that goes wrong after that ends with the line.
 */
export async function* csvRows(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  delimiter: Delimiter,
  maxBytes: number,
): AsyncGenerator<readonly Row[], void, undefined> {
  let open: OpenRow | undefined;
  for await (const lines of splitLines(input, maxBytes)) {
    const rows: Row[] = [];
    for (const line of lines) {
      if (!open && (line.text === '' || line.text === '\r')) continue;
      open ??= new OpenRow(line.line, delimiter, maxBytes);
      if (!open.add(line)) continue;
      rows.push(open);
      open = undefined;
    }
    yield rows;
  }
  if (open) {
    open.problem ??= 'quote-open';
    yield [open];
  }
}

class OpenRow implements Row {
  readonly fields: Field[] = [];
  problem: Row['problem'];
  /** What the field in quotes holds up to here. */
  #quoted: string | undefined;
  #lines: (string | Uint8Array)[] = [];
  #bytes = 0;

  constructor(
    readonly line: number,
    private readonly delimiter: Delimiter,
    private readonly maxBytes: number,
  ) {}

  get source(): string | Uint8Array {
    if (this.#lines.every((line) => typeof line === 'string')) {
      return this.#lines.join('\n').replace(/\r$/, '');
    }
    return Buffer.concat(
      this.#lines.flatMap((line, at) => [Buffer.from(at > 0 ? '\n' : ''), Buffer.from(line)]),
    );
  }

  /** Adds a line. Returns whether the row ends with it. */
  add(line: Line): boolean {
    const content = line.text ?? line.bytes;
    this.#lines.push(content);
    this.#bytes += Buffer.byteLength(content) + 1;
    if (line.text === undefined) this.problem ??= line.tooLong ? 'too-long' : 'not-utf8';
    if (this.#bytes - 1 > this.maxBytes) {
      this.problem = 'too-long';
      this.#lines = this.#lines.slice(0, 1).map((first) => first.slice(0, SAMPLE_BYTES));
    }
    // Whether what was left out closes a quote, nobody knows.
    if (line.text === undefined && line.tooLong) return true;
    // Of bytes that are not UTF-8, quotes and delimiters can be told nevertheless.
    return this.#take(line.text ?? Buffer.from(line.bytes).toString('latin1'));
  }

  /** Takes the fields of a line. Returns whether the row ends with it. */
  #take(text: string): boolean {
    const end = text.endsWith('\r') ? text.length - 1 : text.length;
    let at = 0;
    for (;;) {
      if (this.#quoted === undefined && text[at] !== '"') {
        const delimiter = text.indexOf(this.delimiter, at);
        const stop = delimiter < 0 ? end : delimiter;
        this.#push(stop > at ? text.slice(at, stop) : null);
        if (delimiter < 0) return true;
        at = delimiter + 1;
        continue;
      }
      at = this.#takeQuoted(text, at);
      if (at < 0) return false;
      if (at === end) return true;
      if (text[at] !== this.delimiter) {
        this.problem ??= 'text-after-quote';
        return true;
      }
      at += 1;
    }
  }

  /** Takes a field in quotes, or what is left of it. Returns the index after it; -1: it goes on. */
  #takeQuoted(text: string, start: number): number {
    let from = this.#quoted === undefined ? start + 1 : start;
    let quoted = this.#quoted === undefined ? '' : `${this.#quoted}\n`;
    for (;;) {
      const quote = text.indexOf('"', from);
      if (quote < 0) {
        this.#quoted = this.problem === 'too-long' ? '' : quoted + text.slice(from);
        return -1;
      }
      quoted += text.slice(from, quote);
      if (text[quote + 1] !== '"') {
        this.#push(quoted);
        this.#quoted = undefined;
        return quote + 1;
      }
      quoted += '"';
      from = quote + 2;
    }
  }

  #push(field: Field): void {
    if (this.problem !== 'too-long' && this.fields.length < MAX_FIELDS) this.fields.push(field);
  }
}
