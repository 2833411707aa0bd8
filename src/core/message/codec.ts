import { unlessAborted } from '../async/unlessAborted';
import type { CallOptions, Payload } from '../kafka';
import { requireAll } from './batches';
import type {
  Decode,
  Decoder,
  DecoderContext,
  Encode,
  Encoded,
  FormatProblem,
} from './decoders/decoder';
import { findDecoder, type FormatKind, reservedNames, standard } from './decoders/registry';
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
 * Splits `name(argument)` into its two parts, without blanks around them. The last bracket closes
 * the argument, and may be missing.
 */
export function splitFormat(text: string): { readonly name: string; readonly argument: string } {
  const open = text.indexOf('(');
  if (open < 0) return { name: text.trim(), argument: '' };
  const argument = text.slice(open + 1).trim();
  return {
    name: text.slice(0, open).trim(),
    argument: (argument.endsWith(')') ? argument.slice(0, -1) : argument).trim(),
  };
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
  if (!decoder) return reservedNames.includes(name) ? 'format-reserved' : 'format-unknown';
  const read = decoder.argument?.parse(argument) ?? { argument: '' };
  return read.problem ?? { kind: decoder.name, argument: read.argument };
}

/** Returns a format as `key-format` and `value-format` have it, such as `string(base64)`. */
export function formatText({ kind, argument }: PayloadFormat): string {
  return argument === '' ? kind : `${kind}(${argument})`;
}

/** Opens a format for reading, when it is first used. */
export function openDecode({ kind, argument }: PayloadFormat, context: DecoderContext): Decode {
  let decode: Decode | undefined;
  return (payloads, options) => {
    decode ??= decoderOf(kind).openDecode(argument, context);
    return decode(payloads, options);
  };
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
export function openEncode(
  { kind, argument }: PayloadFormat,
  context: DecoderContext,
): EncodeTexts {
  let encode: Encode | undefined;
  return async (texts, options) => {
    encode ??= decoderOf(kind).openEncode?.(argument, context) ?? refuse;
    const encoding = Promise.resolve(encode(texts, options));
    return requireAll(await unlessAborted(encoding, options?.signal), texts);
  };
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
