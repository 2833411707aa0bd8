import { recordsJson } from '../../core/message/format';
import { isoClock } from '../../core/message/timestamp';
import type { KafkaRecord, Payload } from '../../core/kafka';
import { payloadText } from '../../core/message/parse';
import { escapeHidden, isPlainJson } from '../../core/json/hidden';
import { producerBlock } from '../../kafkaFile/blockText';
import { csvHeaderRow, csvRowWriter } from './csv';

/** Also what the names of such files end with. */
export const exportFormats = ['json', 'jsonl', 'csv', 'kafka'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How a file is written: `begin`, batches of records with `separator` between them, `end`. */
export interface ExportLayout {
  readonly begin: string;
  readonly separator: string;
  readonly end: string;
  /** The text of one or more records. */
  readonly records: (records: readonly KafkaRecord[]) => string;
  /** Whether there is a text for a record; missing: for each. */
  readonly holds?: (record: KafkaRecord) => boolean;
}

/**
 * What the messages of an export may have, and a file that cannot be changed later must know of.
 */
export interface ExportMembers {
  /** Whether messages may have headers: then a CSV file gets a column for them. */
  readonly headers?: boolean;
  /** Whether blocks set the timestamps that the messages have; the cluster must take them. */
  readonly timestamps?: boolean;
}

/**
 * Layouts that give the very same keys, values and headers when they are imported again, while
 * the JSON of documents lays values out to be read. Partitions are kept too, and timestamps where
 * an import asks for them; offsets are there to be looked at.
 *
 * - `json`, `jsonl`: a record a line, with the members of `formats` in core. A value that is JSON
 *   stands inline, as it is written, if that is one line, and as a string if not.
 * - `csv`: see `csvRowWriter`. Without `headers` there is no row for a message that has some.
 * - `kafka`: PRODUCER blocks for `topic`. There is none for an empty key or value, nor for a text
 *   with half a surrogate pair.
 */
export function exportLayout(
  format: ExportFormat,
  topic: string,
  { headers = false, timestamps = false }: ExportMembers = {},
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
      const rows = csvRowWriter(headers);
      return {
        begin: `${csvHeaderRow(headers)}\n`,
        separator: '\n',
        end: '\n',
        records: (batch) => csv(batch, rows),
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
  return escapeHidden(recordsJson(records, asOneLine).join(separator));
}

/** A JSON text that an import cuts out of its line as it is; nothing for another one. */
function asOneLine(text: string): string | undefined {
  const isOne =
    isPlainJson(text) &&
    text.trim().length === text.length &&
    !text.includes('\n') &&
    !text.includes('\r');
  return isOne ? text : undefined;
}

function csv(records: readonly KafkaRecord[], row: ReturnType<typeof csvRowWriter>): string {
  const isoTime = isoClock();
  return records.map((record) => row(record, isoTime(record.timestamp ?? NaN))).join('\n');
}

function isInBlock(payload: Payload | null): boolean {
  if (payload === null) return true;
  const text = payloadText(payload);
  return text === undefined || (text !== '' && text.isWellFormed());
}
