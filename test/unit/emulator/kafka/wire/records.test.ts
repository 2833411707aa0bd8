import assert from 'node:assert/strict';
import fc from 'fast-check';
import { crc32c } from '../../../../../src/emulator/kafka/wire/crc32c';
import { MalformedBytes } from '../../../../../src/emulator/kafka/wire/reader';
import { batchesOf, encodeBatch, recordsOf } from '../../../../../src/emulator/kafka/wire/records';

const read = (bytes: Buffer, from = 0n) =>
  batchesOf(bytes).flatMap((batch) => recordsOf(batch, 3, from));

/** Where a batch has its magic number and what the checksum covers. */
const MAGIC = 16;
const CHECKSUM = 17;
const CHECKED = 21;

describe('batches of records', () => {
  it('hash as the example of RFC 3720', () => {
    assert.equal(crc32c(Buffer.alloc(32)), 0x8a9136aa);
    assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
  });

  it('carry keys, values, headers and null', () => {
    const timestamp = 1_700_000_000_123;
    const headers = [
      { name: 'h', value: Buffer.from([0, 255]) },
      { name: 'h', value: null },
    ];
    const bytes = encodeBatch([
      { key: 'schlüssel', value: null, timestamp, headers },
      // More than 2^31 milliseconds earlier, which some clients get wrong.
      { value: Buffer.from([1, 2]), timestamp: 0 },
    ]);
    const common = { partition: 3, timestampType: 'CreateTime' };
    assert.deepEqual(read(bytes), [
      { ...common, offset: 0n, timestamp, key: Buffer.from('schlüssel'), value: null, headers },
      { ...common, offset: 1n, timestamp: 0, key: null, value: Buffer.from([1, 2]) },
    ]);
  });

  it('carry any record', () => {
    const payload = fc.option(fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each)));
    const timestamp = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const record = fc.tuple(payload, payload, timestamp).map(([key, value, time]) => ({
      ...{ key, value },
      timestamp: time,
    }));
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), (records) => {
        const seen = read(encodeBatch(records));
        assert.deepEqual(
          seen.map(({ key, value, timestamp }) => ({ key, value, timestamp })),
          records,
        );
      }),
    );
  });

  it('have exact offsets, and are read from one on', () => {
    const bytes = encodeBatch(['a', 'b', 'c'].map((value) => ({ value, timestamp: 1 })));
    const base = 2n ** 53n + 1n;
    bytes.writeBigInt64BE(base);
    const offsets = read(bytes, base + 1n).map(({ offset }) => offset);
    assert.deepEqual(offsets, [base + 1n, base + 2n]);
  });

  it('may be cut off after the first', () => {
    const bytes = encodeBatch([{ value: 'a', timestamp: 1 }]);
    const two = Buffer.concat([bytes, bytes]);
    assert.equal(read(two.subarray(0, -1)).length, 1);
    assert.throws(() => read(bytes.subarray(0, -1)), MalformedBytes);
  });

  it('are refused if their checksum or format is wrong', () => {
    const bytes = encodeBatch([{ value: 'a', timestamp: 1 }]);
    const changed = (at: number) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy;
    };
    assert.throws(() => read(changed(bytes.length - 1)), /checksum/);
    assert.throws(() => read(changed(MAGIC)), /format 3/);
  });

  it('end in nothing but an error of ours if they are damaged and have the right checksum', () => {
    const bytes = encodeBatch([
      { key: 'key', value: 'value', timestamp: 1, headers: [{ name: 'h', value: null }] },
    ]);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - CHECKED - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(damage, (changes) => {
        const copy = Buffer.from(bytes);
        for (const [at, byte] of changes) copy[CHECKED + at] = byte;
        copy.writeUInt32BE(crc32c(copy.subarray(CHECKED)), CHECKSUM);
        try {
          read(copy);
        } catch (error) {
          assert.ok(error instanceof MalformedBytes, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
