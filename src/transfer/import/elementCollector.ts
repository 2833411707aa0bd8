import { BLANKS } from './jsonNesting';
import { SAMPLE_BYTES, strictUtf8 } from './lines';

/** The position of a character. Both count from 1; columns are UTF-16 units. */
export interface FilePosition {
  readonly line: number;
  readonly column: number;
}

/** Why nothing can be read after an element. */
export type Break = 'not-an-array' | 'brackets' | 'unfinished';

/**
 * A JSON value in a file. Only brackets and strings are looked at, so `source` need not be valid
 * JSON.
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
      readonly problem: 'not-utf8' | 'too-long' | Break;
    };

/** Collects the text of the current element and knows where the element begins. */
export class ElementCollector {
  #parts: Buffer[] = [];
  #bytes = 0;
  #line = 1;
  #column = 1;
  /** The current element, once it is known to be too long. */
  #tooLong: Element | undefined;

  constructor(private readonly maxBytes: number) {}

  /** Adds bytes to the current element. */
  add(part: Buffer): void {
    if (this.#tooLong) {
      this.#pass(part.toString('latin1'));
      return;
    }
    this.#parts.push(part);
    this.#bytes += part.length;
    if (this.#bytes > this.maxBytes) this.#tooLong = this.#takeAll('too-long');
  }

  /** Passes over bytes between two elements. Columns after them on the same line count bytes. */
  skip(part: Buffer): void {
    this.#pass(part.toString('latin1'));
  }

  /**
   * Returns the element that ends here. `separator` is the number of characters that come next and
   * belong to no element.
   */
  take(separator: 0 | 1): Element {
    const element = this.#tooLong ?? this.#takeAll();
    this.#tooLong = undefined;
    this.#column += separator;
    return element;
  }

  /** Returns the last element, after which the file cannot be read. */
  takeAs(problem: Break): Element {
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
