import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { type Emulator, startEmulator } from '../../../src/emulator/server';
import { root } from '../../support/host/processes';
import { beginJourney, type Journey, photographFailures } from '../window/support';

const pictures = path.join(root, 'out/e2e/confluent');

describe('Confluent’s REST Proxy', () => {
  let emulator: Emulator;
  let journey: Journey;

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    emulator = await startEmulator({ face: 'confluent', auth: 'none', samples: false });
    emulator.createTopic({ name: 'orders', partitions: 3 });
    emulator.createTopic({ name: 'returns', partitions: 1 });
    for (const partition of [0, 1, 2]) {
      const values = Array.from({ length: 40 }, (_, n) => ({ partition, value: `order ${n}` }));
      emulator.append('orders', values);
      emulator.commit('billing', 'orders', partition, BigInt(40 - 10 * partition));
    }
    emulator.join('billing', {
      id: 'billing-1-7f3c',
      clientId: 'billing-1',
      host: '/10.0.0.7',
      partitions: [0, 1, 2].map((partition) => ({ topic: 'orders', partition })),
    });
    emulator.commit('reports', 'returns', 0, 0n);
    journey = await beginJourney({}, { running: emulator.info });
    await journey.window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
  });

  photographFailures(() => journey);

  after(async () => {
    await journey.end();
    await emulator.stop();
  });

  const row = (text: string | RegExp): Locator =>
    journey.window.page
      .getByRole('treeitem')
      .filter({ has: journey.window.page.getByText(text, { exact: true }) })
      .first();

  /** Unfolds a row until another one shows. A click is lost while the tree is drawn anew. */
  const unfold = async (folder: Locator, inside: Locator): Promise<void> => {
    const folded = folder.and(journey.window.page.locator('[aria-expanded="false"]'));
    while (!(await inside.isVisible())) {
      if ((await folded.count()) > 0) await folder.click();
      await inside.waitFor({ timeout: 5_000 }).catch(() => undefined);
    }
  };

  const picture = (name: string) => journey.window.screenshot(path.join(pictures, `${name}.png`));

  it('shows consumer groups with their members and lag', async () => {
    const { page } = journey.window;
    await unfold(row('Consumer Groups'), row('billing'));
    await unfold(row('billing'), row('Members'));
    await unfold(row(/^lag 30 · 3 partitions$/), row(/^20 \/ 40 · lag 20$/));
    await unfold(row('Members'), row('billing-1'));
    await page
      .getByRole('treeitem', { name: 'billing, stable, 1 member, 30 messages behind' })
      .waitFor();
    await page
      .getByRole('treeitem', {
        name: /^Partition 2, current offset 20, end offset 40, 20 messages behind/,
      })
      .waitFor();
    await picture('groups');
  });

  it('changes a configuration in a document, after a look at the changes', async () => {
    const { window } = journey;
    const { page } = window;
    await window.chooseFromMenu(row('orders'), 'Change Configuration...');
    await page.getByRole('tab', { name: 'orders.kafka-properties' }).waitFor();
    await page.getByText('# Nothing is set for this topic').first().waitFor();
    await page.locator('.view-line').last().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('retention');
    await page.locator('.suggest-widget').getByText('retention.ms').first().waitFor();
    await picture('completion');
    await page.keyboard.type('.ms=86400000');
    await page.keyboard.press('Control+S');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Change 1 property of orders on').waitFor();
    await dialog.getByText(/^retention\.ms: 604800000 \(default\) → 86400000/).waitFor();
    await picture('changes');
    await dialog.getByRole('button', { name: 'Show Diff' }).click();
    await page.getByRole('tab', { name: /as opened ↔ edited/ }).waitFor();
    const edited = page.locator('.modified-in-monaco-diff-editor .view-line');
    await edited.filter({ hasText: 'retention.ms=86400000' }).waitFor();
    await page.locator('.modified-in-monaco-diff-editor .line-insert').first().waitFor();
    await picture('diff');
    for (const [theme, base] of [
      ['Dark', 'vs-dark'],
      ['Light', 'vs'],
    ] as const) {
      await window.chooseTheme(`${theme} Modern`);
      await page.locator(`.monaco-workbench.${base}`).waitFor();
      await page.getByText('Activating Extensions').waitFor({ state: 'hidden' });
      const file = `administration-${theme.toLowerCase()}.png`;
      await window.screenshot(path.join(root, 'media/screenshots', file));
    }
    await row('Consumer Groups').click();
    await edited.last().click();
    await page.keyboard.press('Control+S');
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await window.told('Changed 1 property of orders');
    assert.equal(emulator.properties('orders').get('retention.ms'), '86400000');
  });

  it('shows the configuration below the topic, what is set first', async () => {
    await unfold(row('orders'), row('Configuration'));
    await unfold(row('Configuration'), row(/^= 86400000$/));
    await unfold(row(/^\d+ defaults$/), row('cleanup.policy'));
    await picture('configuration');
    // Rows that are out of sight are not in the window.
    await row('Configuration').click();
  });

  it('adds partitions after a page that says what it means', async () => {
    const { window } = journey;
    const { page } = window;
    await window.chooseFromMenu(row('orders'), 'Add Partitions...');
    await window.quickInput.getByText(/^How many partitions shall orders/).waitFor();
    await window.answer('5');
    await window.quickInput.getByText('Add 2 partitions to orders').waitFor();
    await picture('partitions');
    await page.keyboard.press('Enter');
    await window.told('has 5 partitions now');
    await row('Partition 4').waitFor();
  });

  it('deletes a topic with the Delete key, once its name is typed', async () => {
    const { window } = journey;
    const { page } = window;
    await row('returns').click();
    await page.keyboard.press('Delete');
    await window.quickInput.getByText(/Type returns to go on/).waitFor();
    await picture('delete');
    await window.answer('return');
    await window.quickInput.getByText(/^This is not the name of the topic/).waitFor();
    await window.answer('returns');
    await window.told('Deleted the topic returns');
    await row('returns').waitFor({ state: 'hidden' });
    await picture('deleted');
  });
});
