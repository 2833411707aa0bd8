import assert from 'node:assert/strict';
import type { Row, ToWebview, ViewerState } from '../../../src/viewer/protocol';
import { readSavedView } from '../../../src/webview/lib/savedView';
import { parseToWebview } from '../../../src/webview/toWebview';

const row: Row = {
  sequence: 1,
  partition: 0,
  offset: '9223372036854775807',
  timestamp: null,
  key: null,
  value: 'x',
  size: 3,
  headers: 'a=x',
  keyNote: null,
  valueNote: null,
  fields: {},
};

const state: ViewerState = {
  status: 'reading',
  problem: null,
  remedies: ['r'],
  notices: ['n'],
  counts: { received: 1, held: 1, matched: 1, dropped: 0 },
  arrived: 1,
  latest: true,
  followed: false,
  cleared: false,
  rate: 0.5,
  progress: [{ partition: 0, from: '0', position: '1', until: '2' }],
  version: 1,
  filter: {
    text: '',
    problem: { message: 'm', at: 0, length: 1 },
    busy: false,
    understood: 'x',
    advice: null,
  },
  sort: { column: 'key', descending: true },
  span: { from: 0, to: 1 },
  histogram: { from: 0, to: 2, width: 1, total: [1, 2], matched: [0, 1], outside: 0 },
  columns: { hidden: ['key'], widths: { value: 100 } },
  formats: 'auto,avro',
  pointed: null,
  headers: true,
  timeZone: 'UTC',
  definition: '{}',
};

const { sequence, partition, offset, timestamp, size } = row;
const detail = {
  ...{ sequence, partition, offset, timestamp, size },
  headers: [
    {
      name: 'h',
      value: { kind: 'bytes', base64: 'AA==', bytes: 1, problem: null, decoding: null },
    },
  ],
  key: { kind: 'null' },
  value: { kind: 'text', text: 'x', bytes: 1, raw: null, problem: null, decoding: null },
} as const;

const messages: readonly ToWebview[] = [
  { type: 'state', state },
  { type: 'rows', version: 1, start: 0, rows: [row] },
  { type: 'detail', sequence: 1, detail },
  { type: 'detail', sequence: 1, detail: null },
  { type: 'located', sequence: 1, row: null },
  { type: 'marks', marks: ['m'] },
  {
    type: 'completion',
    text: 'a',
    caret: 1,
    completion: { from: 0, isEager: true, items: [{ insert: '$.a', kinds: ['text'] }] },
  },
  { type: 'focusFilter' },
];

/** The value with one of its members, at any depth, replaced by what no message holds there. */
function* spoiled(value: unknown): Generator {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const put = (other: unknown): unknown =>
      Array.isArray(value) ? value.with(Number(name), other) : { ...value, [name]: other };
    // Anything may be a filter, a definition and the like; nothing is a symbol.
    yield put(Symbol.iterator);
    for (const other of spoiled(member)) yield put(other);
  }
}

describe('what a host says', () => {
  it('is taken if it is of the protocol', () => {
    for (const message of messages) assert.ok(parseToWebview(message), message.type);
  });

  it('is not taken with anything in it that does not belong there', () => {
    let count = 0;
    for (const message of messages) {
      for (const other of spoiled(message)) {
        count += 1;
        assert.ok(!parseToWebview(other), JSON.stringify(other));
      }
    }
    assert.ok(count > 50);
    for (const other of [null, undefined, 'state', [], {}, { type: 'reload' }, { type: 'state' }]) {
      assert.ok(!parseToWebview(other));
    }
  });

  it('may not give a histogram that cannot be drawn', () => {
    const { histogram } = state;
    assert.ok(histogram);
    for (const wrong of [{ width: 0 }, { to: 0 }, { total: [1] }, { total: [], matched: [] }]) {
      const other = { ...state, histogram: { ...histogram, ...wrong } };
      assert.ok(!parseToWebview({ type: 'state', state: other }));
    }
  });
});

describe('what a webview left', () => {
  it('is taken as a whole or not at all', () => {
    const left = {
      definition: 'anything',
      table: {
        top: { sequence: 1, partition: 0, offset: '1' },
        pixels: 0.5,
        atEnd: false,
        selected: [1],
        active: null,
        column: 'key',
      },
      layout: {
        detail: true,
        beside: 40,
        below: 40,
        keyMode: 'json',
        valueMode: 'hex',
        histogram: true,
      },
      trees: { partition: 0, offset: '1', key: [], value: [0, 7] },
    };
    assert.ok(readSavedView(left));
    for (const other of spoiled({ table: left.table, layout: left.layout, trees: left.trees })) {
      assert.ok(!readSavedView(other), JSON.stringify(other));
    }
    for (const other of [undefined, null, {}, { definition: '{}' }])
      assert.ok(!readSavedView(other));
  });
});
