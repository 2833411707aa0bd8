import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../support/host/processes';
import { type Journey, selectAllOf } from '../window/support';

const pictures = path.join(root, 'out/e2e/produce');

/** Files of the window's folder. */
export const produceFiles = {
  'mixed.jsonl': [
    '{"key":"customer-7","value":{"orderId":1}}',
    '{"key":"customer-8","value":null}',
    '{"key":"customer-9","value":{"orderId":3},"partition":99}',
    '{"value":{"orderId":4}}',
  ].join('\n'),
  'note.txt': 'hello\n',
};

const sizes = [
  { width: 1024, height: 640 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

/** From a document, and from what is typed. Comes first, where no topic is likely. */
export function produce(opened: () => Journey): void {
  describe('Producing', () => {
    let journey: Journey;

    before(() => {
      mkdirSync(pictures, { recursive: true });
      journey = opened();
    });

    after(async () => {
      await journey.window.runCommand('View: Revert and Close Editor');
      await journey.window.runCommand('View: Close All Editors');
    });

    /** Waits until the page says what Enter does, and that it looked up the topic. */
    async function page(text: string): Promise<void> {
      const { quickInput } = journey.window;
      await quickInput.getByText(text, { exact: true }).waitFor();
      await quickInput.getByText(/· \d+ partitions?$/).waitFor();
    }

    /** The outcome, which a screen reader says. */
    function outcome(text: string | RegExp) {
      return journey.window.page.getByLabel(text).first();
    }

    it('asks for the topic first where none is likely', async () => {
      const { window } = journey;
      await window.treeItem('Emulator').waitFor();
      await selectAllOf(journey, 'note.txt');
      await window.runCommand('Kafka REST: Produce Whole Document to Topic...');
      await window.quickInput.getByText('orders', { exact: true }).first().waitFor();
      await window.screenshot(path.join(pictures, 'topic.png'));
      await window.answer('orders');
      await page('Produce 1 message to orders on Emulator');
      await window.quickInput.getByText('is left out (choose this line to send it)').waitFor();
      await window.screenshot(path.join(pictures, 'document.png'));
      await window.page.keyboard.press('Enter');
      await outcome(
        /Produced 1 message to orders on Emulator: partition \d, offset \d+\./,
      ).waitFor();
      await window.screenshot(path.join(pictures, 'outcome.png'));
    });

    it('takes one prompt by keyboard alone, in windows of each size', async () => {
      const { window } = journey;
      await selectAllOf(journey, 'mixed.jsonl');
      for (const size of sizes) {
        await window.page.setViewportSize(size);
        await window.runCommand('Kafka REST: Produce Selection to Topic...');
        await page('Produce the other 2 messages to orders on Emulator');
        await window.quickInput
          .getByRole('option', { name: /^Message 3, cannot be sent: / })
          .waitFor();
        await window.screenshot(path.join(pictures, `mixed-${size.width}.png`));
        await window.page.keyboard.press('Enter');
        await outcome(/Produced 2 messages to orders on Emulator/).waitFor();
      }
      await window.page.setViewportSize({ width: 1280, height: 800 });
    });

    it('takes two prompts for a message that is typed', async () => {
      const { window } = journey;
      await window.runCommand('Kafka REST: Produce Message...');
      await window.quickInput.getByText('A message to orders on Emulator').waitFor();
      await window.quickInput.locator('input').fill('typed here');
      await window.screenshot(path.join(pictures, 'typed.png'));
      await window.page.keyboard.press('Escape');
      await window.quickInput.waitFor({ state: 'hidden' });
      await window.runCommand('Kafka REST: Produce Message...');
      await window.quickInput.getByText('A message to orders on Emulator').waitFor();
      assert.equal(await window.quickInput.locator('input').inputValue(), 'typed here');
      await window.page.keyboard.press('Enter');
      await page('Produce 1 message to orders on Emulator');
      await window.screenshot(path.join(pictures, 'message.png'));
      await window.page.keyboard.press('Enter');
      await outcome(/Produced 1 message to orders on Emulator/).waitFor();
    });

    it('goes on in an editor for several lines, which has a lens', async () => {
      const { window } = journey;
      const { page: view } = window;
      await window.runCommand('Kafka REST: Produce Message...');
      await window.quickInput.getByText('A message to orders on Emulator').waitFor();
      await window.quickInput.locator('input').fill('{"a":');
      await window.quickInput.getByRole('button', { name: /Several Lines/ }).click();
      const lens = view.locator('.codelens-decoration').getByText('Produce to orders on Emulator');
      await lens.waitFor();
      await view.keyboard.type('\n1}');
      await window.screenshot(path.join(pictures, 'editor.png'));
      await lens.click();
      await page('Produce 1 message to orders on Emulator');
      await view.keyboard.press('Enter');
      await outcome(/Produced 1 message to orders on Emulator/).waitFor();
    });
  });
}
