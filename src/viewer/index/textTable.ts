/** The part of rows without a text. */
const NONE = 0;
const NOTHING = new DataView(new ArrayBuffer(0));

/** Where the bytes of texts stand, by their rows. A row without a text is Kafka's null. */
export class TextTable {
  readonly #parts: DataView[] = [NOTHING];
  readonly #numbers = new Map<Uint8Array, number>();
  #lastBytes: Uint8Array | undefined;
  #last = NONE;
  readonly #partOf: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;

  constructor(readonly rows: number) {
    this.#partOf = new Uint32Array(rows);
    this.#starts = new Uint32Array(rows);
    this.#ends = new Uint32Array(rows);
  }

  put(row: number, bytes: Uint8Array, start: number, end: number): void {
    if (bytes !== this.#lastBytes) {
      this.#lastBytes = bytes;
      this.#last = this.#numberOf(bytes);
    }
    this.#partOf[row] = this.#last;
    this.#starts[row] = start;
    this.#ends[row] = end;
  }

  isNull(row: number): boolean {
    return this.#partOf[row] === NONE;
  }

  length(row: number): number {
    return (this.#ends[row] ?? 0) - (this.#starts[row] ?? 0);
  }

  /** The bytes in which a text stands, from `start` on. */
  view(row: number): DataView {
    return this.#parts[this.#partOf[row] ?? NONE] ?? NOTHING;
  }

  start(row: number): number {
    return this.#starts[row] ?? 0;
  }

  /** Returns how many bytes two texts share at their beginning, given that they share `depth`. */
  common(a: number, b: number, depth: number): number {
    const [first, second] = [this.view(a), this.view(b)];
    const [start, other] = [this.start(a), this.start(b)];
    const most = Math.min(this.length(a), this.length(b));
    let at = depth;
    for (; at + 4 <= most; at += 4) {
      const differing = first.getUint32(start + at, true) ^ second.getUint32(other + at, true);
      if (differing !== 0) return at + ((31 - Math.clz32(differing & -differing)) >> 3);
    }
    while (at < most && first.getUint8(start + at) === second.getUint8(other + at)) at += 1;
    return at;
  }

  #numberOf(bytes: Uint8Array): number {
    const known = this.#numbers.get(bytes);
    if (known !== undefined) return known;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const number = this.#parts.push(view) - 1;
    this.#numbers.set(bytes, number);
    return number;
  }
}
