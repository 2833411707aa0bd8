import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bytesPattern } from '../../../../../src/viewer/filter/text/bytesPattern';
import { CaselessText } from '../../../../../src/viewer/filter/text/caselessText';

/** Characters with one case, two or three, of as many bytes or not, and half a pair. */
const characters = fc.constantFrom(...Array.from('aAkK\u212asSſ.ßẞüÜ€日я\u{10400}'), '\ud800');
const texts = fc.string({ unit: characters, minLength: 1, maxLength: 5 });
const bytes = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: characters.map((each) => Buffer.from(each)) },
      fc
        .constantFrom(0x61, 0x82, 0xac, 0xbf, 0xc3, 0xc5, 0xe2, 0xff)
        .map((byte) => Buffer.of(byte)),
    ),
    { maxLength: 30 },
  )
  .map((all) => Buffer.concat(all));

describe('A text in any case', () => {
  it('is in bytes where the pattern for it finds it, wherever it was before', () => {
    fc.assert(
      fc.property(texts, fc.array(bytes), (text, all) => {
        const sought = new CaselessText(text);
        for (const each of all) {
          const expected = bytesPattern(text).test(each.toString('latin1'));
          assert.equal(sought.isIn(each, 0, each.length), expected);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is looked for only within the bounds', () => {
    const around = Buffer.from('KENNEN KENNEN');
    for (const [from, to, expected] of [
      [0, 6, true],
      [0, 5, false],
      [1, 12, false],
      [1, 13, true],
      [7, 13, true],
      [8, 13, false],
      [3, 3, false],
    ] as const) {
      assert.equal(new CaselessText('kennen').isIn(around, from, to), expected, `${from}-${to}`);
    }
  });

  it('may be long', () => {
    const text = 'Straße in Köln, '.repeat(20);
    const sought = new CaselessText(text);
    const found = Buffer.from(`…${text.toUpperCase().replaceAll('SS', 'ẞ')}…`);
    assert.equal(sought.isIn(found, 0, found.length), true);
    assert.equal(sought.isIn(found, 0, found.length - 4), false);
    assert.equal(sought.isIn(found, 4, found.length), false);
  });
});
