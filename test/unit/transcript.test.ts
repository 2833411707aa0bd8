import assert from 'node:assert/strict';
import { Transcript } from '../support/transcript';

describe('a transcript', () => {
  let printed: string[];
  let transcript: Transcript;

  beforeEach(() => {
    printed = [];
    transcript = new Transcript((text) => printed.push(text));
  });

  it('prints at once what the first writer writes', () => {
    const first = transcript.begin();
    first.write('a');
    first.write('b');
    assert.deepEqual(printed, ['a', 'b']);
  });

  it('keeps the text of each writer in one piece, in the order in which they began', () => {
    const first = transcript.begin();
    const second = transcript.begin();
    const third = transcript.begin();
    third.write('3');
    third.end();
    second.write('2');
    first.write('1');
    assert.deepEqual(printed, ['1']);
    first.end();
    assert.deepEqual(printed, ['1', '2']);
    second.write('2');
    second.end();
    assert.equal(printed.join(''), '1223');
    transcript.begin().write('4');
    assert.equal(printed.join(''), '12234');
  });
});
