import type { Line } from './lines';
import { SAMPLE_BYTES, splitLines } from './lines';

/** A field; `null` if it is empty and not in quotes. */
export type Field = string | null;

/** Whether two rows have the same fields, with or without quotes. */
export function isSame(a: readonly Field[], b: readonly Field[]): boolean {
  return a.length === b.length && a.every((field, index) => (field ?? '') === (b[index] ?? ''));
}

/** A row of a CSV file. */
export interface Row {
  /** The line on which the row begins, counted from 1. */
  readonly line: number;
  readonly fields: readonly Field[];
  readonly problem: 'not-utf8' | 'too-long' | 'quote-open' | 'text-after-quote' | undefined;
  /**
   * The text of the row without its line end. It is bytes if some are not UTF-8, and only the first
   * ones if the row is too long.
   */
  readonly source: string | Uint8Array;
}

/** The last character of a file that comes from DOS. */
const END_OF_FILE = '\x1a';

/**
 * Returns the delimiter that a first line such as `sep=;` names, as Excel reads it. Programs that
 * take the line for a row may have added delimiters to it.
 */
export function namedDelimiter(line: string): string | undefined {
  const [, , delimiter] = /^("?)sep=(\\t|.)\1[\s,;|]*$/i.exec(line) ?? [];
  return delimiter === '\\t' ? '\t' : delimiter;
}

/** Further fields of a row are dropped, which bounds memory. */
const MAX_FIELDS = 100_000;

/**
 * Yields the rows of a CSV file of any size, in batches, including the header row. As in RFC 4180,
 * a field in quotes may hold delimiters, line breaks and doubled quotes. Anywhere else a quote
 * stands for itself, as in raw JSON between tabs. A line that names the delimiter, empty lines and
 * rows in which all fields are null do not count.
 *
 * Text after an opening quote is never taken for further rows before the quote is closed, because
 * nobody knows what was meant. If something else follows the closing quote, the row ends with that
 * line.
 */
export async function* csvRows(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  delimiter: string,
  maxBytes: number,
): AsyncGenerator<readonly Row[], void, undefined> {
  let open: OpenRow | undefined;
  for await (const lines of splitLines(input, maxBytes)) {
    const rows: Row[] = [];
    for (const line of lines) {
      if (!open && isNoRow(line)) continue;
      open ??= new OpenRow(line.line, delimiter, maxBytes);
      if (!open.add(line)) continue;
      if (!open.isNull) rows.push(open);
      open = undefined;
    }
    yield rows;
  }
  if (open) {
    open.problem ??= 'quote-open';
    yield [open];
  }
}

function isNoRow({ line, text }: Line): boolean {
  return (
    text === '' ||
    text === '\r' ||
    text === END_OF_FILE ||
    (line === 1 && text !== undefined && namedDelimiter(text) !== undefined)
  );
}

class OpenRow implements Row {
  readonly fields: Field[] = [];
  problem: Row['problem'];
  /** The content so far of a field in quotes that is not closed yet. */
  #quoted: string | undefined;
  #lines: (string | Uint8Array)[] = [];
  #bytes = 0;

  constructor(
    readonly line: number,
    private readonly delimiter: string,
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

  /** Whether the row has no content, as rows have that a spreadsheet adds below a table. */
  get isNull(): boolean {
    return this.problem === undefined && this.fields.every((field) => field === null);
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
    // Nobody knows whether the part that was left out closes a quote.
    if (line.text === undefined && line.tooLong) return true;
    // Quotes and delimiters can be found even in bytes that are not UTF-8.
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
        at = delimiter + this.delimiter.length;
        continue;
      }
      at = this.#takeQuoted(text, at);
      if (at < 0) return false;
      if (at === end) return true;
      if (!text.startsWith(this.delimiter, at)) {
        this.problem ??= 'text-after-quote';
        return true;
      }
      at += this.delimiter.length;
    }
  }

  /**
   * Takes a field in quotes, or the rest of one. Returns the index after it, or -1 if the field
   * goes on in the next line.
   */
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
