import assert from 'node:assert/strict';
import type { KafkaRecord } from '../../../src/core/kafka';
import { MessageStore, type StoreLimits } from '../../../src/viewer/store/messageStore';

const MEGABYTE = 1024 * 1024;
const BATCH = 1_000;

/** Adds so many messages as they are read: in batches, each with the offset as its number. */
function fill(store: MessageStore, messages: number): void {
  for (let at = 0; at < messages; at += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, index): { raw: KafkaRecord } => {
      const offset = at + index;
      const value = `{"id":${offset},"text":"${'x'.repeat(60)}"}`;
      return { raw: { partition: 0, offset: BigInt(offset), timestamp: offset, key: null, value } };
    });
    store.append(batch);
    // No worker reads it here.
    store.reuseDropped();
  }
}

function sharedMegabytes(store: MessageStore): number {
  return [...store.chunks].reduce((sum, { buffer }) => sum + buffer.byteLength, 0) / MEGABYTE;
}

describe('a viewer on 10,000,000 messages', () => {
  const messages = 10_000_000;

  it('holds the newest within its limits, and counts those that it dropped', () => {
    const limits: StoreLimits = { maxMessages: 1_000_000, maxBytes: 512 * MEGABYTE };
    const store = new MessageStore(limits);
    fill(store, messages);
    assert.equal(store.received, messages);
    assert.equal(store.held, limits.maxMessages);
    assert.equal(store.dropped, messages - limits.maxMessages);
    assert.equal(store.record(messages - 1)?.raw.offset, BigInt(messages - 1));
    assert.equal(store.record(store.first - 1), undefined);
    const taken = sharedMegabytes(store);
    console.log(`      ${taken.toFixed()} MB of shared memory`);
    assert.ok(taken < 512);
    store.dispose();
  });

  it('holds all of them if its limits allow it, and never more memory than these', () => {
    const store = new MessageStore({ maxMessages: messages, maxBytes: 2_048 * MEGABYTE });
    fill(store, messages);
    assert.equal(store.held, messages);
    assert.equal(store.record(0)?.raw.offset, 0n);
    const taken = sharedMegabytes(store);
    console.log(`      ${taken.toFixed()} MB of shared memory`);
    assert.ok(taken < 2_048);
    store.dispose();
  });
});
