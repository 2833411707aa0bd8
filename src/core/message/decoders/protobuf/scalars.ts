import { phrase } from '../../../phrase';
import { isUtf8 } from 'node:buffer';
import { ScalarType } from '@bufbuild/protobuf';
import { type ExactJson, isMembers, JsonNumber } from '../../../json/exact';
import { decimal, shortestFloat } from '../floats';
import { Misfit } from '../schemas/problems';
import { utf8Of } from '../schemas/utf8';
import { bytesOfBase64 } from './base64';
import { signed64, unsigned64, type WireReader, wireTypes, type WireWriter, zigzag } from './wire';

/** How the values of a scalar type are written and shown. */
export interface Scalar {
  readonly wireType: number;
  /** The JSON of its default. */
  readonly zero: string;
  /** Reads a value and returns its JSON. */
  read(reader: WireReader): string;
  /** Writes the value of parsed JSON. Throws a `Misfit`. */
  write(value: ExactJson, writer: WireWriter): void;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Integers: 64 bits in JSON with all digits, not in quotes as Protobuf's own JSON has them. */
function integer(
  bits: 32 | 64,
  isSigned: boolean,
  encoding: Pick<Scalar, 'wireType' | 'read'> & {
    readonly put: (number: bigint, writer: WireWriter) => void;
  },
): Scalar {
  const [min, max] = isSigned
    ? [-(1n << BigInt(bits - 1)), (1n << BigInt(bits - 1)) - 1n]
    : [0n, (1n << BigInt(bits)) - 1n];
  return {
    ...encoding,
    zero: '0',
    write(value, writer) {
      const number = wholeNumber(value);
      if (number === undefined) throw new Misfit(phrase('must be a whole number'));
      if (number < min || number > max) {
        throw new Misfit(phrase('must be a number from {0} to {1}', String(min), String(max)));
      }
      encoding.put(number, writer);
    },
  };
}

/** Returns the whole number of JSON, which may be in quotes, or have an exponent. */
function wholeNumber(value: ExactJson): bigint | undefined {
  const text = value instanceof JsonNumber ? value.text : value;
  if (typeof text !== 'string' || text.length > 40 || !NUMBER.test(text)) return undefined;
  if (/^-?\d+$/.test(text)) return BigInt(text);
  const number = Number(text);
  return Number.isSafeInteger(number) ? BigInt(number) : undefined;
}

const varint = {
  wireType: wireTypes.varint,
  put: (number: bigint, writer: WireWriter) => writer.varint(number),
};
const zigzagged = (bits: 32 | 64) => ({
  wireType: wireTypes.varint,
  read(reader: WireReader) {
    reader.varint();
    if (bits === 32) return String((reader.low >>> 1) ^ -(reader.low & 1));
    return String(zigzag((BigInt(reader.high) << 32n) | BigInt(reader.low)));
  },
  put(number: bigint, writer: WireWriter) {
    writer.varint(number < 0n ? -2n * number - 1n : 2n * number);
  },
});
const fixed = (size: 4 | 8) => ({
  wireType: size === 4 ? wireTypes.fixed32 : wireTypes.fixed64,
  put: (number: bigint, writer: WireWriter) => writer.fixed(number, size),
});

function float(size: 4 | 8): Scalar {
  return {
    wireType: size === 4 ? wireTypes.fixed32 : wireTypes.fixed64,
    zero: '0',
    read(reader) {
      const number = size === 4 ? reader.float() : reader.double();
      if (!Number.isFinite(number)) return `"${number}"`;
      return size === 4 ? shortestFloat(number) : decimal(number);
    },
    write(value, writer) {
      const text = value instanceof JsonNumber ? value.text : value;
      const number = typeof text === 'string' ? Number(text) : NaN;
      const isNamed = value === 'NaN' || value === 'Infinity' || value === '-Infinity';
      if (!isNamed && !(typeof text === 'string' && NUMBER.test(text))) {
        throw new Misfit(phrase('must be a number, "NaN", "Infinity" or "-Infinity"'));
      }
      const kept = size === 4 ? Math.fround(number) : number;
      if (!isNamed && !Number.isFinite(kept)) throw new Misfit(phrase('is too large a number'));
      writer.float(number, size);
    },
  };
}

const bool: Scalar = {
  wireType: wireTypes.varint,
  zero: 'false',
  read(reader) {
    const low = reader.varint();
    return low !== 0 || reader.high !== 0 ? 'true' : 'false';
  },
  write(value, writer) {
    if (typeof value !== 'boolean') throw new Misfit(phrase('must be true or false'));
    writer.varint(value ? 1n : 0n);
  },
};

const string: Scalar = {
  wireType: wireTypes.bytes,
  zero: '""',
  read(reader) {
    const bytes = reader.slice();
    if (isUtf8(bytes)) return JSON.stringify(bytes.toString());
    // Files of proto2 may hold any bytes where a text belongs, and none of them is to be lost.
    return `{"base64":"${bytes.toString('base64')}"}`;
  },
  write(value, writer) {
    if (isMembers(value) && value.size === 1 && value.has('base64')) {
      writer.slice(bytesOfBase64(value.get('base64')));
      return;
    }
    if (typeof value !== 'string') throw new Misfit(phrase('must be a text'));
    writer.slice(utf8Of(value));
  },
};

const bytes: Scalar = {
  wireType: wireTypes.bytes,
  zero: '""',
  read: (reader) => `"${reader.slice().toString('base64')}"`,
  write: (value, writer) => {
    writer.slice(bytesOfBase64(value));
  },
};

export const scalars: Readonly<Record<ScalarType, Scalar>> = {
  [ScalarType.DOUBLE]: float(8),
  [ScalarType.FLOAT]: float(4),
  [ScalarType.INT64]: integer(64, true, {
    ...varint,
    read: (reader) => signed64(reader.varint(), reader.high),
  }),
  [ScalarType.UINT64]: integer(64, false, {
    ...varint,
    read: (reader) => unsigned64(reader.varint(), reader.high),
  }),
  [ScalarType.INT32]: integer(32, true, {
    ...varint,
    read: (reader) => String(reader.varint() | 0),
  }),
  [ScalarType.FIXED64]: integer(64, false, {
    ...fixed(8),
    read: (reader) => unsigned64(reader.fixed64(), reader.high),
  }),
  [ScalarType.FIXED32]: integer(32, false, {
    ...fixed(4),
    read: (reader) => String(reader.fixed32()),
  }),
  [ScalarType.BOOL]: bool,
  [ScalarType.STRING]: string,
  [ScalarType.BYTES]: bytes,
  [ScalarType.UINT32]: integer(32, false, { ...varint, read: (reader) => String(reader.varint()) }),
  [ScalarType.SFIXED32]: integer(32, true, {
    ...fixed(4),
    read: (reader) => String(reader.fixed32() | 0),
  }),
  [ScalarType.SFIXED64]: integer(64, true, {
    ...fixed(8),
    read: (reader) => signed64(reader.fixed64(), reader.high),
  }),
  [ScalarType.SINT32]: integer(32, true, zigzagged(32)),
  [ScalarType.SINT64]: integer(64, true, zigzagged(64)),
};
