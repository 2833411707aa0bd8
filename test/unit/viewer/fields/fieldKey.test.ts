import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_KEY, writeFieldKey } from '../../../../src/viewer/fields/fieldKey';

function keyOf(json: string): Buffer {
  const bytes = Buffer.from(json);
  const target = Buffer.alloc(MAX_KEY + 8);
  const end = writeFieldKey(bytes, { start: 0, end: bytes.length }, target, 0);
  assert.ok(end <= MAX_KEY);
  return target.subarray(0, end);
}

function order(a: string, b: string): number {
  return Buffer.compare(keyOf(a), keyOf(b));
}

describe('The key by which a field is sorted', () => {
  it('orders kinds, and numbers by their exact value', () => {
    const ordered = [
      ['null'],
      ['false'],
      ['true'],
      ['-1e400', '-10e399'],
      ['-9007199254740993'],
      ['-9007199254740992'],
      ['-15'],
      ['-1.5', '-15e-1'],
      ['-1.05'],
      ['-1'],
      ['-0.1'],
      ['-1e-400'],
      ['0', '-0', '0.00', '0e5'],
      ['1e-400'],
      ['0.1', '1e-1', '0.10'],
      ['1', '1.0', '10e-1'],
      ['1.05'],
      ['9007199254740992'],
      ['9007199254740993'],
      ['12345678901234567890.5'],
      ['1e400'],
      ['""'],
      ['"A"', '"\\u0041"'],
      ['"a"'],
      ['"ab"'],
      ['"é"', '"\\u00e9"'],
      ['"\u{1f600}"', '"\\ud83d\\ude00"'],
      ['[1]'],
      ['{}'],
    ];
    for (const [at, [first = '', ...others]] of ordered.entries()) {
      for (const other of others) assert.equal(order(first, other), 0, `${first} ${other}`);
      for (const [later = ''] of ordered.slice(at + 1)) {
        assert.equal(order(first, later), -1, `${first} < ${later}`);
      }
    }
  });

  it('orders doubles and big integers as they are', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
    );
    const sign = (text: string) => (/[.e]/.test(text) ? undefined : BigInt(text));
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [first, second] = [sign(a), sign(b)];
        const expected =
          first !== undefined && second !== undefined
            ? Number(first > second) - Number(first < second)
            : Math.sign(Number(a) - Number(b));
        if (expected !== 0) assert.equal(order(a, b), expected, `${a} ${b}`);
      }),
    );
  });

  it('of a long text is short', () => {
    assert.equal(order(`"${'x'.repeat(5000)}a"`, `"${'x'.repeat(5000)}b"`), 0);
    assert.equal(order(`"\\n${'x'.repeat(5000)}"`, `"\\ny"`), -1);
    assert.ok(keyOf(`"${'\\u00e9'.repeat(500)}"`).length <= MAX_KEY);
    assert.ok(keyOf('1'.repeat(5000)).length <= MAX_KEY);
    assert.ok(keyOf(`-${'1'.repeat(5000)}`).length <= MAX_KEY);
  });
});
