import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ByteCollector } from '../../../../src/core/http/byteCollector';

describe('a collector of bytes', () => {
  const collect = (collector: ByteCollector, ...pieces: string[]): Buffer => {
    for (const piece of pieces) collector.add(Buffer.from(piece));
    return collector.bytes;
  };

  it('puts pieces together, however many were expected', () => {
    for (const expected of [0, 1, 6, 1000, NaN]) {
      assert.equal(
        collect(new ByteCollector(undefined, expected), 'ab', '', 'cdef').toString(),
        'abcdef',
      );
    }
    assert.equal(new ByteCollector().bytes.length, 0);
  });

  it('writes to the buffer that it is given, as long as that suffices', () => {
    const into = Buffer.alloc(6, '-');
    const bytes = collect(new ByteCollector(into, 4), 'ab', 'cd');
    assert.equal(bytes.toString(), 'abcd');
    assert.equal(bytes.buffer, into.buffer);
    assert.equal(into.toString(), 'abcd--');

    const larger = collect(new ByteCollector(into), 'abcd', 'efgh');
    assert.equal(larger.toString(), 'abcdefgh');
    assert.notEqual(larger.buffer, into.buffer);
  });

  it('writes texts as UTF-8, and as JSON', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('"', '\\', 'a', 'é', '😀', '\n', '\0', '\x7f'))
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
        const collector = new ByteCollector(Buffer.alloc(20));
        for (const each of texts) {
          collector.write(each);
          collector.writeJson(each);
        }
        const expected = texts.map((each) => each + JSON.stringify(each)).join('');
        assert.equal(collector.bytes.toString(), expected);
      }),
    );
  });

  it('keeps none of the pieces', () => {
    const piece = Buffer.from('ab');
    const collector = new ByteCollector();
    collector.add(piece);
    piece.fill('-');
    assert.equal(collector.bytes.toString(), 'ab');
  });

  it('does not set aside all that a server promises', () => {
    const { buffer } = collect(new ByteCollector(undefined, 2 ** 40), 'ab');
    assert.ok(buffer.byteLength < 16 * 1024 * 1024);
  });
});
