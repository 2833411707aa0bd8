import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../support/host/processes';
import { ask, type Journey } from '../window/support';
import { viewerOf } from '../window/viewerPage';

const pictures = path.join(root, 'out/e2e/journeys');

const sizes = [
  { width: 1024, height: 640 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

const themes = [
  'Light Modern',
  'Dark Modern',
  'Light High Contrast',
  'Dark High Contrast',
] as const;

/** What is done most, in how many steps. */
export function journeys(opened: () => Journey): void {
  describe('The journeys', () => {
    let journey: Journey;
    /** How many questions the person has answered since the command was run. */
    let prompts = 0;

    before(() => {
      mkdirSync(pictures, { recursive: true });
      journey = opened();
    });

    after(async () => {
      const { window } = journey;
      await window.page.setViewportSize({ width: 1280, height: 800 });
      await window.chooseTheme('Light Modern');
    });

    /** Runs a command from the palette; the palette itself is no prompt of ours. */
    async function run(title: string): Promise<void> {
      await journey.window.runCommand(`Kafka REST: ${title}`);
      prompts = 0;
    }

    /** Presses Enter on a page whose first row says this. */
    async function go(row: string | RegExp): Promise<void> {
      const { page, quickInput } = journey.window;
      await quickInput
        .locator('.quick-input-list .monaco-list-row.focused')
        .filter({ hasText: row })
        .waitFor();
      // What it loads may yet change what Enter does.
      await quickInput
        .locator('.quick-input-progress:not(.infinite)')
        .waitFor({ state: 'attached' });
      prompts++;
      await page.keyboard.press('Enter');
    }

    /** Types an answer and presses Enter once it is the active row. */
    async function answer(text: string): Promise<void> {
      await journey.window.quickInput.locator('input').fill(text);
      await go(text);
    }

    const tab = (name: string | RegExp) => journey.window.page.getByRole('tab', { name }).first();

    async function closeTabs(): Promise<void> {
      await journey.window.runCommand('View: Close All Editors');
      await journey.window.page.locator('.editor-group-watermark').first().waitFor();
    }

    it('read the value of a message within three clicks', async () => {
      const { window } = journey;
      const { page } = window;
      await window.treeItem('orders').dblclick();
      await page.locator('.view-lines').getByText('orderId').first().waitFor();
      assert.match(await tab(/^orders@/).innerText(), /orders@latest-100/);
    });

    it('open the selected topic by the keyboard alone, after no prompt', async () => {
      await closeTabs();
      const { page } = journey.window;
      await journey.window.runCommand('Kafka REST: Focus on Clusters View');
      await journey.window.treeItem('orders').and(page.locator('.focused')).waitFor();
      await page.keyboard.press('Enter');
      await tab(/^orders@/).waitFor();
    });

    it('open messages from the palette after one prompt, and read them again by one command', async () => {
      await closeTabs();
      await run('Open Messages...');
      await go('Open the latest 100 messages of orders');
      await tab('orders@latest-100').waitFor();
      assert.equal(prompts, 1);
      await closeTabs();
      await run('Repeat Last Read');
      await tab('orders@latest-100').waitFor();
    });

    it('type which messages to read', async () => {
      await run('Open Messages...');
      await journey.window.pick('Which messages');
      await journey.window.quickInput.getByPlaceholder(/^Choose, or type/).waitFor();
      await answer('5..7');
      await go('Open offsets 5 to 7 of orders');
      await tab('orders@5-7').waitFor();
      assert.equal(prompts, 2);
    });

    it('produce a typed message after two prompts', async () => {
      await run('Produce Message...');
      await ask(journey, 'A message to orders on Emulator', '{"orderId": 1}');
      prompts++;
      await go('Produce 1 message to orders on Emulator');
      await journey.window.told(
        /Produced 1 message to orders on Emulator: partition \d, offset \d+/,
      );
      assert.equal(prompts, 2);
    });

    it('copy messages after two prompts', async () => {
      await run('Copy Messages to Topic...');
      await answer('empty');
      await go(/^Copy .* of orders to empty/);
      await journey.window.told(/^Copied \d+ messages of orders to empty/);
      assert.equal(prompts, 2);
    });

    it('see a message of a followed topic', async () => {
      await closeTabs();
      await run('Follow Topic...');
      await go('Follow orders: new messages as they arrive');
      await tab(/^orders@new/).waitFor();
      await run('Produce Message...');
      await ask(journey, 'A message to orders on Emulator', '{"followed": true}');
      await go(/Produce 1 message to orders/);
      await journey.window.page.locator('.view-lines').getByText('followed').first().waitFor();
    });

    for (const theme of themes) {
      it(`fit windows of each size in ${theme}`, async () => {
        const { window } = journey;
        const { page } = window;
        await closeTabs();
        await window.chooseTheme(theme);
        for (const size of sizes) {
          await page.setViewportSize(size);
          const picture = (what: string) =>
            window.screenshot(
              path.join(pictures, `${what}-${size.width}-${theme.replaceAll(' ', '-')}.png`),
            );
          await run('View Messages...');
          await window.quickInput.getByText('of orders').first().waitFor();
          await picture('page');
          await go(/^Open .* of orders/);
          const viewer = viewerOf(journey);
          await viewer.getByText('Complete', { exact: true }).waitFor();
          await viewer.getByText('orderId').first().waitFor();
          await picture('viewer');
          const room = await viewer
            .locator('body')
            .evaluate<{ readonly wide: boolean; readonly high: boolean }, null>(
              `({
                wide: document.body.scrollWidth <= document.body.clientWidth,
                high: document.body.scrollHeight <= document.body.clientHeight,
              })`,
              null,
            );
          assert.deepEqual(room, { wide: true, high: true });
          await viewer.getByRole('row').nth(3).click();
          await viewer.getByRole('complementary', { name: 'Message' }).first().waitFor();
          await picture('message');
          await closeTabs();
        }
      });
    }
  });
}
