import assert from 'node:assert/strict';
import type { KafkaProxy, KafkaRecord, NewRecord } from '../../../src/core/kafka';
import { parsePayload } from '../../../src/core/message/parse';
import { openReader } from '../../../src/core/read/reader';
import { produceAll } from '../../../src/core/produce/produceAll';
import { checkAll } from '../../../src/core/produce/sendable';
import { parse } from '../../../src/kafkaFile/parser';
import { toRecords } from '../../../src/kafkaFile/run';
import { BulkProducer } from '../../../src/transfer/bulk/bulkProduce';
import { type CopyItem, copyItem } from '../../../src/transfer/bulk/copyRecords';
import { exportBytes } from '../../../src/transfer/export/exportFile';
import { type ExportFormat, exportLayout } from '../../../src/transfer/export/exportFormats';
import { importRecords } from '../../../src/transfer/import/importRecords';
import { startEmulatedProxy } from '../../support/emulatedProxy';
import { MemoryProxy } from '../../support/proxies/memoryProxy';
import { logged } from './bulk/bulkSupport';
import { guessed } from './support';

/** One message of each kind that loses something where only keys and values travel. */
const messages: readonly NewRecord[] = [
  { key: 'k', value: 'v', timestamp: 1_700_000_000_123, headers: [text('a', '1'), text('a', '2')] },
  { key: 'gone', value: null, timestamp: 5, headers: [{ name: '', value: null }] },
  { key: Uint8Array.of(0xff), value: Uint8Array.of(0xfe), timestamp: 6 },
  { key: null, value: '{"n": 1.50}', timestamp: 7, headers: [bytes('trace')] },
];

function text(name: string, value: string) {
  return { name, value: Buffer.from(value) };
}

function bytes(name: string) {
  return { name, value: Buffer.from([0xff, 0]) };
}

/** All that there is to a message but where it stands. */
function members({ key, value, timestamp, headers = [] }: KafkaRecord): unknown {
  const hex = (payload: KafkaRecord['key']) => payload && Buffer.from(payload).toString('hex');
  return [hex(key), hex(value), timestamp, headers.map(({ name, value }) => [name, hex(value)])];
}

const produce = async (proxy: KafkaProxy, topic: string, records: readonly NewRecord[]) => {
  const { checked } = checkAll(records, proxy.capabilities);
  assert.ok(checked);
  const { accepted } = await produceAll(proxy, topic, checked);
  assert.equal(accepted.count, records.length);
};

const read = (proxy: KafkaProxy) => openReader(proxy, { topic: 'from', from: { at: 'earliest' } });

describe('all members of a message', () => {
  let proxy: MemoryProxy;

  beforeEach(async () => {
    proxy = new MemoryProxy();
    await produce(proxy, 'from', messages);
  });

  const isTheSame = () => {
    assert.equal(proxy.log('to').length, messages.length);
    assert.deepEqual(proxy.log('to').map(members), proxy.log('from').map(members));
  };

  async function exported(format: ExportFormat): Promise<Buffer> {
    const layout = exportLayout(format, 'to', { headers: true, timestamps: true });
    const parts: Buffer[] = [];
    for await (const part of exportBytes(await read(proxy), layout)) parts.push(part);
    return Buffer.concat(parts);
  }

  for (const format of ['json', 'jsonl', 'csv'] as const) {
    it(`go through a file of ${format}`, async () => {
      const file = await exported(format);
      const options = await guessed(file, `a.${format}`);
      for await (const batch of importRecords([file], { ...options, timestamps: true })) {
        for (const item of batch) {
          assert.equal(item.kind, 'record');
          await produce(proxy, 'to', [item.record]);
        }
      }
      isTheSame();
    });
  }

  it('go through PRODUCER blocks', async () => {
    const file = (await exported('kafka')).toString();
    for (const block of parse(file).blocks) {
      assert.equal(block.kind, 'producer');
      const { capabilities } = proxy;
      const made = await toRecords(block, { capabilities, seed: [], env: () => undefined });
      assert.ok(made.records, JSON.stringify(made.problems));
      await produce(proxy, made.topic, made.records);
    }
    isTheSame();
  });

  const copyTo = async (target: KafkaProxy, onBad: 'stop' | 'setAside') => {
    const kept: CopyItem[] = [];
    const producer = new BulkProducer<CopyItem>(target, {
      topic: 'to',
      partitions: [0],
      onBad,
      keep: (_, items) => {
        kept.push(...items);
        return Promise.resolve();
      },
    });
    const can = target.capabilities.produce;
    const options = { keepPartitions: false, timestamps: can !== false && can.timestamp };
    const reader = await read(proxy);
    const report = await producer.run(async function* () {
      for await (const batch of reader) yield batch.map((record) => copyItem(record, options));
    });
    return { report, kept };
  };

  it('go through a copy', async () => {
    await copyTo(proxy, 'stop');
    isTheSame();
  });

  it('are missed before anything is sent to a cluster that cannot carry them', async () => {
    const target = new MemoryProxy({ headers: false });
    const stopped = await copyTo(target, 'stop');
    assert.deepEqual(stopped.report.end, {
      kind: 'item',
      reason: { kind: 'unsupported', feature: 'headers' },
    });
    assert.deepEqual(target.log('to'), []);
    const aside = await copyTo(target, 'setAside');
    assert.equal(aside.report.setAside, 3);
    assert.deepEqual(target.log('to').map(members), proxy.log('from').slice(2, 3).map(members));
    assert.equal(aside.kept.length, 3);
  });

  it('are missed before anything is sent to HDInsight, where old timestamps do no harm', async () => {
    const emulated = await startEmulatedProxy();
    const { emulator, proxy: target, requests } = emulated;
    try {
      emulator.createTopic({ name: 'to', partitions: 1 });
      const { records: all } = parsePayload((await exported('jsonl')).toString(), 'many');
      assert.equal(all?.length, messages.length);
      const asked = requests.length;
      const { uncarried } = checkAll(all, target.capabilities);
      const obstacle = { kind: 'unsupported', feature: 'headers' };
      assert.deepEqual(uncarried?.[0], { index: 0, obstacle });
      assert.equal(requests.length, asked);

      const { records } = parsePayload(
        '{"offset":7,"timestamp":"2026-11-22T12:30:05.007Z","key":"k","headers":[],"value":"v"}',
        'many',
      );
      await produce(target, 'to', records ?? []);
      assert.deepEqual(await logged(target, 'to'), [[NaN]]);
    } finally {
      await emulated.close();
    }
  });
});
