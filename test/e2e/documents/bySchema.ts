import { type Journey, startEmulatorOnce } from '../window/support';

/** Writing a message that its schema describes. */
export function bySchema(opened: () => Journey): void {
  describe('Producing by a schema in the window', () => {
    let journey: Journey;

    before(async () => {
      journey = opened();
      await startEmulatorOnce(journey);
    });

    after(() => journey.window.runCommand('View: Revert and Close Editor'));

    it('begins with a valid example, from the menu of a topic', async () => {
      const { window } = journey;
      await window.chooseFromMenu(
        window.treeItem('purchases-base64'),
        'New Message from Schema...',
      );
      await window.pick('purchases-base64-value');
      await line('value-format: base64(avro(purchases-base64-value))').waitFor();
      await line('"purchaseId"').waitFor();
    });

    it('is sent as it is, with the schema beside the outcome', async () => {
      const { window } = journey;
      await window.page.keyboard.press('Control+Enter');
      const outcome =
        /✓ 1 message to partition \d+, offset \d+ · purchases-base64-value@2 \(id \d+\)/;
      await beside(outcome);
    });

    it('completes a member, and explains it', async () => {
      const { window } = journey;
      const { page } = window;
      const explained = page.locator('.monaco-hover').getByText('Unique over all shops').first();
      // An explanation that comes too late does not show until the mouse moves again.
      for (let x = 40; x < 45 && !(await explained.isVisible()); x++) {
        await line('"purchaseId"').hover({ position: { x, y: 8 } });
        await explained.waitFor({ timeout: 3_000 }).catch(() => undefined);
      }
      await explained.waitFor();
      await line('"status"').click();
      await page.keyboard.press('End');
      await page.keyboard.press('Shift+Home');
      await page.keyboard.type('"status": "');
      await page.locator('.suggest-widget').getByText('"SHIPPED"').first().waitFor();
      await page.keyboard.type('SHI');
      await page.keyboard.press('Enter');
      await page.keyboard.press('End');
      await page.keyboard.type(',');
      await line('"status": "SHIPPED",').waitFor();
    });

    it('underlines what does not fit, and sends nothing', async () => {
      const { window } = journey;
      const { page } = window;
      await line('"status"').click();
      await page.keyboard.press('End');
      // Over the comma and the quote to the word.
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Control+Shift+ArrowLeft');
      await page.keyboard.type('SOLD');
      await page.keyboard.press('Escape');
      await page.locator('.squiggly-error').first().waitFor();
      await page.keyboard.press('Control+Enter');
      await beside(/✗ line 10: This does not fit its schema/);
      await window.told(/expected one of .* found "SOLD". Nothing was sent/);
    });

    /** Waits for the outcome of a block, which stands beside its first line. */
    async function beside(text: RegExp): Promise<void> {
      const pattern = JSON.stringify(text.source);
      await journey.window.page.waitForFunction(
        `[...document.querySelectorAll('.view-line *')].some((each) =>
          new RegExp(${pattern}).test(getComputedStyle(each, '::after').content))`,
      );
    }

    function line(text: string) {
      return journey.window.page.locator('.view-line').filter({ hasText: text }).first();
    }
  });
}
