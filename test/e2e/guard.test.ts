import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { type Emulator, startEmulator } from '../../src/emulator/server';
import { root } from '../support/host/processes';
import { ask, beginJourney, type Journey, photographFailures, selectAllOf } from './window/support';
import { viewerOf } from './window/viewerPage';

const pictures = path.join(root, 'out/e2e/guard');
const themes = { dark: 'Dark Modern', light: 'Light Modern' } as const;
/** `kafkaRest.productionForeground` of the manifest. */
const red = { dark: 'rgb(255, 158, 150)', light: 'rgb(160, 0, 0)' } as const;

describe('The production guard', () => {
  let emulator: Emulator;
  let journey: Journey;
  let written = 0;

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    emulator = await startEmulator({
      onRequest: ({ server, method }) => {
        if (server === 'proxy' && method !== 'GET') written++;
      },
    });
    journey = await beginJourney({
      'orders.jsonl': '{"key": "a", "value": 1}\n{"key": "b", "value": 2}\n',
    });
  });

  photographFailures(() => journey);

  after(async () => {
    await journey.end();
    await emulator.stop();
  });

  /** Does something in each theme, and takes a picture of it. */
  async function inThemes(
    name: string,
    folder: string,
    look: (theme: keyof typeof themes) => Promise<void>,
  ): Promise<void> {
    const { window } = journey;
    for (const theme of ['dark', 'light'] as const) {
      await window.runCommand('Preferences: Color Theme');
      await window.pick(themes[theme]);
      const body = theme === 'dark' ? '.vs-dark' : '.vs';
      await window.page.locator(`.monaco-workbench${body}`).waitFor();
      await look(theme);
      await window.screenshot(path.join(folder, `${name}-${theme}.png`));
    }
  }

  it('is offered when a cluster is added, with what each choice means', async () => {
    const { window } = journey;
    const { endpoint, tenantId, clientId, clientSecret, authority, caFile } = emulator.info;
    await window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    const welcome = window.page.getByRole('region', { name: 'Welcome' });
    await welcome.getByRole('button', { name: 'Add Cluster...' }).click();
    await window.pick('Azure HDInsight');
    await ask(journey, 'The address of its Kafka REST proxy', endpoint);
    await window.pick('Microsoft Entra ID: client secret');
    await ask(journey, 'The Microsoft Entra tenant', tenantId ?? '');
    await ask(journey, 'The Application (client) ID', clientId ?? '');
    await ask(journey, 'The client secret’s value', clientSecret ?? '');
    await window.pick('Authority');
    await ask(journey, 'The sign-in service', authority ?? '');
    await window.pick('Name');
    await ask(journey, 'A name for the cluster', 'contoso');
    await window.pick('CA file');
    await ask(journey, 'A PEM file', caFile ?? '');
    await window.pick('Protection');
    await window.quickInput.getByText('Every command that writes asks for the name').waitFor();
    await window.screenshot(path.join(pictures, 'protection.png'));
    await window.pick('Production');
    await window.pick('Test the connection and save');
    await window.told(/Connected to contoso/);
    assert.match(journey.settings(), /"protection":\s*"production"/);
  });

  it('shows in the tree, in red and in words', async () => {
    const { window } = journey;
    const cluster = window.treeItem('contoso');
    // A new cluster opens.
    await window.treeItem('payloads').waitFor();
    await cluster.getByText(/^production · 127\.0\.0\.1/).waitFor();
    assert.match((await cluster.getAttribute('aria-label')) ?? '', /contoso, production/);
    await inThemes('tree', pictures, async (theme) => {
      // What is selected has the colours of the selection.
      await window.treeItem('payloads').click();
      await isRed(cluster.locator('.label-name'), theme);
    });
  });

  it('has the name typed before messages are produced', async () => {
    const { window } = journey;
    const { page } = window;
    const choose = async () => {
      await window.runCommand('Kafka REST: Produce Selection to Topic...');
      // The topic that is selected in the sidebar is another one.
      await window.pick('Topic');
      await window.pick('orders');
      await window.pick('Produce 2 messages to orders on contoso');
      const question = 'Produce 2 messages to orders on contoso. Type contoso to go on.';
      await window.quickInput.getByText(question).waitFor();
    };
    await selectAllOf(journey, 'orders.jsonl');
    await choose();
    await window.answer('production');
    await window.quickInput.getByText('This is not the name of the cluster').waitFor();
    await window.screenshot(path.join(pictures, 'question.png'));
    await page.keyboard.press('Escape');
    await window.quickInput.waitFor({ state: 'hidden' });
    assert.equal(written, 0);
    await selectAllOf(journey, 'orders.jsonl');
    await choose();
    await window.answer('contoso');
    await window.told('Produced 2 messages to orders');
    assert.equal(written, 1);
  });

  it('shows on the messages and in the status bar', async () => {
    const { window } = journey;
    const { page } = window;
    await (await window.told('Produced 2 messages')).choose('View Messages');
    const tab = page.getByRole('tab', { name: /orders@new\.json/ });
    await tab.waitFor();
    const status = page.locator('.statusbar-item').filter({ hasText: 'contoso: production' });
    await status.waitFor();
    await inThemes('document', pictures, async (theme) => {
      await isRed(tab.locator('.label-name'), theme);
    });
    await page.getByRole('tab', { name: 'orders.jsonl' }).click();
    await status.waitFor({ state: 'hidden' });
    await tab.click();
    await status.waitFor();
  });

  it('shows in the viewer', async () => {
    const { window } = journey;
    await window.runCommand('Kafka REST: Open in Viewer');
    const viewer = viewerOf(journey);
    const banner = viewer.getByText('contoso is a production cluster');
    await banner.waitFor();
    await inThemes('production', path.join(root, 'media/screenshots'), async (theme) => {
      await isRed(banner, theme);
    });
  });

  it('becomes read-only, greys what writes and says why, and is lowered by its name only', async () => {
    const { window } = journey;
    const { page } = window;
    const cluster = window.treeItem('contoso');
    await window.chooseFromMenu(cluster, 'Protect Cluster...');
    await window.pick('Read-only');
    await cluster.getByText(/^read-only · /).waitFor();
    await viewerOf(journey).getByText('contoso is read-only').waitFor();
    await window.treeItem('payloads').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Consume Messages...' }).waitFor();
    await page.getByRole('menuitem', { name: 'Read-Only Cluster: Nothing Is' }).waitFor();
    const produce = page.getByRole('menuitem', { name: 'Produce Message...', disabled: true });
    await produce.waitFor();
    await page.keyboard.press('Escape');
    await inThemes('read-only', pictures, async () => {
      await window.treeItem('payloads').click();
    });
    await window.chooseFromMenu(cluster, 'Protect Cluster...');
    await window.pick('None');
    await window.quickInput.getByText('The protection of contoso becomes: None').waitFor();
    await window.answer('contoso');
    await cluster.getByText(/^127\.0\.0\.1/).waitFor();
    assert.doesNotMatch(journey.settings(), /"protection"/);
    assert.equal(written, 1);
  });

  it('lets plain http go nowhere else before the person has read what that means', async () => {
    const { window } = journey;
    const { page } = window;
    const { tenantId, clientId } = emulator.info;
    await window.runCommand('Kafka REST: Add Cluster...');
    await window.pick('Azure HDInsight');
    await ask(journey, 'The address of its Kafka REST proxy', 'http://127.0.0.2:9');
    await page.getByText('Send credentials and all messages to 127.0.0.2:9 unencrypted?').waitFor();
    await window.screenshot(path.join(pictures, 'consent.png'));
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await ask(journey, 'The address of its Kafka REST proxy', 'http://127.0.0.2:9');
    await page.getByRole('button', { name: 'Allow Plain HTTP' }).click();
    await window.pick('Microsoft Entra ID: client secret');
    await ask(journey, 'The Microsoft Entra tenant', tenantId ?? '');
    await ask(journey, 'The Application (client) ID', clientId ?? '');
    await ask(journey, 'The client secret’s value', 'x');
    await window.pick('Name');
    await ask(journey, 'A name for the cluster', 'plain');
    await window.pick('Authority');
    await ask(journey, 'The sign-in service', 'http://127.0.0.2:9');
    await window.quickInput.getByText('The address must begin with https://').waitFor();
    await window.answer('https://127.0.0.1:9');
    await window.pick('Test the connection and save');
    await window.pick('Save all the same');
    const cluster = window.treeItem('plain');
    await cluster.getByText('not encrypted · cannot be reached').waitFor();
    // What is selected has the colours of the selection.
    await window.treeItem('contoso').click();
    await isRed(cluster.locator('.label-name'), 'light');
    await window.screenshot(path.join(pictures, 'unencrypted.png'));
    assert.match(journey.settings(), /"allowHttp":\s*true/);
  });
});

/** Waits until something has the colour that the theme gives to what is marked. */
async function isRed(what: Locator, theme: keyof typeof red): Promise<void> {
  const end = Date.now() + 10_000;
  for (;;) {
    const color = await what.evaluate((element) => getComputedStyle(element).color);
    if (color === red[theme]) return;
    assert.ok(Date.now() < end, `it is ${color}`);
  }
}

/** In the page. */
declare function getComputedStyle(element: unknown): { readonly color: string };
