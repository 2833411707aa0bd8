import type { ChunkList } from '../store/chunkList';
import type { MessageChunk } from '../store/messageChunk';
import type { Sort, SortColumn } from '../columns';
import { type FieldColumn, isField } from '../fieldColumn';
import { compareTexts, type Extent, extentIn, extentOf, type TextColumn } from '../store/extents';
import type { Sequence } from '../protocol';
import { fieldOrder } from './sortFields';
import { TextTable } from './textTable';

export type NumberColumn = Exclude<SortColumn, TextColumn | FieldColumn>;

/** Returns a comparer of two messages by a column, with results as for `Array.sort`. */
export function orderOf(chunks: ChunkList, { column, descending }: Sort): Comparer {
  const compare = comparerOf(chunks, column);
  return descending ? (a, b) => compare(b, a) : compare;
}

function comparerOf(chunks: ChunkList, column: SortColumn): Comparer {
  if (isField(column)) return fieldOrder(chunks, column);
  if (column !== 'key' && column !== 'value') return byNumber(chunks, column);
  return byText((sequence) => extentOf(chunks, column, sequence));
}

type Comparer = (a: Sequence, b: Sequence) => number;

function byNumber(chunks: ChunkList, column: NumberColumn): Comparer {
  const number = (sequence: Sequence): number | bigint => {
    const chunk = chunks.of(sequence);
    const index = sequence - chunk.first;
    return column === 'offset' ? chunk.offset(index) : smallNumber(chunk, index, column);
  };
  return (a, b) => {
    const [first, second] = [number(a), number(b)];
    return first < second ? -1 : first > second ? 1 : 0;
  };
}

function byText(extent: (sequence: Sequence) => Extent): Comparer {
  return (a, b) => compareTexts(extent(a), extent(b), 0);
}

/** Returns the keys or values of messages, by the indexes of these. */
export function textsOf(chunks: ChunkList, column: TextColumn, sequences: Float64Array): TextTable {
  const texts = new TextTable(sequences.length);
  for (const { chunk, from, to } of chunks.parts(sequences)) {
    for (let row = from; row < to; row += 1) {
      const index = (sequences[row] ?? 0) - chunk.first;
      const { bytes, start, end, null: isNull } = extentIn(chunk, index, column);
      if (!isNull) texts.put(row, bytes, start, end);
    }
  }
  return texts;
}

/** Returns keys for `radixSort` that have the order of a column of numbers. */
export function numberWords(
  chunks: ChunkList,
  column: NumberColumn,
  descending: boolean,
  sequences: Float64Array,
): Uint32Array {
  let words: Uint32Array;
  if (column === 'offset') {
    const offsets = new BigInt64Array(sequences.length);
    for (const { chunk, from, to } of chunks.parts(sequences)) {
      for (let at = from; at < to; at += 1) {
        offsets[at] = chunk.offset((sequences[at] ?? 0) - chunk.first);
      }
    }
    words = new Uint32Array(offsets.buffer);
  } else {
    const numbers = new Float64Array(sequences.length);
    for (const { chunk, from, to } of chunks.parts(sequences)) {
      for (let at = from; at < to; at += 1) {
        numbers[at] = smallNumber(chunk, (sequences[at] ?? 0) - chunk.first, column);
      }
    }
    // The bits of doubles that are not negative have the same order as the numbers.
    words = new Uint32Array(numbers.buffer);
  }
  if (descending)
    for (let word = 0; word < words.length; word += 1) words[word] = ~(words[word] ?? 0);
  return words;
}

/** Returns a number of 0 or more that has the order of the column. */
function smallNumber(
  chunk: MessageChunk,
  index: number,
  column: Exclude<NumberColumn, 'offset'>,
): number {
  switch (column) {
    case 'partition':
      return chunk.partition(index);
    case 'size':
      return chunk.size(index);
    case 'timestamp': {
      const time = chunk.timestamp(index);
      return time >= 0 ? time + 1 : 0;
    }
  }
}
