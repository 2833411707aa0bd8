import type { TakeOptions } from '../../core/message/members';
import { csvImporter } from './csvRecords';
import { csvRows } from './csvRows';
import type { Imported, ImportOptions } from './imported';
import { jsonElements } from './jsonElements';
import { importElement, jsonImporter } from './jsonRecords';
import { type Line, splitLines } from './lines';
import { isJsonStatusLine, lineImporter } from './textLines';
import { toUtf8 } from './textEncoding';
import { wholeFile } from './wholeFile';

/** The maximum length of a line, row, element or whole file. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What an import tells besides its records. */
export interface ImportExtras {
  /** The maximum length of an item in bytes. Default: 64 MiB. */
  readonly maxBytes?: number;
  /** Called for each member of a record that is known and is not sent, with its name. */
  readonly leftOut?: (member: string) => void;
  /** Called for each status line of kcat and console consumers, which is passed over. */
  readonly statusLine?: () => void;
}

/**
 * Yields the records of a file of any size, in its order and in batches. An item that is not a
 * record is `bad`, and reading goes on after it. Memory is bounded by the longest line, row or
 * element.
 *
 * - `jsonl`: a JSON value a line. Blank lines and the status lines of kcat do not count.
 * - `json`: JSON values in their container.
 * - `csv`: see `csvRows` and `CsvLayout`. A field that is empty and not in quotes is null.
 * - `lines`: each line is the value of a message, exactly as it is, or a key and a value. Empty
 *   lines do not count.
 * - `whole`: the file is the value of one message, without a line end at its end.
 *
 * A JSON value is a record in the form of `parsePayload`, or itself the value of a message: a
 * string stands for its text, and other JSON for itself, exactly as it is written.
 *
 * Lines may end as on Windows. Throws what the input throws, and an `EncodingError`.
 */
export async function* importRecords(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ImportOptions,
  { maxBytes = MAX_BYTES, leftOut, statusLine }: ImportExtras = {},
): AsyncGenerator<readonly Imported[], void, undefined> {
  const bytes = toUtf8(input, options.encoding ?? 'utf-8');
  const take: TakeOptions = {
    ...(options.timestamps !== undefined && { timestamps: options.timestamps }),
    ...(options.base64 !== undefined && { base64: options.base64 }),
    ...(leftOut && { leftOut }),
  };
  switch (options.format) {
    case 'json': {
      const importJson = jsonImporter(options.items, take);
      const between = { ...(statusLine && { statusLine }) };
      const { container = 'array' } = options;
      for await (const found of jsonElements(bytes, container, maxBytes, between)) {
        yield found.map((element) => importElement(element, maxBytes, importJson));
      }
      return;
    }
    case 'csv': {
      const importRow = csvImporter(options.csv, maxBytes, take);
      let header = options.csv.hasHeader;
      for await (const rows of csvRows(bytes, options.csv.delimiter, maxBytes)) {
        yield (header ? rows.slice(1) : rows).map(importRow);
        if (rows.length > 0) header = false;
      }
      return;
    }
    case 'jsonl': {
      const importJson = jsonImporter(options.items, take);
      yield* importLines(bytes, maxBytes, (text, line) => {
        if (isJsonStatusLine(text)) statusLine?.();
        else if (text.trim() !== '') return importJson(text, { line, column: 1 });
        return undefined;
      });
      return;
    }
    case 'lines':
      yield* importLines(bytes, maxBytes, lineImporter(options.keyed, statusLine));
      return;
    case 'whole':
      yield await wholeFile(bytes, maxBytes);
  }
}

/** Yields what each line gives without its line end; `undefined` stands for nothing. */
async function* importLines(
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
  importLine: (text: string, line: number) => Imported | undefined,
): AsyncGenerator<readonly Imported[], void, undefined> {
  for await (const lines of splitLines(bytes, maxBytes)) {
    const imported: Imported[] = [];
    for (const line of lines) {
      if (line.text === undefined) {
        imported.push(badLine(line, maxBytes));
        continue;
      }
      const text = line.text.endsWith('\r') ? line.text.slice(0, -1) : line.text;
      const item = importLine(text, line.line);
      if (item) imported.push(item);
    }
    yield imported;
  }
}

function badLine(
  { line, bytes, tooLong }: Extract<Line, { text?: undefined }>,
  limit: number,
): Imported {
  const problem = tooLong
    ? ({ kind: 'too-long', limit } as const)
    : ({ kind: 'not-utf8' } as const);
  return { kind: 'bad', line, source: bytes, problem };
}
