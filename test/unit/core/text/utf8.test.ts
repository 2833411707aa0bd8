import assert from 'node:assert/strict';
import { utf8Text } from '../../../../src/core/text/utf8';

describe('utf8', () => {
  for (const text of ['', 'plain', 'é', 'a€b😀c', '😀'.repeat(3), '\ufeffa']) {
    it(`decodes ${JSON.stringify(text)}`, () => {
      assert.equal(utf8Text(Buffer.from(text)), text);
    });
  }

  it('replaces what is no UTF-8', () => {
    assert.equal(utf8Text(Buffer.from([0x61, 0xe2, 0x82, 0x62, 0xf0])), 'a\ufffdb\ufffd');
  });
});
