import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { type Emulator, startEmulator } from '../../src/emulator/server';
import { root } from '../support/host/processes';
import { beginJourney, type Journey, photographFailures } from './window/support';
import { viewerOf } from './window/viewerPage';

const pictures = path.join(root, 'out/e2e/tree');
const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  contrast: 'Dark High Contrast',
} as const;
const sizes = [
  { width: 1024, height: 640 },
  { width: 1280, height: 800 },
] as const;

/** How many messages a viewer holds. */
const MOST = 1_000;

describe('The tree', () => {
  let emulator: Emulator;
  let journey: Journey;
  let requests = 0;

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    emulator = await startEmulator({
      onRequest: ({ server }) => {
        if (server === 'proxy') requests++;
      },
    });
    for (const n of [1, 2, 10]) emulator.createTopic({ name: `service-${n}`, partitions: 2 });
    journey = await beginJourney(
      { 'orders.jsonl': '{"key": "a", "value": 1}\n' },
      { running: emulator.info, settings: { 'kafkaRest.viewer.maxMessages': MOST } },
    );
  });

  photographFailures(() => journey);

  after(async () => {
    await journey.end();
    await emulator.stop();
  });

  const row = (text: string): Locator =>
    journey.window.page
      .getByRole('treeitem')
      .filter({ has: journey.window.page.getByText(text, { exact: true }) })
      .first();

  async function picture(name: string): Promise<void> {
    const { page } = journey.window;
    for (const [theme, label] of Object.entries(themes)) {
      await journey.window.chooseTheme(label);
      for (const size of sizes) {
        await page.setViewportSize(size);
        await journey.window.screenshot(path.join(pictures, `${name}-${theme}-${size.width}.png`));
      }
    }
  }

  it('shows how much each topic holds, in natural order', async () => {
    const { window } = journey;
    await window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    await row('orders')
      .getByText(/^\d+ in 3 partitions$/)
      .waitFor();
    await row('service-10').waitFor();
    const names = await window.page.getByRole('treeitem').locator('.label-name').allTextContents();
    const services = names.filter((name) => name.startsWith('service-'));
    assert.deepEqual(services, ['service-1', 'service-2', 'service-10']);
    await picture('sizes');
  });

  it('expands a topic on a click, and opens no messages', async () => {
    await row('orders').click();
    await row('Partition 2').waitFor();
    assert.equal(await journey.window.page.getByRole('tab', { name: /^orders@/ }).count(), 0);
  });

  it('filters with Ctrl+F while one types, without a request, and takes it back', async () => {
    const { window } = journey;
    const { page, quickInput } = window;
    await row('Partition 2').click();
    const before = requests;
    await page.keyboard.press('Control+F');
    await quickInput.locator('input').fill('service');
    await quickInput.getByText(/^3 of \d+ topics match$/).waitFor();
    await row('orders').waitFor({ state: 'hidden' });
    await page.screenshot({ path: path.join(pictures, 'filter.png') });
    await page.keyboard.press('Escape');
    await row('orders').waitFor();
    // It comes back as it was.
    await row('Partition 2').waitFor();
    assert.equal(requests, before);
  });

  it('keeps the filter with Enter, and clears it on a click', async () => {
    const { window } = journey;
    await row('Partition 2').click();
    await window.page.keyboard.press('Control+F');
    await window.answer('service-1');
    await row('orders').waitFor({ state: 'hidden' });
    await window.treeItem(/^2 of \d+ match “service-1”/).click();
    await row('orders').waitFor();
  });

  it('opens messages on a double click, and with Enter', async () => {
    const { window } = journey;
    const { page } = window;
    await row('payloads').dblclick();
    await page.getByRole('tab', { name: /^payloads@/ }).waitFor();
    await row('app-log').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Pin Topic' }).waitFor();
    await page.screenshot({ path: path.join(pictures, 'menu.png') });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /^app-log@/ }).waitFor();
  });

  it('opens more messages than a viewer holds, which says so and how to hold more', async () => {
    const { window } = journey;
    const { page } = window;
    emulator.createTopic({ name: 'more' });
    emulator.append(
      'more',
      Array.from({ length: MOST + 99 }, (_, n) => ({ value: String(n) })),
    );
    await window.runCommand('Kafka REST: Refresh');
    await window.chooseFromMenu(row('more'), 'View Messages...');
    await window.pick('Which messages');
    await window.pick('All messages');
    await window.pick('Open all messages of more');
    await page.getByRole('tab', { name: /^more@/ }).waitFor();
    const dropped = viewerOf(journey).getByRole('button', { name: '99 dropped' });
    await dropped.waitFor();
    await page.screenshot({ path: path.join(pictures, 'dropped.png') });
    await dropped.click();
    await page.getByRole('treeitem', { name: /Viewer Max Messages/ }).waitFor();
    await page.getByRole('treeitem', { name: /Viewer Max Size/ }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('pins a topic to the top, and hides one, which a click shows again, greyed', async () => {
    const { window } = journey;
    await window.chooseFromMenu(row('service-10'), 'Pin Topic');
    await row('service-10').locator('.codicon-pinned').waitFor();
    await window.chooseFromMenu(row('app-log'), 'Hide Topic');
    await row('app-log').waitFor({ state: 'hidden' });
    await window.treeItem(/^\d hidden\. Click to show\./).click();
    await row('app-log').locator('.codicon-eye-closed').waitFor();
    await picture('hidden');
    await window.chooseFromMenu(row('app-log'), 'Show Topic Again');
    await row('app-log').locator('.codicon-inbox').waitFor();
  });

  it('tells more of a topic and of a cluster where the mouse rests', async () => {
    const { window } = journey;
    const { page } = window;
    await row('orders').hover({ position: { x: 60, y: 8 } });
    await page.locator('.monaco-hover').getByText('Partitions').first().waitFor();
    await page.screenshot({ path: path.join(pictures, 'hover.png') });
    await page.mouse.move(700, 600);
  });

  it('produces a file that is dropped on a topic', async () => {
    const { window } = journey;
    const { page } = window;
    await page.keyboard.press('Control+P');
    await window.quickInput.locator('input').fill('orders.jsonl');
    await window.pick('orders.jsonl');
    await page.getByRole('tab', { name: 'orders.jsonl' }).hover();
    await page.mouse.down();
    // A drag is over something only when the mouse moves there once more.
    await row('service-2').hover();
    await row('service-2').hover({ position: { x: 90, y: 10 } });
    await page.mouse.up();
    const go = window.quickInput.getByText('Produce 1 message to service-2');
    await go.waitFor();
    await page.screenshot({ path: path.join(pictures, 'drop.png') });
    await go.click();
    await window.told('Produced 1 message from orders.jsonl to service-2');
    await row('service-2').getByText('1 in 2 partitions').waitFor();
  });

  it('keeps the list when it cannot be refreshed, and says why', async () => {
    const { window } = journey;
    await emulator.stop();
    await window.runCommand('Kafka REST: Refresh');
    const stale = window.treeItem(/As of \d\d:\d\d, could not be refreshed/);
    await stale.waitFor();
    await row('service-2').waitFor();
    await row('Emulator')
      .getByText(/^cannot be reached · /)
      .waitFor();
    await picture('stale');
    await stale.click({ button: 'right' });
    await window.page.getByRole('menuitem', { name: 'Try Again' }).waitFor();
    await window.page.screenshot({ path: path.join(pictures, 'problem-menu.png') });
  });
});
