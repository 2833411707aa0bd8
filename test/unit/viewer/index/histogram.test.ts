import assert from 'node:assert/strict';
import fc from 'fast-check';
import { makeHistogram, withMatched } from '../../../../src/viewer/index/histogram';

const NOW = Date.UTC(2026, 10, 22, 14);
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

function histogramOf(times: readonly number[], matched = times) {
  const histogram = makeHistogram(Float64Array.from(times));
  return histogram && withMatched(histogram, Float64Array.from(matched));
}

/** Messages at equal distances over a span. */
function spread(count: number, from: number, length: number): number[] {
  return Array.from({ length: count }, (_, n) => from + Math.floor((n * length) / count));
}

describe('The histogram', () => {
  it('is none without timestamps', () => {
    assert.equal(histogramOf([]), null);
    assert.equal(histogramOf([NaN, -1]), null);
  });

  it('has one bin for one message, or many at the same time', () => {
    const expected = { from: NOW, to: NOW + 1, width: 1, total: [3], matched: [1], outside: 1 };
    assert.deepEqual(histogramOf([NOW, NaN, NOW, NOW], [NOW]), expected);
  });

  it('has bins of a width that people count in', () => {
    const width = (length: number) => histogramOf(spread(10_000, NOW, length))?.width;
    assert.deepEqual([100, 60 * 1000, HOUR, DAY, 7 * DAY, 365 * DAY, 20_000 * DAY].map(width), [
      1,
      500,
      30_000,
      15 * MINUTE,
      2 * HOUR,
      4 * DAY,
      224 * DAY,
    ]);
    assert.equal(histogramOf(spread(100, NOW + 7, HOUR))?.from, NOW);
  });

  it('counts every message, and in each bin those that match', () => {
    const times = fc.array(fc.oneof(fc.nat(5000), fc.constant(NaN)), { minLength: 1 });
    fc.assert(
      fc.property(times, fc.array(fc.boolean()), (all, flags) => {
        const matched = all.filter((_, at) => flags[at]);
        const histogram = histogramOf(all, matched);
        const timed = all.filter((time) => !Number.isNaN(time));
        if (!histogram) {
          assert.equal(timed.length, 0);
          return;
        }
        const { from, to, width, total, outside } = histogram;
        assert.ok(total.length <= 120);
        assert.equal(to, from + total.length * width);
        const within = (list: readonly number[], bin: number) =>
          list.filter((time) => Math.floor((time - from) / width) === bin).length;
        assert.deepEqual(
          total,
          total.map((_, bin) => within(timed, bin)),
        );
        assert.deepEqual(
          histogram.matched,
          total.map((_, bin) => within(matched, bin)),
        );
        assert.equal(outside, all.length - total.reduce((sum, count) => sum + count));
      }),
    );
  });

  it('keeps its bins where they are while messages come', () => {
    const before = histogramOf(spread(1000, NOW, 50 * MINUTE));
    const after = histogramOf(spread(1100, NOW, 55 * MINUTE));
    assert.equal(before?.from, after?.from);
    assert.equal(before?.width, after?.width);
  });

  describe('with timestamps far off', () => {
    const day = spread(10_000, NOW - DAY, DAY);
    const usual = histogramOf(day);

    it('leaves a few out, and counts them', () => {
      for (const wild of [[0], [Date.UTC(3000, 0)], [0, 0, 1, Date.UTC(3000, 0), 8.64e15]]) {
        assert.deepEqual(histogramOf([...day, ...wild]), {
          ...usual,
          matched: usual?.matched,
          outside: wild.length,
        });
      }
    });

    it('leaves no more out than a few in all', () => {
      const wild = [...spread(60, 0, 1000), ...spread(60, NOW - 300 * DAY, 1000)];
      assert.equal(histogramOf([...day, ...wild])?.outside, 60);
    });

    it('leaves one out where there are but ten messages', () => {
      assert.equal(histogramOf([0, ...spread(10, NOW, HOUR)])?.from, NOW);
      assert.equal(histogramOf([0, ...spread(5, NOW, HOUR)])?.from, 0);
    });

    it('shows them where they are many, or many places', () => {
      const many = [...day, ...Array.from({ length: 200 }, () => 0)];
      assert.equal(histogramOf(many)?.outside, 0);
      const places = [...day, ...spread(20, NOW - 1000 * DAY, 900 * DAY)];
      assert.equal(histogramOf(places)?.outside, 0);
    });

    it('shows a quiet time before a busy one', () => {
      const times = [...spread(50, NOW - 2 * HOUR, 2 * HOUR), ...spread(10_000, NOW, 5 * MINUTE)];
      assert.equal(histogramOf(times)?.outside, 0);
    });
  });
});
