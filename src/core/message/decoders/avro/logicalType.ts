import { JsonNumber, type ExactJson } from '../../../json/exact';
import type { Logical, Primitive } from './schema';

const MAX_PRECISION = 1000;

const kinds: ReadonlyMap<string, { readonly of: Primitive; readonly logical: Logical }> = new Map([
  ['date', { of: 'int', logical: { name: 'date' } }],
  ['uuid', { of: 'string', logical: { name: 'uuid' } }],
  ['big-decimal', { of: 'bytes', logical: { name: 'big-decimal' } }],
  ['time-millis', { of: 'int', logical: { name: 'time', digits: 3 } }],
  ['time-micros', { of: 'long', logical: { name: 'time', digits: 6 } }],
  ['timestamp-millis', { of: 'long', logical: { name: 'timestamp', digits: 3 } }],
  ['timestamp-micros', { of: 'long', logical: { name: 'timestamp', digits: 6 } }],
  ['timestamp-nanos', { of: 'long', logical: { name: 'timestamp', digits: 9 } }],
  ['local-timestamp-millis', { of: 'long', logical: { name: 'local-timestamp', digits: 3 } }],
  ['local-timestamp-micros', { of: 'long', logical: { name: 'local-timestamp', digits: 6 } }],
  ['local-timestamp-nanos', { of: 'long', logical: { name: 'local-timestamp', digits: 9 } }],
]);

/**
 * Returns the logical type of a definition. One that is unknown, or does not go with the type, is
 * ignored, as the specification asks for.
 */
export function logicalOf(
  node: ReadonlyMap<string, ExactJson>,
  of: Primitive | 'fixed',
  size?: number,
): { readonly logical?: Logical } {
  const name = node.get('logicalType');
  if (typeof name !== 'string') return {};
  if (name === 'decimal' && (of === 'bytes' || of === 'fixed')) return decimalOf(node);
  if (of === 'fixed') {
    if (name === 'duration' && size === 12) return { logical: { name } };
    return name === 'uuid' && size === 16 ? { logical: { name } } : {};
  }
  const known = kinds.get(name);
  return known?.of === of ? { logical: known.logical } : {};
}

function decimalOf(node: ReadonlyMap<string, ExactJson>): { readonly logical?: Logical } {
  const number = (name: string, missing: number) => {
    const value = node.get(name);
    if (value === undefined) return missing;
    return value instanceof JsonNumber ? Number(value.text) : NaN;
  };
  const precision = number('precision', NaN);
  const scale = number('scale', 0);
  const isValid =
    Number.isInteger(precision) &&
    Number.isInteger(scale) &&
    precision >= 1 &&
    precision <= MAX_PRECISION &&
    scale >= 0 &&
    scale <= precision;
  return isValid ? { logical: { name: 'decimal', precision, scale } } : {};
}
