import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COMMA,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from '../../core/json/bytes';
import { pieces, SAMPLE_BYTES, strictUtf8 } from './lines';

/** The position of a character. Both count from 1; columns are UTF-16 units. */
export interface FilePosition {
  readonly line: number;
  readonly column: number;
}

/**
 * An element of a JSON array. Only brackets and strings are looked at, so `source` need not be
 * valid JSON.
 */
export type Element =
  | { readonly at: FilePosition; readonly source: string; readonly problem?: undefined }
  /**
   * `source` is the beginning of an element that is too long, and otherwise the text up to the
   * point where the problem shows. See `ImportProblem`.
   */
  | {
      readonly at: FilePosition;
      readonly source: string | Uint8Array;
      readonly problem: 'not-utf8' | 'too-long' | 'not-an-array' | 'brackets' | 'unfinished';
    };

/**
 * Yields the elements of an array in a file of any size, in batches, without the blanks around
 * them. After an element with the problem `not-an-array`, `brackets` or `unfinished` there are no
 * more.
 */
export async function* arrayElements(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<readonly Element[], void, undefined> {
  const scanner = new ArrayScanner(maxBytes);
  for await (const piece of pieces(input)) {
    yield scanner.scan(piece);
    if (scanner.broken) return;
  }
  yield scanner.end();
}

const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** The effect of a byte on the array. */
type Mark = 'array-begins' | 'element-ends' | 'array-ends' | 'not-an-array' | 'brackets';

class ArrayScanner {
  /** Whether no further element can be found in the file. */
  broken = false;
  readonly #text: Collector;
  #where: 'before' | 'inside' | 'after' = 'before';
  #quoted = false;
  #escaped = false;
  /** The closing brackets that the element still needs, the innermost last. */
  readonly #closers: number[] = [];
  /** Whether the next element is the first one. */
  #first = true;

  constructor(maxBytes: number) {
    this.#text = new Collector(maxBytes);
  }

  /** Returns the elements that end in this piece. */
  scan(piece: Buffer): Element[] {
    const found: Element[] = [];
    let start = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const mark = this.#next(piece[at] ?? 0);
      if (!mark) continue;
      if (mark === 'not-an-array' || mark === 'brackets') {
        this.broken = true;
        this.#text.add(piece.subarray(start, mark === 'brackets' ? at + 1 : at));
        return [...found, this.#text.takeAs(mark)];
      }
      this.#text.add(piece.subarray(start, at));
      const element = this.#text.take();
      start = at + 1;
      // Only an empty array may end with an empty element.
      if (
        mark === 'element-ends' ||
        (mark === 'array-ends' && !(this.#first && element.source.length === 0))
      ) {
        found.push(element);
      }
      this.#first = mark === 'array-begins';
    }
    this.#text.add(piece.subarray(start));
    return found;
  }

  /** Returns what is left at the end of the file. */
  end(): Element[] {
    if (this.#where === 'after') return [];
    if (this.#where === 'before') return [this.#text.takeAs('not-an-array')];
    if (this.#quoted || this.#closers.length > 0) return [this.#text.takeAs('unfinished')];
    const last = this.#text.take();
    return [...(last.source.length > 0 ? [last] : []), this.#text.takeAs('unfinished')];
  }

  #next(byte: number): Mark | undefined {
    if (this.#where !== 'inside') {
      if (BLANKS.has(byte)) return undefined;
      if (this.#where === 'after' || byte !== OPEN_ARRAY) return 'not-an-array';
      this.#where = 'inside';
      return 'array-begins';
    }
    if (this.#quoted) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#quoted = false;
      return undefined;
    }
    switch (byte) {
      case QUOTE:
        this.#quoted = true;
        return undefined;
      case OPEN_ARRAY:
        this.#closers.push(CLOSE_ARRAY);
        return undefined;
      case OPEN_OBJECT:
        this.#closers.push(CLOSE_OBJECT);
        return undefined;
      case COMMA:
        return this.#closers.length === 0 ? 'element-ends' : undefined;
      case CLOSE_ARRAY:
      case CLOSE_OBJECT: {
        const expected = this.#closers.pop();
        if (expected === byte) return undefined;
        if (expected !== undefined || byte === CLOSE_OBJECT) return 'brackets';
        this.#where = 'after';
        return 'array-ends';
      }
      default:
        return undefined;
    }
  }
}

/** Collects the text of the current element and knows where the element begins. */
class Collector {
  #parts: Buffer[] = [];
  #bytes = 0;
  #line = 1;
  #column = 1;
  /** The current element, once it is known to be too long. */
  #tooLong: Element | undefined;

  constructor(private readonly maxBytes: number) {}

  add(part: Buffer): void {
    if (this.#tooLong) {
      this.#pass(part.toString('latin1'));
      return;
    }
    this.#parts.push(part);
    this.#bytes += part.length;
    if (this.#bytes > this.maxBytes) this.#tooLong = this.#takeAll('too-long');
  }

  /**
   * Returns the element that ends here. The next character in the file is the one that separates it
   * from the next element.
   */
  take(): Element {
    const element = this.#tooLong ?? this.#takeAll();
    this.#tooLong = undefined;
    this.#column += 1;
    return element;
  }

  takeAs(problem: 'not-an-array' | 'brackets' | 'unfinished'): Element {
    return this.#tooLong ?? this.#takeAll(problem);
  }

  #takeAll(problem?: Exclude<Element['problem'], 'not-utf8'>): Element {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    const text = strictUtf8(bytes);
    const shown = text ?? bytes.toString('latin1');
    const begin = /^[ \t\n\r]*/.exec(shown)?.[0].length ?? 0;
    let end = shown.length;
    while (end > begin && BLANKS.has(shown.charCodeAt(end - 1))) end -= 1;
    this.#pass(shown.slice(0, begin));
    const at = { line: this.#line, column: this.#column };
    this.#pass(shown.slice(begin));
    if (problem === 'too-long') {
      return { at, source: bytes.subarray(begin, begin + SAMPLE_BYTES), problem };
    }
    if (text === undefined) {
      return { at, source: bytes.subarray(begin, end), problem: problem ?? 'not-utf8' };
    }
    const source = text.slice(begin, end);
    return problem ? { at, source, problem } : { at, source };
  }

  #pass(text: string): void {
    let from = 0;
    for (;;) {
      const end = text.indexOf('\n', from);
      if (end < 0) break;
      this.#line += 1;
      this.#column = 1;
      from = end + 1;
    }
    this.#column += text.length - from;
  }
}
