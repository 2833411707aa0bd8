import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from '../../core/json/bytes';

/** Space, tab, line feed, carriage return. */
export const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Follows the brackets and strings of JSON byte by byte. Nothing else of JSON is checked.
 */
export class JsonNesting {
  #quoted = false;
  #escaped = false;
  /** The closing brackets that are still needed, the innermost last. */
  readonly #closers: number[] = [];

  /** Whether all brackets and strings that were opened are closed. */
  get isClosed(): boolean {
    return this.#closers.length === 0 && !this.#quoted;
  }

  /** Whether the next byte is inside a string. */
  get isQuoted(): boolean {
    return this.#quoted;
  }

  /** The number of brackets that are open. */
  get depth(): number {
    return this.#closers.length;
  }

  /** Passes over a byte. Returns `false` for a closing bracket that does not match. */
  next(byte: number): boolean {
    if (this.#quoted) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#quoted = false;
      return true;
    }
    switch (byte) {
      case QUOTE:
        this.#quoted = true;
        return true;
      case OPEN_ARRAY:
        this.#closers.push(CLOSE_ARRAY);
        return true;
      case OPEN_OBJECT:
        this.#closers.push(CLOSE_OBJECT);
        return true;
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        return this.#closers.pop() === byte;
      default:
        return true;
    }
  }
}
