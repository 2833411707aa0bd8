import assert from 'node:assert/strict';
import fc from 'fast-check';
import { requiredTexts } from '../../../../src/viewer/filter/requiredTexts';

describe('What must occur where a regular expression matches', () => {
  for (const [source, flags, ...texts] of [
    ['order-\\d*777\\b', '', 'order-', '777'],
    ['order-\\d*777', 'i', '-', '777'],
    ['a\\.b\\/c', '', 'a.b/c'],
    ['abc?d+e*f', '', 'ab', 'd', 'f'],
    ['ab{2}c{1,}d', '', 'a', 'd'],
    ['^ab$', 'm', 'ab'],
    ['x(yz|w)*[abc]v', '', 'x', 'v'],
    ['x(?:a(b|c))d', 'u', 'x', 'd'],
    ['a\u{1f600}?b', '', 'a', 'b'],
    ['Straße 5', 'iu', ' 5'],
    ['a|b', ''],
    ['ab\\u0041|c', ''],
    ['ab\\x41', ''],
    ['(ab)\\1', ''],
    ['[]ab]', '', 'ab'],
    ['[^\\]]ab', '', 'ab'],
    ['ab\ufffd', '', 'ab'],
    ['ab\ud800', ''],
  ] as const) {
    it(`/${source}/${flags} needs ${JSON.stringify(texts)}`, () => {
      assert.deepEqual(requiredTexts({ source, flags }), texts);
    });
  }

  it('is in every match of any pattern', () => {
    const parts = Array.from('abB1-/ß\u{1f600}.^$|()[]{}*+?,').concat(
      ...[
        '\\d',
        '\\b',
        '\\.',
        '\\-',
        '\\/',
        '\\1',
        '\\u0061',
        '\\x61',
        '\\p{L}',
        '(?:',
        '(?!',
        '{2}',
      ],
    );
    const sources = fc
      .array(fc.constantFrom(...parts), { maxLength: 8 })
      .map((all) => all.join(''));
    const texts = fc
      .array(fc.constantFrom(...Array.from('abB1-/ß\u{1f600}.^$|{}ſ')), { maxLength: 8 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(
        sources,
        fc.constantFrom('', 'i', 'u', 'iu', 'su', 'm'),
        texts,
        (source, flags, text) => {
          const regex = compiled(source, flags);
          const candidates = [text, source, `a${text}${source}`];
          for (const candidate of regex ? candidates : []) {
            if (!candidate.isWellFormed() || !regex?.test(candidate)) continue;
            for (const needed of requiredTexts({ source, flags })) {
              assert.ok(candidate.includes(needed), `${needed} in ${candidate}`);
            }
          }
        },
      ),
      { numRuns: 20_000 },
    );
  });
});

function compiled(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
