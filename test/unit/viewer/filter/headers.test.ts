import assert from 'node:assert/strict';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { undecoded } from '../../../../src/core/message/decoded';
import { compileFilter } from '../../../../src/viewer/filter/conditions';
import { parseFilter } from '../../../../src/viewer/filter/filterParser';
import { scan } from '../../../../src/viewer/filter/scan';
import { Steps } from '../../../../src/viewer/steps';
import { MessageStore } from '../../../../src/viewer/store/messageStore';
import { CLOCK } from '../../../support/kafkaFiles';

const text = (name: string, value: string) => ({ name, value: Buffer.from(value) });

/** What the messages are called by their values, and their headers. */
const messages: Readonly<Record<string, KafkaRecord['headers']>> = {
  none: undefined,
  one: [text('a', 'x')],
  two: [text('a', 'x'), text('a', 'y')],
  other: [text('b', 'x y'), { name: 'a', value: null }],
  bytes: [{ name: 'a', value: Buffer.of(0xff) }, text('', 'z')],
};

function found(filter: string): readonly string[] {
  const store = new MessageStore({ maxMessages: 1e9, maxBytes: 1e12 });
  const all = Object.entries(messages).map(([value, headers], index) => ({
    partition: 0,
    offset: BigInt(index),
    key: null,
    value,
    ...(headers && { headers }),
  }));
  store.append(undecoded(all));
  const steps = new Steps(new Int32Array(new SharedArrayBuffer(8)), 0);
  const node = parseFilter(filter, CLOCK) ?? assert.fail();
  const sequences = scan(store.chunks, 0, all.length, compileFilter(node, steps), steps);
  return Array.from(sequences, (sequence) => all[sequence]?.value ?? '');
}

describe('A filter of headers', () => {
  for (const [filter, expected] of [
    ['header:a', ['one', 'two', 'other', 'bytes']],
    ['header:A', []],
    ['header:""', ['bytes']],
    ['header:a=x', ['one', 'two']],
    ['header:a=X', []],
    ['header:a=y', ['two']],
    ['header:a!=x', ['two', 'other', 'bytes']],
    ['header:a=null', ['other']],
    ['header:b="x y"', ['other']],
    ['header:a=~/^[xy]$/', ['one', 'two']],
    ['header:a not header:a=x', ['other', 'bytes']],
    ['-header:a', ['none']],
    ['x', []],
    ['two header:a=y', ['two']],
    ['size:3', ['one', 'two']],
  ] as const) {
    it(`finds ${expected.join() || 'nothing'} by ${filter}`, () => {
      assert.deepEqual(found(filter), expected);
    });
  }
});
