import type { ChunkList } from '../store/chunkList';
import { compileFilter } from '../filter/conditions';
import type { FilterNode } from '../filter/filterNode';
import { makeHistogram, withMatched } from './histogram';
import type { IndexResult, IndexTask, Known } from './indexTask';
import type { Sequence, TimeSpan } from '../protocol';
import { scan, scanAmong } from '../filter/scan';
import { mergeSorted, sortMessages } from './sorting';
import type { Steps } from '../steps';

/**
 * Finds the messages that a view shows: filters the messages that are not known yet, selects those
 * in the span, and sorts. Throws `Cancelled`, and `FilterError` for mistakes that only the worker
 * can find.
 */
export function performTask(
  chunks: ChunkList,
  { view, first, end, known }: IndexTask,
  steps: Steps,
): IndexResult {
  const { filter, span, sort } = view;
  const matched = filter && search(chunks, filter, known, end, steps);
  const added = () => matched ?? numbers(known.to, end);
  const all = () => (matched ? join(known.matched, matched) : numbers(first, end));
  const inSpan = span && selectSpan(chunks, known.inSpan ? added() : all(), span);
  const sorted =
    sort &&
    (known.sorted
      ? mergeSorted(chunks, sort, known.sorted, inSpan ?? added(), first, steps)
      : sortMessages(chunks, sort, inSpan ? join(known.inSpan, inSpan) : all(), steps));
  steps.step();
  const total = known.histogram ?? makeHistogram(timestampsBetween(chunks, first, end));
  const histogram = total && withMatched(total, matched && timestampsOf(chunks, all()));
  return { matched, inSpan, sorted, histogram };
}

/** Returns the messages that match a filter, of those that are not known yet. */
function search(
  chunks: ChunkList,
  filter: FilterNode,
  { to, among }: Known,
  end: Sequence,
  steps: Steps,
): Float64Array {
  const condition = compileFilter(filter, steps);
  if (!among) return scan(chunks, to, end, condition, steps);
  const before = scanAmong(chunks, among.sequences, condition, steps);
  return join(before, scan(chunks, among.to, end, condition, steps));
}

function selectSpan(chunks: ChunkList, sequences: Float64Array, span: TimeSpan): Float64Array {
  const times = timestampsOf(chunks, sequences);
  return sequences.filter((_, at) => {
    const time = times[at] ?? NaN;
    return time >= span.from && time < span.to;
  });
}

/** Returns the timestamp of each message, in epoch milliseconds; NaN: none. */
function timestampsOf(chunks: ChunkList, sequences: Float64Array): Float64Array {
  const times = new Float64Array(sequences.length);
  for (const { chunk, from, to } of chunks.parts(sequences)) {
    for (let at = from; at < to; at += 1) {
      times[at] = chunk.timestamp((sequences[at] ?? 0) - chunk.first);
    }
  }
  return times;
}

function timestampsBetween(chunks: ChunkList, first: Sequence, end: Sequence): Float64Array {
  const times = new Float64Array(end - first);
  let at = 0;
  for (const { chunk, from, to } of chunks.ranges(first, end)) {
    for (let index = from; index < to; index += 1) times[at++] = chunk.timestamp(index);
  }
  return times;
}

function numbers(from: Sequence, to: Sequence): Float64Array {
  const list = new Float64Array(to - from);
  for (let at = 0; at < list.length; at += 1) list[at] = from + at;
  return list;
}

function join(first: Float64Array | null, second: Float64Array): Float64Array {
  if (!first) return second;
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
