import assert from 'node:assert/strict';
import fc from 'fast-check';
import { endOfValidString } from '../../../../src/core/json/bytes';

/** Pieces of strings, valid and not, of lengths that meet each place in a word of four bytes. */
const pieces = [
  'a',
  'ordinary',
  'x'.repeat(13),
  'żółw 🐢',
  '\\"',
  '\\\\',
  '\\n',
  '\\u00e9',
  '\\uD83D',
  '\\u12g4',
  '\\x',
  '\\',
  '"',
  '\n',
  '\u001f',
  ' ',
  '\x7f',
];

/** Where the string ends that begins a text, as `JSON.parse` sees it. */
function expected(text: string): number | undefined {
  for (let end = 2; end <= text.length; end += 1) {
    const start = text.slice(0, end);
    if (!start.endsWith('"')) continue;
    try {
      JSON.parse(start);
      return Buffer.byteLength(start);
    } catch {
      // A quote that is escaped; or the string is not valid.
    }
  }
  return undefined;
}

describe('the end of a JSON string', () => {
  it('is where JSON.parse sees it, wherever the string lies in memory', () => {
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 12 });
    fc.assert(
      fc.property(texts, fc.nat(7), (parts, before) => {
        const text = `"${parts.join('')}"`;
        const end = expected(text);
        for (const behind of ['', ',"offset":1}', '\\']) {
          const memory = Buffer.from(' '.repeat(before) + text + behind);
          const found = endOfValidString(memory.subarray(before), 0);
          assert.equal(found, end ?? expected(text + behind), JSON.stringify(text));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is not there without a quote at the beginning, or at the end of the bytes', () => {
    assert.equal(endOfValidString(Buffer.from('abc"'), 0), undefined);
    assert.equal(endOfValidString(Buffer.from('"abcdefgh"').subarray(0, 9), 0), undefined);
  });
});
