import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  exactNumber,
  ExactNumber,
  type Json,
  NumberOrder,
  parseExact,
} from '../../../../../src/viewer/filter/path/json';
import { parsePath } from '../../../../../src/viewer/filter/path/parsePath';
import { PathError } from '../../../../../src/viewer/filter/path/problem';
import { PathQuery } from '../../../../../src/viewer/filter/path/query';

/** What a path selects from a value, as JSON. */
function select(path: string, value: Json): string {
  const found: Json[] = [];
  new PathQuery(parsePath(path), new NumberOrder()).some(value, (each) => {
    found.push(each);
    return false;
  });
  return JSON.stringify(found);
}

const shop = {
  books: [
    { title: 'A', price: 8.95, tags: ['x'] },
    { title: 'B', price: 12, isbn: '1' },
    { title: 'C', price: 0.5, isbn: null },
  ],
  bike: { price: 19, colour: 'red' },
  cheap: 10,
};

describe('A JSON path of RFC 9535', () => {
  const selections: readonly (readonly [string, Json, string])[] = [
    ['$', 1, '[1]'],
    ['$.bike.price', shop, '[19]'],
    ["$['bike']['price']", shop, '[19]'],
    ['$ .bike\n[ "price" ]', shop, '[19]'],
    ['$.books[*].title', shop, '["A","B","C"]'],
    ['$.books[1,0,1].title', shop, '["B","A","B"]'],
    ['$.books[-1].title', shop, '["C"]'],
    ['$.books[3]', shop, '[]'],
    ['$..price', shop, '[8.95,12,0.5,19]'],
    ['$..[0].title', shop, '["A"]'],
    ['$.bike.*', shop, '[19,"red"]'],
    ['$.cheap[0]', shop, '[]'],
    ['$[1:3]', [0, 1, 2, 3], '[1,2]'],
    ['$[-2:]', [0, 1, 2, 3], '[2,3]'],
    ['$[::-2]', [0, 1, 2, 3], '[3,1]'],
    ['$[3:1:-1]', [0, 1, 2, 3], '[3,2]'],
    ['$[::0]', [0, 1], '[]'],
    ['$[1 : 9 : 2]', [0, 1, 2, 3], '[1,3]'],
    ['$.books[?@.isbn].title', shop, '["B","C"]'],
    ['$.books[?!@.isbn].title', shop, '["A"]'],
    ['$.books[?@.isbn == null].title', shop, '["C"]'],
    ['$.books[?@.price < 0.75].title', shop, '["C"]'],
    ['$.books[?@.price < $.cheap && (@.title == "A" || @.tags)].title', shop, '["A"]'],
    ['$.books[?!(@.price > 1e1)].title', shop, '["A","C"]'],
    ['$.books[?@.none == @.nothing].title', shop, '["A","B","C"]'],
    ['$.books[?@.tags[?@ == "x"]].title', shop, '["A"]'],
    ['$.books[?length(@.title) == 1 && count(@.*) == 3].title', shop, '["A","B","C"]'],
    ['$.books[?value(@..price) == 12].title', shop, '["B"]'],
    ["$.books[?match(@.title, '[AB]')].title", shop, '["A","B"]'],
    ['$[?match(@, "a.b")]', ['a\u2028b', 'a\nb', 'xacb'], '["a\u2028b"]'],
    ['$[?search(@, "\\\\d-[.]")]', ['x1-.', '1-a'], '["x1-."]'],
    ['$[?search(@, "(")]', ['('], '[]'],
    ['$[?length(@) == 2]', ['\u{1f600}b', [1, 2], { a: 1 }, 2], '["\u{1f600}b",[1,2]]'],
    [
      '$[?@ == $[0]]',
      [{ a: [1, null] }, { a: [1, null] }, { a: [1] }],
      '[{"a":[1,null]},{"a":[1,null]}]',
    ],
    ['$[?@ < "b"]', ['a', 'b', 1], '["a"]'],
    ['$[?@ <= true]', [true, false], '[true]'],
    ["$['it\\'s \\u263a \"']", { 'it\'s ☺ "': 1 }, '[1]'],
    ['$["\\ud83d\\ude00"]', { '\u{1f600}': 1 }, '[1]'],
    ['$.☺.a-b', { '☺': { 'a-b': 1 } }, '[1]'],
  ];
  for (const [path, value, expected] of selections) {
    it(`${path} selects ${expected}`, () => {
      assert.equal(select(path, value), expected);
    });
  }

  const wrong: readonly (readonly [string, string])[] = [
    ['', 'operand at 0'],
    ['a', 'operand at 0'],
    ['$a', 'end at 1'],
    ['$.', 'name at 2'],
    ['$. a', 'name at 2'],
    ['$..', 'name at 3'],
    ['$.1', 'name at 2'],
    ['$.a ', 'end at 3'],
    ['$[', 'selector at 2'],
    ['$[]', 'selector at 2'],
    ['$[1', 'unclosed at 3'],
    ['$[1,]', 'selector at 4'],
    ['$[01]', 'index at 2'],
    ['$[-0]', 'index at 2'],
    ['$[1.0]', 'index at 2'],
    ['$[9007199254740992]', 'index at 2'],
    ['$["a]', 'string at 2'],
    ['$["\\x"]', 'string at 2'],
    ['$["\\ud800"]', 'string at 2'],
    ["$['\\\"']", 'string at 2'],
    ['$[?]', 'operand at 3'],
    ['$[?1]', 'compare at 3'],
    ['$[?@.a == 01]', 'unclosed at 11'],
    ['$[?@.a = 1]', 'unclosed at 7'],
    ['$[?@.* == 1]', 'incomparable at 3'],
    ['$[?match(@, "a") == true]', 'incomparable at 3'],
    ['$[?length(@)]', 'compare at 3'],
    ['$[?count(1) == 1]', 'arguments at 3'],
    ['$[?length(@..a) == 1]', 'arguments at 3'],
    ['$[?match(@)]', 'arguments at 3'],
    ['$[?match(@, "a", "b")]', 'arguments at 3'],
    ['$[?search(@, @.*)]', 'arguments at 3'],
    ['$[?length(@.a, 1) == 1]', 'arguments at 3'],
    ['$[?count(@.*, @.a) == 1]', 'arguments at 3'],
    ['$[?value() == 1]', 'arguments at 3'],
    ['$[?none(@)]', 'function at 3'],
    ['$[?(@.a]', 'unclosed at 7'],
    ['$[?count (@.*) == 1]', 'operand at 3'],
    ['$[?@' + '[?@'.repeat(200), 'deep at 302'],
  ];
  for (const [path, problem] of wrong) {
    it(`${path.slice(0, 30)} is none`, () => {
      assert.throws(
        () => parsePath(path),
        (error) => error instanceof PathError && error.message === problem,
      );
    });
  }
});

describe('A JSON path with many conditions side by side', () => {
  it('is no deeper than one of them', () => {
    const conditions = Array(101).fill('(@.a)').join(' && ');
    assert.equal(select(`$[?${conditions}]`, [{ a: 1 }, { b: 1 }]), '[{"a":1}]');
  });
});

describe('Exact JSON', () => {
  it('is what JSON.parse gives, with the digits of numbers that a double does not hold', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        assert.deepEqual(rounded(parseExact(text)), JSON.parse(text));
      }),
    );
    assert.deepEqual(parseExact(' {"a" : [1, 73314510714175489], "__proto__": {"a\\"]": true}} '), {
      a: [1, exactNumber('73314510714175489')],
      ['__proto__']: { 'a"]': true },
    });
  });

  it('is read whatever its depth', () => {
    const deep = parseExact('['.repeat(100_000) + ']'.repeat(100_000));
    assert.ok(Array.isArray(deep));
  });
});

/** The value with doubles only. */
function rounded(value: Json): Json {
  if (value instanceof ExactNumber) return value.double;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: Json) => rounded(each));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rounded(each)]));
}
