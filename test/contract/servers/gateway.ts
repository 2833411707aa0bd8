import type { NewRecord } from '../../../src/core/kafka';
import { startGateway, type ServeOptions } from '../../../src/emulator/gateway';
import { KafkaBackend } from '../../../src/emulator/kafka/kafkaBackend';
import { moveFirstOffset } from '../../support/kafka/brokenLogs';
import type { Kafka } from '../../support/kafka/broker';
import { commitOffset } from '../../support/kafka/commitOffset';
import { compactLog } from '../../support/kafka/compaction';
import { OtherClient } from '../../support/kafka/otherClient';
import { trimLog } from '../../support/kafka/trim';
import type { ContractServer } from '../server';
import { contractServer } from './served';

/**
 * Starts a gateway before a Kafka, over HTTPS, without sign-in unless the options say otherwise.
 * Another client looks at what Kafka holds.
 */
export async function startBefore(kafka: Kafka, options: ServeOptions): Promise<ContractServer> {
  const brokers = [kafka.bootstrap];
  const gateway = await startGateway({ brokers }, { auth: 'none', ...options });
  const backend = new KafkaBackend({ brokers });
  const client = await OtherClient.connect(kafka.bootstrap);
  return contractServer(gateway, {
    makeTopic: async (name, { partitions = 1, firstOffset } = {}) => {
      await backend.createTopic({ name, partitionCount: partitions });
      if (firstOffset === undefined) return;
      await kafka.shutDown();
      for (let partition = 0; partition < partitions; partition += 1) {
        await moveFirstOffset(kafka, name, partition, firstOffset);
      }
      await kafka.restart();
    },
    append: async (topic, records) => {
      const placed = records.map((record): NewRecord => ({ partition: 0, ...record }));
      for (const result of await backend.produce(topic, placed)) {
        if ('failure' in result) throw result.failure;
      }
    },
    stored: async (topic) =>
      [...(await client.records(topic))].sort(
        (a, b) => a.partition - b.partition || Number(a.offset - b.offset),
      ),
    compact: (topic, offsets) => compactLog(kafka, topic, 0, offsets),
    trim: (topic, earliest) => trimLog(kafka, { topic, partition: 0, earliest }),
    commit: (group, topic, offset) => commitOffset(kafka, { group, topic, offset }),
    stop: async () => {
      await gateway.stop();
      await Promise.all([backend.close(), client.close()]);
    },
  });
}
