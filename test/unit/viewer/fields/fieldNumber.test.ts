import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NumberReader } from '../../../../src/viewer/fields/fieldNumber';

const reader = new NumberReader();

function read(text: string): { value: number; rest: number; isExact: boolean } {
  const bytes = Buffer.from(`[${text}]`);
  reader.read(bytes, 1, bytes.length - 1);
  const { value, rest, isExact } = reader;
  return { value, rest, isExact };
}

describe('A number in the bytes of JSON', () => {
  it('is the nearest double, and zero has no sign', () => {
    const written = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.integer().map((n) => String(n / 100)),
      fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map(String),
      fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(40)).map(decimal),
    );
    fc.assert(
      fc.property(written, (text) => {
        assert.ok(Object.is(read(text).value, Number(text) + 0), text);
      }),
      { numRuns: 2_000 },
    );
    for (const text of ['-0', '-0.0', '0e5', '-1e-400']) assert.ok(Object.is(read(text).value, 0));
  });

  it('is whole with what its double lacks, up to 64 bits', () => {
    const near = fc.tuple(fc.nat(63), fc.integer({ min: -1100, max: 1100 }));
    const written = fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }),
      near.map(([power, plus]) => 2n ** BigInt(power) + BigInt(plus)),
      near.map(([power, plus]) => -(2n ** BigInt(power)) + BigInt(plus)),
    );
    fc.assert(
      fc.property(written, (number) => {
        const { value, rest, isExact } = read(String(number));
        assert.ok(isExact);
        assert.equal(BigInt(value) + BigInt(rest), number);
        assert.equal(value, Number(number));
        assert.ok(Math.abs(rest) <= 1024);
      }),
      { numRuns: 2_000 },
    );
  });

  it('says where its double does not tell it from others', () => {
    for (const text of [
      '1.5',
      '0.1',
      '123456789.012345',
      '9223372036854775807',
      '1e3',
      '0',
      '1.0',
    ]) {
      assert.ok(read(text).isExact, text);
    }
    for (const text of [
      ...[
        '0.10000000000000000001',
        '9007199254740993.0',
        '12345678901234567890',
        '1e-400',
        '1e400',
      ],
      ...['123456789012345e4', '1'.repeat(5_000)],
    ]) {
      assert.ok(!read(text).isExact, text);
    }
  });

  it('counts as 0 where it is none', () => {
    for (const text of ['1.', '.5', '-', '1-2', 'x', '1.2.3', '+1']) {
      assert.deepEqual(read(text), { value: 0, rest: 0, isExact: true }, text);
    }
  });
});

function decimal([unscaled, scale]: readonly [bigint, number]): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${unscaled < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
}
