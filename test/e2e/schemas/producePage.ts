import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../support/host/processes';
import type { Journey } from '../window/support';

const pictures = path.join(root, 'out/e2e/producePage');

/** A purchase with a number that a double cannot hold, and a status that the schema does not know. */
const MISFIT =
  '{"purchaseId": 9007199254740993, "customer": {"id": 7, "name": "Ann"}, "status": "SOLD", ' +
  '"amount": 12.50, "placedAt": "2026-01-31T10:15:30.000Z"}';
const FITTING = MISFIT.replace('SOLD', 'PAID');

/** Producing a message by the schema of its topic, from the page. */
export function producePage(opened: () => Journey): void {
  describe('Producing a message by a schema', () => {
    let journey: Journey;

    before(() => {
      mkdirSync(pictures, { recursive: true });
      journey = opened();
    });

    after(() => journey.window.runCommand('View: Close All Editors'));

    it('begins with text, and takes the schema of the topic with the mouse', async () => {
      const { window } = journey;
      const { quickInput } = window;
      await window.chooseFromMenu(window.treeItem('purchases-avro'), 'Produce Message...');
      await window.answer(MISFIT);
      await goes('Produce 1 message to purchases-avro on Emulator');
      await picture('text');
      await row(/^Format of values, text, as it is/).click();
      const ofTopic = row(/^avro\(purchases-avro-value\), the latest version, now \d+ \(id \d+\)/);
      await ofTopic.and(quickInput.locator('.focused')).waitFor();
      await picture('formats');
      await row(/^avro\(purchases-avro-value\), /).click();
    });

    it('says what does not fit, and sends nothing', async () => {
      const { window } = journey;
      const { page, quickInput } = window;
      await quickInput
        .getByText(/^The value does not fit avro\(purchases-avro-value\): /)
        .waitFor();
      // The reason is wider than the list, and goes on in the next row.
      await row(/found "SOLD"/).waitFor();
      await picture('misfit');
      await page.keyboard.press('Enter');
      await row(/^Format of values, avro\(purchases-avro-value\)/).waitFor();
      assert.equal(await page.getByLabel(/Produced 1 message/).count(), 0);
    });

    it('takes what was mended, by the keyboard', async () => {
      const { window } = journey;
      const { page, quickInput } = window;
      await quickInput.locator('input').fill('Message');
      await row(/^Message, /).waitFor();
      await page.keyboard.press('Enter');
      await quickInput.getByText('A message to purchases-avro on Emulator').waitFor();
      await quickInput.locator('input').fill(FITTING);
      await page.keyboard.press('Enter');
      await goes('Produce 1 message to purchases-avro on Emulator');
      await picture('fits');
      await page.keyboard.press('Enter');
      const outcome =
        /Produced 1 message to purchases-avro on Emulator: .*Encoded by purchases-avro-value@2/;
      await page.getByLabel(outcome).first().waitFor();
      await picture('outcome');
    });

    it('is read decoded again', async () => {
      const { window } = journey;
      await window.runCommand('Kafka REST: Show Last Result');
      await row(/Encoded by purchases-avro-value@2 \(id \d+\)\./).waitFor();
      await picture('lastResult');
      await window.pick('View Messages');
      const line = window.page.locator('.view-line');
      await line.filter({ hasText: '"purchaseId": 9007199254740993' }).first().waitFor();
      await line.filter({ hasText: '"status": "PAID"' }).first().waitFor();
      await picture('read');
    });

    /** Waits until the page says that Enter does this. */
    async function goes(text: string): Promise<void> {
      const { quickInput } = journey.window;
      await quickInput.getByText(text, { exact: true }).waitFor();
      await quickInput.getByText(/· \d+ partitions?$/).waitFor();
    }

    function row(name: RegExp) {
      return journey.window.quickInput.getByRole('option', { name });
    }

    async function picture(name: string): Promise<void> {
      await journey.window.screenshot(path.join(pictures, `${name}.png`));
    }
  });
}
