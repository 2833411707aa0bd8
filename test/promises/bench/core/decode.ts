import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { KafkaProxy, NewRecord } from '../../../../src/core/kafka';
import { openEncode, type PayloadFormat } from '../../../../src/core/message/codec';
import { type DecodeRecords, decodeWith, undecoded } from '../../../../src/core/message/decoded';
import type { DecodingWorker } from '../../../../src/core/message/decoders/decoder';
import { openReader } from '../../../../src/core/read/reader';
import type { SchemaLookup } from '../../../../src/core/schemaRegistry/lookup';
import { openDecodingWorker } from '../../../../src/decoding/decoding';
import { MessageStore } from '../../../../src/viewer/store/messageStore';
import { whole } from '../amount';
import type { Benchmark } from '../benchmark';
import { alternate, compare } from '../rows';
import { milliseconds, onEmulator } from '../support';

const TOPIC = 'bench';
const FORMAT: PayloadFormat = { kind: 'avro', argument: '' };
const SCHEMA = {
  type: 'record',
  name: 'Order',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'placed', type: { type: 'long', logicalType: 'timestamp-millis' } },
    { name: 'customer', type: 'string' },
    { name: 'total', type: 'double' },
    { name: 'lines', type: { type: 'array', items: 'string' } },
    { name: 'note', type: ['null', 'string'] },
  ],
};
/** The only schema of a registry that needs no network. */
const schemas: SchemaLookup = {
  find: () => {
    const schema = { type: 'AVRO', text: JSON.stringify(SCHEMA), imports: [] } as const;
    return Promise.resolve({ schema, id: 1, subject: `${TOPIC}-value`, version: 1 });
  },
};
/** How many different orders there are. */
const ORDERS = 1_000;

/**
 * Reads Avro of about 200 bytes into a viewer's store, and decodes it in the worker as it comes. The
 * yardstick is the same read without decoding.
 */
export const benchDecode: Benchmark = ({ quick }) => {
  const records = quick ? 50_000 : 1_000_000;
  return onEmulator({ topics: [`${TOPIC}:1:0:1`], face: 'strimzi' }, async (emulator) => {
    const worker = openDecodingWorker({
      start: (workerData) =>
        new Worker(path.resolve('dist/decodingWorker.js'), { workerData, env: {} }),
      lost: (why) => new Error(why),
    });
    try {
      const context = { topic: TOPIC, part: 'value', schemas, worker } as const;
      const bytes = await fill(emulator.proxy(), records, worker);
      const read = (decode: DecodeRecords) => () =>
        milliseconds(() => readInto(emulator.proxy(), decode, records));
      const ways = {
        ours: read(decodeWith({ key: undefined, value: worker.openDecode(FORMAT, context) })),
        bare: read((batch) => Promise.resolve(undecoded(batch))),
      };
      const { ours, bare } = await alternate(ways, { rounds: quick ? 2 : 3 });
      const { value, ...rest } = compare(ours, bare);
      return [
        {
          name: 'decode',
          what: `reading ${whole(records)} × ${bytes} B of Avro into a viewer`,
          unit: 'ms',
          ...rest,
          yardstick: { what: 'without decoding', value },
        },
      ];
    } finally {
      worker.dispose();
    }
  });
};

/** Produces the records, and returns how many bytes most of them have. */
async function fill(proxy: KafkaProxy, records: number, worker: DecodingWorker): Promise<number> {
  const orders = Array.from({ length: ORDERS }, (_, id) =>
    JSON.stringify({
      id: id * 1_000_003,
      placed: new Date(Date.UTC(2026, 0, 1) + id * 60_000).toISOString(),
      customer: `customer ${id} of Contoso`,
      total: id / 8,
      lines: [`${id} red bicycles`, 'a bell', 'delivery within three days, to the back door'],
      note: id % 2 === 0 ? null : { string: 'Please ring twice, and mind the step at the gate.' },
    }),
  );
  const encode = openEncode(FORMAT, { topic: TOPIC, part: 'value', schemas, worker });
  const values = (await encode(orders)).map(({ payload, problem }) => {
    if (payload === undefined) throw new Error(`An order has no Avro: ${problem}.`);
    return payload;
  });
  const batch: NewRecord[] = values.map((value) => ({ value, partition: 0 }));
  for (let written = 0; written < records; written += ORDERS) {
    await proxy.produce(TOPIC, batch);
  }
  return values[1]?.length ?? 0;
}

async function readInto(proxy: KafkaProxy, decode: DecodeRecords, records: number): Promise<void> {
  const store = new MessageStore({ maxMessages: records, maxBytes: Infinity });
  const reader = await openReader(proxy, { topic: TOPIC, from: { at: 'earliest' } });
  for await (const batch of reader) store.append(await decode(batch));
  if (store.held !== records) throw new Error(`There were ${store.held} records.`);
  const shown = store.record(0)?.shown?.value?.text;
  store.dispose();
  if (decode.length > 1 && !shown?.startsWith('{')) throw new Error('Nothing was decoded.');
}
