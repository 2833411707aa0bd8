import { compactJson, indentJson } from '../../core/json/layout';
import type { MessageFile } from './messageFile';

/** A text to insert, and where the message begins in it. */
export interface NewMessage {
  readonly at: number;
  readonly text: string;
  readonly begin: number;
}

/**
 * Returns what adds a message to a file behind its last one, in the form that these have. `key` and
 * `value` are JSON. Returns `undefined` if the file does not consist of JSON messages.
 */
export function newMessage(
  messageFile: MessageFile,
  { key, value }: { readonly key?: string; readonly value: string },
): NewMessage | undefined {
  const { file, options, isByLine, messages } = messageFile;
  if (options?.format !== 'json' && options?.format !== 'jsonl') return undefined;
  const members = [...(key === undefined ? [] : [`"key": ${asWritten(key)}`])];
  const record = `{${[...members, `"value": ${asWritten(value)}`].join(', ')}}`;
  const json = options.items === 'records' ? record : asWritten(value);
  const isList = options.format === 'json' && options.container !== 'sequence';
  const last = messages.findLast(({ start, end }) => end > start);
  const laidOut = (margin: string, isBroken: boolean) =>
    isBroken && !isByLine ? indentJson(json, margin.length) : compactJson(json);
  if (!last) {
    if (file.text.trim() === '') return inserted(0, '', laidOut('', true), '\n');
    const at = isList ? listStart(file.text, options.container) : -1;
    return at < 0 ? undefined : inserted(at, '\n  ', laidOut('  ', true), '\n');
  }
  const { text } = file;
  const lineStart = file.lineStart(file.lineAt(last.start));
  const before = text.slice(lineStart, last.start);
  const margin = before.trim() === '' ? before : '';
  const added = laidOut(margin, text.slice(last.start, last.end).includes('\n'));
  if (!isList) return inserted(file.lineEnd(file.lineAt(last.end)), `\n${margin}`, added);
  return inserted(last.end, before.trim() === '' ? `,\n${margin}` : ', ', added);
}

function inserted(at: number, before: string, message: string, after = ''): NewMessage {
  return { at, text: `${before}${message}${after}`, begin: before.length };
}

/** In a file, a string stands for its text, and null for Kafka's null. */
function asWritten(json: string): string {
  return json.startsWith('"') || json === 'null' ? JSON.stringify(json) : json;
}

/** Returns the index behind the bracket of an empty list; negative if it is not found. */
function listStart(
  text: string,
  container: 'array' | { readonly member: string } = 'array',
): number {
  const from = container === 'array' ? 0 : text.indexOf(JSON.stringify(container.member));
  const at = from < 0 ? -1 : text.indexOf('[', from);
  return at < 0 ? at : at + 1;
}
