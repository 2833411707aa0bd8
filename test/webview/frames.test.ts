import assert from 'node:assert/strict';
import { useViewers } from './support';
import { bundled } from './viewerPage';

describe('the speed', () => {
  const open = useViewers();

  it('keeps the frames short while a million rows pass', async () => {
    const viewer = await open();
    await viewer.row(0).waitFor();
    const ways = { wheel: 40, pages: 600, bar: 100_000 };
    for (const [way, pixels] of Object.entries(ways)) {
      const frames = await viewer.page.evaluate((step) => measureScroll(step), pixels);
      const { median, worst } = frames;
      console.log(
        `      ${way}: median ${median.toFixed(1)} ms, 95 % below ${worst.toFixed(1)} ms`,
      );
      // 60 frames a second are 16.7 ms each; a shared machine drops some.
      assert.ok(median < 25, `${way}: half of the frames take longer than ${median} ms`);
      assert.ok(worst < 100, `${way}: one of twenty frames takes longer than ${worst} ms`);
    }
  });

  it('begins quickly: the script is small', async () => {
    const { script, style } = await bundled();
    assert.ok(script.length < 250_000, `${script.length} characters of script`);
    assert.ok(style.length < 30_000, `${style.length} characters of style`);
  });
});

/** In the page: scrolls by so many pixels a frame; milliseconds between frames. */
declare function measureScroll(
  step: number,
): Promise<{ readonly median: number; readonly worst: number }>;
