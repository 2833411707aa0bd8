import { KafkaFailure } from '../../../src/emulator/backend';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/server';
import type { ContractServer, StoredRecord } from '../server';
import { contractServer } from './served';

export interface EmulatedServerOptions extends EmulatorOptions {
  /** The values of the fields of the dialect. Default: it has none. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** Starts the emulator with a face, over HTTPS, without sign-in unless the options say otherwise. */
export async function startEmulated({
  fields,
  ...options
}: EmulatedServerOptions): Promise<ContractServer> {
  const emulator = await startEmulator({ samples: false, auth: 'none', ...options });
  return contractServer(
    emulator,
    {
      makeTopic: (name, layout) => {
        emulator.createTopic({ name, ...layout });
        return Promise.resolve();
      },
      append: (topic, records) => {
        emulator.append(
          topic,
          records.map((record) => ({ partition: 0, ...record })),
        );
        return Promise.resolve();
      },
      stored: (topic) => Promise.resolve(storedIn(emulator, topic)),
      compact: (topic, offsets) => {
        emulator.punch(topic, 0, offsets);
        return Promise.resolve();
      },
      trim: (topic, earliest) => {
        emulator.trim(topic, 0, earliest);
        return Promise.resolve();
      },
      commit: (group, topic, offset) => {
        emulator.commit(group, topic, 0, offset);
        return Promise.resolve();
      },
      stop: emulator.stop,
    },
    fields,
  );
}

function storedIn(emulator: Emulator, topic: string): readonly StoredRecord[] {
  const records: StoredRecord[] = [];
  try {
    for (let partition = 0; ; partition += 1) records.push(...emulator.stored(topic, partition));
  } catch (error) {
    // There are no more partitions.
    if (!(error instanceof KafkaFailure)) throw error;
    return records;
  }
}
