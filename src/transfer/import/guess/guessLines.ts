import { isJson } from '../../../core/json/layout';
import type { KeyedLines } from '../imported';
import { isStatusLine } from '../textLines';
import { completeLines, type Head } from './head';

/** The separators of key and value that are offered. */
export const keySeparators = ['\t', '|', ':', ',', ';', '#', '=', ' '] as const;
/** Those that hardly stand before JSON but after a key; after others it may be a label. */
const KEY_SEPARATORS: readonly string[] = ['\t', '|', ':'];

export interface LinesGuess {
  readonly keyed?: KeyedLines;
  /** Whether the lines may as well be meant the other way. */
  readonly isDoubtful: boolean;
}

/**
 * What console consumers write before a tab and is no key: a time, a partition, an offset or
 * headers.
 */
const NO_KEY =
  /^(?:(?:CreateTime|LogAppendTime|Partition|Offset):|NO_TIMESTAMP$|NO_HEADERS$|[^:,]+:[^,]*,[^:,]+:)/;

/**
 * Returns how lines hold keys if this share of them has a word, the same separator, and then a JSON
 * object or array, and `undefined` for other lines. That is in doubt if a line has not, if the
 * separator is not usual for keys, or if what stands before it may be something else.
 */
export function guessKeyedJson(head: Head, share = 1): LinesGuess | undefined {
  const lines = messageLines(head);
  for (const separator of keySeparators) {
    const parts = lines.map((line) => splitAt(line, separator));
    const keyedJson = parts.filter(
      ([key, value]) =>
        /^[^\s{["]*$/.test(key) && (/^(?:null)?$/.test(value) || isJsonObject(value)),
    );
    const hasKey = keyedJson.some(([key, value]) => key !== '' && isJsonObject(value));
    if (!hasKey || keyedJson.length < lines.length * share) continue;
    const isClear = parts.every(
      ([key, value]) =>
        /^[^\s{["]+$/.test(key) && !NO_KEY.test(key) && /^(?:[[{]|null$)/.test(value),
    );
    return {
      keyed: { separator, nulls: hasNulls(parts) },
      isDoubtful: !isClear || !KEY_SEPARATORS.includes(separator),
    };
  }
  return undefined;
}

/**
 * Guesses whether lines hold keys, as `guessKeyedJson` does. Without JSON, it is in doubt if each
 * line begins with a word and the same separator.
 */
export function guessLines(head: Head): LinesGuess {
  const keyedJson = guessKeyedJson(head, 0.5);
  if (keyedJson) return keyedJson;
  const lines = messageLines(head);
  if (lines.length === 0) return { isDoubtful: false };
  const separator = KEY_SEPARATORS.find((each) => lines.every((line) => hasWordBefore(line, each)));
  if (separator === undefined) return { isDoubtful: false };
  const nulls = hasNulls(lines.map((line) => splitAt(line, separator)));
  return { keyed: { separator, nulls }, isDoubtful: true };
}

/** Returns how lines with a JSON key, a tab and a JSON value hold them, if all lines are such. */
export function guessJsonKeys(head: Head): KeyedLines | undefined {
  const lines = messageLines(head);
  const parts = lines.map((line) => splitAt(line, '\t'));
  const areKeyed = parts.every(
    ([key, value]) => isJsonObject(key) && (isJson(value) || value === 'null'),
  );
  return areKeyed && lines.length > 0 ? { separator: '\t', nulls: hasNulls(parts) } : undefined;
}

function isJsonObject(text: string): boolean {
  return /^\s*[[{]/.test(text) && isJson(text);
}

/** Whether a line begins with a word and the separator, and is no address. A tab always counts. */
function hasWordBefore(line: string, separator: string): boolean {
  if (separator === '\t') return line.includes(separator);
  const [key, value] = splitAt(line, separator);
  return /^[^\s{["]+$/.test(key) && /^(?!\/\/)\S/.test(value);
}

/** A line that is indented, brackets alone, the mark of a YAML document, or a tag that opens. */
const PART = /^(?:[ \t]+\S|[[\]{}(),;]+$|---$|<[^/>][^>]*(?<!\/)>$)/;

/**
 * Whether lines are probably parts of something larger, such as YAML, or hold JSON after something
 * else, as those of a log do.
 */
export function areParts(head: Head): boolean {
  const lines = messageLines(head);
  if (lines.some((line) => PART.test(line))) return true;
  return lines.length > 0 && lines.every(endsWithJson);
}

function endsWithJson(line: string): boolean {
  const begin = line.indexOf('{', 1);
  return begin > 0 && isJsonObject(line.slice(begin));
}

/** Returns how lines hold keys with a separator that the person chose. */
export function keyedBy(head: Head, separator: string): KeyedLines {
  return {
    separator,
    nulls: hasNulls(completeLines(head).map((line) => splitAt(line, separator))),
  };
}

/** Whether a key or value is `null`, which is how console consumers write Kafka's null. */
function hasNulls(parts: readonly (readonly [key: string, value: string])[]): boolean {
  return parts.some((part) => part.includes('null'));
}

/** Returns the lines that may be messages. */
function messageLines(head: Head): readonly string[] {
  return completeLines(head).filter((line) => !isStatusLine(line));
}

function splitAt(line: string, separator: string): readonly [key: string, value: string] {
  const at = line.indexOf(separator);
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + separator.length)];
}
