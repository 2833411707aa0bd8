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

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Finds what steps lead to in JSON, in one pass over its bytes. Of members with the same name, the
 * last counts. Returns `undefined` if there is no such value, or if the brackets and quotes are not
 * those of JSON. Reads nothing into memory, so that a million messages take about a second.
 */
export function findField(
  bytes: Uint8Array,
  start: number,
  end: number,
  steps: readonly Step[],
): Place | undefined {
  const scanner = new Scanner(bytes, start, end);
  scanner.skipBlanks();
  let place: Place | undefined = { start: scanner.at, end };
  for (const [depth, step] of steps.entries()) {
    scanner.at = place.start;
    place =
      typeof step === 'number' ? scanner.element(step) : scanner.member(step.name, step.bytes);
    if (!place) return undefined;
    if (depth === 0) {
      scanner.skipBlanks();
      if (scanner.at < end) return undefined;
    }
  }
  return place;
}

class Scanner {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
    private readonly end: number,
  ) {}

  skipBlanks(): void {
    while (this.at < this.end && isBlank(this.bytes[this.at])) this.at += 1;
  }

  /** Reads the object here to its end, and returns where the last member with a name has its value. */
  member(name: string, nameBytes: Uint8Array): Place | undefined {
    if (!this.#take(OPEN_OBJECT)) return undefined;
    let found: Place | undefined;
    this.skipBlanks();
    if (this.#take(CLOSE_OBJECT)) return undefined;
    for (;;) {
      const from = this.at + 1;
      if (!this.#skipString()) return undefined;
      const isIt = this.#isName(from, this.at - 1, name, nameBytes);
      this.skipBlanks();
      if (!this.#take(COLON)) return undefined;
      const value = this.#value();
      if (!value) return undefined;
      if (isIt) found = value;
      if (this.#take(CLOSE_OBJECT)) return found;
      if (!this.#take(COMMA)) return undefined;
      this.skipBlanks();
    }
  }

  /** Reads the array here to its end, and returns where an element of it is. */
  element(index: number): Place | undefined {
    if (!this.#take(OPEN_ARRAY)) return undefined;
    let found: Place | undefined;
    this.skipBlanks();
    if (this.#take(CLOSE_ARRAY)) return undefined;
    for (let position = 0; ; position += 1) {
      const value = this.#value();
      if (!value) return undefined;
      if (position === index) found = value;
      if (this.#take(CLOSE_ARRAY)) return found;
      if (!this.#take(COMMA)) return undefined;
    }
  }

  /** Reads a value, and the blanks around it. */
  #value(): Place | undefined {
    this.skipBlanks();
    const start = this.at;
    if (!this.#skipValue()) return undefined;
    const end = this.at;
    this.skipBlanks();
    return { start, end };
  }

  #skipValue(): boolean {
    const first = this.bytes[this.at];
    if (first === QUOTE) return this.#skipString();
    if (first === OPEN_OBJECT || first === OPEN_ARRAY) return this.#skipBrackets();
    const start = this.at;
    while (this.at < this.end && !endsScalar(this.bytes[this.at])) this.at += 1;
    return this.at > start;
  }

  #skipBrackets(): boolean {
    let depth = 0;
    while (this.at < this.end) {
      const byte = this.bytes[this.at];
      if (byte === QUOTE) {
        if (!this.#skipString()) return false;
        continue;
      }
      this.at += 1;
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
    while (this.at < this.end) {
      const byte = this.bytes[this.at];
      this.at += byte === BACKSLASH ? 2 : 1;
      if (byte === QUOTE) return true;
    }
    return false;
  }

  #isName(from: number, to: number, name: string, nameBytes: Uint8Array): boolean {
    const { bytes } = this;
    let same = to - from === nameBytes.length;
    for (let at = from; at < to; at += 1) {
      if (bytes[at] === BACKSLASH) return unescaped(bytes, from, to) === name;
      if (same && bytes[at] !== nameBytes[at - from]) same = false;
    }
    return same;
  }

  #take(byte: number): boolean {
    if (this.at >= this.end || this.bytes[this.at] !== byte) return false;
    this.at += 1;
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
