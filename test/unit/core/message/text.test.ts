import assert from 'node:assert/strict';
import { formats } from '../../../../src/core/message/format';
import { type DecodedRecord, undecoded } from '../../../../src/core/message/decoded';
import { parsePayload } from '../../../../src/core/message/parse';
import { FirstMessages, LastMessages } from '../../../../src/core/message/text';

function records(from: number, to: number): readonly DecodedRecord[] {
  const all = Array.from({ length: to - from }, (_, index) => ({
    partition: 0,
    offset: BigInt(from + index),
    timestamp: 0,
    key: null,
    value: `v${from + index}`,
  }));
  return undecoded(all);
}

const { text } = formats;
const lineLength = text.records(records(0, 1).map(({ raw }) => raw)).length;

function values(body: string): string[] {
  return body.split('\n').map((line) => line.split('\t')[1] ?? '');
}

describe('the text of the first messages', () => {
  it('grows until it has the size, with the last batch whole', () => {
    const messages = new FirstMessages(text, 3 * lineLength);
    assert.equal(messages.add(records(0, 2)), true);
    assert.equal(messages.limited, false);
    assert.equal(messages.add(records(2, 6)), false);
    assert.equal(messages.limited, true);
    const exact = new FirstMessages(text, 2 * lineLength);
    assert.equal(exact.add(records(0, 1)), true);
    assert.equal(exact.add(records(1, 2)), false);
    assert.equal(messages.count, 6);
    assert.deepEqual(values(messages.body), ['v0', 'v1', 'v2', 'v3', 'v4', 'v5']);
  });

  it('shows messages decoded, and keeps them as they are', () => {
    const decoded = records(0, 2).map(({ raw }) => ({ raw, shown: { value: { text: 'shown' } } }));
    for (const messages of [
      new FirstMessages(text, Infinity),
      new LastMessages(text, Infinity, 9),
    ]) {
      messages.add(decoded);
      assert.deepEqual(values(messages.body), ['shown', 'shown']);
      assert.deepEqual(messages.records, decoded);
    }
  });

  it('says what could not be decoded, and shows its bytes', () => {
    const problem = { kind: 'wrong-size', expected: 8, actual: 2 } as const;
    const decoded = records(0, 1).map(({ raw }) => ({ raw, shown: { value: { problem } } }));
    const short = new FirstMessages(text, Infinity);
    short.add(decoded);
    assert.match(short.body, /\(value: wrong-size\)$/);
    const describe = () => 'too short';
    const plain = new FirstMessages(text, Infinity, describe);
    plain.add(decoded);
    assert.match(plain.body, /\tv0\t\(value: too short\)$/);
    const json = new FirstMessages(formats.jsonl, Infinity, describe);
    json.add(decoded);
    const { value, problem: said } = JSON.parse(json.body) as Record<string, unknown>;
    assert.deepEqual([value, said], ['v0', 'value: too short']);
    assert.deepEqual(parsePayload(json.body, 'many').records, [
      { key: null, value: 'v0', partition: 0 },
    ]);
  });

  it('is a document of its format', () => {
    const messages = new FirstMessages(formats.json, Infinity);
    messages.add(records(0, 1));
    messages.add(records(1, 3));
    const { begin, end } = formats.json;
    const document = JSON.parse(begin + messages.body + end) as unknown[];
    assert.equal(document.length, 3);
  });
});

describe('messages that no document can hold', () => {
  const megabytes = (count: number, offset: bigint): DecodedRecord => ({
    raw: {
      partition: 0,
      offset,
      timestamp: 0,
      key: null,
      value: 'x'.repeat(count * 1024 * 1024),
    },
  });
  const batch = [...records(0, 1), megabytes(50, 1n), ...records(2, 3)];
  const tooLarge = [{ partition: 0, offset: 1n, bytes: 50 * 1024 * 1024 }];

  it('are left out, and told', () => {
    for (const messages of [new FirstMessages(text, Infinity), new LastMessages(text, 1, 9)]) {
      assert.equal(messages.add(batch), true);
      assert.deepEqual(messages.tooLarge, tooLarge);
      assert.deepEqual(messages.untaken, []);
      assert.equal(values(messages.body).at(-1), 'v2');
    }
  });

  it('are left out for what their text takes, too', () => {
    const messages = new FirstMessages(formats.jsonl, Infinity);
    const value = '\u0000'.repeat(10 * 1024 * 1024);
    messages.add(undecoded([{ partition: 3, offset: 7n, key: null, value }]));
    assert.deepEqual(messages.tooLarge, [{ partition: 3, offset: 7n, bytes: value.length }]);
    assert.equal(messages.count, 0);
  });

  it('do not fit together: the rest is for the next document', () => {
    const messages = new FirstMessages(text, Infinity);
    const rest = [megabytes(30, 2n), ...records(3, 4)];
    assert.equal(messages.add([...records(0, 1), megabytes(30, 1n), ...rest]), false);
    assert.equal(messages.limited, true);
    assert.deepEqual(
      messages.untaken.map(({ raw }) => raw.offset),
      [2n, 3n],
    );
    assert.equal(messages.count, 2);
  });
});

describe('a document that is nearly full', () => {
  const full = 48 * 1024 * 1024;
  const shorter = (by: number, offset: bigint): DecodedRecord => {
    const bare = { partition: 0, offset, timestamp: 0, key: null, value: '' };
    const rest = text.records([bare]).length + by;
    return { raw: { ...bare, value: 'x'.repeat(full - rest) } };
  };

  it('takes a message that just fits, and none that does not', () => {
    for (const [by, count] of [
      [0, 1],
      [-1, 0],
    ] as const) {
      const messages = new FirstMessages(text, Infinity);
      messages.add([shorter(by, 1n)]);
      assert.equal(messages.count, count);
      assert.equal(messages.tooLarge.length, 1 - count);
    }
  });

  it('takes small batches as long as they fit', () => {
    const messages = new FirstMessages(text, Infinity);
    assert.equal(messages.add([shorter(2 * lineLength, 0n)]), true);
    assert.equal(messages.add(records(1, 3)), true);
    assert.equal(messages.add(records(3, 5)), false);
    assert.equal(messages.count, 3);
    assert.deepEqual(messages.untaken, records(3, 5));
  });
});

describe('the text of the last messages', () => {
  it('keeps so many of them, from however many batches', () => {
    const messages = new LastMessages(text, Infinity, 3);
    for (let from = 0; from < 100; from += 7) {
      assert.ok(messages.add(records(from, from + 7)));
      assert.deepEqual(messages.records, records(from + 4, from + 7));
    }
    assert.ok(messages.add(records(105, 106)));
    assert.deepEqual(messages.records, records(103, 106));
    assert.deepEqual(values(messages.body), ['v103', 'v104', 'v105']);
    messages.add(records(102, 105));
    assert.deepEqual(values(messages.body), ['v102', 'v103', 'v104']);
    assert.deepEqual(messages.records, records(102, 105));
    assert.equal(messages.count, 3);
    assert.equal(messages.limited, false);
  });

  it('keeps fewer where the size allows no more, but one at least', () => {
    const some = new LastMessages(text, 2 * lineLength, 5);
    some.add(records(0, 9));
    assert.deepEqual(values(some.body), ['v7', 'v8']);
    assert.deepEqual(some.records, records(7, 9));
    assert.equal(some.limited, true);
    const one = new LastMessages(text, 1, 5);
    one.add(records(0, 9));
    assert.deepEqual(values(one.body), ['v8']);
  });
});
