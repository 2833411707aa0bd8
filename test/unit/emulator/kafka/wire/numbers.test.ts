import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MalformedBytes, Reader } from '../../../../../src/emulator/kafka/wire/reader';
import { Writer } from '../../../../../src/emulator/kafka/wire/writer';

describe('the numbers of the Kafka protocol', () => {
  it('have the form of the examples', () => {
    const hex = (write: (writer: Writer) => Writer) => write(new Writer()).bytes.toString('hex');
    assert.equal(
      hex((writer) => writer.varint(0).varint(-1).varint(1).varint(-64).varint(64)),
      '0001027f8001',
    );
    assert.equal(
      hex((writer) => writer.uvarint(300)),
      'ac02',
    );
  });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const { bytes } = new Writer().varint(value);
        assert.equal(new Reader(bytes).varlong(), BigInt(value));
      }),
    );
    fc.assert(
      fc.property(fc.integer(), (value) => {
        const { bytes } = new Writer().varint(value);
        assert.equal(new Reader(bytes).varint(), value);
      }),
    );
  });

  it('have 64 bits in the long form', () => {
    const largest = Buffer.from('ffffffffffffffffff01', 'hex');
    assert.equal(new Reader(largest).varlong(), -(2n ** 63n));
    assert.throws(() => new Reader(Buffer.alloc(11, 0xff)).varlong(), MalformedBytes);
    assert.throws(() => new Reader(Buffer.alloc(6, 0xff)).uvarint(), MalformedBytes);
  });

  it('never make a length that leaves the bytes', () => {
    const lengths = [
      (reader: Reader) => reader.string(),
      (reader: Reader) => reader.nullableBytes(),
      (reader: Reader) => reader.array((each) => each.int8()),
      (reader: Reader) => reader.compactArray((each) => each.int8()),
      (reader: Reader) => reader.compactString(),
    ];
    for (const read of lengths) {
      assert.throws(() => read(new Reader(Buffer.from('7fffffff7f', 'hex'))), MalformedBytes);
    }
  });
});
