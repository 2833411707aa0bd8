import type * as vscode from 'vscode';
import { KafkaError } from '../../core/errors';
import type { Capabilities, NewRecord, Partition } from '../../core/kafka';
import { formatText, isPlain, type RecordFormats } from '../../core/message/codec';
import { guessPayload, type ParsedPayload, parsePayload } from '../../core/message/parse';
import type { PayloadProblem } from '../../core/message/payloadProblem';
import type { EncodedRecords, Misfit } from '../../core/produce/encodeRecords';
import type { ProduceOutcome } from '../../core/produce/produceAll';
import {
  checkAll,
  type CheckedRecords,
  type LargeRecord,
  largeRecords,
  type Uncarried,
} from '../../core/produce/sendable';

/** Whether a text is one message, exactly as it is, or several. */
export type How = 'one' | 'many';

/** Text to produce. It is parsed at most once, so that exactly what was shown is sent. */
export class TextSource {
  readonly #guessed: ParsedPayload | undefined;
  #many: ParsedPayload | undefined;

  /**
   * `origin` says where the text comes from. Only a document has a final line break that nobody
   * asked for.
   */
  constructor(
    readonly text: string,
    readonly origin: 'selection' | 'document' | 'typed',
  ) {
    this.#guessed = guessPayload(text).many;
  }

  /** Whether the text looks like several messages. Text of an input box is one until it is told. */
  get seemsMany(): boolean {
    return this.#guessed !== undefined;
  }

  /** The text as several messages. */
  get many(): ParsedPayload {
    return (this.#many ??= this.#guessed ?? parsePayload(this.text, 'many'));
  }

  /** The text without the line break at its end, if it is a document with one. */
  get withoutFinalLineBreak(): string {
    return this.origin === 'document' ? this.text.replace(/\r?\n$/, '') : this.text;
  }

  get hasFinalLineBreak(): boolean {
    return this.withoutFinalLineBreak !== this.text;
  }
}

/** What to produce: a text, several texts of one message each, or records. */
export type Source = TextSource | { readonly records: readonly NewRecord[] };

/** A topic as it was found, or the failure to find it. */
export type Found = Target &
  (
    | { readonly partitions: readonly Partition[]; readonly error?: never }
    | { readonly partitions?: never; readonly error: unknown }
  );

interface Target {
  readonly cluster: string;
  readonly topic: string;
}

/** What will be produced, and where. */
export interface Draft extends Target {
  readonly source: Source;
  readonly how: How;
  /** Of a single message; empty: none. */
  readonly key: string;
  readonly partition: number | 'any';
  /** Whether the final line break of a document is sent. */
  readonly finalLineBreak: boolean;
  /** Whether messages are sent that Kafka refuses unless its limits were raised. */
  readonly withLarge: boolean;
  /** The document whose text it is. */
  readonly uri?: vscode.Uri | undefined;
  /** In which formats texts are encoded. Missing: they are sent as they are. */
  readonly formats?: RecordFormats | undefined;
  readonly found?: Found | undefined;
  readonly encoding?: Encoding | undefined;
}

/** What encoding the messages of a draft has led to. */
export interface Encoding {
  /** The draft whose messages these are. */
  readonly of: Draft;
  readonly result:
    | (EncodedRecords & { readonly error?: never })
    | { readonly records?: never; readonly misfits?: never; readonly error: unknown };
  /** The schema by which values were encoded, in words; '' for none. */
  readonly schema: string;
}

/** Whether messages of the draft are not sent as the text that they are. */
export function needsEncoding({ formats }: Pick<Draft, 'formats'>): boolean {
  return formats !== undefined && !(isPlain(formats.key) && isPlain(formats.value));
}

/** Returns what encoding the draft has led to, if nothing was changed since. */
export function encodingFor(draft: Draft): Encoding | undefined {
  const { encoding } = draft;
  return encoding && isSameText(encoding.of, draft) ? encoding : undefined;
}

const TEXT_MEMBERS = [
  ...(['cluster', 'topic', 'source', 'how'] as const),
  ...(['key', 'partition', 'finalLineBreak'] as const),
];

function isSameText(a: Draft, b: Draft): boolean {
  return (
    TEXT_MEMBERS.every((name) => a[name] === b[name]) &&
    formatsText(a.formats) === formatsText(b.formats)
  );
}

function formatsText(formats: RecordFormats | undefined): string {
  return formats ? `${formatText(formats.key)} ${formatText(formats.value)}` : '';
}

/** Whether the draft is one message that takes its key and partition from the draft. */
export function isSingle({ source, how }: Pick<Draft, 'source' | 'how'>): boolean {
  return source instanceof TextSource && how === 'one';
}

/** Returns the topic as it was found, if that was the topic that the draft names now. */
export function foundFor({ cluster, topic, found }: Draft): Found | undefined {
  return found?.cluster === cluster && found.topic === topic ? found : undefined;
}

/** Returns the messages of the draft. */
export function payloadOf(draft: Draft): ParsedPayload {
  const { source, how, key, partition, finalLineBreak } = draft;
  if (!(source instanceof TextSource)) return source;
  if (how === 'many') return source.many;
  const record = {
    value: finalLineBreak ? source.text : source.withoutFinalLineBreak,
    ...(key && { key }),
    ...(partition !== 'any' && { partition }),
  };
  return { records: [record] };
}

/** What would be sent of a draft, and what would be left out. Indexes are those of all records. */
export interface Plan {
  /** The messages before they are encoded. */
  readonly records: readonly NewRecord[];
  /** The first of them that would be sent. */
  readonly first: NewRecord | undefined;
  readonly sending: CheckedRecords;
  readonly uncarried: readonly Uncarried[];
  /** The records that are larger than a call should be, whether or not they would be sent. */
  readonly large: readonly LargeRecord[];
  readonly withLarge: boolean;
  /** How many bytes one call should have at most. */
  readonly maxBytes: number;
  /** How many of the records that would be sent get an empty key, because they have none. */
  readonly emptyKeys: number;
  /** Why the text cannot be read as several messages. */
  readonly problem?: PayloadProblem;
  /** Why nothing is sent in the formats of the draft. */
  readonly unencoded?: Unencoded | undefined;
}

/** Why messages are not encoded. */
export type Unencoded =
  /** They will be, once the page has loaded. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** These messages do not fit. */
  | { readonly kind: 'misfits'; readonly misfits: readonly [Misfit, ...Misfit[]] };

/**
 * Returns what would be sent of a draft to a cluster with these capabilities. Throws a `KafkaError`
 * of kind `unsupported` if its proxy cannot produce at all.
 */
export function planOf(draft: Draft, { produce: can }: Pick<Capabilities, 'produce'>): Plan {
  if (!can) throw new KafkaError('unsupported');
  const { withLarge } = draft;
  const { records = [], problem } = payloadOf(draft);
  const partitions = foundFor(draft)?.partitions;
  const ids = partitions && new Set(partitions.map(({ id }) => id));
  const { encoded, unencoded } = encodedOf(draft, records);
  const { checked, uncarried = [], others } = checkAll(encoded, { produce: can }, ids);
  const carried = checked ?? others;
  const left = new Set(uncarried.map(({ index }) => index));
  const indexes = records.map((_, index) => index).filter((index) => !left.has(index));
  const found = largeRecords(carried, can);
  const large = found.map(({ index, bytes }) => ({ index: indexes[index] ?? index, bytes }));
  const tooLarge = new Set(withLarge ? [] : found.map(({ index }) => index));
  const keep = <T>(list: readonly T[]) =>
    tooLarge.size === 0 ? list : list.filter((_, index) => !tooLarge.has(index));
  const sending = { records: keep(carried.records), sizes: keep(carried.sizes) };
  const keyless = sending.records.filter(({ key = null }) => key === null).length;
  const limits = { maxBytes: can.maxBatchBytes, emptyKeys: can.emptyKeys ? keyless : 0 };
  const first = sending.records.length > 0 ? records[keep(indexes)[0] ?? 0] : undefined;
  const plan = { records, first, sending, uncarried, large, withLarge, ...limits };
  return { ...plan, ...(problem && { problem }), ...(unencoded && { unencoded }) };
}

interface EncodedDraft {
  readonly encoded: readonly NewRecord[];
  readonly unencoded?: Unencoded;
}

/** Returns the records of a draft as they are to be sent: all of them, or none and why. */
function encodedOf(draft: Draft, records: readonly NewRecord[]): EncodedDraft {
  if (!needsEncoding(draft)) return { encoded: records };
  const { result } = encodingFor(draft) ?? {};
  if (!result) return { encoded: [], unencoded: { kind: 'pending' } };
  if (result.records) return { encoded: result.records };
  const { misfits, error } = result;
  return {
    encoded: [],
    unencoded: misfits ? { kind: 'misfits', misfits } : { kind: 'failed', error },
  };
}

/**
 * Returns a draft of the messages of another one that were certainly not written: the whole draft if
 * that is so of all that were sent. As long as nothing is changed, they stay as they were encoded.
 */
export function draftOfRest(
  draft: Draft,
  { records: rest }: CheckedRecords,
  { accepted, unclear }: Pick<ProduceOutcome, 'accepted' | 'unclear'>,
): Draft {
  if (accepted.count + unclear.count === 0) return draft;
  const { records = [] } = payloadOf(draft);
  const encoding = encodingFor(draft);
  const encoded = encoding?.result.records ?? records;
  const texts = new Map(encoded.map((record, index) => [record, records[index] ?? record]));
  const source = { records: rest.map((record) => texts.get(record) ?? record) };
  const left: Draft = { ...draft, source, withLarge: true, encoding: undefined };
  if (!encoding) return left;
  return { ...left, encoding: { ...encoding, of: left, result: { records: rest } } };
}
