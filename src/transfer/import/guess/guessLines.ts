import { isJson } from '../../../core/json/layout';
import type { KeyedLines } from '../imported';
import type { Head } from './head';

/** The separators of key and value that are looked for. */
export const keySeparators = ['\t', '|', ':'] as const;

export interface LinesGuess {
  readonly keyed?: KeyedLines;
  /** Whether the lines may as well be meant the other way. */
  readonly isDoubtful: boolean;
}

/**
 * Guesses whether lines hold keys. They do if each has a word, the same separator, and then a JSON
 * object or array. A tab alone leaves it in doubt.
 */
export function guessLines(head: Head): LinesGuess {
  const lines = completeLines(head);
  if (lines.length === 0) return { isDoubtful: false };
  for (const separator of keySeparators) {
    const parts = lines.map((line) => splitAt(line, separator));
    const isKeyed = parts.every(
      ([key, value]) => /^[^\s{["]*$/.test(key) && /^\s*(?:[[{]|null$)/.test(value),
    );
    const json = parts.filter(([, value]) => /^\s*[[{]/.test(value) && isJson(value));
    if (isKeyed && json.length * 2 >= lines.length) {
      return { keyed: { separator, nulls: hasNulls(parts) }, isDoubtful: false };
    }
  }
  if (!lines.every((line) => line.includes('\t'))) return { isDoubtful: false };
  const nulls = hasNulls(lines.map((line) => splitAt(line, '\t')));
  return { keyed: { separator: '\t', nulls }, isDoubtful: true };
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

function completeLines({ bytes, whole }: Head): readonly string[] {
  const lines = Buffer.from(bytes)
    .toString()
    .replace(/^\ufeff/, '')
    .split('\n');
  return (whole ? lines : lines.slice(0, -1))
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line !== '');
}

function splitAt(line: string, separator: string): readonly [key: string, value: string] {
  const at = line.indexOf(separator);
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + separator.length)];
}
