import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { NewRecord } from '../../../../../src/core/kafka';
import { guessImport } from '../../../../../src/transfer/import/guess/guessImport';
import type { ImportProblem } from '../../../../../src/transfer/import/imported';
import { importRecords } from '../../../../../src/transfer/import/importRecords';

/** A record, with the text of bytes and headers as `name=text`, or why there is none. */
type Expected =
  | readonly [key: string | null, value: string | null, partition?: number, ...string[]]
  | ImportProblem['kind'];

interface Sample {
  readonly records: readonly Expected[];
  /** The names of the members that are not carried, in the order in which they are told. */
  readonly leftOut?: string;
}

/** What a person gets who saves messages with a tool and produces them here. */
const json: Readonly<Record<string, Sample>> = {
  'kcat.jsonl': {
    records: [
      ['m-1', '{"kwh":1.50}', 1, 'trace=t-1', 'retry=null'],
      [null, 'plain', 0],
      ['m-2', null, 1],
    ],
    leftOut: 'offset,ts,tstype,topic,broker',
  },
  'kcat-avro.jsonl': {
    records: [['m-1', '{"kwh": 1.5}', 0], 'incomplete'],
    leftOut: 'offset,ts,tstype,topic,broker,value_schema_id',
  },
  'kaf-json.jsonl': {
    records: [
      ['m-1', '{"kwh":1.5}', 1, 'trace=t-1'],
      ['4711', 'plain', 0],
    ],
    leftOut: 'offset,timestamp',
  },
  'kaf-json-each-row.jsonl': {
    records: [
      ['m-1', '{"kwh":1.50}', 1, 'trace=t-1'],
      ['', 'plain', 0],
    ],
    leftOut: 'offset,timestamp,topic',
  },
  'kafka-ui.json': {
    records: [['m-1', '{"kwh":1.50}', 1, 'trace=t-1']],
    leftOut: 'Offset,Timestamp',
  },
  'akhq.json': {
    records: [
      ['m-1', '{"kwh":1.50}', 1, 'trace=t-1'],
      [null, null, 0],
    ],
    leftOut: 'offset,timestamp,valueSchemaId',
  },
  'akhq-selected.json': {
    records: [
      [null, '{\n    "kwh": 1.5\n  }'],
      [null, '{\n    "kwh": 2.5\n  }'],
    ],
  },
  'control-center.json': {
    records: [
      ['m-1', '{"kwh":1.5}', 1, 'trace=t-1', 'retry=null'],
      ['{"id":4711}', 'plain', 0],
    ],
    leftOut: 'offset,timestamp,timestampType,topic,__confluent_index',
  },
  'conduktor.json': {
    records: [['m-1', '{"kwh":1.50}', 1, 'trace=t-1']],
    leftOut: 'offset,timestamp,topic,keySize,valueSize',
  },
  'rpk.json': {
    records: [['m-1', '{"kwh":1.50}', 1, 'trace=t-1'], [null, 'plain', 0], 'value-missing'],
    leftOut: 'offset,timestamp,topic',
  },
  'redpanda-console.json': {
    records: [
      ['m-1', '{"kwh":1.5}', 1, 'trace=t-1'],
      [null, '\xff\xfe', 0],
    ],
    leftOut: 'offset,timestamp,compression,isTransactional',
  },
  'hdinsight.json': {
    records: [
      ['m-1', '{"kwh":1.50}', 1],
      [null, 'plain', 1],
    ],
    leftOut: 'offset,timestamp,timestampType',
  },
  'hdinsight-body.json': {
    records: [
      ['m-1', 'plain', 1],
      [null, '{"kwh": 1.50}'],
    ],
  },
  'confluent-v2-json.json': {
    records: [
      ['m-1', '{"kwh":1.50}', 1],
      [null, 'plain', 0],
    ],
    leftOut: 'offset,topic',
  },
  'confluent-v2-binary.json': {
    records: [
      ['m-1', '{"kwh":1.50}', 1],
      [null, 'plain', 0],
    ],
    leftOut: 'offset,topic',
  },
  'confluent-v3-body.json': {
    records: [
      ['m-1', '{"kwh":1.50}', 1, 'trace=t-1'],
      ['m-2', null],
    ],
    leftOut: 'timestamp',
  },
  'strimzi.json': {
    records: [
      ['m-1', '{"kwh":1.50}', 1, 'trace=t-1', 'retry=null'],
      [null, 'plain', 0],
    ],
    leftOut: 'offset,timestamp,topic',
  },
  'karapace-binary.json': {
    records: [
      ['m-1', '{"kwh":1.50}', 1],
      [null, '', 1],
    ],
    leftOut: 'offset,timestamp,topic',
  },
  'confluent-extension.json': {
    records: [
      ['m-1', '{"kwh":1.5}', 1, 'trace=t-1'],
      ['\xff\xfe', 'plain', 0],
    ],
    leftOut: 'offset,timestamp,metadata',
  },
  'kafkactl.json': {
    records: [
      ['m-1', '{"kwh":1.50}', 1, 'trace=t-1'],
      [null, null, 0],
    ],
    leftOut: 'Offset,Timestamp',
  },
};

const csv: Readonly<Record<string, Sample>> = {
  'akhq-selected.csv': {
    records: [
      [null, '{"kwh":1.5,"at":1}'],
      [null, '{"kwh":2.5,"at":2}'],
    ],
  },
  'conduktor.csv': {
    records: [
      ['m-1', '{"kwh":1.50}', 1, 'trace=t-1'],
      [null, 'plain', 0],
    ],
    leftOut: 'Offset,Timestamp',
  },
  'control-center.csv': {
    records: [
      ['m-1', '{"kwh":1.50}', 1, 'trace=t-1'],
      [null, 'plain', 0],
    ],
    leftOut: 'topic,offset,timestamp,timestampType',
  },
  'redpanda-console.csv': {
    records: [['m-1', '{"kwh":1.5}', 1], 'damaged'],
    leftOut: 'timestamp,offset,keySize,valueSize,compression,isTransactional',
  },
  'tools-for-apache-kafka.csv': {
    records: [
      ['m-1', '{"kwh":1.50,"at":2}', 1, 'trace=t-1'],
      [null, 'plain', 0],
    ],
    leftOut: 'Offset',
  },
};

function brief({ key = null, value, partition, headers = [] }: NewRecord): Expected {
  const text = (payload: NewRecord['value']) =>
    typeof payload === 'string' ? payload : payload && textOf(payload);
  const texts = headers.map((header) => `${header.name}=${text(header.value) ?? 'null'}`);
  return partition === undefined
    ? [text(key), text(value)]
    : [text(key), text(value), partition, ...texts];
}

function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  return buffer.every((byte) => byte < 0x80) ? buffer.toString() : buffer.toString('latin1');
}

/** Reads a file as it is guessed, with every default. */
async function imported(folder: string, file: string) {
  const bytes = readFileSync(new URL(`${folder}/${file}`, import.meta.url));
  const guess = await guessImport({ bytes, whole: true }, file);
  assert.ok(guess.kind === 'guess');
  const { options, doubts } = guess;
  const told = new Set<string>();
  const found: Expected[] = [];
  const leftOut = (member: string) => told.add(member);
  for await (const batch of importRecords([bytes], options, { leftOut })) {
    found.push(...batch.map((it) => (it.kind === 'record' ? brief(it.record) : it.problem.kind)));
  }
  return { found, doubts, base64: options.base64 ?? false, leftOut: [...told].join() };
}

describe('files of other tools', () => {
  for (const [folder, expected] of Object.entries({ json, csv })) {
    it(`are all expected: ${folder}`, () => {
      const files = readdirSync(new URL(folder, import.meta.url));
      assert.deepEqual(files.sort(), Object.keys(expected).sort());
    });

    for (const [file, { records, leftOut = '' }] of Object.entries<Sample>(expected)) {
      it(`come in with every default: ${file}`, async () => {
        const base64 = file.endsWith('-binary.json');
        assert.deepEqual(await imported(folder, file), {
          found: records,
          doubts: [],
          base64,
          leftOut,
        });
      });
    }
  }
});
