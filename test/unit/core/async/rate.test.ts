import assert from 'node:assert/strict';
import { Rate } from '../../../../src/core/async/rate';

describe('Rate', () => {
  let now = 0;
  const open = () => {
    now = 0;
    return new Rate(() => now);
  };

  it('is nothing before anything came', () => {
    assert.equal(open().perSecond, 0);
  });

  it('is that of the last seconds', () => {
    const rate = open();
    for (; now < 10_000; now += 100) rate.add(now < 5_000 ? 1_000 : 10);
    assert.equal(rate.perSecond, 100);
  });

  it('takes the time of the process unless it gets another', () => {
    const rate = new Rate();
    rate.add(50);
    assert.equal(rate.perSecond, 50);
  });

  it('does not jump at the first messages', () => {
    const rate = open();
    rate.add(50);
    now = 10;
    assert.equal(rate.perSecond, 50);
  });

  it('counts what came exactly at the beginning of that time', () => {
    const rate = open();
    rate.add(90);
    now = 3_000;
    assert.equal(rate.perSecond, 30);
  });

  it('falls to nothing when nothing comes', () => {
    const rate = open();
    rate.add(50);
    now = 3_001;
    assert.equal(rate.perSecond, 0);
  });
});
