import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareDecimals } from '../../../../src/viewer/filter/path/decimals';
import { FilterError } from '../../../../src/viewer/filter/filterError';
import { parseFilter } from '../../../../src/viewer/filter/filterParser';
import { pathTest } from '../../../../src/viewer/filter/jsonPath';

/** Whether a message with this value matches a filter that is one path. */
function matches(filter: string, value: string): boolean {
  const node = parseFilter(filter, { now: 0, zone: 'utc' });
  assert.ok(node?.kind === 'path');
  return pathTest(node.path, node.at, node.test)(value);
}

const ada = '{"user":{"id":5,"name":"Ada"},"items":[{"price":8},{"price":12}],"none":null,"a-b":1}';

describe('A JSON path', () => {
  const holding: readonly (readonly [string, string])[] = [
    ['$.user', ada],
    ['$.none', ada],
    ['$.a-b == 1', ada],
    ['$.user.id == 5', ada],
    ['$.user.id != 6', ada],
    ['$.user.id != "5"', ada],
    ['$.user.name == "Ada"', ada],
    ['$.user.name =~ /^a/i', ada],
    ['$.user.name < "B"', ada],
    ['$.items[*].price > 10', ada],
    ['$.items[*].price < 10', ada],
    ['$.items[-1].price == 12', ada],
    ['$..price >= 12', ada],
    ['$.items[?@.price > 10]', ada],
    ['$.none == null', ada],
    ['$.none <= null', ada],
    ['$ == 5', ' 5 '],
    ['$ == "x"', '"x"'],
    ['$[1] == true', '[0,true]'],
    ['$.items[?@.price > 0.5]', '{"items":[{"price":0.75}]}'],
    ['$[?@.ratio <= 0.25]', '[{"ratio":0.25}]'],
    ['$.items[?@.price == -0.5e-3]', '{"items":[{"price":-0.0005}]}'],
    // Numbers are compared exactly in brackets, too.
    ['$.items[?@.id == 73314510714175489]', '{"items":[{"id":73314510714175489}]}'],
    ['$.items[?@.id != 73314510714175489]', '{"items":[{"id":73314510714175488}]}'],
    ['$[?@.id > 73314510714175488].a == 1', '[{"a":1,"id":73314510714175489}]'],
    ['$[?@.p == 0.30000000000000000001]', '[{"p":0.3},{"p":0.30000000000000000001}]'],
    ['$[?@.a == @.b]', '[{"a":[73314510714175489],"b":[73314510714175489.0]}]'],
    ['$[?@ == $[0]][0] == 1', '[[1,73314510714175489],[1,73314510714175489]]'],
    ['$[?@.id == 0.1]', '[{"x":73314510714175489,"id":0.1}]'],
    // Numbers are what they are, however they are written.
    ['$.a == 100', '{"a":1e2}'],
    ['$.a == 1.50', '{"a":15e-1}'],
    ['$.a == -0', '{"a":0.0}'],
    ['$.a == 9007199254740993', '{"a":9007199254740993}'],
    ['$.a > 9007199254740992', '{"a":9007199254740993}'],
    ['$.a < 9007199254740993', '{"a":9007199254740992}'],
    ['$.a != 9007199254740992', '{"b":{"a":[1]},"a":9007199254740993}'],
    ['$.a[1].b == 0.10000000000000000001', '{"a":[0,{"c":"]","b":0.10000000000000000001}]}'],
    ['$.a > 1e400', '{"a":1e401}'],
    ['$.a == 18446744073709551615', '{"a":1,"a":18446744073709551615}'],
    ['$.a < 5', '{"a":4.99999999999999999999}'],
    // Names are text, and nothing that objects inherit.
    ['$.__proto__.x == 1', '{"__proto__":{"x":1}}'],
    ['$.constructor == 2', '{"constructor":2}'],
    // "<" is by code points.
    ['$.a < "\u{1f600}"', '{"a":"\uffee"}'],
  ];
  for (const [filter, value] of holding) {
    it(`${filter} holds for ${value.slice(0, 50)}`, () => {
      assert.equal(matches(filter, value), true);
    });
  }

  const failing: readonly (readonly [string, string])[] = [
    ['$.missing', ada],
    // To have those without it, too, one writes `not $.missing == 5`.
    ['$.missing != 5', ada],
    ['$.user.id == "5"', ada],
    ['$.user.id < "6"', ada],
    ['$.user.name == "ada"', ada],
    ['$.user.id =~ /5/', ada],
    ['$.items[*].price > 12', ada],
    ['$.none == false', ada],
    ['$.none < null', ada],
    ['$.a == 9007199254740993', '{"a":9007199254740992}'],
    ['$.a == 9007199254740992', '{"a":9007199254740993}'],
    ['$.a == 5', '{"a":5.00000000000000000001}'],
    ['$.a == 1e400', '{"a":1e401}'],
    ['$.a == 0', '{"a":1e-999}'],
    ['$.items[?@.id == 73314510714175489]', '{"items":[{"id":73314510714175488}]}'],
    ['$.items[?@.id > 73314510714175488]', '{"items":[{"id":73314510714175488}]}'],
    ['$.items[?@.price > 0.5]', '{"items":[{"price":0.5}]}'],
    ['$[?@.p == 0.30000000000000000001]', '[{"p":0.3}]'],
    ['$[?@.a == @.b]', '[{"a":[73314510714175489],"b":[73314510714175488]}]'],
    ['$.toString', '{}'],
    ['$.__proto__', '{}'],
    ['$.constructor', '{}'],
    ['$.length', '[1]'],
    ['$.a', 'not JSON'],
    ['$.a', '{"a":1'],
    ['$.a', '{"a":1} x'],
    ['$.a', ''],
    ['$ != 1', 'plain text'],
  ];
  for (const [filter, value] of failing) {
    it(`${filter} does not hold for ${value.slice(0, 50) || 'nothing'}`, () => {
      assert.equal(matches(filter, value), false);
    });
  }

  it('survives a depth of 100,000', () => {
    const deep = '{"a":'.repeat(100_000) + '9007199254740993' + '}'.repeat(100_000);
    assert.equal(matches('$.a.a.a', deep), true);
    assert.equal(matches('$..a == 9007199254740993', deep), false);
    assert.equal(matches('$..b', '['.repeat(100_000) + ']'.repeat(100_000)), false);
  });

  it('looks at all of a long array', () => {
    const many = JSON.stringify(Array.from({ length: 300_000 }, (_, n) => n));
    assert.equal(matches('$[*] == 299999', many), true);
    assert.equal(matches('$..* == 299999', many), true);
  });

  it('is told to be bad where it is', () => {
    const problem = (filter: string) => {
      try {
        matches(filter, '{}');
      } catch (error) {
        assert.ok(error instanceof FilterError && error.fault.kind === 'path');
        return [error.fault.problem, filter.slice(error.at, error.at + error.length)];
      }
      return undefined;
    };
    assert.deepEqual(problem('$.a.. == 5'), ['name', '.']);
    assert.deepEqual(problem('  $.a[b]'), ['selector', 'b]']);
    assert.deepEqual(problem('$.a.'), ['name', '.']);
    assert.deepEqual(problem('$[?nothing(@)]'), ['function', 'nothing(@)]']);
  });
});

describe('Decimal numbers', () => {
  it('are compared exactly', () => {
    const digits = fc.tuple(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.nat(30));
    // As whole numbers of 10^-30.
    const scaled = ([number, places]: [bigint, number]) => number * 10n ** BigInt(30 - places);
    const write = ([number, places]: [bigint, number], pointed: boolean): string => {
      if (!pointed || places === 0) return `${number}e${-places}`;
      const all = String(number < 0n ? -number : number).padStart(places + 1, '0');
      return `${number < 0n ? '-' : ''}${all.slice(0, -places)}.${all.slice(-places)}`;
    };
    fc.assert(
      fc.property(digits, digits, fc.boolean(), fc.boolean(), (a, b, first, second) => {
        const [x, y] = [scaled(a), scaled(b)];
        const order = x < y ? -1 : x > y ? 1 : 0;
        assert.equal(Math.sign(compareDecimals(write(a, first), write(b, second))), order);
        assert.equal(compareDecimals(write(a, first), write(a, second)), 0);
      }),
    );
  });

  it('may have exponents beyond any double', () => {
    assert.ok(compareDecimals('1e99999999999999999999', '2e99999999999999999998') > 0);
    assert.ok(compareDecimals('-1e99999999999999999999', '0') < 0);
    assert.equal(compareDecimals('0e5', '-0.0'), 0);
    assert.equal(compareDecimals('10E+1', '1000e-1'), 0);
  });
});
