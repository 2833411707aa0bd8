import { FieldCollector, type SeenFields } from '../advice/seenFields';
import type { MessageStore } from '../store/messageStore';

const MAX_MESSAGES = 200;
const MIN_MESSAGES = 4;
/** About as many bytes are looked at, which takes some ten milliseconds. */
const MAX_BYTES = 1024 * 1024;
/** Larger messages are passed over. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** Returns what is seen in some of the messages of a store, from the oldest to the newest. */
export function sampleFields(store: MessageStore): SeenFields {
  const { first, held, bytes } = store;
  const affordable = Math.max(MIN_MESSAGES, Math.floor((MAX_BYTES * held) / Math.max(1, bytes)));
  const count = Math.min(held, MAX_MESSAGES, affordable);
  const collector = new FieldCollector();
  for (let n = 0; n < count; n += 1) {
    const sequence = first + Math.floor((n * (held - 1)) / Math.max(1, count - 1));
    const chunk = store.chunkOf(sequence);
    if (!chunk) continue;
    const index = sequence - chunk.first;
    if (chunk.taken(index) > MAX_MESSAGE_BYTES) continue;
    const [key, value] = [chunk.key(index), chunk.value(index)];
    collector.add({
      partition: chunk.partition(index),
      key: typeof key === 'string' ? key : null,
      value: typeof value === 'string' ? value : null,
      headers: chunk.headers(index) ?? [],
    });
  }
  return collector.seen;
}
