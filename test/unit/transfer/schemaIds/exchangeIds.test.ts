import assert from 'node:assert/strict';
import type { KafkaRecord } from '../../../../src/core/kafka';
import type { RegisteredSchema } from '../../../../src/core/schemaRegistry/schema';
import { namedSchema } from '../../../../src/transfer/schemaIds/exchangeIds';
import { agreeing, framed, recordOf, startRegistries, type TwoRegistries } from './support';

const avro = (text: string): RegisteredSchema => ({ type: 'AVRO', text, references: [] });
const ORDER = avro('{"type":"record","name":"Order","fields":[{"name":"id","type":"long"}]}');
const KEY = avro('"string"');
const DATA = '04';
const MORE = 'ff ff ff ff ff 01';

describe('Exchanging the ids of schemas in records', () => {
  let two: TwoRegistries;
  /** The ids of the schema of orders, in both registries. */
  let before: number;
  let after: number;

  beforeEach(async () => {
    two = await startRegistries();
    before = await two.from.register('orders-value', ORDER);
    await two.from.register('orders-key', KEY);
    after = await two.to.register('copies-value', ORDER);
    await two.to.register('copies-key', KEY);
    assert.notEqual(before, after);
  });

  afterEach(() => two.stop());

  async function exchange(records: readonly KafkaRecord[], agree = agreeing(two.to)) {
    const opened = two.open(agree);
    const results = await opened.records.exchange(records, {});
    return { ...opened, results, asked: agree.asked };
  }

  it('changes the id alone, of key and value, and registers nothing that is there', async () => {
    const key = framed(2, '02 61');
    const value = framed(before, MORE);
    const { results, records, ids, asked } = await exchange([recordOf(value, { key })]);
    assert.deepEqual(results, [
      { record: recordOf(framed(after, MORE), { key: framed(after + 1, '02 61') }) },
    ]);
    assert.deepEqual(records.counts, { changed: 1, unchanged: 0 });
    assert.deepEqual(asked, []);
    assert.equal(ids.registered, 0);
    const [first] = ids.exchanged;
    assert.deepEqual(first?.from.at, { subject: 'orders-key', version: 1 });
    assert.equal(first.to.subject, 'copies-key');
  });

  it('leaves what names no schema as it is, where a topic is mixed', async () => {
    const plain = [
      recordOf('text'),
      recordOf(null),
      recordOf(Buffer.from('ff00', 'hex')),
      recordOf('AAAA'),
      recordOf('{"a": 1}', { headers: [{ name: 'h', value: Buffer.from('x') }] }),
    ];
    const { results, records } = await exchange([...plain, recordOf(framed(before, MORE))]);
    assert.deepEqual(
      results.slice(0, -1),
      plain.map((record) => ({ record })),
    );
    assert.deepEqual(records.counts, { changed: 1, unchanged: plain.length });
  });

  it('takes no number for an id, however its bytes begin', async () => {
    // A long of 8 bytes, as Kafka's serializer writes customer 33,554,432 + 7.
    const number = Buffer.alloc(8);
    number.writeBigInt64BE((BigInt(before) << 24n) + 0xff_ff_ffn);
    const unknown = Buffer.alloc(8);
    unknown.writeBigInt64BE(0x7777n << 24n);
    const { results } = await exchange([recordOf(number), recordOf(unknown)]);
    assert.deepEqual(results, [{ record: recordOf(number) }, { record: recordOf(unknown) }]);
    // Of 8 bytes too, but what follows is a string of two characters.
    const key = framed(2, '04 61 62');
    const { results: keys } = await exchange([recordOf('v', { key })]);
    assert.deepEqual(keys, [{ record: recordOf('v', { key: framed(after + 1, '04 61 62') }) }]);
  });

  it('takes no number for an id that its schema reads by chance, unless it is one elsewhere', async () => {
    const other = await two.from.register('others-value', {
      ...ORDER,
      text: ORDER.text.replace('id', 'no'),
    });
    await two.to.register('others-value', { ...ORDER, text: ORDER.text.replace('id', 'no') });
    const chance = recordOf(framed(other, '80 80 02'));
    const { results } = await exchange([chance]);
    assert.deepEqual(results, [{ record: chance }]);
    const { results: together } = await exchange([chance, recordOf(framed(other, MORE))]);
    assert.notDeepEqual(together[0], { record: chance });
  });

  it('finds ids in Base64, which stays Base64', async () => {
    const text = framed(before, DATA).toString('base64');
    const { results } = await exchange([recordOf(text), recordOf(Buffer.from(text))]);
    const changed = framed(after, DATA).toString('base64');
    assert.deepEqual(results, [{ record: recordOf(changed) }, { record: recordOf(changed) }]);
  });

  it('exchanges ids in headers, and GUIDs', async () => {
    const { guid: guidBefore } = two.source.schemas.schema(before);
    const bytes = Buffer.from(guidBefore.replaceAll('-', ''), 'hex');
    const name = '__value_schema_id';
    const header = (value: Buffer) => [
      { name, value: Buffer.from('old') },
      { name, value },
      { name: 'other', value: null },
    ];
    const content = (id: number) => {
      const value = Buffer.alloc(8);
      value.writeBigUInt64BE(BigInt(id));
      return [{ name: 'apicurio.value.contentId', value }];
    };
    const data = Buffer.from('00000000ff', 'hex');
    const { results } = await exchange([
      recordOf(data, { headers: header(framed(before, '02 02')) }),
      recordOf(data, { headers: content(before) }),
      recordOf(data, { headers: header(Buffer.concat([Buffer.of(1), bytes])) }),
    ]);
    const { guid } = two.target.schemas.schema(after);
    const target = Buffer.from(guid.replaceAll('-', ''), 'hex');
    assert.deepEqual(
      results.map(({ record }) => record),
      [
        recordOf(data, { headers: header(framed(after, '02 02')) }),
        recordOf(data, { headers: content(after) }),
        recordOf(data, { headers: header(Buffer.concat([Buffer.of(1), target])) }),
      ],
    );
  });

  it('refuses what only another registry knows', async () => {
    const glue = Buffer.concat([
      Buffer.of(3, 0),
      Buffer.from('b7b4a7f08c964b5fa0d4e1c2b3a49586', 'hex'),
      Buffer.of(1),
    ]);
    const { results } = await exchange([
      recordOf(framed(77, MORE)),
      recordOf(glue),
      recordOf(framed(before, MORE)),
    ]);
    assert.deepEqual(
      results.map(({ problem, record }) => problem ?? record.value),
      [
        { kind: 'unknown', names: 'id 77' },
        { kind: 'foreign', names: 'version b7b4a7f0-8c96-4b5f-a0d4-e1c2b3a49586 of AWS Glue' },
        framed(after, MORE),
      ],
    );
  });

  it('asks each registry once for a schema, however many messages name it', async () => {
    const records = Array.from({ length: 500 }, () => recordOf(framed(before, MORE)));
    const start = two.calls();
    const { records: opened } = await exchange(records);
    await opened.exchange(records, {});
    assert.ok(two.calls() - start <= 4, String(two.calls() - start));
  });

  it('fails as a registry does, and copies nothing that is in doubt then', async () => {
    await two.source.stop();
    for (const value of [framed(before, MORE), framed(before, '02 02 02')]) {
      await assert.rejects(exchange([recordOf(value)]), { kind: 'connection' });
    }
    const { results } = await exchange([recordOf('text')]);
    assert.deepEqual(results, [{ record: recordOf('text') }]);
  });

  it('ends with the signal', async () => {
    const reason = new Error('stopped');
    const exchanging = two
      .open()
      .records.exchange([recordOf(framed(before, MORE))], { signal: AbortSignal.abort(reason) });
    await assert.rejects(exchanging, reason);
  });

  it('sees quickly that most payloads are text', () => {
    assert.equal(namedSchema('a text', 'value', undefined), undefined);
    assert.equal(namedSchema('\0\0\0\0\x01\ufffd', 'value', undefined), undefined);
    assert.equal(namedSchema(framed(7, MORE), 'value', undefined)?.framing.names, 'id 7');
    assert.equal(namedSchema(framed(2 ** 24, MORE), 'value', undefined), undefined);
  });
});
