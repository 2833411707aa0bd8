import assert from 'node:assert/strict';
import { type Journey, startEmulatorOnce } from '../window/support';

/** Files of the window's folder. */
export const kafkaFilesFiles = {
  'orders.kafka': `PRODUCER a new order
topic: orders
key: customer-7
{ "orderId": 9007199254740993, "note": "from a block" }
###

CONSUMER the-latest
topic: orders
from: latest
count: 1
###
`,
};

/** What a file of blocks offers, and what it does. */
export function kafkaFiles(opened: () => Journey): void {
  describe('A .kafka file in the window', () => {
    let journey: Journey;

    before(async () => {
      journey = opened();
      await startEmulatorOnce(journey);
    });

    after(() => journey.window.runCommand('View: Close All Editors'));

    it('shows what can be done above each block', async () => {
      const { window } = journey;
      const { page } = window;
      await page.keyboard.press('Control+P');
      await window.quickInput.locator('input').fill('orders.kafka');
      await window.pick('orders.kafka');
      await lens('Produce x 10').waitFor();
      await lens('Emulator').first().waitFor();
    });

    it('produces by the lens', async () => {
      await lens('Produce').first().click();
      await beside(/✓ 1 message to partition \d+, offset \d+ · \d\d:\d\d:\d\d/);
    });

    it('finds the message again by keyboard', async () => {
      const { page } = journey.window;
      await page.locator('.view-line').filter({ hasText: 'CONSUMER' }).click();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('tab', { name: 'orders@the-latest.json' }).waitFor();
      await page.locator('.view-lines').getByText('from a block').waitFor();
    });

    it('follows what is produced meanwhile', async () => {
      const { window } = journey;
      const { page } = window;
      await page.getByRole('tab', { name: 'orders.kafka' }).click();
      await page.locator('.view-line').filter({ hasText: 'CONSUMER' }).click();
      await window.runCommand('Kafka REST: Follow Topic of Block');
      const followed = page.getByRole('tab', { name: 'orders@the-latest@follow.json' });
      await followed.waitFor();
      await page.getByRole('tab', { name: 'orders.kafka' }).click();
      await lens('Stop following orders').waitFor();
      await page.locator('.view-line').filter({ hasText: 'PRODUCER' }).click();
      await page.keyboard.press('Control+Enter');
      await followed.click();
      await page.locator('.view-lines').getByText('from a block').first().waitFor();
      assert.equal(await page.getByRole('button', { name: 'Following orders' }).count(), 1);
    });

    /** Waits for a text beside a line, which the browser shows but does not count as content. */
    async function beside(text: RegExp): Promise<void> {
      const pattern = JSON.stringify(text.source);
      await journey.window.page.waitForFunction(
        `[...document.querySelectorAll('.view-line *')].some((each) =>
          new RegExp(${pattern}).test(getComputedStyle(each, '::after').content))`,
      );
    }

    function lens(title: string) {
      return journey.window.page.locator('.codelens-decoration').getByText(title, { exact: true });
    }
  });
}
