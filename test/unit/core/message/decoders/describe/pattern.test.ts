import assert from 'node:assert/strict';
import { matches, matching } from '../../../../../../src/core/message/decoders/describe/pattern';

describe('A text that matches a pattern', () => {
  const table: readonly [pattern: string, text: string | undefined][] = [
    ['', ''],
    ['^abc$', 'abc'],
    ['a|b', 'a'],
    ['^(?:b|c)d$', 'bd'],
    ['^(?<year>\\d{4})-(\\d\\d)$', '0000-00'],
    ['.\\.', 'a.'],
    ['\\w\\s\\S\\D\\d', 'a aa0'],
    ['a*b?c+d{2}e{1,3}f{0,}', 'cdde'],
    ['a+?b', 'ab'],
    ['[x-z][\\d]', 'x0'],
    ['[^a][^aA]', 'A0'],
    ['[^aA0 _.~-]', undefined],
    ['\\u{1f600}', undefined],
    ['\u{1f600}', '\u{1f600}'],
    ['(', undefined],
    ['a)', undefined],
    ['[a', undefined],
    ['[^a', undefined],
    ['\\', undefined],
    ['\\bword', undefined],
    ['\\1', undefined],
    ['(?=a)a', undefined],
    ['(?!a)b', undefined],
    ['a{', undefined],
    ['a{100}', 'a'.repeat(100)],
    ['a{101}', undefined],
    ['((a{100}){100}){2}', undefined],
    ['a^', undefined],
    [`${'('.repeat(19)}a${')'.repeat(19)}`, 'a'],
    [`${'('.repeat(20)}a${')'.repeat(20)}`, undefined],
    ['a'.repeat(300), 'a'.repeat(300)],
    ['a'.repeat(301), undefined],
  ];
  for (const [pattern, text] of table) {
    it(`is ${text?.slice(0, 20) ?? 'not known'} for ${pattern.slice(0, 40)}`, () => {
      assert.equal(matching(pattern), text);
    });
  }

  it('is told from others', () => {
    assert.equal(matches('abc', '^b'), false);
    assert.equal(matches('abc', 'b'), true);
    assert.equal(matches('(', '('), false);
  });
});
