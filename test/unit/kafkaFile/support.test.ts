import assert from 'node:assert/strict';
import type { Capabilities } from '../../../src/core/kafka';
import { readConsumer, readProducer } from '../../../src/kafkaFile/settings';
import { unsupported, unsupportedPart, unsupportedRead } from '../../../src/kafkaFile/support';
import { timeLike } from '../../../src/kafkaFile/values';
import { CLOCK, consumer, producer } from '../../support/kafkaFiles';

const nothing = { headers: false, timestamp: false, tombstone: false, binary: false };
const can = (more: Partial<typeof nothing> = {}) => ({
  produce: { ...nothing, maxBatchBytes: 1000, maxBatchRecords: 10, ...more },
});
const all = can({ headers: true, timestamp: true, tombstone: true });

describe('What a proxy cannot carry of a block', () => {
  const text = [
    'PRODUCER',
    '-- @headers: {"a":"b"}',
    '-- @timestamp: 1',
    '-- @tombstone',
    'topic: t',
    'headers: c=d',
    '',
    '###',
  ].join('\n');
  const problems = (capabilities: Pick<Capabilities, 'produce'>, of = text) => {
    const block = producer(of);
    return unsupported(block, readProducer(block).settings, capabilities).map(
      ({ kind, start, end }) => `${kind} ${of.slice(start, end)}`,
    );
  };

  it('is each thing that it does not know', () => {
    const found = problems(can());
    assert.deepEqual(found, [
      'headers-unsupported headers: c=d',
      'headers-unsupported -- @headers: {"a":"b"}',
      'timestamp-unsupported -- @timestamp: 1',
      'tombstone-unsupported -- @tombstone',
    ]);
    assert.deepEqual(problems(can({ headers: true, timestamp: true })), found.slice(3));
    assert.deepEqual(problems(can({ tombstone: true })), found.slice(0, 3));
  });

  it('is nothing if it knows all, or if nothing of that is there', () => {
    assert.deepEqual(problems(all), []);
    assert.deepEqual(problems(can(), 'PRODUCER\ntopic: t\n\nvalue\n###'), []);
  });

  it('is the whole block if it produces nothing', () => {
    assert.deepEqual(problems({ produce: false }), ['produce-unsupported PRODUCER']);
  });

  it('is told of a part before it is written', () => {
    for (const name of ['headers', 'timestamp', 'tombstone'] as const) {
      assert.equal(unsupportedPart(name, can()), `${name}-unsupported`);
      assert.equal(unsupportedPart(name, can({ [name]: true })), undefined);
      assert.equal(unsupportedPart(name, { produce: false }), undefined);
    }
    assert.equal(unsupportedPart('key', can()), undefined);
  });
});

describe('What a proxy cannot serve of a block', () => {
  const problems = (lines: string, read: Capabilities['read']) => {
    const text = `CONSUMER\ntopic: t\n${lines}\n`;
    const block = consumer(text);
    const { settings } = readConsumer(block, CLOCK);
    return unsupportedRead(block, settings, { read }).map(
      ({ kind, start, end }) => `${kind} ${text.slice(start, end)}`,
    );
  };
  const byTime = 'from: 2026-11-20\nto: 2026-11-21';

  it('is times, if records have none and it finds none', () => {
    const blind = { headers: false, timestamp: false };
    assert.deepEqual(problems(byTime, blind), [
      'times-unsupported 2026-11-20',
      'times-unsupported 2026-11-21',
    ]);
    assert.deepEqual(problems('from: 5\nto: 9', blind), []);
    assert.deepEqual(problems(byTime, { headers: false, timestamp: true }), []);
  });

  it('is the whole block if it reads nothing', () => {
    assert.deepEqual(problems(byTime, false), ['consume-unsupported CONSUMER']);
  });
});

describe('An offset that looks like a time', () => {
  const table: Readonly<Record<string, string | undefined>> = {
    '1700000000': '@1700000000',
    '1700000000123': '@1700000000123',
    '17000000001': undefined,
    '2700000000': undefined,
    '20261122': '2026-11-22',
    '19991231': '1999-12-31',
    '20261322': undefined,
    '20261122140506': '2026-11-22 14:05:06',
    '20261122246006': undefined,
    '2026112214': undefined,
    '21261122': undefined,
    '5': undefined,
  };
  for (const [offset, time] of Object.entries(table)) {
    it(`is ${offset}: ${time ?? 'no'}`, () => {
      assert.equal(timeLike(offset, CLOCK), time);
    });
  }
});
