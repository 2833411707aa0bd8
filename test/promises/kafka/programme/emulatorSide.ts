import type { NewRecord } from '../../../../src/core/kafka';
import { startEmulator } from '../../../../src/emulator/server';
import type { OtherRecord } from './operation';
import { prepareEmulator } from './prepared';
import { type Side, sender } from './side';

/** The limit of a Kafka that was not told another one, in bytes. */
const KAFKAS_LIMIT = 1_048_588;

/** Starts the emulator with its cluster in memory. */
export async function startEmulatorSide(name = 'emulator'): Promise<Side> {
  const emulator = await startEmulator({
    auth: 'none',
    tls: false,
    samples: false,
    maxMessageBytes: KAFKAS_LIMIT,
  });
  prepareEmulator(emulator);
  const { send, close } = sender(emulator.info.endpoint);
  return {
    name,
    send,
    append: (topic, records) => {
      emulator.append(topic, records.map(newRecord));
      return Promise.resolve();
    },
    transaction: (topic, records, end) => {
      emulator.transact(topic, records.map(newRecord))(end);
      return Promise.resolve();
    },
    trim: (topic, partition, earliest) => {
      emulator.trim(topic, partition, earliest);
      return Promise.resolve();
    },
    compact: (topic, partition, gone) => {
      emulator.punch(topic, partition, gone);
      return Promise.resolve();
    },
    stop: async () => {
      close();
      await emulator.stop();
    },
  };
}

function newRecord({ value, headers = {}, ...rest }: OtherRecord): NewRecord {
  return {
    ...rest,
    value: value === null || typeof value === 'string' ? value : Buffer.from(value.hex, 'hex'),
    headers: Object.entries(headers).map(([header, text]) => ({
      name: header,
      value: Buffer.from(text),
    })),
  };
}
