import path from 'node:path';
import { root } from '../../support/host/processes';
import { mouse } from '../window/hands';
import type { Journey } from '../window/support';

const PURCHASE = '{"purchaseId": "a", "customer": {"name": 7}}';

export const checkedFiles = { 'purchases.jsonl': `${PURCHASE}\n` };

/** Checking a file before it is produced. The window is loaded again on the way. */
export function checkedFile(opened: () => Journey): void {
  describe('Checking a file against a schema', () => {
    let journey: Journey;

    before(() => {
      journey = opened();
    });

    after(() => journey.window.runCommand('View: Close All Editors'));

    it('asks for the topic, and underlines what does not fit', async () => {
      const { window } = journey;
      const { page } = window;
      await page.keyboard.press('Control+P');
      await window.quickInput.locator('input').fill('purchases.jsonl');
      await window.pick('purchases.jsonl');
      await page.getByRole('tab', { name: 'purchases.jsonl' }).waitFor();
      await window.runCommand('Kafka REST: Check File Against Schema...');
      await window.pick('The schema of a topic...');
      await window.pick('purchases-avro');
      await page.locator('.squiggly-error').first().waitFor();
      await picture('check-underlined');
    });

    it('says by which schema beside the language, and stops there', async () => {
      const { page } = journey.window;
      await page.locator('[id="status.languageStatus"]').hover();
      await page
        .getByText(/purchases-avro-value@\d+ \(id \d+\)/)
        .first()
        .waitFor();
      await picture('check-status');
      await page.getByText('Stop', { exact: true }).click();
      await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
    });

    it('is there again after the window was loaded again', async () => {
      const { window } = journey;
      const { page } = window;
      await window.runCommand('Kafka REST: Check File Against Schema...');
      await window.pick('The schema of a topic...');
      await window.pick('purchases-avro');
      await page.locator('.squiggly-error').first().waitFor();
      const loaded = page.waitForEvent('load');
      await window.runCommand('Developer: Reload Window');
      await loaded;
      await page.locator('.squiggly-error').first().waitFor();
      await picture('check-reloaded');
    });

    it('completes members on the line', async () => {
      const { page } = journey.window;
      await page.locator('.view-line').first().click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('{"');
      await page.locator('.suggest-widget').getByText('status').first().waitFor();
      await picture('check-completion');
    });

    it('is produced by that schema', async () => {
      const { window } = journey;
      const { page, quickInput } = window;
      // What is unsaved would not be sent.
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Z');
      const { produceFile } = mouse(journey);
      await produceFile('purchases.jsonl', 'purchases-avro');
      await quickInput
        .getByText('Format of values: avro(purchases-avro-value) (as this file is checked)')
        .waitFor();
      await quickInput
        .getByText(/^Line 1: the value does not fit avro\(purchases-avro-value@\d+\)/)
        .first()
        .waitFor();
      await picture('check-produced');
      await page.keyboard.press('Escape');
    });

    async function picture(name: string): Promise<void> {
      await journey.window.screenshot(path.join(root, 'out/e2e', `${name}.png`));
    }
  });
}
