import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { type DecodedRecord, undecoded } from '../../../../src/core/message/decoded';
import type { IndexView } from '../../../../src/viewer/index/indexTask';
import { Control } from '../../../../src/viewer/steps';
import { MessageStore } from '../../../../src/viewer/store/messageStore';
import { performTask } from '../../../../src/viewer/index/performTask';
import { Cancelled, Steps } from '../../../../src/viewer/steps';
import { compare, decodedRecords, held, modelled, records, shown, views } from '../model';

const NOTHING = {
  to: 0,
  matched: null,
  among: null,
  inSpan: null,
  sorted: null,
  histogram: null,
};
const LIMITS = { maxMessages: 1e9, maxBytes: 1e12 };

describe('What a view shows', () => {
  it('is what a naive filter, selection and sort give', () => {
    fc.assert(
      fc.property(fc.array(records, { maxLength: 60 }), views, (all, view) => {
        assert.deepEqual(rows(undecoded(all), view), shown(held(all, LIMITS), view));
      }),
      { numRuns: 1000 },
    );
  });

  it('goes by what is shown of messages, and by the size of what was read', () => {
    fc.assert(
      fc.property(fc.array(decodedRecords, { maxLength: 60 }), views, (all, view) => {
        assert.deepEqual(rows(all, view), shown(held(all.map(modelled), LIMITS), view));
      }),
      { numRuns: 1000 },
    );
  });

  it('holds a text that few of many messages have, wherever that stands', () => {
    const all = Array.from({ length: 20_000 }, (_, n) => ({
      partition: 0,
      offset: BigInt(n),
      key: n % 997 === 0 ? `k-${n}#42-Straße` : null,
      value: `${'#4 2-'.repeat(n % 40)}${n % 1009 === 0 ? '#42-STRASSE #42-STRAẞE' : n % 13 ? '#43' : '#42'}`,
    }));
    for (const where of ['key', 'value', 'any'] as const) {
      for (const text of ['#42-straß', '#42-', '-Straße', '#42', '#44', 'ß']) {
        const view = { filter: { kind: 'text', where, text } as const, span: null, sort: null };
        const expected = shown(held(all, LIMITS), view);
        assert.deepEqual(rows(undecoded(all), view), expected, `${where} ${text}`);
      }
    }
  });

  it('holds a text that most of many messages have, at the same place or not', () => {
    const all = Array.from({ length: 20_000 }, (_, n): DecodedRecord => {
      const value = `${n % 7 ? '' : '-'.repeat(n % 60)}{"state":"${n % 11 ? 'Shipped' : 'lost'}"}`;
      const raw = { partition: 0, offset: BigInt(n), key: n % 5 ? 'ship' : 'SHIPPED', value };
      // What was read is not searched where a decoded text is shown.
      return n % 13 ? { raw } : { raw, shown: { value: { text: `${n % 26 ? '' : 'ſhipped'}-` } } };
    });
    for (const where of ['key', 'value', 'any'] as const) {
      for (const text of ['shipped', 'ship', 's', '"SHIPPED"}']) {
        const view = { filter: { kind: 'text', where, text } as const, span: null, sort: null };
        const expected = shown(held(all.map(modelled), LIMITS), view);
        assert.deepEqual(rows(all, view), expected, `${where} ${text}`);
      }
    }
  });

  it('is in order over many messages and chunks, too', () => {
    const all = Array.from({ length: 52_000 }, (_, n) => ({
      partition: n % 7,
      offset: 2n ** 62n - BigInt((n * 7919) % 1000),
      timestamp: 1.7e12 + ((n * 31) % 5000),
      key: n % 50 === 0 ? null : n % 51 === 0 ? '' : `customer-number-${(n * 7919) % 3000}`,
      value: n % 3 === 0 ? 'x'.repeat(n % 90) : `{"same beginning of all": ${(n * 31) % 1000}}`,
    }));
    for (const column of ['offset', 'key', 'value'] as const) {
      for (const descending of [false, true]) {
        const sort = { column, descending };
        const order = rows(undecoded(all), { filter: null, span: null, sort });
        assert.equal(new Set(order).size, all.length);
        const messages = order.flatMap((sequence) => {
          const record = all[sequence];
          return record ? [{ sequence, record }] : [];
        });
        for (const [at, message] of messages.slice(1).entries()) {
          const before = messages[at];
          assert.ok(before && compare(before, message, sort) < 0, `${column} ${at}`);
        }
      }
    }
  });
});

describe('A task', () => {
  it('makes a step a block of messages, and ends when something else is wanted', () => {
    const store = filled(undecoded(Array.from({ length: 10_000 }, (_, n) => record(n))));
    const control = new Int32Array(new SharedArrayBuffer(8));
    const filter = { kind: 'text', where: 'any', text: 'x' } as const;
    const task = {
      view: { filter, span: null, sort: null },
      first: 0,
      end: store.end,
      known: NOTHING,
    };
    performTask(store.chunks, task, new Steps(control, 0));
    assert.ok((control[Control.steps] ?? 0) > 10);
    control[Control.wanted] = 2;
    assert.throws(() => performTask(store.chunks, task, new Steps(control, 1)), Cancelled);
  });
});

function rows(all: readonly DecodedRecord[], view: IndexView): number[] {
  const store = filled(all);
  const task = { view, first: 0, end: store.end, known: NOTHING };
  const steps = new Steps(new Int32Array(new SharedArrayBuffer(8)), 0);
  const { matched, inSpan, sorted } = performTask(store.chunks, task, steps);
  return Array.from(sorted ?? inSpan ?? matched ?? all.keys());
}

function filled(all: readonly DecodedRecord[]): MessageStore {
  const store = new MessageStore(LIMITS);
  store.append(all);
  return store;
}

function record(n: number): KafkaRecord {
  return { partition: 0, offset: BigInt(n), key: null, value: `message ${n} ${'-'.repeat(200)}` };
}
