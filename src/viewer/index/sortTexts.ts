import { radixSort } from './radixSort';
import { compareTexts, type Extent } from '../store/extents';
import type { Steps } from '../steps';

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
  extent: (index: number) => Extent,
  descending: boolean,
  steps: Steps,
): Uint32Array {
  const order = new Uint32Array(count);
  for (let at = 0; at < order.length; at += 1) order[at] = at;
  sortGroups(order, [{ from: 0, to: count, depth: 0 }], extent, descending, steps);
  return order;
}

/**
 * Sorts groups of an order, in each of which the indexes ascend, by the texts of their indexes. Sorts
 * by a few bytes at a time, and then each group with the same bytes by the bytes that follow.
 */
export function sortGroups(
  order: Uint32Array,
  groups: Group[],
  extent: (index: number) => Extent,
  descending: boolean,
  steps: Steps,
): void {
  for (let group = groups.pop(); group; group = groups.pop()) {
    steps.step();
    const rows = order.subarray(group.from, group.to);
    if (rows.length < 2) continue;
    if (rows.length <= FEW) {
      sortFew(rows, extent, group.depth, descending, steps);
      continue;
    }
    const depth = commonDepth(rows.length, (row) => extent(rows[row] ?? 0), group.depth, steps);
    const words = new Uint32Array(2 * rows.length);
    for (let at = 0; at < rows.length; at += 1) {
      writeKey(words, at, extent(rows[at] ?? 0), depth, descending);
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

function sortFew(
  rows: Uint32Array,
  extent: (index: number) => Extent,
  known: number,
  descending: boolean,
  steps: Steps,
): void {
  const texts: { readonly index: number; readonly text: Extent }[] = [];
  for (let row = 0; row < rows.length; row += 1) {
    const index = rows[row] ?? 0;
    texts.push({ index, text: extent(index) });
  }
  const depth = commonDepth(texts.length, (row) => texts[row]?.text ?? extent(0), known, steps);
  texts.sort((a, b) => {
    const order = compareTexts(a.text, b.text, depth);
    return (descending ? -order : order) || a.index - b.index;
  });
  for (let row = 0; row < rows.length; row += 1) rows[row] = texts[row]?.index ?? 0;
}

/**
 * Returns the number of bytes that all texts have in common at their beginning, given that they
 * share at least `known`. Returns `known` if they share fewer than `KEY_BYTES` more, because
 * skipping these would save nothing.
 */
function commonDepth(
  rows: number,
  textOf: (row: number) => Extent,
  known: number,
  steps: Steps,
): number {
  const first = textOf(0);
  const { bytes } = first;
  let common = first.end - first.start;
  for (let row = 1; row < rows; row += 1) {
    const text = textOf(row);
    const { start, end } = text;
    common = Math.min(common, end - start);
    let at = known;
    while (at < common && text.bytes[start + at] === bytes[first.start + at]) at += 1;
    common = at;
    if (common < known + KEY_BYTES) return known;
    if (row % 1024 === 0) steps.step();
  }
  return common;
}

/** Writes the key of a text for `radixSort`, from the bytes after the first `depth`. */
function writeKey(
  words: Uint32Array,
  at: number,
  text: Extent,
  depth: number,
  descending: boolean,
): void {
  const { bytes } = text;
  const from = text.start + depth;
  const left = text.end - from;
  let low = text.null ? 0 : left > KEY_BYTES ? GOES_ON : left + 1;
  let high = 0;
  for (let index = Math.min(left, KEY_BYTES) - 1; index >= 0; index -= 1) {
    const byte = bytes[from + index] ?? 0;
    if (index < 4) high |= byte << (24 - 8 * index);
    else low |= byte << (56 - 8 * index);
  }
  words[2 * at] = descending ? ~low : low;
  words[2 * at + 1] = descending ? ~high : high;
}
