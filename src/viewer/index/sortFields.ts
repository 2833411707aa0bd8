import type { FieldColumn } from '../fieldColumn';
import { MAX_KEY } from '../fields/fieldKey';
import type { Sequence } from '../protocol';
import type { Steps } from '../steps';
import type { ChunkList } from '../store/chunkList';
import { compareTexts, type Extent } from '../store/extents';
import { FieldKind, type FieldValues, fieldValues } from '../fields/fieldValues';
import { radixSort } from './radixSort';
import type { Group } from './firstTexts';
import { sortGroups } from './sortTexts';
import { TextTable } from './textTable';

/** How many messages are looked at in one step. */
const STEP = 256;
const FIRST_BIT = 0x80000000;
/** How much memory is taken at once for the digits of numbers. */
const DIGITS_BYTES = 1024 * MAX_KEY;
const { missing, number, text, other } = FieldKind;

/**
 * Returns the indexes of messages in the order of a field, equal ones by index: those that lack it,
 * then nulls, false, true, numbers by their exact value, texts by code points, and objects and
 * arrays as they are written. Descending, all that is the other way round.
 */
export function sortFields(
  chunks: ChunkList,
  column: FieldColumn,
  sequences: Float64Array,
  descending: boolean,
  steps: Steps,
): Uint32Array {
  const rows = new FieldRows(chunks, column, sequences, steps);
  const { order, groups } = rows.byKind(descending);
  steps.step();
  const ties = sortNumbers(rows, order, groups[number], descending);
  const written = [groups[text], groups[other]].filter((group) => group !== undefined);
  if (ties.length + written.length === 0) return order;
  const texts = new TextTable(order.length);
  putDigits(rows, order, ties, texts, steps);
  for (const { from, to } of written) {
    for (const row of order.subarray(from, to)) {
      const { bytes, start, end } = rows.extent(row);
      texts.put(row, bytes, start, end);
    }
  }
  sortGroups(order, [...ties, ...written], texts, descending, steps);
  return order;
}

/** Returns a function that compares two messages by a field, as `sortFields` orders them. */
export function fieldOrder(
  chunks: ChunkList,
  column: FieldColumn,
): (a: Sequence, b: Sequence) => number {
  const valuesOf = (sequence: Sequence) => {
    const chunk = chunks.of(sequence);
    const index = sequence - chunk.first;
    return { values: fieldValues(chunk, column, index + 1), index };
  };
  return (a, b) => {
    const [first, second] = [valuesOf(a), valuesOf(b)];
    const kind = first.values.kind(first.index);
    const difference = kind - second.values.kind(second.index);
    if (difference !== 0) return difference;
    if (kind === number) return compareNumbers(first, second);
    if (kind < number) return 0;
    return compareTexts(first.values.extent(first.index), second.values.extent(second.index), 0);
  };
}

interface Cell {
  readonly values: FieldValues;
  readonly index: number;
}

function compareNumbers(a: Cell, b: Cell): number {
  const [first, second] = [a.values.double(a.index), b.values.double(b.index)];
  if (first !== second) return first < second ? -1 : 1;
  if (a.values.isExact(a.index) && b.values.isExact(b.index)) {
    return a.values.rest(a.index) - b.values.rest(b.index);
  }
  return compareTexts(keyOf(a), keyOf(b), 0);
}

function keyOf({ values, index }: Cell): Extent {
  const bytes = Buffer.allocUnsafe(MAX_KEY);
  return { bytes, start: 0, end: values.writeKey(index, bytes, 0), null: false };
}

/** The values of a field in some messages, by their rows. */
class FieldRows {
  readonly #kinds: Uint8Array;
  /** The chunk of each row, by its place in `#parts`. */
  readonly #partOf: Uint32Array;
  readonly #parts: { readonly values: FieldValues; readonly first: Sequence }[] = [];

  constructor(
    chunks: ChunkList,
    column: FieldColumn,
    private readonly sequences: Float64Array,
    steps: Steps,
  ) {
    this.#kinds = new Uint8Array(sequences.length);
    this.#partOf = new Uint32Array(sequences.length);
    const [first, last] = [sequences[0], sequences.at(-1)];
    if (first === undefined || last === undefined) return;
    let row = 0;
    for (const { chunk, to } of chunks.ranges(first, last + 1)) {
      const end = chunk.first + to;
      if ((sequences[row] ?? Infinity) >= end) continue;
      const values = fieldValues(chunk, column, to);
      const part = this.#parts.push({ values, first: chunk.first }) - 1;
      for (; row < sequences.length; row += 1) {
        const sequence = sequences[row] ?? Infinity;
        if (sequence >= end) break;
        if (row % STEP === 0) steps.step();
        this.#partOf[row] = part;
        this.#kinds[row] = values.kind(sequence - chunk.first);
      }
    }
  }

  /** Returns all rows by the kinds of their values, and where those of each kind stand. */
  byKind(descending: boolean): { order: Uint32Array; groups: (Group | undefined)[] } {
    const kinds = this.#kinds;
    const counts = new Uint32Array(other + 1);
    for (let row = 0; row < kinds.length; row += 1) {
      const kind = kinds[row] ?? missing;
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    const groups: (Group | undefined)[] = [];
    const ends = new Uint32Array(other + 1);
    const all = [...counts.keys()];
    let from = 0;
    for (const kind of descending ? all.reverse() : all) {
      ends[kind] = from;
      const to = from + (counts[kind] ?? 0);
      if (to > from) groups[kind] = { from, to, depth: 0 };
      from = to;
    }
    const order = new Uint32Array(kinds.length);
    for (let row = 0; row < kinds.length; row += 1) {
      const kind = kinds[row] ?? missing;
      const at = ends[kind] ?? 0;
      order[at] = row;
      ends[kind] = at + 1;
    }
    return { order, groups };
  }

  double(row: number): number {
    return this.#part(row).values.double(this.#index(row));
  }

  rest(row: number): number {
    return this.#part(row).values.rest(this.#index(row));
  }

  isExact(row: number): boolean {
    return this.#part(row).values.isExact(this.#index(row));
  }

  extent(row: number): Extent {
    return this.#part(row).values.extent(this.#index(row));
  }

  writeKey(row: number, target: Uint8Array, at: number): number {
    return this.#part(row).values.writeKey(this.#index(row), target, at);
  }

  #part(row: number): { readonly values: FieldValues; readonly first: Sequence } {
    const part = this.#parts[this.#partOf[row] ?? 0];
    if (part) return part;
    throw new RangeError(`There is no row ${row}`);
  }

  #index(row: number): number {
    return (this.sequences[row] ?? 0) - this.#part(row).first;
  }
}

/**
 * Sorts the rows of a group by their doubles and what is left without these. Returns groups of rows
 * that have the same double although their numbers may differ.
 */
function sortNumbers(
  rows: FieldRows,
  order: Uint32Array,
  group: Group | undefined,
  descending: boolean,
): Group[] {
  if (!group) return [];
  const own = order.subarray(group.from, group.to);
  const doubles = new Float64Array(own.length);
  for (let at = 0; at < own.length; at += 1) doubles[at] = rows.double(own[at] ?? 0);
  const sorted = radixSort(wordsOf(doubles, descending));
  const before = own.slice();
  for (let at = 0; at < own.length; at += 1) own[at] = before[sorted[at] ?? 0] ?? 0;
  const ties: Group[] = [];
  for (let begin = 0, at = 1; at <= own.length; at += 1) {
    const isSame = at < own.length && doubles[sorted[at] ?? 0] === doubles[sorted[begin] ?? 0];
    if (isSame) continue;
    if (at - begin > 1 && !sortRests(rows, own.subarray(begin, at), descending)) {
      ties.push({ from: group.from + begin, to: group.from + at, depth: 0 });
    }
    begin = at;
  }
  return ties;
}

/** Sorts rows that have the same double. Returns false if only their digits tell them apart. */
function sortRests(rows: FieldRows, own: Uint32Array, descending: boolean): boolean {
  let isSame = true;
  const rest = rows.rest(own[0] ?? 0);
  for (let at = 0; at < own.length; at += 1) {
    const row = own[at] ?? 0;
    if (!rows.isExact(row)) return false;
    if (rows.rest(row) !== rest) isSame = false;
  }
  if (isSame) return true;
  const sign = descending ? -1 : 1;
  own.sort((a, b) => sign * (rows.rest(a) - rows.rest(b)) || a - b);
  return true;
}

/** Returns keys for `radixSort` that have the order of doubles, none of which is -0 or NaN. */
function wordsOf(doubles: Float64Array, descending: boolean): Uint32Array {
  const words = new Uint32Array(doubles.slice().buffer);
  for (let at = 0; at < words.length; at += 2) {
    const [low, high] = [words[at] ?? 0, words[at + 1] ?? 0];
    // The bits of negative numbers have the opposite order, and their first bit is set.
    const isFlipped = (high >>> 31 === 1) !== descending;
    words[at] = isFlipped ? ~low : low;
    words[at + 1] = (isFlipped ? ~high : high) ^ (high >>> 31 === 1 ? 0 : FIRST_BIT);
  }
  return words;
}

/** Adds keys of numbers that their doubles do not tell apart. */
function putDigits(
  rows: FieldRows,
  order: Uint32Array,
  ties: readonly Group[],
  texts: TextTable,
  steps: Steps,
): void {
  let bytes = new Uint8Array();
  let end = 0;
  for (const { from, to } of ties) {
    steps.step();
    for (const row of order.subarray(from, to)) {
      if (bytes.length - end < MAX_KEY) {
        bytes = new Uint8Array(DIGITS_BYTES);
        end = 0;
      }
      const start = end;
      end = rows.writeKey(row, bytes, start);
      texts.put(row, bytes, start, end);
    }
  }
}
