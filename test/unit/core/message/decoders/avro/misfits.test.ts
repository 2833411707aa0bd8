import assert from 'node:assert/strict';
import { encodeHere } from '../../../../../support/decoding';
import { knownSchemas } from '../../../../../support/schemas';

const logical = (type: unknown, logicalType: string, more: object = {}) => ({
  ...(typeof type === 'object' ? type : { type }),
  logicalType,
  ...more,
});
const fixed = (size: number) => ({ type: 'fixed', name: 'F', size });
const letters = Array.from('ABCDEFGHIJK');

describe('What does not fit an Avro schema', () => {
  const table: readonly [schema: unknown, text: string, detail: string, ...path: unknown[]][] = [
    ['null', '1', 'expected null, found 1'],
    ['boolean', '"true"', 'expected true or false, found "true"'],
    ['int', 'true', 'expected a whole number (int), found true'],
    ['long', 'null', 'expected a whole number (long), found null'],
    ['long', '9223372036854775808', '9223372036854775808 is too large for the type long'],
    ['int', '-2147483649', '-2147483649 is too large for the type int'],
    ['float', '"x"', 'expected a number (float), found "x"'],
    ['double', '[]', 'expected a number (double), found an array'],
    ['double', '1e400', '1e400 is too large for the type double'],
    ['string', '{}', 'expected a text, found an object'],
    ['bytes', '1', 'expected a text (bytes), found 1'],
    [fixed(2), '1', 'expected a text (fixed), found 1'],
    [fixed(2), '"abc"', 'expected 2 bytes, found 3'],
    [{ type: 'array', items: 'int' }, '{}', 'expected an array, found an object'],
    [{ type: 'map', values: 'int' }, '[]', 'expected an object (map), found an array'],
    [
      { type: 'map', values: 'int' },
      '{"a":1,"b":"c"}',
      'expected a whole number (int), found "c"',
      'b',
    ],
    [{ type: 'record', name: 'R', fields: [] }, '1', 'expected an object (R), found 1'],
    [
      { type: 'enum', name: 'E', symbols: letters.slice(0, 10) },
      '1',
      'expected one of "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", found 1',
    ],
    [
      { type: 'enum', name: 'E', symbols: letters },
      `"${'x'.repeat(41)}"`,
      `expected one of "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", …, found "${'x'.repeat(40)}…"`,
    ],
    ['string', '1'.repeat(41), `expected a text, found ${'1'.repeat(40)}…`],
    ['int', `"${'x'.repeat(40)}"`, `expected a whole number (int), found "${'x'.repeat(40)}"`],
    [logical('int', 'date'), 'true', 'expected a date, found true'],
    [logical('int', 'date'), '"2026-02-29"', 'expected a date such as "2026-01-31"'],
    [logical('int', 'date'), '"0000-01-01"', 'expected a date such as "2026-01-31"'],
    [logical('int', 'time-millis'), 'true', 'expected a time, found true'],
    [logical('int', 'time-millis'), '"10"', 'expected a time such as "10:15:30"'],
    [logical('int', 'time-millis'), '"24:00"', 'expected a time such as "10:15:30"'],
    [logical('int', 'time-millis'), '"10:60"', 'expected a time such as "10:15:30"'],
    [logical('int', 'time-millis'), '"10:15:60"', 'expected a time such as "10:15:30"'],
    [
      logical('int', 'time-millis'),
      '"10:15:30.1234"',
      'there are at most 3 digits after the point',
    ],
    [
      logical('long', 'time-micros'),
      '"10:15:30.1234567"',
      'there are at most 6 digits after the point',
    ],
    [logical('long', 'timestamp-millis'), 'true', 'expected a date and time, found true'],
    [
      logical('long', 'timestamp-millis'),
      '"2026-01-31T25:00Z"',
      'expected a time such as "10:15:30"',
    ],
    [
      logical('long', 'local-timestamp-millis'),
      'true',
      'expected a local date and time, found true',
    ],
    [
      logical('long', 'local-timestamp-millis'),
      '"2026-01-31T10:15:30Z"',
      'expected a date and time without a zone such as "2026-01-31T10:15:30"',
    ],
    [
      logical('bytes', 'decimal', { precision: 4, scale: 0 }),
      '1.5',
      'expected a whole number, found 1.5',
    ],
    [
      logical('bytes', 'decimal', { precision: 4 }),
      'true',
      'expected a number (decimal), found true',
    ],
    [
      logical(fixed(1), 'decimal', { precision: 2 }),
      '{}',
      'expected a number (decimal), found an object',
    ],
    [logical(fixed(1), 'decimal', { precision: 2 }), '100', 'expected at most 2 digits, found 100'],
    [
      logical('bytes', 'decimal', { precision: 2 }),
      '-100',
      'expected at most 2 digits, found -100',
    ],
    [
      logical('bytes', 'big-decimal'),
      '1e-1001',
      'expected a number of fewer digits, found 1e-1001',
    ],
    [logical(fixed(12), 'duration'), '"P1X"', 'expected a duration such as "P1M2DT3.000S"'],
    [logical(fixed(12), 'duration'), '"P"', 'expected a duration such as "P1M2DT3.000S"'],
    [logical(fixed(12), 'duration'), '"P1DT"', 'expected a duration such as "P1M2DT3.000S"'],
    [
      logical(fixed(12), 'duration'),
      '"P4294967296D"',
      'expected a duration such as "P1M2DT3.000S"',
    ],
    [logical(fixed(12), 'duration'), '"abc"', 'expected 12 bytes, found 3'],
    [logical(fixed(16), 'uuid'), '"abc"', 'expected 16 bytes, found 3'],
  ];
  for (const [schema, text, detail, ...path] of table) {
    it(`${text.slice(0, 30)} does not fit ${JSON.stringify(schema)}: ${detail}`, async () => {
      const schemas = knownSchemas({ file: 'it.avsc', text: JSON.stringify(schema) });
      const encoded = await encodeHere('avro(it.avsc)', text, { schemas });
      assert.ok(encoded.problem === 'not-in-schema', JSON.stringify(encoded));
      assert.deepEqual([encoded.detail, ...(encoded.path ?? [])], [detail, ...path]);
    });
  }
});
