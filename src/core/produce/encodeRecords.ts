import type { CallOptions, NewRecord, Payload } from '../kafka';
import type { Phrase } from '../phrase';
import {
  carried,
  type EncodeTexts,
  isPlain,
  openEncode,
  type PayloadFormat,
  type RecordFormats,
} from '../message/codec';
import type { DecoderContext, Encoded, EncodeProblem } from '../message/decoders/decoder';

export type Part = 'key' | 'value';

/** Why a key or value cannot be encoded. */
export type MisfitReason =
  | {
      readonly kind: EncodeProblem;
      /** What is wrong, for the problems of schemas. */
      readonly detail?: Phrase;
      /** The names of members and the indexes of elements that lead to what does not fit. */
      readonly path?: readonly (string | number)[];
    }
  /** Only `used` of the text would be encoded. */
  | { readonly kind: 'inexact'; readonly used: string }
  /** It is given as bytes already. */
  | { readonly kind: 'bytes' }
  /** It is encoded as bytes that the proxy cannot carry. */
  | { readonly kind: 'text-only' };

/** The part of a record that cannot be encoded, or the first of two, and why. */
export interface PartMisfit {
  readonly part: Part;
  readonly reason: MisfitReason;
}

/** A record as it is to be sent, or why it cannot be encoded. */
export type EncodedRecord =
  | { readonly record: NewRecord; readonly misfit?: never }
  | { readonly record?: never; readonly misfit: PartMisfit };

/** A record that cannot be encoded, by its index. */
export interface Misfit extends PartMisfit {
  readonly index: number;
}

/** All records as they are to be sent, or else those that cannot be encoded, at least one. */
export type EncodedRecords =
  | { readonly records: readonly NewRecord[]; readonly misfits?: never }
  | { readonly records?: never; readonly misfits: readonly [Misfit, ...Misfit[]] };

/** How the texts of records are encoded. A part without an encoder is sent as it is. */
export interface RecordEncoders {
  readonly key?: EncodeTexts | undefined;
  readonly value?: EncodeTexts | undefined;
  /** Whether the proxy carries any bytes, and not text only. */
  readonly binary: boolean;
}

/**
 * Opens the encoders of records for a topic. `binary` as in `RecordEncoders`. A part whose format
 * is text as it is has none.
 */
export function openEncoders(
  formats: RecordFormats,
  context: Omit<DecoderContext, 'part'>,
  binary: boolean,
): RecordEncoders {
  const open = (part: Part, format: PayloadFormat) =>
    isPlain(format) ? undefined : openEncode(format, { ...context, part });
  return { key: open('key', formats.key), value: open('value', formats.value), binary };
}

/** At most so many texts are encoded at once, so that an abort need not wait for all. */
const BATCH = 500;

/**
 * Encodes the texts of records that are to be sent together: all of them or none. Otherwise as
 * `encodeEach`.
 */
export async function encodeRecords(
  records: readonly NewRecord[],
  encoders: RecordEncoders,
  options: CallOptions = {},
): Promise<EncodedRecords> {
  const encoded = await encodeEach(records, encoders, options);
  const misfits = encoded.flatMap(({ misfit }, index) => (misfit ? [{ index, ...misfit }] : []));
  const [first, ...others] = misfits;
  if (first) return { misfits: [first, ...others] };
  return { records: encoded.flatMap(({ record }) => record ?? []) };
}

/**
 * Encodes the texts of each record, in the same order. A key or value that is missing or `null`
 * stays so. Rejects with the reason of the signal, or if an encoder fails.
 */
export async function encodeEach(
  records: readonly NewRecord[],
  { binary, ...encoders }: RecordEncoders,
  options: CallOptions = {},
): Promise<readonly EncodedRecord[]> {
  const encoded: EncodedRecord[] = records.map((record) => ({ record }));
  for (const part of ['key', 'value'] as const) {
    const encode = encoders[part];
    if (!encode) continue;
    const texts: { readonly index: number; readonly text: string }[] = [];
    records.forEach((record, index) => {
      const payload = record[part] ?? null;
      if (typeof payload === 'string') texts.push({ index, text: payload });
      else if (payload !== null) encoded[index] = unfit(encoded[index], part, { kind: 'bytes' });
    });
    for (let from = 0; from < texts.length; from += BATCH) {
      options.signal?.throwIfAborted();
      const batch = texts.slice(from, from + BATCH);
      const results = await encode(
        batch.map(({ text }) => text),
        options,
      );
      batch.forEach(({ index }, at) => {
        const { payload, reason } = toPayload(results[at], binary);
        const known = encoded[index];
        if (reason) encoded[index] = unfit(known, part, reason);
        else if (known?.record) encoded[index] = { record: { ...known.record, [part]: payload } };
      });
    }
  }
  return encoded;
}

/** Returns why a record is not encoded: the first reason that was found. */
function unfit(known: EncodedRecord | undefined, part: Part, reason: MisfitReason): EncodedRecord {
  return known?.misfit ? known : { misfit: { part, reason } };
}

type Result =
  | { readonly payload: Payload; readonly reason?: never }
  | { readonly payload?: never; readonly reason: MisfitReason };

function toPayload(encoded: Encoded | undefined, binary: boolean): Result {
  if (!encoded) throw new Error('The format gave no result for a key or value.');
  const { used, problem } = encoded;
  if (problem !== undefined) {
    const { detail, path } = encoded;
    const reason = {
      kind: problem,
      ...(detail !== undefined && { detail }),
      ...(path && { path }),
    };
    return { reason };
  }
  if (used !== undefined) return { reason: { kind: 'inexact', used } };
  const payload = carried(encoded.payload, binary);
  return payload === undefined ? { reason: { kind: 'text-only' } } : { payload };
}
