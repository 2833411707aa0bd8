import type { CallOptions, Capabilities, Payload } from '../core/kafka';
import { forEachPresent } from '../core/message/batches';
import { carried, type EncodeTexts, formatText, isPlain, openEncode } from '../core/message/codec';
import type { Encoded } from '../core/message/decoders/decoder';
import type { ProducerBlock } from './file';
import { findProperty } from './file';
import type { Problem } from './problems';
import type { ProducerSettings } from './settings';
import { findTemplates } from './templates';
import type { Span, Text } from './text';

type Part = 'key' | 'value';

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
export function openPart(part: Part, settings: ProducerSettings, binary: boolean): EncodePart {
  const at = settings[part];
  if (!at) return (texts) => Promise.resolve(texts.map(() => null));
  const encode = openFormat(part, settings);
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

/**
 * Returns the problems of encoding the key and the value of a block for a proxy, as far as they are
 * known before templates are filled in. Without `produce`, the proxy is not known.
 */
export async function encodingProblems(
  block: ProducerBlock,
  settings: ProducerSettings,
  produce?: Capabilities['produce'],
  options?: CallOptions,
): Promise<readonly Problem[]> {
  const binary = !produce || produce.binary;
  const check = async (part: Part): Promise<readonly Problem[]> => {
    const text = settings[part];
    if (!text || isPlain(settings[`${part}Format`])) return [];
    if (findTemplates(text.text).length === 0) {
      const encoded = await encodeOne(text.text, openFormat(part, settings), options);
      return encoded ? literalProblems(encoded, text, nameOf(part, settings), binary) : [];
    }
    const format = findProperty(block, `${part}-format`)?.value;
    return format && !binary ? [{ kind: 'bytes-perhaps-unsupported', ...spanOf(format) }] : [];
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

function openFormat(part: Part, settings: ProducerSettings): EncodeTexts {
  return openEncode(settings[`${part}Format`], { topic: settings.topic, part });
}

function encodedPart(encoded: Encoded, at: Span, name: string, binary: boolean): EncodedPart {
  if (encoded.problem !== undefined) {
    const { problem: kind, detail } = encoded;
    return { problem: { kind, ...spanOf(at), name, ...(detail !== undefined && { detail }) } };
  }
  const payload = carried(encoded.payload, binary);
  if (payload !== undefined) return { payload };
  return { problem: { kind: 'bytes-unsupported', ...spanOf(at) } };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
