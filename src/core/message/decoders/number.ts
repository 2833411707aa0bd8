import type { Payload } from '../../kafka';
import { type Decoder, type Encoded, intactBytes, type Shown } from './decoder';

/** Numbers of a fixed size, big-endian. */
export interface NumberDecoder extends Decoder {
  /** Matches the number that a text begins with. */
  readonly pattern: RegExp;
  /** The number that bytes of the right size hold, in decimal digits. */
  readonly read: (bytes: Buffer) => string;
  readonly encode: (text: string) => Encoded;
}

/** `size` is in bytes. */
export function numberDecoder(
  codec: Omit<NumberDecoder, 'decode'> & { readonly size: number },
): NumberDecoder {
  const { size, ...rest } = codec;
  const decode = (payload: Payload): Shown => {
    const bytes = intactBytes(payload);
    if (!bytes) return { problem: { kind: 'lossy' } };
    return bytes.length === size
      ? { text: codec.read(bytes) }
      : { problem: { kind: 'wrong-size', expected: size, actual: bytes.length } };
  };
  return { ...rest, decode: (payloads) => payloads.map(decode) };
}
