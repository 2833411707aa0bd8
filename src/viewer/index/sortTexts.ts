import { FirstTexts, type Group, SAME, SHIFT } from './firstTexts';
import { radixSort } from './radixSort';
import type { Steps } from '../steps';
import type { TextTable } from './textTable';

/** Up to this many rows are sorted by inserting one after the other. */
const FEW = 32;
/** How many rows are looked at in one step. */
const STEP = 256;
/**
 * Sorts texts by their bytes. Returns their rows, the smallest one first (or the largest if
 * descending), equal ones by row.
 */
export function sortTexts(texts: TextTable, descending: boolean, steps: Steps): Uint32Array {
  const order = new Uint32Array(texts.rows);
  let nulls = 0;
  for (let row = 0; row < texts.rows; row += 1) if (texts.isNull(row)) nulls += 1;
  const from = descending ? 0 : nulls;
  let [text, none] = [from, descending ? texts.rows - nulls : 0];
  for (let row = 0; row < texts.rows; row += 1) {
    if (texts.isNull(row)) order[none++] = row;
    else order[text++] = row;
  }
  sortGroups(order, [{ from, to: text, depth: 0 }], texts, descending, steps);
  return order;
}

/**
 * Sorts groups of an order, in each of which the rows ascend, by the texts of their rows, of which
 * none is null.
 *
 * The texts of a group are compared with its first one: how many bytes both share, and which bytes
 * follow. Those for which all that is the same are a group once more. This reads texts in the order
 * of their rows, in which they stand in memory: any other order takes several times as long.
 */
export function sortGroups(
  order: Uint32Array,
  groups: readonly Group[],
  texts: TextTable,
  descending: boolean,
  steps: Steps,
): void {
  const sorting = new Sorting(order, texts, descending, steps);
  let left = sorting.begin(groups);
  while (left.length > 0) left = sorting.round(left);
}

class Sorting {
  /** The rows of the groups, ascending. */
  #rows = new Uint32Array();
  /** The number of the group of each row, from 1; 0: it has its place. */
  readonly #groupOf: Uint32Array;
  /** Where each row of a group is in the order. */
  readonly #placeOf: Uint32Array;
  /** The keys of rows, by their places: two words each, the lower one first. */
  readonly #words: Uint32Array;

  constructor(
    private readonly order: Uint32Array,
    private readonly texts: TextTable,
    private readonly descending: boolean,
    private readonly steps: Steps,
  ) {
    this.#groupOf = new Uint32Array(order.length);
    this.#placeOf = new Uint32Array(order.length);
    this.#words = new Uint32Array(2 * order.length);
  }

  begin(groups: readonly Group[]): readonly Group[] {
    const left = groups.filter(({ from, to }) => to - from > 1);
    for (const [index, group] of left.entries()) this.#take(group, index + 1);
    this.#rows = new Uint32Array(this.order.length).map((_, row) => row);
    this.#leaveOut();
    return left;
  }

  /** Sorts groups by a few bytes more. Returns the groups that are still to be sorted. */
  round(groups: readonly Group[]): readonly Group[] {
    const firsts = new FirstTexts(this.texts, groups);
    for (let at = 0; at < this.#rows.length; at += 1) {
      if (at % STEP === 0) this.steps.step();
      const row = this.#rows[at] ?? 0;
      firsts.compare(row, (this.#groupOf[row] ?? 0) - 1);
      const { low, high } = firsts;
      const word = 2 * (this.#placeOf[row] ?? 0);
      this.#words[word] = this.descending ? ~low : low;
      this.#words[word + 1] = this.descending ? ~high : high;
    }
    const left: Group[] = [];
    for (const group of groups) {
      this.steps.step();
      if (group.to - group.from > FEW) this.#sortMany(group);
      else this.#sortFew(group);
      this.#addTies(group, left);
    }
    this.#leaveOut();
    return left;
  }

  #take({ from, to }: Group, number: number): void {
    for (let place = from; place < to; place += 1) {
      const row = this.order[place] ?? 0;
      this.#groupOf[row] = number;
      this.#placeOf[row] = place;
    }
  }

  /** Leaves out the rows that have their place. */
  #leaveOut(): void {
    const rows = this.#rows;
    let count = 0;
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at] ?? 0;
      if (this.#groupOf[row] !== 0) rows[count++] = row;
    }
    this.#rows = rows.subarray(0, count);
  }

  #sortMany({ from, to }: Group): void {
    const rows = this.order.subarray(from, to);
    const words = this.#words.subarray(2 * from, 2 * to);
    const before = rows.slice();
    const sorted = radixSort(words);
    for (let at = 0; at < sorted.length; at += 1) rows[at] = before[sorted[at] ?? 0] ?? 0;
  }

  #sortFew({ from, to }: Group): void {
    const { order } = this;
    const words = this.#words;
    for (let next = from + 1; next < to; next += 1) {
      const row = order[next] ?? 0;
      const [low = 0, high = 0] = [words[2 * next], words[2 * next + 1]];
      let at = next;
      for (; at > from; at -= 1) {
        const [otherLow = 0, otherHigh = 0] = [words[2 * at - 2], words[2 * at - 1]];
        if (otherHigh < high || (otherHigh === high && otherLow <= low)) break;
        order[at] = order[at - 1] ?? 0;
        words[2 * at] = otherLow;
        words[2 * at + 1] = otherHigh;
      }
      order[at] = row;
      words[2 * at] = low;
      words[2 * at + 1] = high;
    }
  }

  /** Makes groups of the rows of a sorted group that have the same key, and adds them. */
  #addTies({ from, to, depth }: Group, groups: Group[]): void {
    const words = this.#words;
    for (let begin = from, place = from + 1; place <= to; place += 1) {
      const [low, high = 0] = [words[2 * begin], words[2 * begin + 1]];
      if (place < to && words[2 * place] === low && words[2 * place + 1] === high) continue;
      const standing = (this.descending ? ~high : high) >>> SHIFT;
      if (place - begin > 1 && standing !== SAME) {
        const more = standing < SAME ? standing : 0xffff - standing;
        const group = { from: begin, to: place, depth: depth + more };
        this.#take(group, groups.push(group));
      } else this.#settle(begin, place);
      begin = place;
    }
  }

  /** Notes that rows have their places. */
  #settle(from: number, to: number): void {
    for (let place = from; place < to; place += 1) this.#groupOf[this.order[place] ?? 0] = 0;
  }
}
