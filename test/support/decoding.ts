import assert from 'node:assert/strict';
import { inEnglish, type Phrase } from '../../src/core/phrase';
import type { RecordHeader } from '../../src/core/kafka';
import type { DecoderContext, Encoded, Shown } from '../../src/core/message/decoders/decoder';
import { here } from '../../src/core/message/decoders/here';
import type { SchemaLookup } from '../../src/core/schemaRegistry/lookup';

/** What a test may say of the place of a message. */
export interface Place {
  readonly schemas?: SchemaLookup;
  readonly topic?: string | undefined;
  readonly part?: DecoderContext['part'];
  readonly headers?: readonly RecordHeader[] | undefined;
}

function contextOf(place: Place): DecoderContext {
  const { schemas, part = 'value' } = place;
  return {
    topic: 'topic' in place ? place.topic : 'orders',
    part,
    ...(schemas && { schemas }),
  };
}

/** Returns what a decoder that runs in a worker shows of bytes. `format` is `avro` or `avro(…)`. */
export async function decodeHere(
  format: string,
  bytes: Uint8Array,
  place: Place = {},
): Promise<Spoken<Shown>> {
  const decode = here.openDecode(nameOf(format), contextOf(place));
  const [shown] = await decode([bytes], { headers: [place.headers] });
  assert.ok(shown, 'shown as it was read');
  return spoken(shown);
}

/** Returns what a decoder that runs in a worker makes of a text. */
export async function encodeHere(
  format: string,
  text: string,
  place: Place = {},
): Promise<Spoken<Encoded>> {
  const [encoded] = await here.openEncode(nameOf(format), contextOf(place))([text]);
  assert.ok(encoded);
  return spoken(encoded);
}

/** The bytes that a text was encoded to, in hexadecimal. */
export async function hexHere(format: string, text: string, place: Place = {}): Promise<string> {
  const { payload, problem, ...rest } = await encodeHere(format, text, place);
  assert.ok(payload !== undefined, `${problem ?? ''} ${JSON.stringify(rest)}`);
  return Buffer.from(payload).toString('hex');
}

function nameOf(format: string): { readonly kind: string; readonly argument: string } {
  const [, kind = format, argument = ''] = /^([^(]+)\((.*)\)$/.exec(format) ?? [];
  return { kind, argument };
}

/** What something is once its phrases are texts. */
export type Spoken<T> = T extends Phrase
  ? string
  : T extends Uint8Array
    ? T
    : T extends object
      ? { [K in keyof T]: Spoken<T[K]> }
      : T;

/** Returns the same with the English texts of all phrases in it. */
export function spoken<T>(value: T): Spoken<T> {
  // Both branches return what the type says of a phrase, and of everything else.
  return speak(value) as Spoken<T>;
}

function speak(value: unknown): unknown {
  if (isPhrase(value)) return inEnglish(value);
  if (Array.isArray(value)) return value.map(speak);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, speak(one)]));
}

function isPhrase(value: unknown): value is Phrase {
  return isPlainObject(value) && 'args' in value && 'text' in value;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && value.constructor === Object;
}
