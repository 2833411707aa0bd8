import { unlessAborted } from '../async/unlessAborted';
import type { KafkaRecord, Payload } from '../kafka';
import { forEachPresent, requireAll } from './batches';
import { isPlain, openDecode, PLAIN, type RecordFormats } from './codec';
import type {
  Decode,
  DecodeOptions,
  DecoderContext,
  DecodeProblem,
  Shown,
} from './decoders/decoder';

/** The decoded key and value of a record. A missing part is shown as it was read. */
export interface ShownParts {
  readonly key?: Shown;
  readonly value?: Shown;
}

/**
 * A record as it was read, together with what to show of it. Code that writes a record uses `raw`,
 * and code that shows one uses `shown`.
 */
export interface DecodedRecord {
  readonly raw: KafkaRecord;
  /** Missing: the record is shown as it was read. */
  readonly shown?: ShownParts;
}

/**
 * Decodes records and returns them in the same order. Rejects only with the reason of the signal: a
 * key or value that cannot be decoded has a problem instead of a text.
 */
export type DecodeRecords = (
  records: readonly KafkaRecord[],
  signal?: AbortSignal,
) => Promise<readonly DecodedRecord[]>;

/** Wraps records that are shown as they were read. */
export function undecoded(records: readonly KafkaRecord[]): readonly DecodedRecord[] {
  return records.map((raw) => ({ raw }));
}

/** Opens the decoders for all records of a view. A part without a format is not decoded. */
export function openDecoder(
  formats: Partial<RecordFormats> | undefined,
  context: Omit<DecoderContext, 'part'>,
): DecodeRecords {
  const open = (part: DecoderContext['part']) => {
    const format = formats?.[part] ?? PLAIN;
    return isPlain(format) ? undefined : openDecode(format, { ...context, part });
  };
  return decodeWith({ key: open('key'), value: open('value') });
}

/** Returns a function that decodes keys and values, each with its decoder if there is one. */
export function decodeWith({
  key,
  value,
}: Readonly<Record<DecoderContext['part'], Decode | undefined>>): DecodeRecords {
  if (!key && !value) return (records) => Promise.resolve(undecoded(records));
  return async (records, signal) => {
    const part = (name: DecoderContext['part']) => records.map((record) => record[name]);
    const headers = records.map((record) => record.headers);
    const [keys, values] = await Promise.all([
      decodeParts(part('key'), headers, key, signal),
      decodeParts(part('value'), headers, value, signal),
    ]);
    return records.map((raw, index) => {
      const [shownKey, shownValue] = [keys[index], values[index]];
      return {
        raw,
        shown: { ...(shownKey && { key: shownKey }), ...(shownValue && { value: shownValue }) },
      };
    });
  };
}

/**
 * Returns what to show of each payload: nothing for null, and for one that is shown as it was read.
 * The list is empty without a decoder.
 */
async function decodeParts(
  payloads: readonly (Payload | null)[],
  headers: readonly KafkaRecord['headers'][],
  decode: Decode | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly (Shown | null | undefined)[]> {
  if (!decode) return [];
  const withHeaders = { headers: headers.filter((_, index) => payloads[index] !== null) };
  return forEachPresent(payloads, (there) => decodeAll(there, withHeaders, decode, signal));
}

/** Rejects only with the reason of the signal, also if the decoder does not heed it. */
async function decodeAll(
  payloads: readonly Payload[],
  headers: Pick<DecodeOptions, 'headers'>,
  decode: Decode,
  signal: AbortSignal | undefined,
): Promise<readonly (Shown | undefined)[]> {
  try {
    const decoding = Promise.resolve(decode(payloads, { ...headers, ...(signal && { signal }) }));
    return requireAll(await unlessAborted(decoding, signal), payloads);
  } catch (cause) {
    signal?.throwIfAborted();
    return payloads.map(() => ({ problem: { kind: 'failed', cause } }));
  }
}

/** Returns the words that say why a key or value is not shown in its format. */
export type DescribeProblem = (problem: DecodeProblem) => string;

/** A record as it is written for people to read. */
export interface LegibleRecord extends KafkaRecord {
  /** Says which part could not be decoded, and why. */
  readonly problem?: string;
  /** The key or value as it was read, to be written beside what was decoded of it. */
  readonly rawKey?: Payload;
  readonly rawValue?: Payload;
}

/** What is written of messages: as they were read, as they are shown, or both. */
export const contents = ['raw', 'decoded', 'both'] as const;
export type Content = (typeof contents)[number];

/** Returns a record with what is to be written of it. A part that is not decoded stays as it was. */
export function withContent({ raw, shown }: DecodedRecord, content: Content): LegibleRecord {
  const [key, value] = [shown?.key?.text, shown?.value?.text];
  if (content === 'raw' || (key === undefined && value === undefined)) return raw;
  const isBoth = content === 'both';
  return {
    ...raw,
    ...(key !== undefined && { key, ...(isBoth && raw.key !== null && { rawKey: raw.key }) }),
    ...(value !== undefined && {
      value,
      ...(isBoth && raw.value !== null && { rawValue: raw.value }),
    }),
  };
}

/** Returns a record with the texts that are shown in place of its key and value. */
export function legible({ raw, shown }: DecodedRecord, describe: DescribeProblem): LegibleRecord {
  if (!shown) return raw;
  const problems = (['key', 'value'] as const).flatMap((part) => {
    const problem = shown[part]?.problem;
    return problem ? `${part}: ${describe(problem)}` : [];
  });
  return {
    ...raw,
    key: shown.key?.text ?? raw.key,
    value: shown.value?.text ?? raw.value,
    ...(problems.length > 0 && { problem: problems.join('; ') }),
  };
}
