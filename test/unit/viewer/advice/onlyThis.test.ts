import assert from 'node:assert/strict';
import { undecoded } from '../../../../src/core/message/decoded';
import { anyOf, narrowed, termForLeaf, termForWhole } from '../../../../src/viewer/advice/onlyThis';
import { compileFilter } from '../../../../src/viewer/filter/conditions';
import { parseFilter } from '../../../../src/viewer/filter/filterParser';
import { scan } from '../../../../src/viewer/filter/scan';
import { Steps } from '../../../../src/viewer/steps';
import { MessageStore } from '../../../../src/viewer/store/messageStore';
import { clock, read } from '../filter/reading';

/** The values that a filter finds, with themselves as keys. */
function found(filter: string, texts: readonly (string | null)[]): readonly (string | null)[] {
  const store = new MessageStore({ maxMessages: 100, maxBytes: 1e6 });
  const records = texts.map((text, index) => ({
    partition: 0,
    offset: BigInt(index),
    key: text,
    value: text,
  }));
  store.append(undecoded(records));
  const steps = new Steps(new Int32Array(new SharedArrayBuffer(8)), 0);
  const node = parseFilter(filter, clock);
  assert.ok(node);
  return [...scan(store.chunks, 0, store.end, compileFilter(node, steps), steps)].map(
    (sequence) => texts[sequence] ?? null,
  );
}

const texts: readonly (string | null)[] = [
  null,
  '',
  'null',
  'order-17',
  'Order-17',
  'order-17 ',
  '17',
  '9007199254740993',
  '9007199254740992',
  '-5',
  'a "quoted" \\ text',
  "it's (so) or not",
  'two\nlines',
  'two lines',
  'carriage\r\nreturn\ttab',
  'abc\u202edef',
  '\ufeffmarked',
  '/a/b.c*[x]$^',
  '{"id":9007199254740993,"text":"a\\nb"}',
  '价格 5',
  'key == x',
];

describe('Only this key or value', () => {
  for (const text of texts) {
    it(`finds ${JSON.stringify(text)} and nothing else, in one line`, () => {
      for (const part of ['key', 'value'] as const) {
        const term = termForWhole(part, text);
        assert.deepEqual(found(term, texts), [text], term);
        assert.ok(!/[\u202e\ufeff]/.test(term) && Array.from(term).every((each) => each >= ' '));
      }
    });
  }

  it('is short where it can be', () => {
    assert.equal(termForWhole('key', 'order-17'), 'key == order-17');
    assert.equal(termForWhole('value', null), 'value == null');
    assert.equal(termForWhole('value', 'null'), 'value == "null"');
  });

  it('is a choice among several', () => {
    assert.equal(anyOf(['key == a', 'key == b', 'key == a']), '(key == a or key == b)');
    assert.equal(anyOf(['key == a', 'key == a']), 'key == a');
  });
});

describe('Only this value inside of JSON', () => {
  const leaf = (path: readonly (string | number)[], json: string) =>
    termForLeaf({ part: 'value', path, json }) ?? '';

  it('is a path and its value, exactly', () => {
    assert.equal(leaf(['user', 'id'], '5'), '$.user.id == 5');
    assert.equal(leaf([], '"x"'), '$ == "x"');
    assert.equal(leaf(['a b', 0, 'c"d'], 'null'), '$["a b"][0]["c\\"d"] == null');
    assert.equal(leaf(['text'], '"a\\nb\\u202e"'), '$.text == "a\\nb\\u202e"');
    assert.equal(leaf(['big'], '9007199254740993'), '$.big == 9007199254740993');
    assert.equal(termForLeaf({ part: 'key', path: ['id'], json: 'true' }), 'key:$.id == true');
    assert.equal(leaf(['x y'.repeat(100_000)], '1'), '');
  });

  it('finds what has it there, and nothing else', () => {
    const values = [
      '{"a":9007199254740993}',
      '{"a":9007199254740992}',
      '{"a":"9007199254740993"}',
      '{"a":"say \\"x\\"\\n(or)"}',
      '{"a":null}',
      '{"b":[{"odd name\'\\"":"y"}]}',
      '1.10',
    ];
    const places: readonly (readonly [readonly (string | number)[], string, string])[] = [
      [['a'], '9007199254740993', values[0] ?? ''],
      [['a'], '"9007199254740993"', values[2] ?? ''],
      [['a'], '"say \\"x\\"\\n(or)"', values[3] ?? ''],
      [['a'], 'null', values[4] ?? ''],
      [['b', 0, 'odd name\'"'], '"y"', values[5] ?? ''],
      [[], '1.10', values[6] ?? ''],
    ];
    for (const [path, json, value] of places) {
      for (const part of ['key', 'value'] as const) {
        const term = termForLeaf({ part, path, json }) ?? '';
        assert.deepEqual(found(term, values), [value], term);
      }
    }
  });
});

describe('A filter that is narrowed', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', 'key == a'],
    ['  ', 'key == a'],
    ['paid', 'paid key == a'],
    ['paid and new ', 'paid and new key == a'],
    ['paid or new', '(paid or new) key == a'],
    ['status =', '(status =) key == a'],
    ['time:last 15 minutes', 'time:last 15 minutes key == a'],
    ['key == a', 'key == a'],
    ['x key == a y', 'x key == a y'],
    ['x or key == a', '(x or key == a) key == a'],
    ['not key == a', 'not key == a key == a'],
  ];
  for (const [filter, expected] of cases) {
    it(`from ${JSON.stringify(filter)}`, () => {
      assert.equal(narrowed(filter, 'key == a', clock), expected);
      const both = read(expected);
      if (filter.trim() !== '' && expected !== filter) assert.ok(both.includes('key == <a>'), both);
    });
  }
});
