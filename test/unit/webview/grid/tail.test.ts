import assert from 'node:assert/strict';
import type { ViewerState } from '../../../../src/viewer/protocol';
import { Tail } from '../../../../src/webview/grid/tail';

const state: ViewerState = {
  status: 'following',
  problem: null,
  remedies: [],
  notices: [],
  counts: { received: 10, held: 10, matched: 10, dropped: 0 },
  arrived: 10,
  latest: false,
  followed: true,
  cleared: false,
  rate: 0,
  progress: [],
  version: 1,
  filter: { text: '', problem: null, busy: false, understood: '', advice: null },
  sort: null,
  span: null,
  histogram: null,
  columns: { hidden: [], widths: {} },
  pointed: null,
  headers: false,
  timeZone: 'UTC',
  formats: '',
  definition: '',
};

const nowhere = () => false;
const everywhere = () => true;

describe('The tail of the table', () => {
  it('is where the newest are, from the beginning or when following begins', () => {
    const following = new Tail(undefined);
    following.update(state);
    assert.equal(following.edge, 'end');
    const latest = new Tail(undefined);
    latest.update({ ...state, status: 'stopped', followed: false, latest: true });
    latest.update({ ...state, status: 'done', followed: false, latest: true });
    assert.equal(latest.edge, 'end');
    const reading = new Tail(undefined);
    reading.update({ ...state, status: 'reading', followed: false });
    assert.equal(reading.edge, undefined);
    assert.equal(reading.update(state), true);
    assert.equal(reading.edge, 'end');
    assert.equal(reading.update({ ...state, status: 'paused' }), false);
  });

  it('is left by a step away, and counts what arrives until one comes back', () => {
    const tail = new Tail(undefined);
    tail.update(state);
    tail.scrolled(-3, everywhere);
    assert.equal(tail.edge, undefined);
    tail.update({ ...state, arrived: 17 });
    assert.equal(tail.fresh, 7);
    tail.scrolled(40, nowhere);
    assert.equal(tail.fresh, 7);
    tail.scrolled(40, everywhere);
    assert.deepEqual([tail.edge, tail.fresh], ['end', 0]);
  });

  it('is left by going to another row than the last', () => {
    const tail = new Tail(undefined);
    tail.update(state);
    tail.went(9, 10);
    assert.equal(tail.edge, 'end');
    tail.went(8, 10);
    assert.equal(tail.edge, undefined);
    tail.went(9, 10);
    assert.equal(tail.edge, 'end');
  });

  it('counts nothing where nothing is followed, and nothing that another filter brings', () => {
    const tail = new Tail(undefined);
    const reading = { ...state, status: 'reading', followed: false } as const;
    tail.update(reading);
    tail.update({ ...reading, arrived: 99 });
    assert.equal(tail.fresh, 0);
    tail.update({ ...state, arrived: 99 });
    tail.scrolled(-1, nowhere);
    tail.update({ ...state, arrived: 5, filter: { ...state.filter, text: 'x' } });
    assert.equal(tail.fresh, 0);
    tail.update({ ...state, arrived: 6, filter: { ...state.filter, text: 'x' } });
    assert.equal(tail.fresh, 1);
    tail.update({ ...state, arrived: 6, filter: { ...state.filter, busy: true } });
    tail.update({ ...state, arrived: 200 });
    assert.equal(tail.fresh, 0);
    tail.update({ ...state, arrived: 201 });
    assert.equal(tail.fresh, 1);
  });

  it('is at the top where the newest come first, and nowhere in another order', () => {
    const tail = new Tail(undefined);
    tail.update(state);
    tail.update({ ...state, sort: { column: 'timestamp', descending: true } });
    assert.equal(tail.edge, 'start');
    tail.scrolled(5, everywhere);
    assert.equal(tail.edge, undefined);
    tail.scrolled(-5, everywhere);
    assert.equal(tail.edge, 'start');
    tail.update({ ...state, sort: { column: 'key', descending: true } });
    assert.equal(tail.edge, undefined);
    tail.update({ ...state, arrived: 12, sort: { column: 'key', descending: true } });
    assert.equal(tail.fresh, 2);
    assert.equal(
      tail.sees((edge) => edge === 'end'),
      false,
    );
    tail.update({ ...state, arrived: 12 });
    assert.deepEqual([tail.edge, tail.fresh], ['end', 0]);
  });

  it('comes back when everything was cleared', () => {
    const tail = new Tail(undefined);
    tail.update(state);
    tail.scrolled(-5, nowhere);
    const counts = { received: 0, held: 0, matched: 0, dropped: 0 };
    assert.equal(tail.update({ ...state, counts }), true);
    assert.deepEqual([tail.edge, tail.fresh], ['end', 0]);
  });

  it('is as the previous webview left it', () => {
    for (const wasThere of [true, false]) {
      const tail = new Tail(wasThere);
      tail.update({ ...state, latest: true });
      assert.equal(tail.edge, wasThere ? 'end' : undefined);
    }
    const over = new Tail(true);
    over.update({ ...state, status: 'done' });
    assert.equal(over.edge, undefined);
  });
});
