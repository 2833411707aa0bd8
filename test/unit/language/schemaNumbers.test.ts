import assert from 'node:assert/strict';
import { readValue } from '../../../src/language/schema/jsonTree';
import { misfits } from '../../../src/language/schema/misfits';
import { integerOf } from '../../../src/language/schema/numbers';
import type { Schema } from '../../../src/language/schema/walker';

describe('Numbers by a schema', () => {
  /** Returns what is wrong with a number, in a few words. */
  function wrong(text: string, schema: Schema): string {
    const tree = readValue({ start: 0, end: text.length, text });
    assert.ok(tree);
    return misfits(schema, tree)
      .map(({ kind, detail }) => [kind, detail].join(' '))
      .join();
  }

  it('are compared with every digit', () => {
    const long = { type: 'integer', minimum: -(2 ** 63), exclusiveMaximum: 2 ** 63 };
    const range = 'number-range -9223372036854775808 … 9223372036854775807';
    assert.equal(wrong('9223372036854775807', long), '');
    assert.equal(wrong('9223372036854775808', long), range);
    assert.equal(wrong('-9223372036854775808', long), '');
    assert.equal(wrong('-9223372036854775809', long), range);
    assert.equal(wrong('9007199254740993.5', long), 'type-wrong integer');
  });

  it('may have limits that are not allowed themselves', () => {
    const share = { type: 'number', exclusiveMinimum: 0, maximum: 1 };
    assert.equal(wrong('0', share), 'number-range > 0 … 1');
    assert.equal(wrong('0.5', share), '');
    const old = { type: 'number', minimum: 0, exclusiveMinimum: true };
    assert.equal(wrong('0', old), 'number-range > 0 … Infinity');
  });

  const integers: readonly (readonly [string, bigint | undefined])[] = [
    ['-0', 0n],
    ['1e3', 1000n],
    ['12.50e1', 125n],
    ['12.5', undefined],
    ['100e-2', 1n],
    ['1e-400', undefined],
    ['1e999999999', undefined],
    ['9007199254740993', 9007199254740993n],
    ['1'.repeat(2000), undefined],
  ];
  for (const [text, expected] of integers) {
    it(`${text.slice(0, 20)} is ${expected === undefined ? 'no integer' : String(expected)}`, () => {
      assert.equal(integerOf(text), expected);
    });
  }
});
