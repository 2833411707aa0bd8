import { isBinaryText } from '../../core/text/binary';
import type { Payload } from '../../core/kafka';
import type { Imported, KeyedLines } from './imported';

/** What consumers on a command line write beside messages. */
const STATUS =
  /^% (?:Reached end of topic|Auto-selecting|Waiting for group|Group \S+ rebalanced|ERROR:|FATAL:)|^(?:\^C)?Processed a total of \d+ messages?$/;

/** Whether a line is no message but what kcat or a console consumer says of its work. */
export function isStatusLine(line: string): boolean {
  return STATUS.test(line);
}

/** The same among JSON, where no value begins with a percent sign. */
export function isJsonStatusLine(line: string): boolean {
  return line.startsWith('%') || isStatusLine(line.trimEnd());
}

/**
 * Returns a function that makes an item of each line: its value is the line, or what is after the
 * separator. An empty line gives nothing, and neither does a status line, which is told.
 */
export function lineImporter(
  keyed: KeyedLines | undefined,
  statusLine?: () => void,
): (text: string, line: number) => Imported | undefined {
  return (source, line) => {
    if (source === '') return undefined;
    if (isStatusLine(source)) {
      statusLine?.();
      return undefined;
    }
    if (isBinaryText(source)) return { kind: 'bad', line, source, problem: { kind: 'binary' } };
    if (!keyed) return { kind: 'record', line, record: { value: source }, source };
    const { separator, nulls } = keyed;
    const at = source.indexOf(separator);
    if (at < 0) {
      const problem = { kind: 'separator-missing', separator } as const;
      return { kind: 'bad', line, source, problem };
    }
    const payload = (text: string): Payload | null => (nulls && text === 'null' ? null : text);
    const record = {
      key: payload(source.slice(0, at)),
      value: payload(source.slice(at + separator.length)),
    };
    return { kind: 'record', line, record, source };
  };
}
