import { locate } from '../core/json/locate';
import type { CallOptions, Capabilities, Payload } from '../core/kafka';
import { forEachPresent } from '../core/message/batches';
import { carried, type EncodeTexts, formatText, isPlain, openEncode } from '../core/message/codec';
import type { DecoderContext, Encoded } from '../core/message/decoders/decoder';
import { isText, textForm } from './formats';
import type { ProducerBlock } from './file';
import { findProperty } from './file';
import type { Problem } from './problems';
import type { Decoding } from './schemas';
import type { ProducerSettings } from './settings';
import { findTemplates, maskTemplates } from './templates';
import { inWords } from '../l10n/inWords';
import type { Span, Text } from './text';

type Part = DecoderContext['part'];

/** The payload of a key or value, or why there is none. */
export type EncodedPart =
  | { readonly payload: Payload; readonly problem?: never }
  | { readonly payload?: never; readonly problem: Problem };

/**
 * Encodes the keys or the values of records, in the same order. `null` stays `null`. Rejects if the
 * encoder fails.
 */
export type EncodePart = (
  texts: readonly (string | null)[],
  options?: CallOptions,
) => Promise<readonly (EncodedPart | null)[]>;

/**
 * Opens the format of the keys or values of a block. `binary`: whether the proxy carries any bytes.
 */
export function openPart(
  part: Part,
  settings: ProducerSettings,
  binary: boolean,
  decoding: Decoding = {},
): EncodePart {
  const at = settings[part];
  if (!at) return (texts) => Promise.resolve(texts.map(() => null));
  const encode = openFormat(part, settings, decoding);
  const name = nameOf(part, settings);
  const toPart = (encoded: Encoded) => encodedPart(encoded, at, name, binary);
  return (texts, call) =>
    forEachPresent(texts, async (present) => (await encode(present, call)).map(toPart));
}

/** Returns whether a key or value of a block is not sent as the text that it is. */
export function needsEncoding({ key, keyFormat, value, valueFormat }: ProducerSettings): boolean {
  return (
    (key !== undefined && !isPlain(keyFormat)) || (value !== undefined && !isPlain(valueFormat))
  );
}

/** The proxy that is to carry a block, if it is known, and what its formats need. */
export interface EncodingOptions extends CallOptions, Decoding {
  readonly produce?: Capabilities['produce'] | undefined;
}

/**
 * Returns the problems of encoding the key and the value of a block for a proxy, as far as they are
 * known before templates are filled in.
 */
export async function encodingProblems(
  block: ProducerBlock,
  settings: ProducerSettings,
  options: EncodingOptions = {},
): Promise<readonly Problem[]> {
  const { produce } = options;
  const binary = !produce || produce.binary;
  const check = async (part: Part): Promise<readonly Problem[]> => {
    const text = settings[part];
    const format = settings[`${part}Format`];
    if (!text || isPlain(format)) return [];
    const named = findProperty(block, `${part}-format`)?.value;
    if (!binary && isText(format) === false) {
      const suggestions = [textForm(format)];
      return [{ kind: 'format-unsupported', ...spanOf(named?.text ? named : text), suggestions }];
    }
    if (findTemplates(text.text).length === 0) {
      const encoded = await encodeOne(text.text, openFormat(part, settings, options), options);
      return encoded ? literalProblems(encoded, text, nameOf(part, settings), binary) : [];
    }
    return named && !binary && isText(format) === undefined
      ? [{ kind: 'bytes-perhaps-unsupported', ...spanOf(named) }]
      : [];
  };
  return (await Promise.all([check('key'), check('value')])).flat();
}

/** Returns what is wrong with a text that was encoded in the format of that name. */
function literalProblems(
  encoded: Encoded,
  text: Text,
  name: string,
  binary: boolean,
): readonly Problem[] {
  const { problem } = encodedPart(encoded, text, name, binary);
  const inexact: readonly Problem[] =
    encoded.used === undefined
      ? []
      : [{ kind: 'number-inexact', ...spanOf(text), name: text.text, detail: encoded.used }];
  return problem ? [...inexact, problem] : inexact;
}

/** Returns `undefined` if the encoder fails: producing fails in the same way, and tells why. */
async function encodeOne(
  text: string,
  encode: EncodeTexts,
  options: CallOptions | undefined,
): Promise<Encoded | undefined> {
  try {
    return (await encode([text], options))[0];
  } catch {
    options?.signal?.throwIfAborted();
    return undefined;
  }
}

function nameOf(part: Part, settings: ProducerSettings): string {
  return formatText(settings[`${part}Format`]);
}

function openFormat(
  part: Part,
  { topic, ...settings }: ProducerSettings,
  { schemas, worker }: Decoding,
): EncodeTexts {
  return openEncode(settings[`${part}Format`], {
    ...{ topic, part },
    ...(schemas && { schemas }),
    ...(worker && { worker }),
  });
}

function encodedPart(encoded: Encoded, at: Text, name: string, binary: boolean): EncodedPart {
  if (encoded.problem !== undefined) {
    const { problem: kind, detail, path } = encoded;
    const span = path ? spanInside(at, path) : spanOf(at);
    return { problem: { kind, ...span, name, ...(detail && { detail: inWords(detail) }) } };
  }
  const payload = carried(encoded.payload, binary);
  if (payload !== undefined) return { payload };
  return { problem: { kind: 'bytes-unsupported', ...spanOf(at) } };
}

/**
 * Returns where a part of a JSON text stands: of an object or a list, its first bracket. The text
 * may have templates.
 */
function spanInside(at: Text, path: readonly (string | number)[]): Span {
  const json = maskTemplates(at, findTemplates(at.text, at.start));
  const found = locate(json, path);
  if (!found) return spanOf(at);
  const isNested = /[[{]/.test(json[found.start] ?? '');
  const end = isNested ? found.start + 1 : found.end;
  return { start: at.start + found.start, end: at.start + end };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
