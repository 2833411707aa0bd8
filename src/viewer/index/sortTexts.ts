import { radixSort } from './radixSort';
import type { Steps } from '../steps';
import type { TextTable } from './textTable';

/**
 * The number of bytes of a text in one key of the radix sort. The eighth byte of the key says how
 * the text goes on: 0 for Kafka's null, 1 and the number of bytes left if they all fit, or
 * `GOES_ON`.
 */
const KEY_BYTES = 7;
/** The eighth byte of the key of a text that has more bytes than fit. */
const GOES_ON = KEY_BYTES + 2;
/** Up to this many texts are sorted by comparing them. */
const FEW = 32;

/** Rows that share the first `depth` bytes of their texts, and are still to be sorted by the rest. */
export interface Group {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/**
 * Sorts `count` texts by their bytes. Returns their indexes, the smallest one first (or the
 * largest if descending), equal ones by index.
 */
export function sortTexts(
  count: number,
  texts: TextTable,
  descending: boolean,
  steps: Steps,
): Uint32Array {
  const order = new Uint32Array(count);
  for (let at = 0; at < order.length; at += 1) order[at] = at;
  sortGroups(order, [{ from: 0, to: count, depth: 0 }], texts, descending, steps);
  return order;
}

/**
 * Sorts groups of an order, in each of which the indexes ascend, by the texts of their indexes. Sorts
 * by a few bytes at a time, and then each group with the same bytes by the bytes that follow.
 */
export function sortGroups(
  order: Uint32Array,
  groups: Group[],
  texts: TextTable,
  descending: boolean,
  steps: Steps,
): void {
  const few = new Uint32Array(2 * FEW);
  for (let group = groups.pop(); group; group = groups.pop()) {
    steps.step();
    const rows = order.subarray(group.from, group.to);
    if (rows.length < 2) continue;
    const depth = commonDepth(rows, texts, group.depth, steps);
    if (rows.length <= FEW) {
      sortFew(rows, texts, depth, descending, few);
      continue;
    }
    const words = new Uint32Array(2 * rows.length);
    for (let at = 0; at < rows.length; at += 1) {
      writeKey(words, at, texts, rows[at] ?? 0, depth, descending);
    }
    const sorted = radixSort(words);
    const before = rows.slice();
    for (let row = 0; row < rows.length; row += 1) rows[row] = before[sorted[row] ?? 0] ?? 0;

    const goesOn = descending ? GOES_ON ^ 0xff : GOES_ON;
    for (let begin = 0, row = 1; row <= rows.length; row += 1) {
      const [a, b] = [2 * (sorted[begin] ?? 0), 2 * (sorted[row] ?? 0)];
      if (row < rows.length && words[a] === words[b] && words[a + 1] === words[b + 1]) continue;
      if (row - begin > 1 && ((words[a] ?? 0) & 0xff) === goesOn) {
        const from = group.from + begin;
        groups.push({ from, to: group.from + row, depth: depth + KEY_BYTES });
      }
      begin = row;
    }
  }
}

/** Sorts a few rows by inserting one after the other. `words` has room for their keys. */
function sortFew(
  rows: Uint32Array,
  texts: TextTable,
  depth: number,
  descending: boolean,
  words: Uint32Array,
): void {
  const goesOn = descending ? GOES_ON ^ 0xff : GOES_ON;
  for (let next = 0; next < rows.length; next += 1) {
    const row = rows[next] ?? 0;
    writeKey(words, next, texts, row, depth, descending);
    const [low = 0, high = 0] = [words[2 * next], words[2 * next + 1]];
    let at = next;
    for (; at > 0; at -= 1) {
      const [otherLow = 0, otherHigh = 0] = [words[2 * at - 2], words[2 * at - 1]];
      const other = rows[at - 1] ?? 0;
      if (otherHigh < high || (otherHigh === high && otherLow < low)) break;
      if (otherHigh === high && otherLow === low) {
        if ((low & 0xff) !== goesOn) break;
        const order = texts.compare(other, row, depth + KEY_BYTES);
        if ((descending ? -order : order) <= 0) break;
      }
      rows[at] = other;
      words[2 * at] = otherLow;
      words[2 * at + 1] = otherHigh;
    }
    rows[at] = row;
    words[2 * at] = low;
    words[2 * at + 1] = high;
  }
}

/**
 * Returns the number of bytes that all texts have in common at their beginning, given that they
 * share at least `known`. Returns `known` if they share fewer than `KEY_BYTES` more, because
 * skipping these would save nothing.
 */
function commonDepth(rows: Uint32Array, texts: TextTable, known: number, steps: Steps): number {
  const first = rows[0] ?? 0;
  let common = texts.length(first);
  for (let at = 1; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    common = texts.common(first, row, known, Math.min(common, texts.length(row)));
    if (common < known + KEY_BYTES) return known;
    if (at % 1024 === 0) steps.step();
  }
  return common;
}

/** Writes the key of a text for `radixSort`, from the bytes after the first `depth`. */
function writeKey(
  words: Uint32Array,
  at: number,
  texts: TextTable,
  row: number,
  depth: number,
  descending: boolean,
): void {
  const bytes = texts.bytes(row);
  const from = texts.start(row) + depth;
  const left = texts.length(row) - depth;
  let low = texts.isNull(row) ? 0 : left > KEY_BYTES ? GOES_ON : left + 1;
  let high = 0;
  for (let index = Math.min(left, KEY_BYTES) - 1; index >= 0; index -= 1) {
    const byte = bytes[from + index] ?? 0;
    if (index < 4) high |= byte << (24 - 8 * index);
    else low |= byte << (56 - 8 * index);
  }
  words[2 * at] = descending ? ~low : low;
  words[2 * at + 1] = descending ? ~high : high;
}
