/**
 * Shared memory that was given back, to be used again before more is asked for. V8 does not count
 * shared memory when it decides whether to collect garbage: messages that come and go for an hour
 * would take gigabytes. What nobody asks for again is left to the next collection.
 */
export class BufferPool {
  #free: WeakRef<SharedArrayBuffer>[] = [];

  /** Memory of so many bytes at least, and of twice as many at most. Its content is undefined. */
  take(bytes: number): SharedArrayBuffer {
    let best: SharedArrayBuffer | undefined;
    this.#free = this.#free.filter((reference) => {
      const buffer = reference.deref();
      if (!buffer) return false;
      const { byteLength } = buffer;
      const fits = byteLength >= bytes && byteLength <= 2 * bytes;
      if (fits && (!best || byteLength < best.byteLength)) best = buffer;
      return true;
    });
    if (!best) return new SharedArrayBuffer(bytes);
    this.#free = this.#free.filter((reference) => reference.deref() !== best);
    return best;
  }

  /** Takes memory back that no thread uses any more. */
  give(buffer: SharedArrayBuffer): void {
    if (buffer.byteLength > 0) this.#free.push(new WeakRef(buffer));
  }
}
