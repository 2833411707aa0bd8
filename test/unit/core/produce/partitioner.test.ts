import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as emulator from '../../../../src/emulator/partitioner';
import { murmur2, partitionOfKey } from '../../../../src/core/produce/partitioner';
import { kafkaHashes } from '../../../support/kafkaHashes';

describe('the partitioner of keys', () => {
  for (const [key, hash] of Object.entries(kafkaHashes)) {
    it(`hashes ${key} as Kafka does`, () => {
      assert.equal(murmur2(Buffer.from(key)), hash);
    });
  }

  it('takes the UTF-8 bytes of a text', () => {
    assert.equal(partitionOfKey('ø', 1000), partitionOfKey(Uint8Array.of(0xc3, 0xb8), 1000));
  });

  it('agrees with the one of the emulator, which was written apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 500 }), (key, count) => {
        assert.equal(partitionOfKey(key, count), emulator.partitionOfKey(key, count));
      }),
    );
  });
});
