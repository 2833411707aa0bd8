import type { KafkaRecord } from '../kafka';

/** The last `count` records of what comes in batches. Holds that many, and a batch. */
export async function* lastRecords(
  batches: AsyncIterable<readonly KafkaRecord[]>,
  count: number,
): AsyncGenerator<readonly KafkaRecord[], void, undefined> {
  let held: (readonly KafkaRecord[])[] = [];
  let first = 0;
  let total = 0;
  for await (const batch of batches) {
    held.push(batch);
    total += batch.length;
    for (let oldest = held[first]; oldest && total - oldest.length >= count; oldest = held[first]) {
      total -= oldest.length;
      held[first++] = [];
    }
    // Moving the array for every batch would be quadratic; moving it at half is linear.
    if (first > held.length / 2) {
      held = held.slice(first);
      first = 0;
    }
  }
  for (const [index, batch] of held.slice(first).entries()) {
    yield index === 0 ? batch.slice(Math.max(total - count, 0)) : batch;
  }
}
