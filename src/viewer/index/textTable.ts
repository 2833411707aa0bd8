/** The part of rows without a text. */
const NONE = 0;

/** Where the bytes of texts stand, by their rows. A row without a text is Kafka's null. */
export class TextTable {
  readonly #parts: Uint8Array[] = [new Uint8Array()];
  readonly #numbers = new Map<Uint8Array, number>();
  #last = NONE;
  readonly #partOf: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;

  constructor(rows: number) {
    this.#partOf = new Uint32Array(rows);
    this.#starts = new Uint32Array(rows);
    this.#ends = new Uint32Array(rows);
  }

  put(row: number, bytes: Uint8Array, start: number, end: number): void {
    if (bytes !== this.#parts[this.#last]) this.#last = this.#numberOf(bytes);
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
  bytes(row: number): Uint8Array {
    return this.#parts[this.#partOf[row] ?? NONE] ?? new Uint8Array();
  }

  start(row: number): number {
    return this.#starts[row] ?? 0;
  }

  /** Compares two texts by their bytes. The first `depth` bytes are known to be the same. */
  compare(a: number, b: number, depth: number): number {
    if (this.isNull(a) || this.isNull(b)) return Number(this.isNull(b)) - Number(this.isNull(a));
    const common = this.common(a, b, depth, Math.min(this.length(a), this.length(b)));
    const [first, second] = [this.length(a), this.length(b)];
    if (common === first || common === second) return first - second;
    const [byte = 0, other = 0] = [
      this.bytes(a)[this.start(a) + common],
      this.bytes(b)[this.start(b) + common],
    ];
    return byte - other;
  }

  /** Returns how many bytes two texts share, given that they share `depth`; at most `most`. */
  common(a: number, b: number, depth: number, most: number): number {
    const [first, second] = [this.bytes(a), this.bytes(b)];
    const [start, other] = [this.start(a), this.start(b)];
    let at = depth;
    while (at < most && first[start + at] === second[other + at]) at += 1;
    return at;
  }

  #numberOf(bytes: Uint8Array): number {
    const known = this.#numbers.get(bytes);
    if (known !== undefined) return known;
    const number = this.#parts.push(bytes) - 1;
    this.#numbers.set(bytes, number);
    return number;
  }
}
