/**
 * Shared memory that was given back, to be reused before more is allocated. V8 does not count
 * shared memory when it decides whether to collect garbage, so an hour of messages that come and go
 * would take gigabytes. Buffers that nobody takes again are freed by the next collection.
 */
export class BufferPool {
  #free: WeakRef<SharedArrayBuffer>[] = [];

  /**
   * Returns memory of at least `bytes` and at most twice as many bytes. Its content is undefined.
   */
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

  /** Takes back memory that no thread uses any more. */
  give(buffer: SharedArrayBuffer): void {
    if (buffer.byteLength > 0) this.#free.push(new WeakRef(buffer));
  }
}
