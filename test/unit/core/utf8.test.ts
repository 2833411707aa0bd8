import assert from 'node:assert/strict';
import { Utf8Collector, utf8Text } from '../../../src/core/utf8';

const texts = ['', 'plain', 'é', 'a€b😀c', '😀'.repeat(3), '\ufeffa'];

describe('utf8', () => {
  for (const text of texts) {
    const bytes = Buffer.from(text);

    it(`decodes ${JSON.stringify(text)} at once`, () => {
      assert.equal(utf8Text(bytes), text);
    });

    it(`decodes ${JSON.stringify(text)} in two pieces, wherever it is cut`, () => {
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        const collector = new Utf8Collector();
        collector.add(bytes.subarray(0, cut));
        collector.add(bytes.subarray(cut));
        assert.equal(collector.end(), text);
      }
    });
  }

  it('replaces what is no UTF-8', () => {
    const collector = new Utf8Collector();
    collector.add(Buffer.from([0x61, 0xe2, 0x82]));
    collector.add(Buffer.from('b'));
    collector.add(Buffer.from([0xf0]));
    assert.equal(collector.end(), 'a\ufffdb\ufffd');
  });
});
