import type { TakeOptions } from '../../core/message/members';
import { parseRecord } from '../../core/message/parse';
import { arrayElements, type Element } from './arrayElements';
import { csvImporter } from './csvRecords';
import { csvRows } from './csvRows';
import type { Imported, ImportOptions } from './imported';
import { splitLines } from './lines';

/** The maximum length of a line, row or element. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Yields the records of a file of any size, in its order and in batches. An item that is not a
 * record is `bad`, and reading goes on after it. Memory is bounded by the longest line, row or
 * element.
 *
 * - `jsonl`: one object a line, in the form of `parsePayload`. Blank lines do not count.
 * - `json`: an array of such objects.
 * - `csv`: see `csvRows` and `CsvLayout`. A field that is empty and not in quotes is null.
 * - `lines`: each line is the value of a message, exactly as it is. Empty lines do not count.
 *
 * Lines may end as on Windows. Throws only if the input does.
 */
export async function* importRecords(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ImportOptions,
  maxBytes = MAX_BYTES,
): AsyncGenerator<readonly Imported[], void, undefined> {
  switch (options.format) {
    case 'json':
      for await (const elements of arrayElements(input, maxBytes)) {
        yield elements.map((element) => importElement(element, maxBytes, options));
      }
      return;
    case 'csv': {
      const importRow = csvImporter(options.csv, maxBytes, options);
      let header = options.csv.hasHeader;
      for await (const rows of csvRows(input, options.csv.delimiter, maxBytes)) {
        yield (header ? rows.slice(1) : rows).map(importRow);
        if (rows.length > 0) header = false;
      }
      return;
    }
    case 'jsonl':
    case 'lines': {
      const { importLine, isBlank } = lineKinds[options.format];
      for await (const lines of splitLines(input, maxBytes)) {
        const imported: Imported[] = [];
        for (const line of lines) {
          if (line.text === undefined) {
            const problem = line.tooLong
              ? ({ kind: 'too-long', limit: maxBytes } as const)
              : ({ kind: 'not-utf8' } as const);
            imported.push({ kind: 'bad', line: line.line, source: line.bytes, problem });
          } else {
            const text = line.text.endsWith('\r') ? line.text.slice(0, -1) : line.text;
            if (!isBlank(text)) imported.push(importLine(text, line.line, options));
          }
        }
        yield imported;
      }
    }
  }
}

const lineKinds = {
  jsonl: {
    importLine: (source: string, line: number, options: TakeOptions): Imported =>
      importJson(source, { line, column: 1 }, options),
    isBlank: (text: string) => text.trim() === '',
  },
  lines: {
    importLine: (value: string, line: number): Imported => ({
      kind: 'record',
      line,
      record: { value },
      source: value,
    }),
    isBlank: (text: string) => text === '',
  },
};

function importElement(
  { at, ...element }: Element,
  maxBytes: number,
  options: TakeOptions,
): Imported {
  if (element.problem === undefined) return importJson(element.source, at, options);
  const { source, problem } = element;
  const kind = problem === 'too-long' ? { kind: problem, limit: maxBytes } : { kind: problem };
  return { kind: 'bad', line: at.line, source, problem: kind };
}

/** Returns the record of a JSON text that begins at this position of the file. */
function importJson(
  source: string,
  { line, column }: Element['at'],
  options: TakeOptions,
): Imported {
  const { record, problem } = parseRecord(source, options);
  if (record) return { kind: 'record', line, record, source };
  const placed = {
    ...problem,
    line: problem.line + line - 1,
    column: problem.line === 1 ? problem.column + column - 1 : problem.column,
  };
  return { kind: 'bad', line, source, problem: placed };
}
