import { meaningOf } from '../../core/message/memberMeaning';
import type { Span, Text } from '../../kafkaFile/text';
import { type JsonPlace, placeAtEnd } from '../schema/jsonPlace';
import type { FileMessage, MessageFile } from './messageFile';

export type PartName = 'key' | 'value';

/** A key or value in a file, perhaps unfinished. */
export interface PlacedPart {
  readonly name: PartName;
  readonly text: Text;
}

/** Returns the finished key or value around a span whose JSON stands in the file as it is. */
export function partAround(
  { file, messages }: MessageFile,
  { start, end }: Span,
): PlacedPart | undefined {
  const message = messageAt(messages, start);
  for (const name of ['key', 'value'] as const) {
    const part = message?.[name];
    if (!part?.isVerbatim || start < part.start || end > part.end) continue;
    const text = file.text.slice(part.start, part.end);
    return { name, text: { start: part.start, end: part.end, text } };
  }
  return undefined;
}

/** Returns the last message that begins at an offset or before it. */
function messageAt(messages: readonly FileMessage[], offset: number): FileMessage | undefined {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return messages[low - 1];
}

/** Returns the key or value that is being written at an offset, and the place in it. */
export function partBeingWritten(
  messageFile: MessageFile,
  offset: number,
): (PlacedPart & { readonly place: JsonPlace }) | undefined {
  const at = { start: offset, end: offset };
  const part = partAround(messageFile, at) ?? unfinishedPart(messageFile, offset);
  if (!part) return undefined;
  const before = messageFile.file.text.slice(part.text.start, offset);
  const place = placeAtEnd(before) ?? placeAtStart(before);
  return place && { ...part, place };
}

function unfinishedPart(
  { file: { text }, options, isByLine, messages }: MessageFile,
  offset: number,
): PlacedPart | undefined {
  if (options?.format !== 'json' && options?.format !== 'jsonl') return undefined;
  const message = messageAt(messages, offset);
  const isIn =
    message &&
    (offset <= message.end || (isByLine && !text.slice(message.end, offset).includes('\n')));
  const start = isIn ? message.start : wordStart(text, offset);
  const end = isIn ? Math.max(message.end, offset) : offset;
  const part = (name: PartName, from: number): PlacedPart => ({
    name,
    text: { start: from, end, text: text.slice(from, end) },
  });
  if (options.items === 'values') return part('value', start);
  const place = isIn ? placeAtEnd(text.slice(start, offset)) : undefined;
  const meaning = meaningOf(String(place?.path[0] ?? ''));
  if (!place || (meaning !== 'key' && meaning !== 'value')) return undefined;
  return part(meaning, start + (place.around[1] ?? place.start));
}

function wordStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && /["\w.+-]/.test(text.charAt(start - 1))) start -= 1;
  return start;
}

/** Returns the place where the value itself is being written, and is no object or list yet. */
function placeAtStart(before: string): JsonPlace | undefined {
  const [, blanks] = /^(\s*)(?:"[^"]*|[\w.+-]*)$/.exec(before) ?? [];
  if (blanks === undefined) return undefined;
  return { path: [], isName: false, start: blanks.length, names: [], around: [] };
}
