import { isJson } from '../../../core/json/layout';
import { looksLikeBase64 } from '../../../core/message/base64Likeness';
import { type RecordLikeness, recordLikeness } from '../../../core/message/recordLikeness';
import type { JsonContainer, JsonItems } from '../imported';
import { type Element, jsonElements } from '../jsonElements';
import { isJsonStatusLine } from '../textLines';
import type { FormatReason, ItemsReason } from './guess';
import { completeLines, type Head } from './head';

/** The JSON values of a file, where they stand, and what they probably are. */
export interface JsonGuess {
  readonly where:
    { readonly format: 'jsonl' } | { readonly format: 'json'; readonly container: JsonContainer };
  readonly because: FormatReason;
  readonly items: ItemsGuess;
}

interface ItemsGuess {
  readonly items: JsonItems;
  /** Whether keys and values are Base64. */
  readonly base64: boolean;
  readonly because: ItemsReason;
  /** Whether the values may as well be meant the other way. */
  readonly isDoubtful: boolean;
}

/** The members of an object whose array may hold the messages. */
const WRAPPERS = ['records', 'messages', 'data', 'items', 'results', 'rows', 'content'];
/** The one of the bodies of REST proxies. */
const BODY = 'records';
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/**
 * Returns how a file holds JSON values, or `undefined` if it probably does not hold any. `otherwise`
 * says why it does all the same.
 */
export async function guessJson(
  head: Head,
  otherwise: FormatReason | undefined,
): Promise<JsonGuess | undefined> {
  const guess = await findValues(head, otherwise);
  return guess && doubtedIfUnseen(guess, head);
}

async function findValues(
  head: Head,
  otherwise: FormatReason | undefined,
): Promise<JsonGuess | undefined> {
  const array = await valuesIn(head, 'array');
  const sequence = await valuesIn(head, 'sequence');
  const isOneArray = sequence.sources.length < 2;
  if (array.fits && (isOneArray || guessItems(array.sources).items === 'records')) {
    return inContainer('array', { kind: 'array' }, array.sources);
  }
  for (const member of WRAPPERS) {
    const { fits, sources } = await valuesIn(head, { member });
    const { items, isDoubtful } = guessItems(sources);
    // A business object may have a member of another name.
    const isBody = member === BODY && (items === 'records' || sources.length === 0);
    const isWrapper = items === 'records' && !isDoubtful && isOfMessages(head, member, sources);
    if (!fits || !(isBody || isWrapper)) continue;
    const guess = inContainer({ member }, { kind: 'member', member }, sources);
    // Such messages are sent as JSON, and consumers that expect Avro cannot read them.
    return needsSchema(head, member) ? doubted(guess) : guess;
  }
  const lines = jsonLines(head);
  const areLines = lines.valid.length > 0 && lines.valid.length === lines.count;
  const isSequence = sequence.fits && [sequence.first, ...sequence.sources].every(isNested);
  if (!areLines && isSequence) {
    return inContainer('sequence', { kind: 'sequence' }, sequence.sources);
  }
  // An array and something else is a broken file, and no line of JSON Lines.
  const isBrokenArray =
    array.begins &&
    (guessItems(array.sources).items === 'records' || (!areLines && lines.valid.length === 1));
  if (!isBrokenArray && lines.valid.length > 0 && lines.valid.length * 2 >= lines.count) {
    return inLines(lines);
  }
  if (isBrokenArray || (otherwise && array.begins)) {
    return inContainer('array', { kind: 'array' }, array.sources);
  }
  return otherwise && inContainer('sequence', otherwise, sequence.sources);
}

/** Whether the messages in the array of a member are meant for a schema that stands beside it. */
function needsSchema({ bytes }: Head, member: string): boolean {
  const text = Buffer.from(bytes).toString();
  const begin = text.indexOf(JSON.stringify(member));
  const around = text.slice(0, begin) + text.slice(text.lastIndexOf(']'));
  return /"(?:key|value)_schema(?:_id)?"\s*:\s*(?!null)/.test(around);
}

/**
 * Whether the records in the array of a member are surely messages. In a business object, keys and
 * values in a list may be properties, as in `{"id": 7, "items": [{"key": "color", ...}]}`.
 */
function isOfMessages({ bytes, whole }: Head, member: string, sources: readonly string[]): boolean {
  if (member === 'messages') return true;
  if (sources.every((source) => recordLikeness(source) === 'exported')) return true;
  const text = Buffer.from(bytes).toString();
  const begins = text.replace(/^\ufeff?\s*\{\s*/, '').startsWith(JSON.stringify(member));
  return begins && (!whole || /\]\s*\}\s*$/.test(text));
}

/** Returns how the JSON values of a file stand in it, for a format that the person chose. */
export async function guessContainer(head: Head, format: 'json' | 'jsonl'): Promise<JsonGuess> {
  const because = { kind: 'chosen' } as const;
  if (format === 'jsonl') return doubtedIfUnseen({ ...inLines(jsonLines(head)), because }, head);
  const guess = await guessJson(head, because);
  if (guess?.where.format === 'json') return { ...guess, because };
  const { sources } = await valuesIn(head, 'sequence');
  return doubtedIfUnseen(inContainer('sequence', because, sources), head);
}

/** Returns a guess that is in doubt if the head of a file is too short for a single value. */
function doubtedIfUnseen(guess: JsonGuess, { whole }: Head): JsonGuess {
  return guess.items.because.of > 0 || whole ? guess : doubted(guess);
}

function doubted(guess: JsonGuess): JsonGuess {
  return { ...guess, items: { ...guess.items, isDoubtful: true } };
}

/** Guesses what JSON values are by how much they look like records. */
function guessItems(sources: readonly string[]): ItemsGuess {
  const counts: Record<RecordLikeness, number> = { exported: 0, record: 0, doubtful: 0, value: 0 };
  for (const source of sources) {
    const likeness = recordLikeness(source);
    if (likeness) counts[likeness] += 1;
  }
  const certain = counts.record + counts.exported;
  const records = certain + counts.doubtful;
  const items = records > counts.value ? 'records' : 'values';
  return {
    items,
    base64: items === 'records' && sources.length > 0 && looksLikeBase64(sources),
    because: { records, of: sources.length },
    isDoubtful: records > 0 && (certain === 0 || counts.value > 0),
  };
}

interface JsonLines {
  /** The number of lines that are neither blank nor status lines. */
  readonly count: number;
  /** The lines that are JSON objects or arrays. */
  readonly valid: readonly string[];
}

function jsonLines(head: Head): JsonLines {
  const counted = completeLines(head).filter(
    (line) => line.trim() !== '' && !isJsonStatusLine(line),
  );
  const valid = counted.filter((line) => isNested(line.trimStart()) && isJson(line));
  return { count: counted.length, valid };
}

function inLines({ count, valid }: JsonLines): JsonGuess {
  const because = { kind: 'json-lines', matching: valid.length, of: count } as const;
  return { where: { format: 'jsonl' }, because, items: guessItems(valid) };
}

function inContainer(
  container: JsonContainer,
  because: FormatReason,
  sources: readonly string[],
): JsonGuess {
  return { where: { format: 'json', container }, because, items: guessItems(sources) };
}

function isNested(json: string): boolean {
  return /^[[{]/.test(json);
}

interface Values {
  /** Whether the file begins as the container does. */
  readonly begins: boolean;
  /** Whether all of the head is such a container with JSON values. */
  readonly fits: boolean;
  /** The beginning of the first value, even if the end of the head cuts it off. */
  readonly first: string;
  readonly sources: readonly string[];
}

async function valuesIn({ bytes, whole }: Head, container: JsonContainer): Promise<Values> {
  const found: Element[] = [];
  for await (const elements of jsonElements([bytes], container, NO_LIMIT)) found.push(...elements);
  const last = found.at(-1);
  // A number or word at the end of the head may go on in the file.
  const isCut = !whole && last !== undefined && !/[\]}"]$/.test(String(last.source));
  const complete = isCut ? found.slice(0, -1) : found;
  const sources = complete.flatMap(({ source }) => (typeof source === 'string' ? [source] : []));
  const isWhole = complete.every(
    (element) => element.problem === undefined && isJson(element.source),
  );
  const begins = found[0]?.problem !== 'not-an-array';
  const hasValues = complete.length > 0 || isCut || container !== 'sequence';
  const first = String(found[0]?.source ?? '');
  return { begins, fits: begins && isWhole && hasValues, first, sources };
}
