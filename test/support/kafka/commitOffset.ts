import { setTimeout as delay } from 'node:timers/promises';
import type { Offset } from '../../../src/core/kafka';
import { KafkaFailure } from '../../../src/emulator/backend';
import { type Api, check } from '../../../src/emulator/kafka/api/api';
import type { Kafka } from './broker';
import { withBrokers } from './withBrokers';

interface Commit {
  readonly group: string;
  readonly topic: string;
  readonly offset: Offset;
}

const offsetCommit: Api<Commit, void> = {
  name: 'OffsetCommit',
  key: 8,
  version: 7,
  write: (writer, { group, topic, offset }) =>
    writer
      .string(group)
      .int32(-1)
      .string('')
      .string(null)
      .array([topic], () => {
        writer.string(topic).array([0], (partition) => {
          writer.int32(partition).int64(offset).int32(-1).string('');
        });
      }),
  read: (reader) => {
    reader.int32();
    reader.array(() => {
      reader.string();
      reader.array(() => {
        reader.int32();
        check(reader.int16());
      });
    });
  },
};

/** Commits an offset of partition 0 for a group that has no members. */
export async function commitOffset(kafka: Kafka, commit: Commit): Promise<void> {
  await withBrokers(kafka, async (brokers) => {
    for (;;) {
      try {
        await brokers.callCoordinator(commit.group, offsetCommit, commit);
        return;
      } catch (error) {
        // A Kafka that has just started has no coordinator yet.
        if (!(error instanceof KafkaFailure && /COORDINATOR/.test(error.kind))) throw error;
        await delay(20);
      }
    }
  });
}
