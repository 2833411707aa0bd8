import type { NewRecord } from '../../src/core/kafka';
import { startGateway } from '../../src/emulator/gateway';
import { KafkaBackend } from '../../src/emulator/kafka/kafkaBackend';
import { serverBefore } from '../contract/servers/hdinsight';
import { describeContract } from '../contract/suite';
import { moveFirstOffset } from '../support/kafka/brokenLogs';
import { compactLog } from '../support/kafka/compaction';
import { OtherClient } from '../support/kafka/otherClient';
import { trimLog } from '../support/kafka/trim';
import { useKafka } from '../support/kafka/useKafka';

describe('A gateway before a real Kafka', () => {
  const kafka = useKafka();

  describeContract('HDInsight', async () => {
    const brokers = [kafka().bootstrap];
    const gateway = await startGateway({ brokers });
    const backend = new KafkaBackend({ brokers });
    const client = await OtherClient.connect(kafka().bootstrap);
    const server = await serverBefore(gateway, {
      makeTopic: async (name, { partitions = 1, firstOffset } = {}) => {
        await backend.createTopic({ name, partitionCount: partitions });
        if (firstOffset === undefined) return;
        await kafka().shutDown();
        for (let partition = 0; partition < partitions; partition += 1) {
          await moveFirstOffset(kafka(), name, partition, firstOffset);
        }
        await kafka().restart();
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
      compact: (topic, offsets) => compactLog(kafka(), topic, 0, offsets),
      trim: (topic, earliest) => trimLog(kafka(), { topic, partition: 0, earliest }),
    });
    return {
      ...server,
      get requests() {
        return server.requests;
      },
      get kept() {
        return server.kept;
      },
      stop: async () => {
        await server.stop();
        await Promise.all([backend.close(), client.close()]);
      },
    };
  });
});
