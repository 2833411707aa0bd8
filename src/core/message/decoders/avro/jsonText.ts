import { isUtf8 } from 'node:buffer';

const FIRST_BYTES = 1024;
/** More memory than this is given back after a text. */
const KEPT_BYTES = 1024 * 1024;
/** Up to this length a loop is faster than a call that copies. */
const SHORT = 48;
/** Longer texts are rare, and to escape them as they are written would reserve much memory. */
const LONG = 4096;
const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const HEX = Buffer.from('0123456789abcdef');
/** What follows a backslash for a character that has a short escape; 0: it has none. */
const SHORT_ESCAPES = new Uint8Array(128);
for (const [character, letter] of ['\bb', '\tt', '\nn', '\ff', '\rr', '""', '\\\\']) {
  SHORT_ESCAPES[character?.charCodeAt(0) ?? 0] = letter?.charCodeAt(0) ?? 0;
}

/** A piece of JSON that is written often. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly isAscii: boolean;
}

export function pieceOf(text: string): Piece {
  const bytes = Buffer.from(text);
  return { bytes, isAscii: bytes.length === text.length };
}

/**
 * Writes JSON, one text after the other, as UTF-8 into the same memory: to join many short strings
 * takes several times as long.
 */
export class JsonText {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #end = 0;
  #isAscii = true;
  /** Whether some bytes of a text are not UTF-8, so that replacement characters stand for them. */
  isBroken = false;

  /** Begins a new text. */
  begin(): void {
    if (this.#bytes.length > KEPT_BYTES) this.#bytes = Buffer.allocUnsafe(FIRST_BYTES);
    this.#end = 0;
    this.#isAscii = true;
    this.isBroken = false;
  }

  /** Returns what was written since `begin`. */
  end(): string {
    return this.#bytes.toString(this.#isAscii ? 'latin1' : 'utf8', 0, this.#end);
  }

  byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#end] = byte;
    this.#end += 1;
  }

  /** Writes characters of ASCII as they are. */
  ascii(text: string): void {
    this.#reserve(text.length);
    if (text.length > SHORT) {
      this.#end += this.#bytes.write(text, this.#end, 'latin1');
      return;
    }
    const bytes = this.#bytes;
    let end = this.#end;
    for (let at = 0; at < text.length; at += 1) bytes[end++] = text.charCodeAt(at);
    this.#end = end;
  }

  piece({ bytes: from, isAscii }: Piece): void {
    this.#reserve(from.length);
    const bytes = this.#bytes;
    let end = this.#end;
    for (let at = 0; at < from.length; at += 1) bytes[end++] = from[at] ?? 0;
    this.#end = end;
    this.#isAscii &&= isAscii;
  }

  /** Writes a string of JSON for a text in UTF-8 that stands in `from`. */
  string(from: Buffer, start: number, end: number): void {
    if (end - start > LONG) {
      this.#stringified(from, start, end);
      return;
    }
    this.#reserve(6 * (end - start) + 2);
    const bytes = this.#bytes;
    let to = this.#end;
    bytes[to++] = QUOTE;
    let high = 0;
    for (let at = start; at < end; at += 1) {
      const byte = from[at] ?? 0;
      high |= byte;
      if (byte >= 0x20 && byte !== QUOTE && byte !== BACKSLASH) bytes[to++] = byte;
      else to = writeEscape(bytes, to, byte);
    }
    if (high >= 0x80 && !isUtf8(from.subarray(start, end))) {
      this.#stringified(from, start, end);
      return;
    }
    this.#isAscii &&= high < 0x80;
    bytes[to++] = QUOTE;
    this.#end = to;
  }

  /** Writes a string of JSON in which each byte is the character with its number. */
  latin1(from: Buffer, start: number, end: number): void {
    this.#reserve(6 * (end - start) + 2);
    const bytes = this.#bytes;
    let to = this.#end;
    bytes[to++] = QUOTE;
    for (let at = start; at < end; at += 1) {
      const byte = from[at] ?? 0;
      const isPlain = byte >= 0x20 && byte < 0x7f && byte !== QUOTE && byte !== BACKSLASH;
      if (isPlain) bytes[to++] = byte;
      else to = writeEscape(bytes, to, byte);
    }
    bytes[to++] = QUOTE;
    this.#end = to;
  }

  #stringified(from: Buffer, start: number, end: number): void {
    const text = from.toString('utf8', start, end);
    if (text.includes('\ufffd') && !isUtf8(from.subarray(start, end))) this.isBroken = true;
    this.#text(JSON.stringify(text));
  }

  #text(text: string): void {
    this.#reserve(text.length > LONG ? Buffer.byteLength(text) : 3 * text.length);
    const length = this.#bytes.write(text, this.#end);
    this.#end += length;
    this.#isAscii &&= length === text.length;
  }

  #reserve(length: number): void {
    const needed = this.#end + length;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}

/** Writes a character below 256 as JSON escapes it. Returns the end. */
function writeEscape(bytes: Uint8Array, at: number, character: number): number {
  bytes[at] = BACKSLASH;
  const letter = SHORT_ESCAPES[character] ?? 0;
  if (letter !== 0) {
    bytes[at + 1] = letter;
    return at + 2;
  }
  bytes[at + 1] = 0x75; // u
  bytes[at + 2] = bytes[at + 3] = 0x30; // 0
  bytes[at + 4] = HEX[character >> 4] ?? 0;
  bytes[at + 5] = HEX[character & 15] ?? 0;
  return at + 6;
}
