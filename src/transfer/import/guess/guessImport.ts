import path from 'node:path';
import { type CsvGuess, guessCsv } from './guessCsv';
import type { Imported, ImportFormat, ImportOptions } from '../imported';
import { importRecords } from '../importRecords';
import { type Chosen, formatOf, withColumns } from './chosen';
import { contentsOf } from './contents';
import type { Doubt, FormatReason, ImportGuess, ImportRefusal } from './guess';
import { guessContainer, guessJson, type JsonGuess } from './guessJson';
import {
  areParts,
  guessJsonKeys,
  guessKeyedJson,
  guessLines,
  keyedBy,
  type LinesGuess,
} from './guessLines';
import { guessedPart, type Head, inUtf8 } from './head';
import { JsonNesting } from '../jsonNesting';

type FormatGuess = Pick<ImportGuess, 'options' | 'doubts' | 'numbers'> & {
  readonly because: Omit<ImportGuess['because'], 'encoding'>;
};

const JSON_ENDINGS = ['.json', '.jsonl', '.ndjson', '.ldjson', '.jsonlines', '.json5', '.jsonc'];
const TABLE_ENDINGS = ['.csv', '.tsv', '.tab', '.psv'];
const DOCUMENT_ENDINGS = ['.xml', '.yaml', '.yml', '.html', '.htm', '.svg', '.toml', '.md'];
/** The beginning of a `.kafka` file: a block with its topic, perhaps after comments. */
const KAFKA_FILE =
  /^\ufeff?(?:--.*\n|\s)*(?:PRODUCER|CONSUMER)\b.*\n(?:(?:--.*|[\w-]+:.*)?\r?\n)*?topic:/;

/**
 * Guesses how to read a file from its name and its first 64 KB. What the person chose is not
 * guessed. A file that is no text is refused, and so is a `.kafka` file, whose blocks are run.
 */
export async function guessImport(
  head: Head,
  name: string,
  chosen: Chosen = {},
): Promise<ImportGuess | ImportRefusal> {
  const ending = path.extname(name).toLowerCase();
  const contents = contentsOf(head);
  if (contents.kind === 'binary') return contents;
  const { encoding = contents.encoding } = chosen;
  const part = guessedPart(inUtf8(head, encoding));
  const text = Buffer.from(part.bytes).toString();
  if (ending === '.kafka' || KAFKA_FILE.test(text)) return { kind: 'kafka-file' };
  if (/^HTTP\/\d/.test(text)) return { kind: 'http-response' };
  const format = formatOf(chosen);
  const guess = format ? await guessAs(format, part, chosen) : await guessFormat(part, ending);
  const { options, because, doubts, numbers } = withChosen(guess, chosen, part);
  const hasLines = options.format === 'csv' || options.format === 'lines';
  if (hasLines && !text.includes('\n') && /\r./.test(text)) return { kind: 'carriage-returns' };
  const isUncertain = contents.because === 'not-utf-8' && chosen.encoding === undefined;
  return {
    kind: 'guess',
    options: { ...options, encoding },
    because: { encoding: chosen.encoding ? 'chosen' : contents.because, ...because },
    doubts: [...(isUncertain ? (['encoding'] as const) : []), ...doubts],
    ...(numbers && { numbers }),
  };
}

/**
 * Returns the first `count` records and bad lines of a file. What the end of the head may have cut
 * off is left out.
 */
export async function previewImport(
  head: Head,
  options: ImportOptions,
  count: number,
): Promise<readonly Imported[]> {
  const { bytes, whole } = inUtf8(head, options.encoding ?? 'utf-8');
  const found: Imported[] = [];
  const inHead: ImportOptions = { ...options, encoding: 'utf-8' };
  for await (const batch of importRecords([bytes], inHead)) found.push(...batch);
  return (whole ? found : found.slice(0, -1)).slice(0, count);
}

async function guessFormat(head: Head, ending: string): Promise<FormatGuess> {
  const keyed = guessJsonKeys(head);
  if (keyed) return withLines({ keyed, isDoubtful: false }, { kind: 'separator' });
  const isTable = TABLE_ENDINGS.includes(ending);
  const isWhole = isDocument(head, ending);
  const keyedJson = isTable || isWhole ? undefined : guessKeyedJson(head);
  if (keyedJson) return withLines(keyedJson, { kind: 'separator' });
  const isJsonFile = JSON_ENDINGS.includes(ending);
  const broken: FormatReason | undefined = isBrokenJson(head) ? { kind: 'sequence' } : undefined;
  const json = await guessJson(head, isJsonFile ? { kind: 'ending' } : broken);
  if (json) return withJson(json);
  const csv = await guessCsv(head);
  if (isTable) return withCsv(csv, { kind: 'ending' });
  if (isWhole) return withWhole({ kind: 'document' });
  if (csv.isMessages) return withCsv(csv, { kind: 'columns' });
  const lines = guessLines(head);
  if (lines.keyed) return withLines(lines, { kind: 'separator' });
  const plain = withLines(lines, { kind: 'nothing-else' });
  return isTableOf(csv) || areParts(head) ? { ...plain, doubts: ['format'] } : plain;
}

/**
 * Whether a file that is no JSON begins as JSON does: with a bracket, and with lines of brackets
 * alone, or with another bracket or a quote after it and no closing bracket on the same line.
 */
function isBrokenJson({ bytes }: Head): boolean {
  const text = Buffer.from(bytes).toString();
  const [before] = /^(?:\s|%.*\n|\/\/.*\n|\/\*[^]*?\*\/)*/.exec(text) ?? [''];
  const json = text.slice(before.length);
  if (!/^[[{]/.test(json)) return false;
  const [line = ''] = json.split('\n', 1);
  return isOpen(line) || /^[ \t]*[[\]{}]+[ \t]*,?\r?$/m.test(json);
}

/** Whether a line begins as JSON does and never closes its first bracket. */
function isOpen(line: string): boolean {
  if (!/^[[{]\s*[[{"]/.test(line)) return false;
  const nesting = new JsonNesting();
  return Buffer.from(line).every((byte) => nesting.next(byte) && !nesting.isClosed);
}

/** Whether a table has columns, and a first row that is clearly their names. */
function isTableOf({ csv, because, doubts }: CsvGuess): boolean {
  const isNamed = because.header === 'names' || because.header === 'differs';
  return csv.header.length > 1 && isNamed && !doubts.includes('header');
}

async function guessAs(
  format: ImportFormat,
  head: Head,
  { delimiter, hasHeader }: Chosen,
): Promise<FormatGuess> {
  const because = { kind: 'chosen' } as const;
  switch (format) {
    case 'json':
    case 'jsonl':
      return withJson(await guessContainer(head, format));
    case 'csv':
      return withCsv(await guessCsv(head, delimiter ? [delimiter] : undefined, hasHeader), because);
    case 'lines':
      return withLines(guessLines(head), because);
    case 'whole':
      return withWhole(because);
  }
}

/** Returns a guess with what the person chose in its format. Nothing chosen is in doubt. */
function withChosen(guess: FormatGuess, chosen: Chosen, head: Head): FormatGuess {
  const { options, because } = guess;
  const doubts = (settled: Doubt, choice: unknown) =>
    choice === undefined ? guess.doubts : guess.doubts.filter((doubt) => doubt !== settled);
  switch (options.format) {
    case 'json':
    case 'jsonl': {
      const { items = options.items, base64 } = chosen;
      const hasBase64 = base64 !== undefined && items !== 'values';
      return {
        options: { ...options, ...(items && { items }), ...(hasBase64 && { base64 }) },
        because: chosen.items ? { format: because.format } : because,
        doubts: doubts('items', chosen.items),
      };
    }
    case 'csv': {
      const csv = withColumns(options.csv, guess.numbers ?? [], chosen);
      const value = chosen.columns?.at.value;
      return { ...guess, options: { ...options, csv }, doubts: doubts('value', value) };
    }
    case 'lines': {
      const { separator, nulls } = chosen;
      const { keyed: guessed, ...plain } = options;
      const keyed = separator ? keyedBy(head, separator) : separator === null ? undefined : guessed;
      return {
        options: {
          ...plain,
          ...(keyed && { keyed: { ...keyed, ...(nulls !== undefined && { nulls }) } }),
        },
        because,
        doubts: doubts('keyed', separator),
      };
    }
    case 'whole':
      return guess;
  }
}

function withJson({ where, because, items }: JsonGuess): FormatGuess {
  return {
    options: { ...where, items: items.items, ...(items.base64 && { base64: true }) },
    because: { format: because, items: items.because },
    doubts: items.isDoubtful ? ['items'] : [],
  };
}

function withCsv({ csv, because, doubts, numbers }: CsvGuess, format: FormatReason): FormatGuess {
  return { options: { format: 'csv', csv }, because: { format, csv: because }, doubts, numbers };
}

function withLines({ keyed, isDoubtful }: LinesGuess, format: FormatReason): FormatGuess {
  const doubts: readonly Doubt[] = isDoubtful ? ['keyed'] : [];
  return { options: { format: 'lines', ...(keyed && { keyed }) }, because: { format }, doubts };
}

function withWhole(format: FormatReason): FormatGuess {
  return { options: { format: 'whole' }, because: { format }, doubts: [] };
}

/** Whether a file is a document, whose lines mean nothing on their own. */
function isDocument({ bytes }: Head, ending: string): boolean {
  if (DOCUMENT_ENDINGS.includes(ending)) return true;
  return /^\ufeff?\s*<(?:\?xml|!doctype|html)\b/i.test(Buffer.from(bytes).toString('utf8', 0, 200));
}
