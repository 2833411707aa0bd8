import { setImmediate } from 'node:timers/promises';
import { JsonScanner } from '../../core/json/scanner';
import type { Payload } from '../../core/kafka';
import { takeMembers } from '../../core/message/jsonMembers';
import { LinedText, type Span } from '../../kafkaFile/text';
import { guessImport } from '../../transfer/import/guess/guessImport';
import type { Imported, ImportOptions, ImportProblem } from '../../transfer/import/imported';
import { importRecords } from '../../transfer/import/importRecords';

/** The JSON of a key or value in a file. */
export interface MessagePart extends Span {
  /** What is encoded: the JSON that stands there, or what its text stands for. */
  readonly json: string;
  /** Whether `json` stands in the file as it is, and not escaped in a string. */
  readonly isVerbatim: boolean;
}

/** A message of a file, or what stands in place of one. */
export interface FileMessage extends Span {
  readonly key?: MessagePart;
  readonly value?: MessagePart;
  readonly problem?: ImportProblem;
}

/** A JSON file as _Produce File_ reads it. */
export interface MessageFile {
  readonly file: LinedText;
  /** Missing: it cannot be produced at all. */
  readonly options: ImportOptions | undefined;
  /** Whether each message stands on a line of its own, and must stay there. */
  readonly isByLine: boolean;
  /** In order. */
  readonly messages: readonly FileMessage[];
}

/** As much of a file is looked at to guess what is in it, in bytes. */
const HEAD_BYTES = 256 * 1024;
const PIECE_BYTES = 64 * 1024;
/** After so many messages that are not found in the text, the rest is not looked for. */
const MAX_LOST = 100;

/**
 * Reads the messages of a text as _Produce File_ would, by the same guess of what is in it. `name` is
 * that of the file. Lets other work go on in between.
 */
export async function readMessages(text: string, name: string): Promise<MessageFile> {
  const file = new LinedText(text);
  const bytes = Buffer.from(text);
  const head = { bytes: bytes.subarray(0, HEAD_BYTES), whole: bytes.length <= HEAD_BYTES };
  const guess = await guessImport(head, name);
  if (guess.kind !== 'guess') return { file, options: undefined, isByLine: false, messages: [] };
  const { options } = guess;
  const finder = new Finder(text, options);
  const messages: FileMessage[] = [];
  for await (const batch of importRecords(piecesOf(bytes), options)) {
    for (const item of batch) {
      const message = finder.next(item);
      if (message) messages.push(message);
    }
  }
  const isOneLine = ({ start, end }: Span) => !text.slice(start, end).includes('\n');
  const isByLine =
    options.format === 'jsonl' ||
    options.format === 'lines' ||
    // As long as there is no whole message, the name says it.
    (isSequence(options) && LINES.test(name) && messages.every(isOneLine));
  return { file, options, isByLine, messages };
}

const LINES = /\.(?:jsonl|ndjson|ldjson|jsonlines)$/i;

function isSequence(options: ImportOptions): boolean {
  return options.format === 'json' && options.container === 'sequence';
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    if (at > 0) await setImmediate();
    yield bytes.subarray(at, at + PIECE_BYTES);
  }
}

/** Finds out where the messages of a text stand in it. */
class Finder {
  #line = 1;
  #lineStart = 0;
  /** Where the message before ends. */
  #end = 0;
  #lost = 0;

  constructor(
    private readonly text: string,
    private readonly options: ImportOptions,
  ) {}

  /** Returns the next message; `undefined` if it is not found. */
  next(item: Imported): FileMessage | undefined {
    const { source } = item;
    if (typeof source !== 'string' || this.#lost > MAX_LOST) return undefined;
    for (; this.#line < item.line; this.#line += 1) {
      this.#lineStart = this.text.indexOf('\n', this.#lineStart) + 1;
    }
    const start = this.text.indexOf(source, Math.max(this.#end, this.#lineStart));
    if (start < 0) {
      this.#lost += 1;
      return undefined;
    }
    this.#end = start + source.length;
    const span = { start, end: this.#end };
    if (item.kind === 'bad') return { ...span, problem: item.problem };
    const { key, value } = item.record;
    const written = this.#written(source);
    return {
      ...span,
      ...partOf('key', key, written.key, start),
      ...partOf('value', value, written.value, start),
    };
  }

  /** Returns the key and the value as they are written in a message. */
  #written(source: string): Readonly<Partial<Record<'key' | 'value', Written>>> {
    const { options } = this;
    if (options.format === 'lines') return lineParts(source, options.keyed?.separator);
    if (options.format !== 'json' && options.format !== 'jsonl') return {};
    if (options.items === 'values') return { value: { at: 0, json: source } };
    const { found } = takeMembers(new JsonScanner(source));
    const [key, value] = [found.rawKey ?? found.key, found.rawValue ?? found.value];
    return { ...(key && { key }), ...(value && { value }) };
  }
}

/** A text in a message, and its index there. */
interface Written {
  readonly at: number;
  readonly json: string;
}

function lineParts(line: string, separator: string | undefined) {
  if (separator === undefined) return { value: { at: 0, json: line } };
  const end = line.indexOf(separator);
  const at = end + separator.length;
  return { key: { at: 0, json: line.slice(0, end) }, value: { at, json: line.slice(at) } };
}

/** Bytes are not encoded, and neither is Kafka's null. */
function partOf(
  name: 'key' | 'value',
  payload: Payload | null | undefined,
  written: Written | undefined,
  base: number,
): { readonly key?: MessagePart; readonly value?: MessagePart } {
  if (typeof payload !== 'string' || !written) return {};
  const { at, json } = written;
  const span = { start: base + at, end: base + at + json.length };
  return { [name]: { ...span, json: payload, isVerbatim: payload === json } };
}
