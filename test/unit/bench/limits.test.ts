import assert from 'node:assert/strict';
import { check, describeLimit } from '../../promises/bench/report/limits';
import type { Row } from '../../promises/bench/rows';

const reading: Row = {
  name: 'read',
  what: 'reading',
  unit: 'records/s',
  ours: 600,
  yardstick: { what: 'bare', value: 1000 },
};
const activation: Row = {
  name: 'activation',
  what: 'activate()',
  unit: 'ms',
  ours: 70,
  yardstick: { what: 'empty', value: 40 },
};
const full = { quick: false, complete: false };
const quick = { quick: true, complete: false };

describe('limits of the figures', () => {
  it('says which ratio is below its limit, and by how much', () => {
    assert.deepEqual(check([reading], { read: { least: 0.8 } }, full), [
      'read: ratio 0.60 is below 0.80 by 0.20 (25 %).',
    ]);
    assert.deepEqual(check([reading], { read: { least: 0.6 } }, full), []);
  });

  it('says which ratio is above its limit where smaller is better', () => {
    assert.deepEqual(check([reading], { read: { most: 0.5 } }, full), [
      'read: ratio 0.60 is above 0.50 by 0.10 (20 %).',
    ]);
    assert.deepEqual(check([reading], { read: { most: 0.6 } }, full), []);
  });

  it('holds the difference from the yardstick against the limit, or ours alone', () => {
    assert.deepEqual(check([activation], { activation: { most: 25, of: 'difference' } }, full), [
      'activation: difference 30.0 ms is above 25.0 ms by 5.00 ms (20 %).',
    ]);
    assert.deepEqual(check([activation], { activation: { most: 30, of: 'difference' } }, full), []);
    assert.deepEqual(check([activation], { activation: { most: 64, of: 'ours' } }, full), [
      'activation: ours 70.0 ms is above 64.0 ms by 6.00 ms (9 %).',
    ]);
  });

  it('holds a quick run against the generous limit, or against none', () => {
    assert.deepEqual(check([reading], { read: { least: 0.8, quick: 0.5 } }, quick), []);
    assert.deepEqual(check([reading], { read: { least: 0.8 } }, quick), []);
    assert.equal(check([reading], { read: { least: 0.8, quick: 0.7 } }, quick).length, 1);
  });

  it('lets nothing pass that is not a number', () => {
    const broken = { ...reading, ours: NaN };
    assert.equal(check([broken], { read: { least: 0.8 } }, full).length, 1);
    assert.equal(check([broken], { read: { most: 0.8 } }, full).length, 1);
  });

  it('misses a limit for a row, and in a complete run a row for a limit', () => {
    assert.deepEqual(check([reading], {}, full), ['read has no line in bench/limits.json.']);
    const limits = { read: { least: 0.5 }, large: { least: 0.5 }, tree: { most: 3, quick: 9 } };
    assert.deepEqual(check([reading], limits, full), []);
    assert.deepEqual(check([reading], limits, { ...full, complete: true }), [
      'large was not measured.',
      'tree was not measured.',
    ]);
    assert.deepEqual(check([reading], limits, { ...quick, complete: true }), [
      'tree was not measured.',
    ]);
  });

  it('is put in words with its direction, unit and aim', () => {
    const line = { least: 0.6, quick: 0.3, aim: 0.85 };
    assert.equal(describeLimit(reading, line, false), '≥ 0.60 (aim 0.85)');
    assert.equal(describeLimit(reading, line, true), '≥ 0.30');
    assert.equal(describeLimit(reading, { least: 0.6 }, true), '');
    assert.equal(describeLimit(reading, undefined, false), '');
    assert.equal(describeLimit(activation, { most: 25, of: 'difference' }, false), '≤ +25.0 ms');
    assert.equal(describeLimit(activation, { most: 90, of: 'ours' }, false), '≤ 90.0 ms');
  });
});
