import assert from 'node:assert/strict';
import { faceNames, faces } from '../../../../src/emulator/faces/faces';
import { addByteSamples } from '../../../../src/emulator/memory/byteSamples';
import { Cluster } from '../../../../src/emulator/memory/cluster';
import { startEmulator } from '../../../../src/emulator/server';

describe('the sample topics of bytes', () => {
  const now = Date.UTC(2024, 4, 1);

  function recordsOf(topic: string) {
    const cluster = new Cluster({});
    addByteSamples(cluster, now);
    return cluster
      .existing(topic)
      .partitions.flatMap(
        ({ log }) => log.read(log.earliest, { count: Infinity, maxBytes: Infinity }).records,
      );
  }

  it('hold headers, of which one comes twice and one is no text', () => {
    const records = recordsOf('clicks');
    assert.equal(records.length, 200);
    for (const { headers = [], timestamp = 0 } of records) {
      assert.equal(headers.filter(({ name }) => name === 'via').length, 2);
      assert.equal(headers.find(({ name }) => name === 'checksum')?.value?.length, 4);
      assert.ok(timestamp < now);
    }
  });

  it('hold keys and values that are no text', () => {
    const isText = (bytes: unknown) =>
      !(bytes instanceof Uint8Array) || Buffer.from(Buffer.from(bytes).toString()).equals(bytes);
    for (const { key, value } of recordsOf('sensor-frames')) {
      assert.ok(!isText(key) && !isText(value));
    }
  });

  for (const face of faceNames) {
    it(`are there where the API carries bytes: ${face}`, async () => {
      const emulator = await startEmulator({ face, auth: 'none', tls: false });
      try {
        const isText = 'isText' in faces[face];
        const read = () => emulator.records('sensor-frames', 0).length;
        if (isText) assert.throws(read);
        else assert.equal(read(), 60);
      } finally {
        await emulator.stop();
      }
    });
  }
});
