import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { JsonText, pieceOf } from '../../../../../../src/core/message/decoders/avro/jsonText';
import { timestampText } from '../../../../../../src/core/message/decoders/avro/dates';

describe('JSON that is written as bytes', () => {
  const json = new JsonText();
  const written = (write: () => void) => {
    json.begin();
    write();
    return json.end();
  };
  const text = fc.string({ unit: 'binary', maxLength: 40 }).map((each) => Buffer.from(each));
  const bytes = fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each));

  it('has strings as JSON.stringify has them, also of bytes that are not UTF-8', () => {
    fc.assert(
      fc.property(fc.oneof(text, bytes), fc.nat(3), (data, before) => {
        const all = Buffer.concat([Buffer.alloc(before, 'x'), data, Buffer.from('x')]);
        const made = written(() => {
          json.string(all, before, before + data.length);
        });
        assert.equal(made, JSON.stringify(data.toString()));
        assert.equal(json.isBroken, !isUtf8(data));
      }),
    );
  });

  it('has each byte as the character with its number', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const made = written(() => {
          json.latin1(data, 0, data.length);
        });
        assert.equal(JSON.parse(made), data.toString('latin1'));
        assert.match(made, /^[ -~]*$/);
      }),
    );
  });

  it('grows with long texts, and keeps what stands before', () => {
    const long = Buffer.from('é"'.repeat(5_000));
    const made = written(() => {
      json.piece(pieceOf('{"é":'));
      json.string(long, 0, long.length);
      json.ascii(','.repeat(100));
    });
    assert.equal(made, `{"é":${JSON.stringify(long.toString())}${','.repeat(100)}`);
  });

  it('has times as `toISOString` has them, whatever came before', () => {
    const millis = fc.integer({ min: Date.parse('0001-01-01'), max: Date.parse('9999-12-31') });
    fc.assert(
      fc.property(fc.array(millis, { maxLength: 5 }), (times) => {
        for (const time of times) {
          assert.equal(`${timestampText(time, 3) ?? ''}Z`, new Date(time).toISOString());
        }
      }),
    );
  });
});
