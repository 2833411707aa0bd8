/** Where a JSON value stands in bytes, `end` exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A step to a member by its name, in UTF-8, or to an element by its index. */
export type Step = number | { readonly name: string; readonly bytes: Uint8Array };

export function compileSteps(steps: readonly (string | number)[]): readonly Step[] {
  return steps.map((step) =>
    typeof step === 'number' ? step : { name: step, bytes: Buffer.from(step) },
  );
}

const NO_BYTES = new Uint8Array();
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Finds what steps lead to in JSON; see `FieldFinder`. */
export function findField(
  bytes: Uint8Array,
  start: number,
  end: number,
  steps: readonly Step[],
): Place | undefined {
  const finder = new FieldFinder(steps);
  return finder.find(bytes, start, end) ? { start: finder.start, end: finder.end } : undefined;
}

/**
 * Finds what steps lead to in one JSON after the other, each in one pass over its bytes. Of members
 * with the same name, the last counts. Makes no objects, so that a million messages take half a
 * second.
 */
export class FieldFinder implements Place {
  /** Where it was found. */
  start = 0;
  end = 0;
  #bytes: Uint8Array = NO_BYTES;
  #at = 0;
  #limit = 0;
  /** Whether the string that was read last has a backslash. */
  #isEscaped = false;

  constructor(private readonly steps: readonly Step[]) {}

  /**
   * Returns whether there is such a value. There is none if the brackets and quotes are not those of
   * JSON.
   */
  find(bytes: Uint8Array, start: number, end: number): boolean {
    this.#bytes = bytes;
    this.#at = start;
    this.#limit = end;
    this.#skipBlanks();
    let depth = 0;
    for (const step of this.steps) {
      if (depth > 0) this.#at = this.start;
      if (!(typeof step === 'number' ? this.#element(step) : this.#member(step))) return false;
      if (depth === 0) {
        this.#skipBlanks();
        if (this.#at < end) return false;
      }
      depth += 1;
    }
    return true;
  }

  /** Reads the object here to its end, and finds where the last member with a name has its value. */
  #member(step: Exclude<Step, number>): boolean {
    if (!this.#take(OPEN_OBJECT)) return false;
    let isFound = false;
    this.#skipBlanks();
    if (this.#take(CLOSE_OBJECT)) return false;
    for (;;) {
      const from = this.#at + 1;
      if (!this.#skipString()) return false;
      const isIt = this.#isName(from, this.#at - 1, step);
      this.#skipBlanks();
      if (!this.#take(COLON)) return false;
      if (!this.#value(isIt)) return false;
      isFound ||= isIt;
      if (this.#take(CLOSE_OBJECT)) return isFound;
      if (!this.#take(COMMA)) return false;
      this.#skipBlanks();
    }
  }

  /** Reads the array here to its end, and finds where an element of it is. */
  #element(index: number): boolean {
    if (!this.#take(OPEN_ARRAY)) return false;
    this.#skipBlanks();
    if (this.#take(CLOSE_ARRAY)) return false;
    for (let position = 0; ; position += 1) {
      if (!this.#value(position === index)) return false;
      if (this.#take(CLOSE_ARRAY)) return position >= index;
      if (!this.#take(COMMA)) return false;
    }
  }

  /** Reads a value, and the blanks around it. Notes where it is, if it is what is looked for. */
  #value(isIt: boolean): boolean {
    this.#skipBlanks();
    const start = this.#at;
    if (!this.#skipValue()) return false;
    if (isIt) {
      this.start = start;
      this.end = this.#at;
    }
    this.#skipBlanks();
    return true;
  }

  #skipValue(): boolean {
    const bytes = this.#bytes;
    const first = bytes[this.#at];
    if (first === QUOTE) return this.#skipString();
    if (first === OPEN_OBJECT || first === OPEN_ARRAY) return this.#skipBrackets();
    const start = this.#at;
    let at = start;
    while (at < this.#limit && !endsScalar(bytes[at])) at += 1;
    this.#at = at;
    return at > start;
  }

  #skipBrackets(): boolean {
    const bytes = this.#bytes;
    let depth = 0;
    while (this.#at < this.#limit) {
      const byte = bytes[this.#at];
      if (byte === QUOTE) {
        if (!this.#skipString()) return false;
        continue;
      }
      this.#at += 1;
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        depth -= 1;
        if (depth === 0) return true;
      }
    }
    return false;
  }

  #skipString(): boolean {
    if (!this.#take(QUOTE)) return false;
    const bytes = this.#bytes;
    const limit = this.#limit;
    this.#isEscaped = false;
    for (let at = this.#at; at < limit; at += 1) {
      const byte = bytes[at];
      if (byte === BACKSLASH) {
        this.#isEscaped = true;
        at += 1;
      } else if (byte === QUOTE) {
        this.#at = at + 1;
        return true;
      }
    }
    return false;
  }

  /** Whether the string that was read last, from `from` to `to`, is a name. */
  #isName(from: number, to: number, { name, bytes: wanted }: Exclude<Step, number>): boolean {
    const bytes = this.#bytes;
    if (this.#isEscaped) return unescaped(bytes, from, to) === name;
    if (to - from !== wanted.length) return false;
    for (let at = 0; at < wanted.length; at += 1) {
      if (bytes[from + at] !== wanted[at]) return false;
    }
    return true;
  }

  #skipBlanks(): void {
    while (this.#at < this.#limit && isBlank(this.#bytes[this.#at])) this.#at += 1;
  }

  #take(byte: number): boolean {
    if (this.#at >= this.#limit || this.#bytes[this.#at] !== byte) return false;
    this.#at += 1;
    return true;
  }
}

/** Returns the text of a JSON string without its quotes; `undefined` if it is none. */
export function unescaped(bytes: Uint8Array, from: number, to: number): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
  if (!text.includes('\\')) return text;
  try {
    const read: unknown = JSON.parse(`"${text}"`);
    return typeof read === 'string' ? read : undefined;
  } catch {
    return undefined;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function endsScalar(byte: number | undefined): boolean {
  return byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || isBlank(byte);
}
