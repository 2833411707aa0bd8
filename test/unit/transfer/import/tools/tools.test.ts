import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { JsonScanner } from '../../../../../src/core/json/scanner';
import type { NewRecord } from '../../../../../src/core/kafka';
import { looksLikeBase64 } from '../../../../../src/core/message/base64Likeness';
import { guessPayload, parseRecord } from '../../../../../src/core/message/parse';
import type { PayloadProblemKind } from '../../../../../src/core/message/payloadProblem';
import {
  type RecordLikeness,
  recordLikeness,
} from '../../../../../src/core/message/recordLikeness';

const samples = new URL('json/', import.meta.url);

/** A record, with the text of bytes and headers as `name=text`, or why there is none. */
type Expected =
  | readonly [key: string | null, value: string | null, partition?: number, ...string[]]
  | PayloadProblemKind;

interface Sample {
  readonly records: readonly Expected[];
  /** The names of the members that are not carried, in the order in which they are told. */
  readonly leftOut: string;
  readonly likeness?: RecordLikeness;
}

/** What a person gets who saves messages with a tool and produces them here. */
const expected: Readonly<Record<string, Sample>> = {
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
    records: ['member-unknown', 'member-unknown'],
    leftOut: '',
    likeness: 'value',
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
    leftOut: '',
    likeness: 'record',
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
    likeness: 'record',
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

/** Returns the JSON of the records in a file: in an array, in the body of a proxy, or in a row. */
function recordsOf(text: string): readonly string[] {
  const scanner = new JsonScanner(text.replace(/^% .*$/gm, ''));
  const sources: string[] = [];
  const take = () => sources.push(scanner.value());
  if (scanner.peek() === '[') scanner.elements(take);
  else if (/^\{\s*"records"/.test(text)) scanner.members(() => { scanner.elements(take); });
  else while (scanner.peek() !== '') take();
  return sources;
}

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

describe('files of other tools', () => {
  it('are all expected', () => {
    assert.deepEqual(readdirSync(samples).sort(), Object.keys(expected).sort());
  });

  for (const [file, { records, leftOut, likeness = 'exported' }] of Object.entries(expected)) {
    const text = readFileSync(new URL(file, samples), 'utf8');

    it(`${file} holds messages`, () => {
      const sources = recordsOf(text);
      const told = new Set<string>();
      const base64 = looksLikeBase64(sources);
      const found = sources.map((source) => {
        const parsed = parseRecord(source, { base64, leftOut: (member) => told.add(member) });
        return parsed.record ? brief(parsed.record) : parsed.problem.kind;
      });
      assert.deepEqual(found, records);
      assert.equal([...told].join(), leftOut);
      assert.equal(base64, file.endsWith('-binary.json'));
    });

    it(`${file} looks like what it is`, () => {
      const [first = ''] = recordsOf(text);
      assert.equal(recordLikeness(first), likeness);
      const isSeveral = guessPayload(text).shape !== 'one';
      assert.equal(isSeveral, likeness !== 'value' || text.startsWith('['));
    });
  }
});
