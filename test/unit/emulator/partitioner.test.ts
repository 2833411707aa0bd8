import assert from 'node:assert/strict';
import { murmur2, partitionOfKey } from '../../../src/emulator/partitioner';
import { kafkaHashes } from '../../support/kafkaHashes';

describe('partitioner', () => {
  for (const [key, hash] of Object.entries(kafkaHashes)) {
    it(`hashes ${key} as Kafka does`, () => {
      assert.equal(murmur2(Buffer.from(key)), hash);
    });
  }

  it('clears the sign before it takes the remainder', () => {
    assert.equal(partitionOfKey('21', 10), (-973932308 & 0x7fffffff) % 10);
    assert.equal(partitionOfKey('abc', 10), 7);
  });

  it('hashes the UTF-8 bytes of a key', () => {
    const bytes = Uint8Array.of(0xc3, 0xb8);
    assert.equal(partitionOfKey('ø', 1000), (murmur2(bytes) & 0x7fffffff) % 1000);
  });
});
