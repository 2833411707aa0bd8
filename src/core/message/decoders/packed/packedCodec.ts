import { phrase } from '../../../phrase';
import { type ExactJson, parseExact } from '../../../json/exact';
import { JsonSyntaxError } from '../../../json/scanner';
import {
  type DecodedFacts,
  type Encoded,
  intactBytes,
  type Shown,
  type WorkerCodec,
} from '../decoder';
import { Misfit, TOO_LARGE, TooLarge } from '../schemas/problems';
import { Input, PackedError } from './input';

/** A binary form of JSON. */
export interface Packed {
  readonly name: string;
  /** Reads one value and returns its JSON. Throws a `PackedError`. */
  read(input: Input): string;
  /** Returns the bytes of a value. Throws `Misfit` or `TooLarge`. */
  write(json: ExactJson): Buffer;
}

/** The codec of a binary form of JSON. A key or value is one value, and nothing follows it. */
export function packedCodec(packed: Packed): WorkerCodec {
  const facts: DecodedFacts = { format: packed.name, isGuess: false };
  return {
    openDecode: () => (payloads) =>
      payloads.map((payload): Shown => {
        const bytes = intactBytes(payload);
        return bytes ? decode(bytes, packed, facts) : { problem: { kind: 'lossy' } };
      }),
    openEncode: () => (texts) => texts.map((text) => encode(text, packed)),
  };
}

function decode(bytes: Buffer, packed: Packed, facts: DecodedFacts): Shown {
  try {
    const input = new Input(bytes);
    const text = packed.read(input);
    if (input.rest > 0) throw new PackedError(phrase('more data follow than one value'));
    return { text, facts };
  } catch (error) {
    if (!(error instanceof PackedError)) throw error;
    return { problem: { kind: 'not-in-format', detail: error.phrase } };
  }
}

function encode(text: string, packed: Packed): Encoded {
  try {
    return { payload: packed.write(parseExact(text)) };
  } catch (error) {
    if (error instanceof Misfit) {
      return { problem: 'not-in-schema', detail: error.phrase, path: error.path };
    }
    if (error instanceof TooLarge) return { problem: 'not-in-schema', detail: TOO_LARGE };
    if (error instanceof JsonSyntaxError) return { problem: 'not-in-format' };
    throw error;
  }
}
