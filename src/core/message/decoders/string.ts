import { type Decoder, type Encoded, intactBytes } from './decoder';

const HEX = /^(?:[0-9a-f]{2})*$/i;
const BASE64 = /^[\w+/\s-]*(?:==?\s*)?$/;

/** Text in an encoding, or the text that an encoding such as Base64 makes of bytes. */
export function stringDecoder(encoding: BufferEncoding): Decoder {
  const isUtf8 = encoding === 'utf8';
  return {
    name: isUtf8 ? 'string' : `string(${encoding})`,
    decode: (payloads) =>
      payloads.map((payload) => {
        if (isUtf8 && typeof payload === 'string') return { text: payload };
        const bytes = intactBytes(payload);
        return bytes ? { text: bytes.toString(encoding) } : { problem: { kind: 'lossy' } };
      }),
    encode: (text) => encodeText(text, encoding),
  };
}

function encodeText(text: string, encoding: BufferEncoding): Encoded {
  if (encoding === 'utf8') return { payload: text };
  const valid =
    encoding === 'hex' ? HEX.test(text) : !encoding.startsWith('base64') || BASE64.test(text);
  return valid ? { payload: Buffer.from(text, encoding) } : { problem: 'not-in-format' };
}
