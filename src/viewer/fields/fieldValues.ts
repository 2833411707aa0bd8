import { type FieldColumn, fieldOf } from '../fieldColumn';
import { MAX_KEY, writeFieldKey } from './fieldKey';
import { NumberReader } from './fieldNumber';
import { compileSteps, FieldFinder, unescaped } from './findField';
import { PayloadKind } from '../store/chunkLayout';
import type { MessageChunk } from '../store/messageChunk';
import type { Extent } from '../store/extents';

/** What a field holds, in the order in which the kinds are sorted. */
export const FieldKind = {
  missing: 1,
  null: 2,
  false: 3,
  true: 4,
  number: 5,
  text: 6,
  /** An object or an array. */
  other: 7,
} as const;
/** The bits of a kind; 0: nobody has looked yet. */
const KIND = 7;
/** A number that shares its double and rest with others. */
const INEXACT = 8;
/** A text with escapes, whose characters stand in `#unescaped`. */
const ESCAPED = 16;
/** The key or value is not UTF-8. */
const NO_TEXT = 32;

/** How many fields of a chunk are kept: those that were used last. */
const MAX_FIELDS = 4;
const kept = new WeakMap<MessageChunk, Map<FieldColumn, FieldValues>>();

/**
 * Returns what a field holds in the messages of a chunk, which is kept for the next time. There is
 * room for the first `count` of them.
 */
export function fieldValues(chunk: MessageChunk, column: FieldColumn, count: number): FieldValues {
  const columns = kept.get(chunk) ?? new Map<FieldColumn, FieldValues>();
  kept.set(chunk, columns);
  const values = columns.get(column) ?? new FieldValues(chunk, column);
  // The one that was used last stands at the end.
  columns.delete(column);
  columns.set(column, values);
  const [oldest] = columns.size > MAX_FIELDS ? columns.keys() : [];
  if (oldest !== undefined) columns.delete(oldest);
  values.reserve(count);
  return values;
}

/**
 * What a field holds in the messages of a chunk, ready to be compared: numbers as doubles, texts by
 * where they stand. Each message is looked at once, when `kind` is first asked for; the other members
 * are for those that were. A message takes nine bytes.
 */
export class FieldValues {
  readonly #part: 'key' | 'value';
  readonly #finder: FieldFinder;
  readonly #number = new NumberReader();
  #kinds = new Uint8Array();
  #doubles = new Float64Array();
  /** Missing: all are 0. */
  #rests: Int16Array | undefined;
  /** In the same memory, for those that are no numbers: where they start, and their length. */
  #places = new Uint32Array();
  #unescaped: Buffer = Buffer.alloc(0);
  #unescapedEnd = 0;

  constructor(
    private readonly chunk: MessageChunk,
    column: FieldColumn,
  ) {
    const { part, steps } = fieldOf(column);
    this.#part = part;
    this.#finder = new FieldFinder(compileSteps(steps));
  }

  /** Makes room for the first `count` messages. */
  reserve(count: number): void {
    const before = this.#kinds.length;
    if (count <= before) return;
    // Most chunks are full when they are first looked at. The last one grows.
    const room = before === 0 ? count : Math.max(count, 2 * before);
    const [kinds, doubles] = [new Uint8Array(room), new Float64Array(room)];
    kinds.set(this.#kinds);
    doubles.set(this.#doubles);
    this.#kinds = kinds;
    this.#doubles = doubles;
    this.#places = new Uint32Array(doubles.buffer);
    if (!this.#rests) return;
    const rests = new Int16Array(room);
    rests.set(this.#rests);
    this.#rests = rests;
  }

  /** Whether somebody has looked at a message. */
  isKnown(index: number): boolean {
    return this.#kinds[index] !== 0;
  }

  kind(index: number): number {
    if (this.#kinds[index] === 0) this.#look(index);
    return (this.#kinds[index] ?? 0) & KIND;
  }

  /** Whether the key or value is UTF-8. If not, the bytes of names say too little. */
  isText(index: number): boolean {
    return ((this.#kinds[index] ?? 0) & NO_TEXT) === 0;
  }

  /** The double that is nearest to a number. */
  double(index: number): number {
    return this.#doubles[index] ?? 0;
  }

  /** What is left of a number without its double. */
  rest(index: number): number {
    return this.#rests?.[index] ?? 0;
  }

  /** Whether no other number has the same double and rest. */
  isExact(index: number): boolean {
    return ((this.#kinds[index] ?? 0) & INEXACT) === 0;
  }

  /** The bytes by which a text, an object or an array is sorted; see `writeFieldKey`. */
  extent(index: number): Extent {
    const bytes = this.#isEscaped(index) ? this.#unescaped : this.chunk.bytes;
    const start = this.#places[2 * index] ?? 0;
    const end = start + Math.min(this.#places[2 * index + 1] ?? 0, MAX_KEY - 1);
    return { bytes, start, end, null: false };
  }

  /** The whole text that a field holds. */
  text(index: number): string {
    if (this.#isEscaped(index)) return unescaped(this.chunk.bytes, ...this.#inside(index)) ?? '';
    const start = this.#places[2 * index] ?? 0;
    return this.chunk.bytes.toString('utf8', start, start + (this.#places[2 * index + 1] ?? 0));
  }

  /** Compares the whole text that a field holds with another one, in UTF-8, by code points. */
  compareText(index: number, other: Uint8Array): number {
    if (this.#isEscaped(index)) return Buffer.compare(Buffer.from(this.text(index)), other);
    const { bytes } = this.chunk;
    const start = this.#places[2 * index] ?? 0;
    const length = this.#places[2 * index + 1] ?? 0;
    for (let at = 0; at < length && at < other.length; at += 1) {
      const difference = (bytes[start + at] ?? 0) - (other[at] ?? 0);
      if (difference !== 0) return difference;
    }
    return length - other.length;
  }

  /** The digits of a number as it is written. */
  digits(index: number): string {
    this.#find(index);
    return this.chunk.bytes.toString('latin1', this.#finder.start, this.#finder.end);
  }

  /** Writes the bytes by which the field of a message is sorted; see `writeFieldKey`. */
  writeKey(index: number, target: Uint8Array, at: number): number {
    return this.#find(index) ? writeFieldKey(this.chunk.bytes, this.#finder, target, at) : at;
  }

  #isEscaped(index: number): boolean {
    return ((this.#kinds[index] ?? 0) & ESCAPED) !== 0;
  }

  /** Where a text stands within its quotes. */
  #inside(index: number): [start: number, end: number] {
    this.#find(index);
    return [this.#finder.start + 1, this.#finder.end - 1];
  }

  #find(index: number): boolean {
    const { chunk } = this;
    if (this.#part === 'key') {
      if (chunk.keyKind(index) === PayloadKind.null) return false;
      return this.#finder.find(chunk.bytes, chunk.start(index), chunk.keyEnd(index));
    }
    if (chunk.valueKind(index) === PayloadKind.null) return false;
    return this.#finder.find(chunk.bytes, chunk.valueStart(index), chunk.valueEnd(index));
  }

  #look(index: number): void {
    const { chunk } = this;
    if (this.#find(index)) this.#lookAtValue(index);
    else this.#kinds[index] = FieldKind.missing;
    const kind = this.#part === 'key' ? chunk.keyKind(index) : chunk.valueKind(index);
    if (kind === PayloadKind.bytes) this.#kinds[index] = (this.#kinds[index] ?? 0) | NO_TEXT;
  }

  #lookAtValue(index: number): void {
    const { bytes } = this.chunk;
    const { start, end } = this.#finder;
    const first: number = bytes[start] ?? 0;
    switch (first) {
      case 0x6e: // n
        this.#kinds[index] = FieldKind.null;
        return;
      case 0x66: // f
        this.#kinds[index] = FieldKind.false;
        return;
      case 0x74: // t
        this.#kinds[index] = FieldKind.true;
        return;
      case 0x22: // "
        this.#lookAtText(index, start + 1, end - 1);
        return;
      case 0x5b: // [
      case 0x7b: // {
        this.#put(index, FieldKind.other, start, end);
        return;
      default: {
        const number = this.#number;
        number.read(bytes, start, end);
        this.#kinds[index] = number.isExact ? FieldKind.number : FieldKind.number | INEXACT;
        this.#doubles[index] = number.value;
        if (number.rest !== 0) {
          this.#rests ??= new Int16Array(this.#kinds.length);
          this.#rests[index] = number.rest;
        }
      }
    }
  }

  #lookAtText(index: number, start: number, end: number): void {
    const { bytes } = this.chunk;
    for (let at = start; at < end; at += 1) {
      if (bytes[at] === 0x5c) {
        this.#unescape(index);
        return;
      }
    }
    this.#put(index, FieldKind.text, start, end);
  }

  #unescape(index: number): void {
    const from = this.#unescapedEnd;
    if (this.#unescaped.length - from < MAX_KEY) {
      this.#unescaped = Buffer.concat([this.#unescaped], 2 * this.#unescaped.length + 4 * MAX_KEY);
    }
    this.#unescapedEnd = writeFieldKey(this.chunk.bytes, this.#finder, this.#unescaped, from);
    // After the byte that says that it is a text.
    this.#put(index, FieldKind.text | ESCAPED, from + 1, this.#unescapedEnd);
  }

  #put(index: number, kind: number, start: number, end: number): void {
    this.#kinds[index] = kind;
    this.#places[2 * index] = start;
    this.#places[2 * index + 1] = end - start;
  }
}
