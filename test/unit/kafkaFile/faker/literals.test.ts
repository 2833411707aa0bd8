import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readArguments } from '../../../../src/kafkaFile/faker/literals';

const NOON = new Date('2025-01-31T12:00:00Z');

describe('literals of JavaScript', () => {
  const table: [text: string, values: unknown[]][] = [
    ['', []],
    ['  \n ', []],
    [
      '1, -2, +3, .5, 1e3, 1.5E-1, 0x1F, 0b101, 0o17, 1_000',
      [1, -2, 3, 0.5, 1000, 0.15, 31, 5, 15, 1000],
    ],
    ['5n, -5n, 0xFFn', [5n, -5n, 255n]],
    ['true, false, null, undefined', [true, false, null, undefined]],
    [`"a", 'b', \`c\``, ['a', 'b', 'c']],
    [`'it\\'s', "say \\"x\\"", 'a)b', "}}"`, ["it's", 'say "x"', 'a)b', '}}']],
    ['"\\n\\t\\\\\\/\\u0041\\u{1F600}\\x41\\q"', ['\n\t\\/A\u{1F600}Aq']],
    ['`two\nlines`', ['two\nlines']],
    ['[]', [[]]],
    ['["a", [1, [2]], ]', [['a', [1, [2]]]]],
    ['{min: 1, \'max\': 5, "a-b": {c: []}, 7: 8, }', [{ min: 1, max: 5, 'a-b': { c: [] }, 7: 8 }]],
    ['{\n  min : 1 ,\n  max : 5\n}', [{ min: 1, max: 5 }]],
    ['[\\"a\\", \\"b\\"]', [['a', 'b']]],
    ['/[a-z)]{3}/i', [/[a-z)]{3}/i]],
    ["new Date('2025-01-31T12:00:00Z'), new Date(1738324800000)", [NOON, NOON]],
    ['new Date(2025, 0, 31)', [new Date(2025, 0, 31)]],
    ['1,', [1]],
  ];
  for (const [text, values] of table) {
    it(JSON.stringify(text), () => {
      const call = `f(${text}) rest`;
      const read = readArguments(call, 1);
      assert.deepEqual(read?.values, values);
      assert.equal(call.slice(read.end), ' rest');
    });
  }

  it('have sources', () => {
    assert.deepEqual(readArguments('( 1 , {a: [2]},"x" )', 0)?.sources, ['1', '{a: [2]}', '"x"']);
  });

  it('are nothing else', () => {
    for (const text of [
      'abc',
      '() => 1',
      'Math.random()',
      '1 + 2',
      '`a${1}`',
      "'open",
      '"two\nlines"',
      '[1',
      '[1 2]',
      '[,]',
      '{a}',
      '{a: }',
      '{1: 2',
      ',',
      '1,,2',
      '/[/',
      '/(/',
      "new Date('never')",
      'new Date([])',
      '1.5n',
      '"\\u{110000}"',
      '['.repeat(100_000),
    ]) {
      assert.equal(readArguments(`(${text})`, 0), undefined, text);
    }
  });

  it('keep members that objects inherit', () => {
    const [object] = readArguments('({__proto__: {a: 1}, constructor: 2})', 0)?.values ?? [];
    assert.equal(Object.getPrototypeOf(object), Object.prototype);
    assert.deepEqual(Object.keys(object ?? {}), ['__proto__', 'constructor']);
  });

  it('include all JSON', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        assert.deepEqual(readArguments(`(${json})`, 0)?.values, [JSON.parse(json)]);
      }),
    );
  });
});
