import assert from 'node:assert/strict';
import type { Payload } from '../../src/core/kafka';
import {
  openDecode,
  openEncode,
  parseFormat,
  type PayloadFormat,
} from '../../src/core/message/codec';
import { here } from '../../src/core/message/decoders/here';
import type {
  Decoder,
  DecoderContext,
  Encoded,
  Shown,
} from '../../src/core/message/decoders/decoder';

const CONTEXT: DecoderContext = { topic: 'orders', part: 'value', worker: here };

/** Returns the format that a text names. */
export function format(text: string): PayloadFormat {
  const parsed = parseFormat(text);
  assert.ok(typeof parsed === 'object', `${text}: ${JSON.stringify(parsed)}`);
  return parsed;
}

/** Returns the format of a decoder, and its formats with each argument that is suggested. */
export function formatsOf({ name, argument }: Decoder): readonly PayloadFormat[] {
  return [name, ...(argument?.choices ?? []).map((choice) => `${name}(${choice})`)].map(format);
}

/** Returns what one text stands for. */
export async function encodeOne(text: string, writtenAs: PayloadFormat): Promise<Encoded> {
  const [encoded] = await openEncode(writtenAs, CONTEXT)([text]);
  assert.ok(encoded);
  return encoded;
}

/** Returns what is shown of one payload. */
export async function decodeOne(payload: Payload, shownAs: PayloadFormat): Promise<Shown> {
  const [shown] = await openDecode(shownAs, CONTEXT)([payload]);
  return shown ?? { text: Buffer.from(payload).toString() };
}
