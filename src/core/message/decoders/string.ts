import type { Payload } from '../../kafka';
import { type Decoder, type Encoded, intactBytes, type Shown } from './decoder';

const HEX = /^(?:[0-9a-f]{2})*$/i;
const BASE64 = /^[\w+/\s-]*(?:==?\s*)?$/;

/** Text in an encoding, or the text that an encoding such as Base64 makes of bytes. */
export const string = {
  name: 'string',
  argument: {
    choices: ['utf8', 'utf16le', 'base64', 'latin1', 'hex'],
    parse(text) {
      const encoding = encodingOf(text);
      if (encoding === undefined) return { problem: 'encoding-unknown' };
      return { argument: encoding === 'utf8' ? '' : encoding };
    },
  },
  openDecode(argument) {
    const encoding = encodingOf(argument);
    return (payloads) => payloads.map((payload) => decodeText(payload, encoding));
  },
  openEncode(argument) {
    const encoding = encodingOf(argument);
    return (texts) => texts.map((text) => encodeText(text, encoding));
  },
} as const satisfies Decoder;

/**
 * Returns the encoding of Node that an argument names, in any case. As in the extension "Tools for
 * Apache Kafka", the text that follows a comma or a bracket is ignored.
 */
function encodingOf(argument: string): BufferEncoding | undefined {
  const name = (/^[^,)]*/.exec(argument)?.[0] ?? '').trim().toLowerCase();
  if (/^(?:utf-?8)?$/.test(name)) return 'utf8';
  return Buffer.isEncoding(name) ? name : undefined;
}

function decodeText(payload: Payload, encoding: BufferEncoding | undefined): Shown {
  if (encoding === 'utf8' && typeof payload === 'string') return { text: payload };
  const bytes = intactBytes(payload);
  return bytes ? { text: bytes.toString(encoding) } : { problem: { kind: 'lossy' } };
}

function encodeText(text: string, encoding: BufferEncoding | undefined): Encoded {
  if (encoding === 'utf8') return { payload: text };
  const valid =
    encoding === 'hex' ? HEX.test(text) : !encoding?.startsWith('base64') || BASE64.test(text);
  return valid ? { payload: Buffer.from(text, encoding) } : { problem: 'not-in-format' };
}
