import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { ask, beginJourney, type Journey, photographFailures } from './support';

const MILLION = 1_000_000;

describe('A million messages in the viewer', function () {
  this.timeout(240_000);
  let journey: Journey;

  before(async () => {
    // Message n has the key key-n and the value {"n":n,...}, and is n milliseconds after the first.
    journey = await beginJourney(
      {},
      { emulator: ['--empty', '--topic', `big:3:${MILLION}:200`] },
    );
  });

  photographFailures(() => journey);

  after(() => journey.end());

  it('open from the topic', async () => {
    const { window } = journey;
    const { page } = window;
    await page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    await window.chooseFromMenu(window.treeItem('big'), 'View Messages...');
    await window.pick('From the beginning');
    await ask(journey, 'How many messages at most?', String(MILLION));
    await page.locator('.quick-input-list-entry').filter({ hasText: 'Partition 0' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /big@first-1000000/ }).waitFor();
    await viewer().getByRole('grid').waitFor();
    await viewer().getByText('Complete', { exact: true }).waitFor({ timeout: 120_000 });
    await window.screenshot('/tmp/viewer1.png');
    assert.equal(await rowCount(), MILLION);
  });

  function viewer(): FrameLocator {
    return viewerOf(journey);
  }

  async function rowCount(): Promise<number> {
    const count = await viewer().getByRole('grid').getAttribute('aria-rowcount');
    // Less the row of headers.
    return Number(count) - 1;
  }
});

/** The page of the viewer in the active tab. */
export function viewerOf({ window }: Journey): FrameLocator {
  return window.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}
