import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LIMIT, ScrollScale } from '../../../../src/webview/lib/scrollScale';

const SIGHT = 600;

/**
 * A list in an element that is scrolled as a browser does it: to whole pixels, within its bounds.
 */
class Scroller {
  readonly scale = new ScrollScale();
  scrolled = 0;

  constructor(total: number) {
    this.scale.resize(total, SIGHT);
    this.settle();
  }

  settle(): void {
    this.scrolled = this.#bounded(this.scale.settled);
    this.scale.wrote(this.scrolled);
  }

  scroll(to: number): void {
    this.scrolled = this.#bounded(to);
    this.scale.scroll(this.scrolled);
    if (this.scale.stuck) this.settle();
  }

  #bounded(to: number): number {
    return Math.round(Math.min(Math.max(to, 0), this.scale.height - SIGHT));
  }
}

describe('the scale of scrolling', () => {
  it('is one to one for a list that an element can hold', () => {
    const scroller = new Scroller(100_000);
    scroller.scroll(54_321);
    assert.equal(scroller.scale.top, 54_321);
    scroller.scroll(1e9);
    assert.equal(scroller.scale.top, 100_000 - SIGHT);
  });

  it('never makes the element too high, and reaches both ends with the scrollbar', () => {
    fc.assert(
      fc.property(fc.integer({ min: LIMIT + 1, max: 1e10 }), (total) => {
        const scroller = new Scroller(total);
        assert.equal(scroller.scale.height, LIMIT);
        scroller.scroll(Infinity);
        assert.equal(scroller.scale.top, total - SIGHT);
        scroller.scroll(0);
        assert.equal(scroller.scale.top, 0);
      }),
    );
  });

  it('moves pixel by pixel by the wheel, wherever it is, and settles without a jump', () => {
    const moves = fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 50 });
    fc.assert(
      fc.property(
        fc.integer({ min: LIMIT * 2, max: 1e9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        moves,
        (total, share, wheel) => {
          const scroller = new Scroller(total);
          const { scale } = scroller;
          scale.place(share * scale.maxTop);
          scroller.settle();
          for (const pixels of wheel) {
            const { top } = scale;
            const to = Math.min(Math.max(top + pixels, 0), scale.maxTop);
            scroller.scroll(scroller.scrolled + pixels);
            // Only where the element ends before the list does, a part is left for the next turn.
            const ended = scroller.scrolled === 0 || scroller.scrolled === LIMIT - SIGHT;
            if (!ended)
              assert.ok(Math.abs(scale.top - to) <= 1, `${top} + ${pixels} = ${scale.top}`);
            const before = scale.top;
            scroller.settle();
            assert.ok(Math.abs(scale.top - before) < 1);
          }
        },
      ),
    );
  });

  it('gets to both ends by the wheel alone', () => {
    const scroller = new Scroller(22_000_000);
    scroller.scale.place(3000);
    scroller.settle();
    for (let turn = 0; turn < 40; turn++) scroller.scroll(scroller.scrolled - 100);
    assert.equal(scroller.scale.top, 0);
    scroller.scale.place(scroller.scale.maxTop - 3000);
    scroller.settle();
    for (let turn = 0; turn < 40; turn++) scroller.scroll(scroller.scrolled + 100);
    assert.equal(scroller.scale.top, scroller.scale.maxTop);
  });
});
