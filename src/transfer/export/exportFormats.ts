import { recordsJson } from '../../core/message/format';
import { isoClock } from '../../core/message/timestamp';
import type { KafkaRecord, Payload } from '../../core/kafka';
import { payloadText } from '../../core/message/parse';
import { escapeHidden, isPlainJson } from '../../core/json/hidden';
import { producerBlock } from '../../kafkaFile/blockText';
import { csvFrame, csvRowWriter, type CsvStyle } from './csv';

/** The formats. Each is also the extension of its files. */
export const exportFormats = ['json', 'jsonl', 'csv', 'kafka'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How a file is written: `begin`, batches of records with `separator` between them, `end`. */
export interface ExportLayout {
  readonly begin: string;
  readonly separator: string;
  readonly end: string;
  /** The text of one or more records. */
  readonly records: (records: readonly KafkaRecord[]) => string;
  /** Whether the format can hold a record. If missing, it can hold every record. */
  readonly holds?: (record: KafkaRecord) => boolean;
}

/**
 * What the messages of an export may have. The layout must know it before the first message,
 * because the beginning of the file cannot be changed later.
 */
export interface ExportMembers {
  /** Whether messages may have headers. A CSV file then gets a column for them. */
  readonly headers?: boolean;
  /** Whether blocks set the timestamps of the messages. The cluster must accept timestamps. */
  readonly timestamps?: boolean;
}

/**
 * Returns a layout whose files give exactly the same keys, values and headers when they are
 * imported again. (The JSON of documents is laid out for reading instead.) Partitions are kept too,
 * and timestamps if the import asks for them. Offsets are only for information.
 *
 * - `json`, `jsonl`: one record a line, with the same members as `formats` in
 *   `core/message/format`. A JSON value stands inline, exactly as it is, if it is a single line;
 *   otherwise it is a string.
 * - `csv`: in this style, see `csvRowWriter`. Without `headers`, a message that has headers is left out.
 * - `kafka`: PRODUCER blocks for `topic`. A message is left out if its key or value is empty or is
 *   a text with half a surrogate pair.
 */
export function exportLayout(
  format: ExportFormat,
  topic: string,
  { headers = false, timestamps = false }: ExportMembers = {},
  style: CsvStyle = 'plain',
): ExportLayout {
  switch (format) {
    case 'json':
      return {
        begin: '[\n',
        separator: ',\n',
        end: '\n]\n',
        records: (batch) => json(batch, ',\n'),
      };
    case 'jsonl':
      return { begin: '', separator: '\n', end: '\n', records: (batch) => json(batch, '\n') };
    case 'csv': {
      const rows = csvRowWriter(headers, style);
      const { begin, rowEnd } = csvFrame(headers, style);
      return {
        begin,
        separator: rowEnd,
        end: rowEnd,
        records: (batch) => csv(batch, rows, rowEnd),
        ...(!headers && { holds: (record) => !record.headers?.length }),
      };
    }
    case 'kafka':
      return {
        begin: '',
        separator: '\n',
        end: '',
        records: (batch) =>
          batch.map((record) => producerBlock(topic, record, { timestamps })).join('\n'),
        holds: ({ key, value }) => isInBlock(key) && isInBlock(value),
      };
  }
}

function json(records: readonly KafkaRecord[], separator: string): string {
  const text = recordsJson(records, asOneLine).join(separator);
  // Most batches hide nothing. Looking at them whole is faster than at each value.
  return isPlainJson(text) ? text : escapeHidden(recordsJson(records, asPlainLine).join(separator));
}

/** Returns a JSON text without line breaks or blanks around it; `undefined` for any other text. */
function asOneLine(text: string): string | undefined {
  const isOne = text.trim().length === text.length && !text.includes('\n') && !text.includes('\r');
  return isOne ? text : undefined;
}

/** As `asOneLine`, for a text that an import reads back exactly as it is. */
function asPlainLine(text: string): string | undefined {
  return isPlainJson(text) ? asOneLine(text) : undefined;
}

function csv(
  records: readonly KafkaRecord[],
  row: ReturnType<typeof csvRowWriter>,
  separator: string,
): string {
  const isoTime = isoClock();
  return records.map((record) => row(record, isoTime(record.timestamp ?? NaN))).join(separator);
}

function isInBlock(payload: Payload | null): boolean {
  if (payload === null) return true;
  const text = payloadText(payload);
  return text === undefined || text.isWellFormed();
}
