import assert from 'node:assert/strict';
import type { Partition } from '../../../../src/core/kafka';
import { PLAIN } from '../../../../src/core/message/codec';
import {
  type Draft,
  draftOfRest,
  encodingFor,
  foundFor,
  isSingle,
  payloadOf,
  planOf,
  type Source,
  TextSource,
} from '../../../../src/ui/produce/draft';

const CAN = {
  headers: false,
  timestamp: false,
  tombstone: false,
  binary: false,
  maxBatchBytes: 1000,
  maxBatchRecords: 5,
};

const SHORT = { kind: 'short', argument: '' } as const;

function draft(source: Source, more: Partial<Draft> = {}): Draft {
  return {
    cluster: 'emulator',
    topic: 'orders',
    source,
    how: 'one',
    key: '',
    partition: 'any',
    finalLineBreak: false,
    withLarge: true,
    ...more,
  };
}

function partition(id: number): Partition {
  return { id, earliest: 0n, latest: 9n, leader: 1, replicas: [1], isr: [1] };
}

const found = { cluster: 'emulator', topic: 'orders', partitions: [partition(0), partition(1)] };
const plan = (of: Draft) => planOf(of, { produce: CAN });
const values = (of: Draft) => payloadOf(of).records?.map(({ value }) => value);

describe('A draft of messages', () => {
  it('leaves out the final line break of a document, and of nothing else', () => {
    for (const [text, value] of [
      ['a\n', 'a'],
      ['a\r\n', 'a'],
      ['a\n\n', 'a\n'],
      ['a', 'a'],
    ] as const) {
      assert.deepEqual(values(draft(new TextSource(text, 'document'))), [value]);
      const asked = draft(new TextSource(text, 'document'), { finalLineBreak: true });
      assert.deepEqual(values(asked), [text]);
      assert.deepEqual(values(draft(new TextSource(text, 'selection'))), [text]);
      assert.deepEqual(values(draft(new TextSource(text, 'typed'))), [text]);
    }
  });

  it('gives its key and partition to a single message only', () => {
    const source = new TextSource('{"value":1}\n{"value":2}', 'selection');
    const single = draft(source, { key: 'k', partition: 1 });
    assert.ok(isSingle(single));
    assert.deepEqual(payloadOf(single).records, [{ value: source.text, key: 'k', partition: 1 }]);
    const several = draft(source, { key: 'k', partition: 1, how: 'many' });
    assert.ok(!isSingle(several));
    assert.deepEqual(payloadOf(several).records, [{ value: '1' }, { value: '2' }]);
  });

  it('sends the others of messages that cannot be carried, and names these', () => {
    const text =
      '{"value":1}\n{"value":null}\n{"value":3,"partition":7}\n{"value":4,"partition":1}';
    const many = draft(new TextSource(text, 'selection'), { how: 'many', found });
    const { sending, uncarried, records } = plan(many);
    assert.equal(records.length, 4);
    assert.deepEqual(
      sending.records.map(({ value }) => value),
      ['1', '4'],
    );
    assert.equal(sending.sizes.length, 2);
    assert.deepEqual(uncarried, [
      { index: 1, obstacle: { kind: 'unsupported', feature: 'tombstone' } },
      { index: 2, obstacle: { kind: 'no-partition', partition: 7 } },
    ]);
  });

  it('counts the messages that get an empty key from a proxy that writes none without', () => {
    const text = '{"key":"k","value":1}\n{"value":2}\n{"key":null,"value":3}';
    const many = draft(new TextSource(text, 'selection'), { how: 'many' });
    assert.equal(plan(many).emptyKeys, 0);
    assert.equal(planOf(many, { produce: { ...CAN, emptyKeys: true } }).emptyKeys, 2);
  });

  it('knows the partitions of its topic only, and only once they were found', () => {
    const single = draft(new TextSource('a', 'typed'), { partition: 7 });
    assert.deepEqual(plan(single).uncarried, []);
    assert.equal(plan({ ...single, found }).uncarried.length, 1);
    assert.deepEqual(plan({ ...single, found, topic: 'other' }).uncarried, []);
    assert.equal(foundFor({ ...single, found, cluster: 'other' }), undefined);
  });

  it('names large messages by their place among all, and leaves them out if asked to', () => {
    const large = JSON.stringify({ value: 'x'.repeat(2000) });
    const text = `{"value":null}\n{"value":2}\n${large}\n{"value":4}`;
    const many = draft(new TextSource(text, 'selection'), { how: 'many' });
    const { large: named, sending, maxBytes } = plan(many);
    assert.deepEqual(named, [{ index: 2, bytes: 2000 }]);
    assert.equal(maxBytes, 1000);
    assert.equal(sending.records.length, 3);
    const without = plan({ ...many, withLarge: false });
    assert.deepEqual(
      without.sending.records.map(({ value }) => value),
      ['2', '4'],
    );
    assert.deepEqual(without.large, named);
  });

  it('says what is wrong with a text that is not several messages', () => {
    const many = draft(new TextSource('{"value":1}\nnonsense', 'selection'), { how: 'many' });
    const { problem, sending } = plan(many);
    assert.deepEqual(problem, { kind: 'not-a-record', line: 2, column: 1 });
    assert.deepEqual(sending.records, []);
  });

  it('sends nothing in a format until it is encoded, and then what that made of it', () => {
    const formats = { key: PLAIN, value: SHORT };
    const source = new TextSource('{"value":1}\n{"value":null}\n{"value":3}', 'selection');
    const many = draft(source, { how: 'many', formats });
    assert.deepEqual(plan(many).sending.records, []);
    assert.deepEqual(plan(many).unencoded, { kind: 'pending' });
    const records = [{ value: 'a' }, { value: null }, { value: 'b' }];
    const encoded = { ...many, encoding: { of: many, result: { records }, schema: '' } };
    const { first, sending, uncarried, unencoded } = plan(encoded);
    assert.equal(unencoded, undefined);
    assert.deepEqual(sending.records, [{ value: 'a' }, { value: 'b' }]);
    assert.deepEqual(
      uncarried.map(({ index }) => index),
      [1],
    );
    assert.deepEqual(first, { value: '1' });
    for (const changed of [
      { how: 'one' },
      { topic: 'other' },
      { source: new TextSource('', 'typed') },
    ]) {
      const { unencoded } = plan({ ...encoded, ...changed } as Draft);
      assert.deepEqual(unencoded, { kind: 'pending' });
    }
    assert.deepEqual(plan({ ...encoded, found, withLarge: false }).sending, sending);
    const other = plan({ ...encoded, formats: { key: PLAIN, value: PLAIN } });
    assert.deepEqual(
      other.sending.records.map(({ value }) => value),
      ['1', '3'],
    );
  });

  it('sends nothing if one of the messages does not fit, or cannot be encoded', () => {
    const single = draft(new TextSource('many', 'typed'), {
      formats: { key: PLAIN, value: SHORT },
    });
    const reason = { kind: 'not-in-format' } as const;
    const misfits = [{ index: 0, part: 'value', reason }] as const;
    const misfit = plan({ ...single, encoding: { of: single, result: { misfits }, schema: '' } });
    assert.deepEqual(misfit.unencoded, { kind: 'misfits', misfits });
    assert.deepEqual(misfit.sending.records, []);
    const error = new Error('lost');
    const failed = plan({ ...single, encoding: { of: single, result: { error }, schema: '' } });
    assert.deepEqual(failed.unencoded, { kind: 'failed', error });
    assert.deepEqual(failed.sending.records, []);
  });

  it('leaves what was not written, as it was encoded and as it was given', () => {
    const text = '{"value":1}\n{"value":2}\n{"value":3}';
    const formats = { key: PLAIN, value: SHORT };
    const many = draft(new TextSource(text, 'selection'), { how: 'many', formats });
    const records = [{ value: 'a' }, { value: 'b' }, { value: 'c' }];
    const encoding = { of: many, result: { records }, schema: 'orders-value@3 (id 7)' };
    const sent = { ...many, encoding };
    const rest = { records: records.slice(1), sizes: [1, 1] };
    const none = { count: 0, ranges: [] };
    assert.equal(draftOfRest(sent, rest, { accepted: none, unclear: none }), sent);

    const left = draftOfRest(sent, rest, { accepted: { ...none, count: 1 }, unclear: none });
    assert.deepEqual(values(left), ['2', '3']);
    assert.deepEqual(plan(left).sending.records, rest.records);
    assert.equal(encodingFor(left)?.schema, 'orders-value@3 (id 7)');
    assert.deepEqual(plan({ ...left, encoding: undefined }).unencoded, { kind: 'pending' });
  });

  it('is parsed once, so that what was shown is sent', () => {
    const source = new TextSource('[{"value":1}]', 'selection');
    assert.ok(source.seemsMany);
    assert.equal(source.many, source.many);
    const text = new TextSource('text', 'selection');
    assert.ok(!text.seemsMany);
    assert.equal(text.many, text.many);
    assert.ok(text.many.problem);
  });
});
