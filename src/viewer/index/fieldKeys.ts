import type { ChunkList } from '../store/chunkList';
import { type FieldColumn, fieldOf } from '../fieldColumn';
import { MAX_KEY, writeFieldKey } from '../fields/fieldKey';
import { compileSteps, findField } from '../fields/findField';
import type { Sequence } from '../protocol';
import type { Steps } from '../steps';
import { type Extent, extentIn } from './extents';

/** Returns the extents of keys that have the order of a field. Those without the field are null. */
export function fieldKeys(
  chunks: ChunkList,
  column: FieldColumn,
  sequences: Float64Array,
  steps: Steps,
): (index: number) => Extent {
  const { part, steps: path } = fieldOf(column);
  const compiled = compileSteps(path);
  const ends = new Float64Array(sequences.length);
  let bytes = Buffer.allocUnsafe(Math.max(1, 16 * sequences.length) + MAX_KEY);
  let at = 0;
  let count = 0;
  chunks.forEach(sequences, (chunk, index) => {
    if (count % 256 === 0) steps.step();
    if (bytes.length - at < MAX_KEY + 8) bytes = Buffer.concat([bytes], 2 * bytes.length);
    const extent = extentIn(chunk, index, part);
    const place = extent.null
      ? undefined
      : findField(extent.bytes, extent.start, extent.end, compiled);
    if (place) at = writeFieldKey(extent.bytes, place, bytes, at);
    ends[count] = at;
    count += 1;
  });
  return (index) => {
    const start = index === 0 ? 0 : (ends[index - 1] ?? 0);
    const end = ends[index] ?? 0;
    // Every key has a first byte.
    return { bytes, start, end, null: start === end };
  };
}

/** Returns the extent of the key of one message. */
export function fieldKey(chunks: ChunkList, column: FieldColumn): (sequence: Sequence) => Extent {
  const { part, steps } = fieldOf(column);
  const compiled = compileSteps(steps);
  return (sequence) => {
    const chunk = chunks.of(sequence);
    const extent = extentIn(chunk, sequence - chunk.first, part);
    const place = extent.null
      ? undefined
      : findField(extent.bytes, extent.start, extent.end, compiled);
    const bytes = Buffer.allocUnsafe(MAX_KEY + 8);
    const end = place ? writeFieldKey(extent.bytes, place, bytes, 0) : 0;
    return { bytes, start: 0, end, null: end === 0 };
  };
}
