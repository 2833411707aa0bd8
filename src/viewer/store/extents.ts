import { PayloadKind } from './chunkLayout';
import type { ChunkList } from './chunkList';
import type { MessageChunk } from './messageChunk';
import type { Sequence } from '../protocol';

export type TextColumn = 'key' | 'value';

/** The bytes of a text to compare. `null`: whether it is Kafka's null. */
export interface Extent {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly null: boolean;
}

/** Compares two texts by their bytes. The first `depth` bytes are known to be the same. */
export function compareTexts(a: Extent, b: Extent, depth: number): number {
  if (a.null || b.null) return Number(b.null) - Number(a.null);
  const [first, second] = [a.bytes, b.bytes];
  const length = Math.min(a.end - a.start, b.end - b.start);
  for (let at = depth; at < length; at += 1) {
    const difference = (first[a.start + at] ?? 0) - (second[b.start + at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.end - a.start - (b.end - b.start);
}

export function extentOf(chunks: ChunkList, column: TextColumn, sequence: Sequence): Extent {
  const chunk = chunks.of(sequence);
  return extentIn(chunk, sequence - chunk.first, column);
}

/** Returns where a key or value, as it is shown, is in its chunk. */
export function extentIn(chunk: MessageChunk, index: number, column: TextColumn): Extent {
  const { bytes } = chunk;
  return column === 'key'
    ? {
        bytes,
        start: chunk.start(index),
        end: chunk.keyEnd(index),
        null: chunk.keyKind(index) === PayloadKind.null,
      }
    : {
        bytes,
        start: chunk.valueStart(index),
        end: chunk.valueEnd(index),
        null: chunk.valueKind(index) === PayloadKind.null,
      };
}
