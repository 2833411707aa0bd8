import { type Phrase, phrase } from '../../../phrase';
import { JsonNumber, type ExactJson } from '../../../json/exact';
import { Misfit } from '../schemas/problems';
import { ByteReader, ByteWriter } from './bytes';
import {
  dateText,
  daysOf,
  durationOf,
  durationText,
  timestampText,
  timeText,
  unitsOfTime,
  unitsOfTimestamp,
} from './dates';
import {
  bytesOfInteger,
  decimalText,
  integerOfBytes,
  MAX_DECIMAL_BYTES,
  unscaledOf,
} from './decimal';
import type { Logical } from './schema';

/** The most digits after the point of a number that has as many as it likes. */
const MAX_SCALE = 1000;
/** A text that people mean as a number. */
export const QUOTED_NUMBER = /^[-+]?\d+(?:\.\d+)?$/;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/**
 * Returns a value of a logical type as readable JSON; `undefined` if there is no such text for it,
 * so that it is shown as what it is written as.
 */
export function readLogical(logical: Logical, value: number | bigint | Buffer): string | undefined {
  const text = typeof value === 'object' ? ofBytes(logical, value) : ofUnits(logical, value);
  return text === undefined || isDecimal(logical) ? text : `"${text}"`;
}

/** Whether a number stands for values of the type. */
export function isDecimal({ name }: Logical): boolean {
  return name === 'decimal' || name === 'big-decimal';
}

function ofBytes(logical: Logical, bytes: Buffer): string | undefined {
  switch (logical.name) {
    case 'decimal':
      if (bytes.length === 0 || bytes.length > MAX_DECIMAL_BYTES) return undefined;
      return decimalText(integerOfBytes(bytes), logical.scale);
    case 'big-decimal':
      return bigDecimalText(bytes);
    case 'uuid':
      return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    case 'duration':
      return durationText({
        months: bytes.readUInt32LE(0),
        days: bytes.readUInt32LE(4),
        millis: bytes.readUInt32LE(8),
      });
    case 'date':
    case 'time':
    case 'timestamp':
    case 'local-timestamp':
      return undefined;
  }
}

function ofUnits(logical: Logical, units: number | bigint): string | undefined {
  switch (logical.name) {
    case 'date':
      return dateText(Number(units));
    case 'time':
      return timeText(units, logical.digits);
    case 'timestamp': {
      const text = timestampText(units, logical.digits);
      return text && `${text}Z`;
    }
    case 'local-timestamp':
      return timestampText(units, logical.digits);
    case 'decimal':
    case 'big-decimal':
    case 'uuid':
    case 'duration':
      return undefined;
  }
}

/**
 * Returns the number that a readable text stands for; `undefined` if the type is written as what it
 * is. Throws `Misfit`.
 */
export function unitsOf(logical: Logical, text: string): bigint | undefined {
  switch (logical.name) {
    case 'date': {
      const days = daysOf(text);
      if (days === undefined) throw new Misfit(phrase('expected a date such as "2026-01-31"'));
      return BigInt(days);
    }
    case 'time':
      return orMisfit(unitsOfTime(text, logical.digits));
    case 'timestamp':
      return orMisfit(unitsOfTimestamp(text, logical.digits, true));
    case 'local-timestamp':
      return orMisfit(unitsOfTimestamp(text, logical.digits, false));
    case 'decimal':
    case 'big-decimal':
    case 'uuid':
    case 'duration':
      return undefined;
  }
}

/**
 * Returns the bytes that a readable value stands for; `undefined` if the value is not readable but
 * the bytes themselves. `size`: of a fixed. Throws `Misfit`.
 */
export function bytesOf(logical: Logical, value: ExactJson, size?: number): Buffer | undefined {
  switch (logical.name) {
    case 'decimal':
      refuseQuotedNumber(value);
      return value instanceof JsonNumber ? decimalBytes(logical, value.text, size) : undefined;
    case 'big-decimal':
      refuseQuotedNumber(value);
      return value instanceof JsonNumber ? bigDecimalBytes(value.text) : undefined;
    case 'uuid':
      if (typeof value !== 'string' || !UUID.test(value)) return undefined;
      return Buffer.from(value.replaceAll('-', ''), 'hex');
    case 'duration': {
      if (typeof value !== 'string' || !value.startsWith('P')) return undefined;
      const duration = durationOf(value);
      if (!duration) throw new Misfit(phrase('expected a duration such as "P1M2DT3.000S"'));
      const bytes = Buffer.alloc(12);
      bytes.writeUInt32LE(duration.months, 0);
      bytes.writeUInt32LE(duration.days, 4);
      bytes.writeUInt32LE(duration.millis, 8);
      return bytes;
    }
    case 'date':
    case 'time':
    case 'timestamp':
    case 'local-timestamp':
      return undefined;
  }
}

/**
 * Throws `Misfit` if a text is a number in quotes: as the bytes themselves, which Avro's own tools
 * print as a text, it would silently become another number.
 */
function refuseQuotedNumber(value: ExactJson): void {
  if (typeof value === 'string' && QUOTED_NUMBER.test(value)) {
    throw new Misfit(phrase('expected a number, without quotes'));
  }
}

function decimalBytes(
  { precision, scale }: Extract<Logical, { readonly name: 'decimal' }>,
  number: string,
  size: number | undefined,
): Buffer {
  const unscaled = unscaledOf(number, scale);
  if (unscaled === undefined) {
    throw new Misfit(
      scale === 0
        ? phrase('expected {0}, found {1}', phrase('a whole number'), number.slice(0, 40))
        : phrase(
            'expected at most {0} digits after the point, found {1}',
            scale,
            number.slice(0, 40),
          ),
    );
  }
  const digits = String(unscaled < 0n ? -unscaled : unscaled).length;
  const bytes = bytesOfInteger(unscaled, size);
  if (digits > precision || !bytes) {
    throw new Misfit(
      phrase('expected at most {0} digits, found {1}', precision, number.slice(0, 40)),
    );
  }
  return bytes;
}

/**
 * A number that says how many digits after its point it has: the bytes of an integer, and that number
 * of digits as an int, both as Avro writes them.
 */
function bigDecimalText(bytes: Buffer): string | undefined {
  try {
    const reader = new ByteReader(bytes);
    const unscaled = reader.sized();
    const scale = reader.int();
    const isReadable =
      reader.at === bytes.length &&
      unscaled.length > 0 &&
      unscaled.length <= MAX_DECIMAL_BYTES &&
      scale >= 0 &&
      scale <= MAX_SCALE;
    return isReadable ? decimalText(integerOfBytes(unscaled), scale) : undefined;
  } catch (error) {
    if (error instanceof Misfit) return undefined;
    throw error;
  }
}

function bigDecimalBytes(number: string): Buffer {
  const [, fraction = '', exponent = '0'] = /^[^.eE]*(?:\.(\d+))?(?:[eE](.+))?$/.exec(number) ?? [];
  const scale = Math.max(0, fraction.length - Number(exponent));
  const unscaled = unscaledOf(number, scale);
  const bytes = unscaled === undefined ? undefined : bytesOfInteger(unscaled);
  if (!bytes || bytes.length > MAX_DECIMAL_BYTES || scale > MAX_SCALE) {
    throw new Misfit(phrase('expected a number of fewer digits, found {0}', number.slice(0, 40)));
  }
  const writer = new ByteWriter();
  writer.sized(bytes);
  writer.long(scale);
  return writer.taken();
}

function orMisfit(units: bigint | Phrase): bigint {
  if (typeof units === 'object') throw new Misfit(units);
  return units;
}
