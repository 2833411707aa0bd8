import type { Offset } from '../../../src/core/kafka';
import { type Api, check } from '../../../src/emulator/kafka/api/api';
import type { Kafka } from './broker';
import { withBrokers } from './withBrokers';

interface Trim {
  readonly topic: string;
  readonly partition: number;
  readonly earliest: Offset;
}

const deleteRecords: Api<Trim, void> = {
  name: 'DeleteRecords',
  key: 21,
  version: 1,
  write: (writer, { topic, partition, earliest }) =>
    writer
      .array([topic], () => {
        writer.string(topic).array([partition], () => {
          writer.int32(partition).int64(earliest);
        });
      })
      .int32(10_000),
  read: (reader) => {
    reader.int32();
    reader.array(() => {
      reader.string();
      reader.array(() => {
        reader.int32();
        reader.int64();
        check(reader.int16());
      });
    });
  },
};

/** Drops the records of a partition before an offset, as retention does. */
export async function trimLog(kafka: Kafka, trim: Trim): Promise<void> {
  await withBrokers(kafka, (brokers) => brokers.callController(deleteRecords, trim));
}
