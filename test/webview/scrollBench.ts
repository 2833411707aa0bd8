// Prints how long the frames of the viewer are while a million rows pass, a line a way to scroll.
import { openBrowser, ViewerPage } from './viewerPage';

/** Pixels a frame. Standing still is the yardstick. */
const ways = { 'standing still': 0, 'the wheel': 40, pages: 600, 'the bar': 100_000 };

async function main(): Promise<void> {
  const browser = await openBrowser();
  try {
    const viewer = await ViewerPage.open(browser, {});
    await viewer.row(0).waitFor();
    let still = NaN;
    for (const [way, pixels] of Object.entries(ways)) {
      const { median, worst } = await viewer.page.evaluate((step) => measureScroll(step), pixels);
      if (pixels === 0) still = median;
      console.log(
        `1,000,000 rows, ${way}: a frame every ${median.toFixed(1)} ms, ` +
          `95 % below ${worst.toFixed(1)} ms, ratio ${(still / median).toFixed(2)}`,
      );
    }
  } finally {
    await browser.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

/** In the page; see `inPage.ts`. */
declare function measureScroll(
  step: number,
): Promise<{ readonly median: number; readonly worst: number }>;
