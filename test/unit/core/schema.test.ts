import assert from 'node:assert/strict';
import {
  array,
  boolean,
  digits,
  either,
  fallback,
  index,
  known,
  knownMembers,
  lenient,
  literal,
  map,
  nullable,
  number,
  object,
  optional,
  type Read,
  record,
  string,
} from '../../../src/core/schema';

describe('a schema', () => {
  it('reads plain values, and nothing in their place', () => {
    assert.deepEqual([string(''), string(7), string(undefined)], ['', undefined, undefined]);
    assert.deepEqual([boolean(false), boolean('false')], [false, undefined]);
    assert.deepEqual([number(-0.5), number(NaN), number(Infinity)], [-0.5, undefined, undefined]);
    assert.deepEqual([index(0), index(-1), index(1.5), index(2 ** 53)], [0, ...none(3)]);
    assert.deepEqual([digits('007'), digits('-1'), digits('1'.repeat(20))], ['007', ...none(2)]);
    assert.deepEqual(['a', 'b', 1].map(literal('a', 'c')), ['a', ...none(2)]);
    assert.deepEqual([null, 1, 'x'].map(nullable(number)), [null, 1, undefined]);
  });

  it('reads an object without what it does not know', () => {
    const target = object({ topic: string, partition: optional(index) });
    const typed: Read<typeof target> = { topic: 'orders' };
    assert.deepEqual(target({ topic: 'orders', more: 1 }), typed);
    assert.deepEqual(target({ topic: 'orders', partition: 3 }), { topic: 'orders', partition: 3 });
    assert.deepEqual(
      [{}, { topic: 7 }, { topic: 'a', partition: 'b' }, null, 'a', []].map(target),
      none(6),
    );
  });

  it('takes a lenient member that does not fit for missing', () => {
    const given = object({ count: lenient(index), start: fallback(literal('a', 'b'), 'b') });
    assert.deepEqual(given({ count: 'x', start: 'c' }), { start: 'b' });
    assert.deepEqual(given({ count: 1 }), { count: 1, start: 'b' });
  });

  it('looks at own members alone', () => {
    const inherited = Object.create({ topic: 'orders' }) as unknown;
    assert.equal(object({ topic: string })(inherited), undefined);
    assert.deepEqual(object({ toString: optional(string) })({}), {});
  });

  it('reads arrays whole, or what is known of them', () => {
    assert.deepEqual(array(index)([1, 2]), [1, 2]);
    assert.deepEqual([[1, 'x'], [1, 2, 3], {}, 'ab'].map(array(index, 2)), none(4));
    assert.deepEqual(known(index)([1, 'x', 2]), [1, 2]);
  });

  it('reads records whole, or what is known of them', () => {
    const widths = knownMembers(literal('key', 'value'), number);
    assert.deepEqual(widths({ key: 1, value: 'wide', other: 2 }), { key: 1 });
    assert.deepEqual([[], null, 1].map(widths), none(3));
    const strict = record(literal('key', 'value'), number);
    assert.deepEqual(strict({ key: 1 }), { key: 1 });
    assert.deepEqual([{ key: 'wide' }, { key: 1, other: 2 }, null].map(strict), none(3));
  });

  it('reads the first of several that fits', () => {
    const shape = either(
      object({ kind: literal('text'), text: string }),
      object({ kind: literal('null') }),
    );
    assert.deepEqual(shape({ kind: 'text', text: 'a' }), { kind: 'text', text: 'a' });
    assert.deepEqual(shape({ kind: 'null', text: 'a' }), { kind: 'null' });
    assert.equal(shape({ kind: 'text' }), undefined);
  });

  it('makes something else of what it read, or turns it down', () => {
    const even = map(index, (read) => (read % 2 === 0 ? BigInt(read) : undefined));
    assert.deepEqual([2, 3, 'x'].map(even), [2n, undefined, undefined]);
  });
});

function none(count: number): undefined[] {
  return Array.from({ length: count }, () => undefined);
}
