import { on } from 'node:events';
import { watch } from 'node:fs';
import path from 'node:path';
import { type Offset } from '../../../../src/core/kafka';
import type { ClientRecord, OtherClient } from '../../../support/kafka/otherClient';
import type { OtherRecord } from './operation';
import { type Side, sender } from './side';

/** How long Kafka may take to compact a partition, in milliseconds. */
const MAX_COMPACTION_MS = 20_000;

/**
 * Returns the gateway at an address, and the Kafka behind it, which the client reaches too.
 *
 * @param logs the folder in which Kafka keeps the partitions
 */
export function gatewaySide(endpoint: string, client: OtherClient, logs: string): Side {
  const { send, close } = sender(endpoint);

  /** Whether one of these offsets still has a record. */
  const holds = async (topic: string, partition: number, offsets: readonly Offset[]) => {
    const first = offsets[0] ?? 0n;
    const path = `/v1/consumer/topics/${topic}/partitions/${partition}/offsets/${first}`;
    const { body } = await send('GET', `${path}?count=1000`);
    return offsets.some((offset) => body.includes(`"offset":${offset},`));
  };

  return {
    name: 'gateway',
    send,
    append: (topic, records) => client.append(topic, records.map(clientRecord)),
    transaction: (topic, records, end) => client.transaction(topic, records.map(clientRecord), end),
    trim: (topic, partition, earliest) => client.trim(topic, partition, earliest),
    compact: async (topic, partition, gone) => {
      const ascending = gone.toSorted((a, b) => (a < b ? -1 : 1));
      const signal = AbortSignal.timeout(MAX_COMPACTION_MS);
      // Kafka compacts by writing other files in place of those that there are.
      const folder = watch(path.join(logs, `${topic}-${partition}`));
      const changes = on(folder, 'change', { signal });
      while (!signal.aborted && (await holds(topic, partition, ascending))) {
        await changes.next().catch(() => undefined);
      }
      folder.close();
    },
    stop: async () => {
      close();
      await client.close();
    },
  };
}

function clientRecord({ value, ...rest }: OtherRecord): ClientRecord {
  const bytes = value === null || typeof value === 'string' ? value : Buffer.from(value.hex, 'hex');
  return { ...rest, value: bytes };
}
