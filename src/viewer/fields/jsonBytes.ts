const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const [MINUS, PLUS, POINT, ZERO] = [0x2d, 0x2b, 0x2e, 0x30];
const WORDS = ['true', 'false', 'null'].map((word) => Buffer.from(word));

/**
 * Reads the bytes of JSON from the front, and takes what `JSON.parse` takes. What is read is not
 * made into objects, and nesting is not limited by the stack. After a method has returned false, the
 * text is no JSON and must not be read on.
 */
export class JsonBytes {
  /** The index of the next byte. */
  at = 0;
  /** Whether the string that was read last has a backslash. */
  isEscaped = false;
  bytes: Uint8Array = new Uint8Array();
  #view = new DataView(this.bytes.buffer);
  #end = 0;
  /** What closes the brackets that are open. */
  readonly #open: number[] = [];

  /** Goes to the JSON that stands from `start` to `end`. */
  begin(bytes: Uint8Array, start: number, end: number): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.at = start;
    this.#end = end;
  }

  get ended(): boolean {
    return this.at === this.#end;
  }

  /** Whether this byte comes next. */
  nextIs(byte: number): boolean {
    return this.bytes[this.at] === byte && this.at < this.#end;
  }

  /** Skips a byte if it comes next. Returns whether it did. */
  take(byte: number): boolean {
    if (this.bytes[this.at] !== byte || this.at >= this.#end) return false;
    this.at += 1;
    return true;
  }

  /** Skips the bytes from `from` to `to` of a view if they come next. Returns whether they did. */
  takeSame(others: DataView, from: number, to: number): boolean {
    const view = this.#view;
    const { at } = this;
    const length = to - from;
    if (at + length > this.#end) return false;
    let next = 0;
    for (; next + 4 <= length; next += 4) {
      if (view.getInt32(at + next) !== others.getInt32(from + next)) return false;
    }
    for (; next < length; next += 1) {
      if (view.getUint8(at + next) !== others.getUint8(from + next)) return false;
    }
    this.at = at + length;
    return true;
  }

  skipBlanks(): void {
    while (this.at < this.#end && isBlank(this.bytes[this.at])) this.at += 1;
  }

  /** Skips the value that begins here, with all that it holds. */
  skipValue(): boolean {
    if (this.nextIs(QUOTE)) return this.skipString();
    if (this.nextIs(OPEN_OBJECT) || this.nextIs(OPEN_ARRAY)) return this.#skipBrackets();
    const first = this.at < this.#end ? this.bytes[this.at] : undefined;
    if (first === MINUS || isDigit(first)) return this.#skipNumber();
    const word = WORDS.find(([letter]) => letter === first);
    return word !== undefined && word.every((letter) => this.take(letter));
  }

  #skipBrackets(): boolean {
    const open = this.#open;
    let depth = 0;
    for (;;) {
      const isObject = this.nextIs(OPEN_OBJECT);
      if (isObject || this.nextIs(OPEN_ARRAY)) {
        this.at += 1;
        this.skipBlanks();
        const closing = isObject ? CLOSE_OBJECT : CLOSE_ARRAY;
        if (!this.take(closing)) {
          open[depth] = closing;
          depth += 1;
          if (isObject && !this.#skipName()) return false;
          continue;
        }
      } else if (!this.skipValue()) return false;
      // A value has ended here.
      for (;;) {
        if (depth === 0) return true;
        const closing = open[depth - 1] ?? 0;
        this.skipBlanks();
        if (this.take(closing)) depth -= 1;
        else if (!this.take(COMMA)) return false;
        else {
          this.skipBlanks();
          if (closing === CLOSE_OBJECT && !this.#skipName()) return false;
          break;
        }
      }
    }
  }

  /** Skips a string. */
  skipString(): boolean {
    if (!this.take(QUOTE)) return false;
    this.isEscaped = false;
    for (;;) {
      const at = this.#plainEnd();
      this.at = at + 1;
      const byte = at < this.#end ? this.bytes[at] : undefined;
      if (byte === QUOTE) return true;
      // A string holds no control characters.
      if (byte !== BACKSLASH || !this.#skipEscape()) return false;
      this.isEscaped = true;
    }
  }

  /** Skips the colon after the name of a member, and the blanks around it. */
  skipColon(): boolean {
    this.skipBlanks();
    if (!this.take(COLON)) return false;
    this.skipBlanks();
    return true;
  }

  #skipName(): boolean {
    return this.skipString() && this.skipColon();
  }

  #skipNumber(): boolean {
    this.take(MINUS);
    if (!this.take(ZERO) && !this.#skipDigits()) return false;
    if (this.take(POINT) && !this.#skipDigits()) return false;
    if (!this.take(0x65) && !this.take(0x45)) return true;
    if (!this.take(MINUS)) this.take(PLUS);
    return this.#skipDigits();
  }

  #skipDigits(): boolean {
    const start = this.at;
    while (this.at < this.#end && isDigit(this.bytes[this.at])) this.at += 1;
    return this.at > start;
  }

  /** Skips what follows a backslash. */
  #skipEscape(): boolean {
    const byte: number = this.at < this.#end ? (this.bytes[this.at] ?? 0) : 0;
    this.at += 1;
    switch (byte) {
      case QUOTE:
      case BACKSLASH:
      case 0x2f: // slash
      case 0x62: // b
      case 0x66: // f
      case 0x6e: // n
      case 0x72: // r
      case 0x74: // t
        return true;
      case 0x75: // u
        for (let digit = 0; digit < 4; digit += 1) {
          if (this.at >= this.#end || !isHexDigit(this.bytes[this.at])) return false;
          this.at += 1;
        }
        return true;
      default:
        return false;
    }
  }

  /** Returns the index of the next quote, backslash or control character, or the end. */
  #plainEnd(): number {
    const view = this.#view;
    const end = this.#end;
    let { at } = this;
    // Four bytes at a time, which takes half as long: the first bit of a byte in `found` is set if
    // the byte is one of those. Above the lowest one that is set, bits may be set without reason.
    while (at + 4 <= end) {
      const word = view.getInt32(at, true);
      const quote = word ^ 0x22222222;
      const backslash = word ^ 0x5c5c5c5c;
      const found =
        (((quote - 0x01010101) & ~quote) |
          ((backslash - 0x01010101) & ~backslash) |
          ((word - 0x20202020) & ~word)) &
        0x80808080;
      if (found !== 0) return at + ((31 - Math.clz32(found & -found)) >> 3);
      at += 4;
    }
    const { bytes } = this;
    for (; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE || byte === BACKSLASH || byte < 0x20) break;
    }
    return at;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isDigit(byte = 0): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isHexDigit(byte = 0): boolean {
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x66);
}
