import type { Payload } from '../kafka';
import type { Encoded } from './decoders/decoder';
import {
  decoderOf,
  numberDecoders,
  type NumberFormat,
  type PayloadFormat,
} from './decoders/registry';
import { payloadText } from './parse';

export type { NumberFormat, PayloadFormat } from './decoders/registry';

export const UTF8: PayloadFormat = { kind: 'string', encoding: 'utf8' };

export type FormatProblem =
  | 'format-unknown'
  /** `avro(...)`: a spelling that is kept free. */
  | 'format-reserved'
  | 'encoding-unknown';

/** How the two parts of a record are encoded. */
export interface RecordFormats {
  readonly key: PayloadFormat;
  readonly value: PayloadFormat;
}

/**
 * Reads `string`, `string(base64)`, `long` and so on, as `key-format` and `value-format` have them.
 * Any encoding of Node will do.
 */
export function parseFormat(text: string): PayloadFormat | FormatProblem {
  const [, name = '', argument = ''] = /^([^(]*)(?:\(([^),]*))?/.exec(text) ?? [];
  const kind = name.trim();
  const encoding = argument.trim().toLowerCase();
  if (kind === 'avro') return 'format-reserved';
  if (kind === 'none' || isNumberFormat(kind)) return { kind };
  if (kind !== 'string') return 'format-unknown';
  if (/^(?:utf-?8)?$/.test(encoding)) return UTF8;
  return Buffer.isEncoding(encoding) ? { kind, encoding } : 'encoding-unknown';
}

/** Whether the payload is the text itself. */
export function isPlain(format: PayloadFormat): boolean {
  return format.kind === 'string' && format.encoding === 'utf8';
}

function isNumberFormat(kind: string): kind is NumberFormat {
  return Object.hasOwn(numberDecoders, kind);
}

/**
 * The payload that a text stands for: the text itself in UTF-8, else bytes. Integers are exact at
 * any size. As in the extension "Tools for Apache Kafka", what follows a number is ignored (see
 * `isWholeNumber`); but a text without a number is a problem, and so is a number that does not fit.
 */
export function encode(text: string, format: PayloadFormat): Encoded {
  return decoderOf(format).encode?.(text) ?? { problem: 'not-in-format' };
}

/** Whether the whole text is the number that `encode` takes from its start. */
export function isWholeNumber(text: string, kind: NumberFormat): boolean {
  return numberDecoders[kind].pattern.exec(text)?.[0].trim() === text.trim();
}

/** The number that `encode` takes from the start of a text, in decimal digits; `undefined`: none. */
export function numberTaken(text: string, kind: NumberFormat): string | undefined {
  const decoder = numberDecoders[kind];
  const { payload } = decoder.encode(text);
  return payload === undefined ? undefined : decoder.read(Buffer.from(payload));
}

/**
 * A payload as a proxy carries it: as it is where bytes pass (`binary`, see `Capabilities.produce`),
 * else as text. `undefined` if it is not UTF-8 and the proxy deals in text alone: do not send it.
 */
export function carried(payload: Payload, binary: boolean): Payload | undefined {
  return binary ? payload : payloadText(payload);
}
