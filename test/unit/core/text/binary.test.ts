import assert from 'node:assert/strict';
import { isBinaryText } from '../../../../src/core/text/binary';

describe('Text', () => {
  it('is binary if it holds a control character that text files lack', () => {
    for (const text of ['\0', 'a\u0001b', '\u001b[31m', 'größe\u0008']) {
      assert.equal(isBinaryText(text), true, JSON.stringify(text));
    }
  });

  it('is none with tabs and ends of lines, in any script, and where Latin 1 was misread', () => {
    for (const text of ['', ' a~', 'a\tb\r\nc\f', 'größe 日本 🙂', '\u007f', '\u0080\u009f']) {
      assert.equal(isBinaryText(text), false, JSON.stringify(text));
    }
  });
});
