import type { ChunkList } from '../store/chunkList';
import type { MessageChunk } from '../store/messageChunk';
import { PayloadKind } from '../store/chunkLayout';
import type { Sort, SortColumn } from '../columns';
import type { Sequence } from '../protocol';

export type NumberColumn = Exclude<SortColumn, 'key' | 'value'>;
export type TextColumn = 'key' | 'value';

/** The bytes of a key or value in its chunk. `null`: whether it is Kafka's null. */
export interface Extent {
  readonly chunk: MessageChunk;
  readonly start: number;
  readonly end: number;
  readonly null: boolean;
}

/** Returns a comparer of two messages by a column, with results as for `Array.sort`. */
export function orderOf(chunks: ChunkList, { column, descending }: Sort): Comparer {
  const compare =
    column === 'key' || column === 'value' ? byText(chunks, column) : byNumber(chunks, column);
  return descending ? (a, b) => compare(b, a) : compare;
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

function byText(chunks: ChunkList, column: TextColumn): Comparer {
  return (a, b) => compareTexts(extentOf(chunks, column, a), extentOf(chunks, column, b), 0);
}

/** Compares two texts by their bytes. The first `depth` bytes are known to be the same. */
export function compareTexts(a: Extent, b: Extent, depth: number): number {
  if (a.null || b.null) return Number(b.null) - Number(a.null);
  const [first, second] = [a.chunk.bytes, b.chunk.bytes];
  const length = Math.min(a.end - a.start, b.end - b.start);
  for (let at = depth; at < length; at += 1) {
    const difference = (first[a.start + at] ?? 0) - (second[b.start + at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.end - a.start - (b.end - b.start);
}

export function extentOf(chunks: ChunkList, column: TextColumn, sequence: Sequence): Extent {
  const chunk = chunks.of(sequence);
  const index = sequence - chunk.first;
  return column === 'key'
    ? {
        chunk,
        start: chunk.start(index),
        end: chunk.keyEnd(index),
        null: chunk.keyKind(index) === PayloadKind.null,
      }
    : {
        chunk,
        start: chunk.valueStart(index),
        end: chunk.valueEnd(index),
        null: chunk.valueKind(index) === PayloadKind.null,
      };
}

/** Returns keys for `radixSort` that have the order of a column of numbers. */
export function numberWords(
  chunks: ChunkList,
  column: NumberColumn,
  descending: boolean,
  sequences: Float64Array,
): Uint32Array {
  let at = 0;
  let words: Uint32Array;
  if (column === 'offset') {
    const offsets = new BigInt64Array(sequences.length);
    chunks.forEach(sequences, (chunk, index) => {
      offsets[at] = chunk.offset(index);
      at += 1;
    });
    words = new Uint32Array(offsets.buffer);
  } else {
    const numbers = new Float64Array(sequences.length);
    chunks.forEach(sequences, (chunk, index) => {
      numbers[at] = smallNumber(chunk, index, column);
      at += 1;
    });
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
