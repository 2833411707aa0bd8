/** What is set aside at once on the word of a server, in bytes. */
const MOST_EXPECTED = 8 * 1024 * 1024;
/** A little more is set aside than is needed, so that the next answer may be a little larger. */
const ROOM = 1.25;

/**
 * Puts together bytes that come in pieces, in one buffer, and keeps none of the pieces. Only large
 * buffers that are used again and again are free of cost: V8 gives up those that it has no use for
 * long after, as it does not see their size.
 */
export class ByteCollector {
  #buffer: Buffer;
  #size = 0;

  /** `into` is written to as long as it suffices; `expected` is how many bytes there will be. */
  constructor(into?: Buffer, expected = 0) {
    this.#buffer = into ?? Buffer.alloc(0);
    this.#reserve(Math.min(expected, MOST_EXPECTED));
  }

  add(bytes: Uint8Array): void {
    const size = this.#size + bytes.length;
    if (size > this.#buffer.length) this.#reserve(Math.max(size, 2 * this.#buffer.length));
    this.#buffer.set(bytes, this.#size);
    this.#size = size;
  }

  /** All bytes, which share memory with what they were written to. */
  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#size);
  }

  #reserve(size: number): void {
    if (!(size > this.#buffer.length)) return;
    const larger = Buffer.allocUnsafeSlow(Math.ceil(size * ROOM));
    larger.set(this.bytes);
    this.#buffer = larger;
  }
}
