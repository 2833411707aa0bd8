import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bytesPattern } from '../../../../../src/viewer/filter/text/bytesPattern';

function finds(text: string, message: string): boolean {
  return bytesPattern(text).test(Buffer.from(message).toString('latin1'));
}

describe('A text among bytes', () => {
  const found: readonly (readonly [string, string])[] = [
    ['order', 'My ORDER'],
    ['GRÜN', 'grün'],
    ['straße', 'STRAẞE'],
    ['σοφος', 'ΣΟΦΟΣ'],
    ['ς', 'σ'],
    ['k', '\u212a'], // the sign for kelvin
    ['s', 'ſ'],
    ['ÿ', 'Ÿ'],
    ['\u{10428}', '\u{10400}'],
    ['a.b*c\\d-e]f^', 'xA.B*C\\D-E]F^'],
    ['€ ', '5€ 50'],
    ['\ufeff', '\ufeff{}'],
  ];
  for (const [text, message] of found) {
    it(`${text} is found in ${message}`, () => {
      assert.equal(finds(text, message), true);
    });
  }

  const missed: readonly (readonly [string, string])[] = [
    ['straße', 'STRASSE'],
    ['i', 'İ'],
    ['i', 'ı'],
    ['İ', 'i'],
    ['a.c', 'abc'],
    // Parts of other characters.
    ['\u00a9', 'é'],
    ['\u0080', '€'],
  ];
  for (const [text, message] of missed) {
    it(`${text} is not found in ${message}`, () => {
      assert.equal(finds(text, message), false);
    });
  }

  it('is found where a pattern with the flags iu finds it, for any letters', () => {
    const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(character, (letter) => {
        for (const other of [letter, letter.toLowerCase(), letter.toUpperCase()]) {
          const escaped = letter.replace(/[\^$\\.*+?()[\]{}|/]/, '\\$&');
          assert.equal(finds(letter, other), new RegExp(escaped, 'iu').test(other));
        }
      }),
      { numRuns: 3000 },
    );
  });
});
