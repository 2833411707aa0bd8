import assert from 'node:assert/strict';
import type { ReadRequest } from '../../../../src/core/read/request';
import { shownRange } from '../../../../src/ui/messages/shownRange';

describe('The range that a viewer shows', () => {
  const at = Date.UTC(2026, 10, 22, 14);
  const range = (request: Omit<ReadRequest, 'topic'>) => {
    const { partitions, ...rest } = shownRange({ topic: 'orders', ...request }, { zone: 'utc' });
    assert.equal(partitions, request.partitions ?? 'all');
    return rest;
  };

  it('is what a person could have chosen', () => {
    const newest = { from: { latestMinus: 50n }, newest: 50, partitions: [2] };
    assert.deepEqual(range(newest), { start: 'latest', count: 50 });
    const earliest = { from: { at: 'earliest' } } as const;
    assert.deepEqual(range(earliest), { start: 'earliest', count: 'all' });
    assert.deepEqual(range({ ...earliest, maxRecords: 7 }), { start: 'earliest', count: 7 });
    const from = { offset: 5n };
    const offset = { start: 'offset', offset: 5n, count: 9 };
    assert.deepEqual(range({ from, maxRecords: 9 }), offset);
    assert.deepEqual(range({ from, until: 11n }), { start: 'range', offset: 5n, last: 10n });
  });

  it('has the times as a person would type them', () => {
    const [begin, end] = ['2026-11-22 14:00:00Z', '2026-11-22 15:00:00Z'];
    const from = { time: at };
    const since = { start: 'time', time: begin, byEnds: true, count: 'all' };
    assert.deepEqual(range({ from }), since);
    const span = { start: 'span', time: begin, untilTime: end, byEnds: true };
    assert.deepEqual(range({ from, untilTime: at + 3_600_000 }), span);
    const before = { start: 'span', time: `before ${begin}`, untilTime: '', byEnds: false };
    assert.deepEqual(range({ from: { at: 'earliest' }, untilTime: at }), before);
  });

  it('is left to the page where messages are followed or continued', () => {
    assert.deepEqual(range({ from: { latestMinus: 0n } }), {});
    assert.deepEqual(range({ from: { offsets: new Map() } }), {});
  });
});
