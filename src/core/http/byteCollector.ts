import { BACKSLASH, QUOTE, SPACE } from '../json/bytes';

/** The most bytes that are reserved at once because a server announced them. */
const MAX_EXPECTED = 8 * 1024 * 1024;
/** How much more than needed is reserved, so that a slightly larger response fits next time. */
const ROOM = 1.25;

/**
 * Collects bytes that arrive in pieces in one buffer, and keeps none of the pieces. A large buffer
 * should be reused, because V8 does not see its size and frees it long after its last use.
 */
export class ByteCollector {
  #buffer: Buffer;
  #size = 0;

  /** Writes to `into` while that is large enough. `expected` is the number of bytes to come. */
  constructor(into?: Buffer, expected = 0) {
    this.#buffer = into ?? Buffer.alloc(0);
    this.#reserve(Math.min(expected, MAX_EXPECTED));
  }

  add(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#buffer.set(bytes, this.#size);
    this.#size += bytes.length;
  }

  /** Adds a text as UTF-8. */
  write(text: string): void {
    this.#makeRoom(Buffer.byteLength(text));
    this.#size += this.#buffer.write(text, this.#size);
  }

  /** Adds a well-formed text as the JSON string that `JSON.stringify` makes of it. */
  writeJson(text: string): void {
    const bytes = Buffer.byteLength(text);
    this.#makeRoom(2 * bytes + '""'.length);
    const buffer = this.#buffer;
    const start = this.#size + 1;
    let from = start + buffer.write(text, start);
    let escapes = 0;
    for (let at = start; at < from; at += 1) {
      const byte = buffer[at] ?? 0;
      if (byte === QUOTE || byte === BACKSLASH) escapes += 1;
      else if (byte < SPACE) {
        this.write(JSON.stringify(text));
        return;
      }
    }
    let to = from + escapes;
    buffer[start - 1] = QUOTE;
    buffer[to] = QUOTE;
    this.#size = to + 1;
    // Moves the bytes backwards from the end, so that none is overwritten before it has moved.
    while (to > from) {
      const byte = buffer[--from] ?? 0;
      buffer[--to] = byte;
      if (byte === QUOTE || byte === BACKSLASH) buffer[--to] = BACKSLASH;
    }
  }

  /** All bytes so far, as a view of the buffer that they were written to. */
  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#size);
  }

  #makeRoom(bytes: number): void {
    const size = this.#size + bytes;
    if (size > this.#buffer.length) this.#reserve(Math.max(size, 2 * this.#buffer.length));
  }

  #reserve(size: number): void {
    if (!(size > this.#buffer.length)) return;
    const larger = Buffer.allocUnsafeSlow(Math.ceil(size * ROOM));
    larger.set(this.bytes);
    this.#buffer = larger;
  }
}
