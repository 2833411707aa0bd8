import type { CallOptions, NewRecord, Payload } from '../kafka';
import { carried, type EncodeTexts } from '../message/codec';
import type { Encoded, EncodeProblem } from '../message/decoders/decoder';

export type Part = 'key' | 'value';

/** Why a key or value cannot be encoded. */
export type MisfitReason =
  | {
      readonly kind: EncodeProblem;
      /** What is wrong, in English, for the problems of schemas. */
      readonly detail?: string;
      /** The names of members and the indexes of elements that lead to what does not fit. */
      readonly path?: readonly (string | number)[];
    }
  /** Only `used` of the text would be encoded. */
  | { readonly kind: 'inexact'; readonly used: string }
  /** It is given as bytes already. */
  | { readonly kind: 'bytes' }
  /** It is encoded as bytes that the proxy cannot carry. */
  | { readonly kind: 'text-only' };

/** A record that cannot be encoded, by its index, and the first part that is to blame. */
export interface Misfit {
  readonly index: number;
  readonly part: Part;
  readonly reason: MisfitReason;
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

/** At most so many texts are encoded at once, so that an abort need not wait for all. */
const BATCH = 500;

/**
 * Encodes the texts of records. A key or value that is missing or `null` stays so. Rejects with the
 * reason of the signal, or if an encoder fails.
 */
export async function encodeRecords(
  records: readonly NewRecord[],
  { binary, ...encoders }: RecordEncoders,
  options: CallOptions = {},
): Promise<EncodedRecords> {
  const encoded: NewRecord[] = [...records];
  const misfits = new Map<number, Misfit>();
  for (const part of ['key', 'value'] as const) {
    const encode = encoders[part];
    if (!encode) continue;
    const texts: { readonly index: number; readonly text: string }[] = [];
    records.forEach((record, index) => {
      const payload = record[part] ?? null;
      if (typeof payload === 'string') texts.push({ index, text: payload });
      else if (payload !== null) note(misfits, { index, part, reason: { kind: 'bytes' } });
    });
    for (let from = 0; from < texts.length; from += BATCH) {
      options.signal?.throwIfAborted();
      const batch = texts.slice(from, from + BATCH);
      const results = await encode(
        batch.map(({ text }) => text),
        options,
      );
      batch.forEach(({ index }, at) => {
        const result = toPayload(results[at], binary);
        if (result.reason) note(misfits, { index, part, reason: result.reason });
        else encoded[index] = { ...(encoded[index] ?? { value: null }), [part]: result.payload };
      });
    }
  }
  const [first, ...others] = [...misfits.values()].sort((a, b) => a.index - b.index);
  return first ? { misfits: [first, ...others] } : { records: encoded };
}

function note(misfits: Map<number, Misfit>, misfit: Misfit): void {
  if (!misfits.has(misfit.index)) misfits.set(misfit.index, misfit);
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
