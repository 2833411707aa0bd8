import type { NewRecord } from '../../../../src/core/kafka';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import type { OtherRecord } from './operation';
import { type Side, sender } from './side';

/** Starts the emulator with its cluster in memory. */
export async function startEmulatorSide(name = 'emulator'): Promise<Side> {
  const emulator = await startEmulator({ auth: 'none', tls: false, samples: false });
  const { send, close } = sender(emulator.info.endpoint);
  return {
    name,
    send,
    append: (topic, records) => {
      emulator.append(topic, records.map(newRecord));
      return Promise.resolve();
    },
    transaction: (topic, records) => {
      emulator.append(topic, records.map(newRecord));
      for (const partition of new Set(records.map((record) => record.partition))) {
        addMarker(emulator, topic, partition);
      }
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

export function newRecord({ value, headers = {}, ...rest }: OtherRecord): NewRecord {
  return {
    ...rest,
    value: value === null || typeof value === 'string' ? value : Buffer.from(value.hex, 'hex'),
    headers: Object.entries(headers).map(([header, text]) => ({
      name: header,
      value: Buffer.from(text),
    })),
  };
}

/** The marker at the end of a transaction takes an offset, but is no record. */
function addMarker(emulator: Emulator, topic: string, partition: number): void {
  emulator.append(topic, [{ value: 'marker', partition }]);
  const last = emulator.records(topic, partition).at(-1) ?? '';
  const [, offset = ''] = /"offset":(\d+),"timestamp":\d+,[^{}]*\}$/.exec(last) ?? [];
  emulator.punch(topic, partition, [BigInt(offset)]);
}
