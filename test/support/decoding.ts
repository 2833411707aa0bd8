import assert from 'node:assert/strict';
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
): Promise<Shown> {
  const decode = here.openDecode(nameOf(format), contextOf(place));
  const [shown] = await decode([bytes], { headers: [place.headers] });
  assert.ok(shown, 'shown as it was read');
  return shown;
}

/** Returns what a decoder that runs in a worker makes of a text. */
export async function encodeHere(
  format: string,
  text: string,
  place: Place = {},
): Promise<Encoded> {
  const [encoded] = await here.openEncode(nameOf(format), contextOf(place))([text]);
  assert.ok(encoded);
  return encoded;
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
