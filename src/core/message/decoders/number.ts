import type { Payload } from '../../kafka';
import { type Decoder, type Encoded, intactBytes, type Shown } from './decoder';

/** Numbers of a fixed size, big-endian. */
export interface NumberCodec<Name extends string> {
  readonly name: Name;
  /** In bytes. */
  readonly size: number;
  /** Matches the number that a text begins with. */
  readonly pattern: RegExp;
  /** Returns the number that bytes of the right size hold, in decimal digits. */
  readonly read: (bytes: Buffer) => string;
  /** Encodes what `pattern` has matched. */
  readonly write: (match: RegExpExecArray) => Encoded;
}

/**
 * Returns the decoder of such numbers. As in the extension "Tools for Apache Kafka", the text that
 * follows a number is not encoded.
 */
export function numberDecoder<const Name extends string>(codec: NumberCodec<Name>) {
  return {
    name: codec.name,
    openDecode: () => (payloads) => payloads.map((payload) => decode(payload, codec)),
    openEncode: () => (texts) => texts.map((text) => encode(text, codec)),
  } as const satisfies Decoder<Name>;
}

function decode(payload: Payload, { size, read }: NumberCodec<string>): Shown {
  const bytes = intactBytes(payload);
  if (!bytes) return { problem: { kind: 'lossy' } };
  return bytes.length === size
    ? { text: read(bytes) }
    : { problem: { kind: 'wrong-size', expected: size, actual: bytes.length } };
}

function encode(text: string, { pattern, read, write }: NumberCodec<string>): Encoded {
  const match = pattern.exec(text);
  if (!match) return { problem: 'not-in-format' };
  const encoded = write(match);
  if (encoded.problem !== undefined || match[0].trim() === text.trim()) return encoded;
  return { ...encoded, used: read(Buffer.from(encoded.payload)) };
}
