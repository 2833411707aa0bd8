import { phrase } from '../../../phrase';
import type { ExactJson } from '../../../json/exact';
import { Misfit } from '../schemas/problems';

/** The type of extension that is a timestamp. */
export const TIMESTAMP = -1;
const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/;
const [FIRST, LAST] = [-62_135_596_800n, 253_402_300_799n];

/** Returns a timestamp as ISO 8601; `undefined` if it is none of the years 1 to 9999. */
export function readTimestamp(bytes: Buffer): string | undefined {
  const [seconds, nanos] = secondsAndNanos(bytes);
  if (seconds < FIRST || seconds > LAST || nanos > 999_999_999) return undefined;
  // What has a shorter form would be written in that one.
  if (!bytes.equals(shortest(seconds, nanos))) return undefined;
  const fraction =
    nanos === 0
      ? ''
      : `.${String(nanos)
          .padStart(9, '0')
          .replace(/0{1,8}$/, '')}`;
  return isoSeconds(seconds) + fraction + 'Z';
}

/** Returns seconds since 1970 as ISO 8601, without a fraction and a zone. */
export function isoSeconds(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString().slice(0, -'.000Z'.length);
}

function secondsAndNanos(bytes: Buffer): readonly [seconds: bigint, nanos: number] {
  switch (bytes.length) {
    case 4:
      return [BigInt(bytes.readUInt32BE()), 0];
    case 8: {
      const both = bytes.readBigUInt64BE();
      return [both & 0x3_ffff_ffffn, Number(both >> 34n)];
    }
    case 12:
      return [bytes.readBigInt64BE(4), bytes.readUInt32BE()];
    default:
      return [LAST + 1n, 0];
  }
}

/** Returns the bytes of a time, in the shortest of the three forms. Throws a `Misfit`. */
export function timestampBytes(json: ExactJson | undefined): Buffer {
  const [, time = '', fraction = ''] = TIME.exec(typeof json === 'string' ? json : '') ?? [];
  const milliseconds = Date.parse(`${time}Z`);
  if (Number.isNaN(milliseconds) || isoSeconds(BigInt(milliseconds / 1000)) !== time) {
    throw new Misfit(phrase('must be a time such as "2026-01-31T23:59:59.5Z"'), ['timestamp']);
  }
  return shortest(BigInt(milliseconds / 1000), Number(fraction.padEnd(9, '0')));
}

function shortest(seconds: bigint, nanos: number): Buffer {
  const bytes = Buffer.alloc(12);
  if (seconds < 0n || seconds >= 2n ** 34n) {
    bytes.writeUInt32BE(nanos);
    bytes.writeBigInt64BE(seconds, 4);
    return bytes;
  }
  bytes.writeBigUInt64BE((BigInt(nanos) << 34n) | seconds);
  return nanos === 0 && seconds < 2n ** 32n ? bytes.subarray(4, 8) : bytes.subarray(0, 8);
}
