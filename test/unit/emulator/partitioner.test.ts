import assert from 'node:assert/strict';
import { murmur2, partitionOfKey } from '../../../src/emulator/partitioner.js';

describe('partitioner', () => {
  // The values of Kafka's own test, org.apache.kafka.common.utils.UtilsTest.
  const hashes: Record<string, number> = {
    '21': -973932308,
    foobar: -790332482,
    'a-little-bit-long-string': -985981536,
    'a-little-bit-longer-string': -1486304829,
    lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58897971,
    abc: 479470107,
  };
  for (const [key, hash] of Object.entries(hashes)) {
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
