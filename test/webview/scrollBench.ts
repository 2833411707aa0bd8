// Prints as JSON how long the frames of the viewer are while a million rows pass: for each way to
// scroll the median in milliseconds, of so many rounds in turn as the argument says.
import { openBrowser, ViewerPage } from './viewerPage';

/** Pixels a frame. Standing still is the yardstick. */
const ways = { still: 0, wheel: 40, pages: 600, bar: 100_000 };

async function main(rounds: number): Promise<void> {
  const browser = await openBrowser();
  try {
    const viewer = await ViewerPage.open(browser, {});
    await viewer.row(0).waitFor();
    const frames: Record<string, number[]> = {};
    for (let round = 0; round < rounds; round += 1) {
      for (const [way, pixels] of Object.entries(ways)) {
        const { median } = await viewer.page.evaluate((step) => measureScroll(step), pixels);
        (frames[way] ??= []).push(median);
      }
    }
    console.log(JSON.stringify(frames));
  } finally {
    await browser.close();
  }
}

main(Number(process.argv[2])).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

/** In the page; see `inPage.ts`. */
declare function measureScroll(step: number): Promise<{ readonly median: number }>;
