import { unlessAborted } from '../async/unlessAborted';
import type { CallOptions, Payload } from '../kafka';
import { requireAll } from './batches';
import {
  canEncode,
  type Decode,
  type Decoder,
  type DecoderContext,
  type DecodingWorker,
  type Encode,
  type Encoded,
  type FormatProblem,
  type ParseInner,
  type Shown,
} from './decoders/decoder';
import { joinFormat, splitFormat } from './decoders/formatName';
import { findDecoder, type FormatKind, standard } from './decoders/registry';
import { readSchemaArgument } from './decoders/schemaArgument';
import { payloadText } from './parse';

/** How text and the bytes of a key or value stand for each other. */
export interface PayloadFormat {
  /** The name of its decoder. */
  readonly kind: FormatKind;
  /** What the decoder is to know, in the only spelling of the decoder; '' for its default. */
  readonly argument: string;
}

/** The formats of the two parts of a record. */
export interface RecordFormats {
  readonly key: PayloadFormat;
  readonly value: PayloadFormat;
}

/** The format in which the text is the payload. */
export const PLAIN: PayloadFormat = { kind: standard.name, argument: '' };

export function isPlain({ kind, argument }: PayloadFormat): boolean {
  return kind === PLAIN.kind && argument === PLAIN.argument;
}

/**
 * Reads `string`, `string(base64)`, `long` and so on, as `key-format` and `value-format` have them.
 */
export function parseFormat(text: string): PayloadFormat | FormatProblem {
  const { name, argument } = splitFormat(text);
  return formatOf(name, argument);
}

/** Returns the format with the decoder of that name. The argument may be spelt in any way. */
export function formatOf(name: string, argument: string): PayloadFormat | FormatProblem {
  const decoder = findDecoder(name);
  if (!decoder) return 'format-unknown';
  const read = decoder.argument?.parse(argument, parseInner) ?? { argument: '' };
  return read.problem ?? { kind: decoder.name, argument: read.argument };
}

const parseInner: ParseInner = (text) => {
  const format = parseFormat(text);
  return typeof format === 'string' ? { problem: format } : { argument: formatText(format) };
};

/** Returns a format as `key-format` and `value-format` have it, such as `string(base64)`. */
export function formatText({ kind, argument }: PayloadFormat): string {
  return joinFormat(kind, argument);
}

/** Whether a format, or one in its brackets, takes its schema from a file. */
export function namesFile({ argument }: PayloadFormat): boolean {
  const inner = argument === '' ? 'format-unknown' : parseFormat(argument);
  if (typeof inner !== 'string' && inner.argument !== '') return namesFile(inner);
  return readSchemaArgument(argument)?.file !== undefined;
}

/** Opens a format for reading, when it is first used. */
export function openDecode(format: PayloadFormat, context: DecoderContext): Decode {
  let decode: Decode | undefined;
  return (payloads, options) => {
    decode ??= openedDecode(format, context);
    return decode(payloads, options);
  };
}

function openedDecode(format: PayloadFormat, context: DecoderContext): Decode {
  const decoder = decoderOf(format.kind);
  if (!decoder.runsIn) return decoder.openDecode(format.argument, context);
  const decode = workerIn(context).openDecode(format, context);
  const { passes } = decoder;
  if (!passes) return decode;
  return async (payloads, { headers, ...call } = {}) => {
    const seen = payloads.flatMap((payload, at) => (passes(payload, headers?.[at]) ? [] : [at]));
    if (seen.length === 0) return payloads.map(() => undefined);
    const shown: (Shown | undefined)[] = payloads.map(() => undefined);
    const results = await decode(
      seen.flatMap((at) => payloads[at] ?? []),
      { ...call, ...(headers && { headers: seen.map((at) => headers[at]) }) },
    );
    requireAll(results, seen).forEach((result, index) => {
      shown[seen[index] ?? 0] = result;
    });
    return shown;
  };
}

function workerIn({ worker }: DecoderContext): DecodingWorker {
  if (worker) return worker;
  throw new Error('There is no worker for this format.');
}

/**
 * Encodes texts, in the same order. Rejects with the reason of the signal, or if the encoder fails.
 */
export type EncodeTexts = (
  texts: readonly string[],
  options?: CallOptions,
) => Promise<readonly Encoded[]>;

/**
 * Opens a format for writing, when it is first used. Texts have no bytes in a format that is for
 * reading only.
 */
export function openEncode(format: PayloadFormat, context: DecoderContext): EncodeTexts {
  let encode: Encode | undefined;
  return async (texts, options) => {
    encode ??= openedEncode(format, context);
    const encoding = Promise.resolve(encode(texts, options));
    return requireAll(await unlessAborted(encoding, options?.signal), texts);
  };
}

function openedEncode(format: PayloadFormat, context: DecoderContext): Encode {
  const decoder = decoderOf(format.kind);
  if (!canEncode(decoder)) return refuse;
  if (decoder.runsIn) return workerIn(context).openEncode(format, context);
  return decoder.openEncode?.(format.argument, context) ?? refuse;
}

const refuse: Encode = (texts) => texts.map(() => ({ problem: 'not-in-format' }));

function decoderOf(kind: FormatKind): Decoder {
  const decoder = findDecoder(kind);
  if (decoder) return decoder;
  throw new Error(`There is no decoder '${kind}'.`);
}

/**
 * A payload as a proxy carries it: as it is where bytes pass (`binary`, see
 * `Capabilities.produce`), else as text. `undefined` if it is not UTF-8 and the proxy carries only
 * text: do not send it.
 */
export function carried(payload: Payload, binary: boolean): Payload | undefined {
  return binary ? payload : payloadText(payload);
}
