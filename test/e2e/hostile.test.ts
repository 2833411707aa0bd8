import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { type Emulator, startEmulator } from '../../src/emulator/server';
import { root } from '../support/host/processes';
import { beginJourney, type Journey, photographFailures } from './window/support';
import { viewerOf } from './window/viewerPage';

const pictures = path.join(root, 'out/e2e/hostile');

/** What hides, turns or ends lines. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u;

/** Nothing listens there. */
const ELSEWHERE = 'http://127.0.0.1:9/hostile';
/** Script that runs sets `hostile`. */
const RUN = 'globalThis.hostile=top.hostile=1';
const markup =
  `<img src="${ELSEWHERE}.png" onerror="${RUN}"><script>${RUN}</script><svg onload="${RUN}">` +
  `<style>*{display:none}</style><iframe src="${ELSEWHERE}"></iframe><a href="javascript:${RUN}">x</a>`;
const link = `[Sign in](command:workbench.action.terminal.new) ![](${ELSEWHERE}.png) $(zap)`;
const terminal = '\u001b]0;hostile\u0007\u001b[2J\u009b31m\b\r';
const turned = 'invoice\u202egnp.exe\u2066\u200b\u2028\u00ad';
const deep = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`;
const tree = JSON.stringify({ [markup]: link, [turned]: [terminal, markup] });

/** Each is a message's value and, cut, its key. */
const texts = [markup, link, terminal, turned, '\ud800 \udfff', 'x'.repeat(3_000_000), deep, tree];
const topic = `${turned}${link}${markup}${terminal}`;

describe('A hostile cluster in a window', () => {
  let emulator: Emulator;
  let journey: Journey;
  /** What the window, or a page in it, has asked for from elsewhere. */
  const asked: string[] = [];
  const dialogs: string[] = [];

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    emulator = await startEmulator({ samples: false });
    emulator.createTopic({ name: topic });
    const records = texts.map((value) => ({ key: value.slice(0, 200), value }));
    emulator.append(topic, records);
    journey = await beginJourney({ 'other.jsonl': '' }, { running: emulator.info });
    const { page } = journey.window;
    page.on('request', (request) => {
      if (request.url().startsWith(ELSEWHERE)) asked.push(request.url());
    });
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  });

  photographFailures(() => journey);

  after(async () => {
    await journey.end();
    await emulator.stop();
  });

  it('is browsed', async () => {
    const { window } = journey;
    const { page } = window;
    await page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    const item = window.treeItem('invoice');
    // Its row is drawn anew once its size is known, and forgets the mouse.
    await item.getByText('8 in 1 partition').waitFor();
    await item.hover();
    const hover = page.locator('.monaco-hover:visible').filter({ hasText: 'invoice' });
    await hover.waitFor();
    await picture('tree');
    await isHarmless(hover);
    assert.equal(await hover.getByText('invoice⟨U+202E⟩gnp.exe⟨U+2066⟩').count(), 1);
    await item.click();
    await window.treeItem('Partition 0').waitFor();
    await isHarmless(page.getByRole('tree', { name: 'Clusters' }));
  });

  it('is read in a document', async () => {
    const { window } = journey;
    const { page } = window;
    await onTopic('Consume Messages...');
    const lines = page.locator('.view-lines');
    await lines.getByText('invoice\\u202egnp.exe\\u2066\\u200b\\u2028\\u00ad').first().waitFor();
    await lines.getByText('\\ud800 \\udfff').first().waitFor();
    await picture('document');
    await isHarmless(page.locator('.tabs-container'));
    await isHarmless(page.locator('.statusbar'));
    assert.doesNotMatch(await page.title(), HIDDEN);
  });

  it('is looked at in the viewer, message by message', async () => {
    const { window } = journey;
    await window.runCommand('Kafka REST: Open in Viewer');
    const viewer = viewerOf(journey);
    await viewer.getByText('Complete', { exact: true }).waitFor();
    const rows = viewer.getByRole('grid').getByRole('row');
    const detail = viewer.getByRole('complementary', { name: 'Message' });
    const facts = detail.locator('.facts');
    for (const offset of texts.keys()) {
      await rows.nth(offset + 1).click();
      await facts
        .getByText(`Offset${offset}`)
        .or(facts.getByText(`Offset ${offset}`))
        .waitFor();
      await isHarmless(viewer.locator('body'));
      await picture(`message-${offset}`);
    }
    await isHarmless(window.page.locator('.tabs-container'));
  });

  it('is written to a file exactly', async () => {
    const { window } = journey;
    await onTopic('Export Messages...');
    // The dialog lists the folder, and has a name ready.
    await window.quickInput.getByText('other.jsonl').waitFor();
    await isHarmless(window.quickInput);
    await picture('export');
    await window.page.keyboard.press('Enter');
    const said = await window.told(`Exported ${texts.length} messages`);
    await isHarmless(said.locator);
    const [file = '', ...more] = readdirSync(journey.folder).filter(
      (name) => name !== 'other.jsonl',
    );
    assert.match(file, /^invoice%E2%80%AEgnp\.exe.*\.jsonl$/);
    assert.deepEqual(more, []);
    const lines = readFileSync(path.join(journey.folder, file), 'utf8').split('\n');
    for (const [offset, text] of texts.entries()) {
      const { value } = JSON.parse(lines[offset] ?? '') as { value: unknown };
      if (text === deep) assert.ok(lines[offset]?.includes(deep));
      else assert.equal(value, text);
    }
  });

  it('has run, loaded and asked nothing, and the window answers', async () => {
    const { window } = journey;
    const { page } = window;
    for (const frame of page.frames()) {
      assert.equal(await frame.evaluate('globalThis.hostile'), undefined, frame.url());
    }
    const refused = window.errors.filter((error) => /Content Security Policy|hostile/.test(error));
    assert.deepEqual({ asked, dialogs, refused }, { asked: [], dialogs: [], refused: [] });
    assert.equal(await page.locator('.monaco-dialog-box, .terminal').count(), 0);
    await window.runCommand('View: Close All Editors');
    await page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
  });

  /** Runs what the menu of the topic offers, for all messages. */
  async function onTopic(title: string): Promise<void> {
    const { window } = journey;
    await window.chooseFromMenu(window.treeItem('invoice'), title);
    await window.quickInput.getByText('Which messages').waitFor();
    await isHarmless(window.quickInput);
    await window.pick('Which messages');
    await window.pick('All messages');
    const go = window.quickInput.getByText(/^\S+ all messages of invoice/);
    await go.waitFor();
    await isHarmless(window.quickInput);
    await window.page.keyboard.press('Enter');
  }

  async function picture(name: string): Promise<void> {
    await journey.window.screenshot(path.join(pictures, `${name}.png`));
  }
});

/**
 * Asserts that what is shown hides nothing, and that nothing in it loads, runs or leads elsewhere.
 */
async function isHarmless(shown: Locator): Promise<void> {
  const text = await shown.innerText();
  assert.doesNotMatch(text.replace(/[\n\t\u00a0]/g, ' '), HIDDEN);
  const active = ['script', 'iframe', 'svg[onload]', 'img[onerror]', 'a[href]', '[data-href]'];
  const within = shown.locator(`:is(${active.join()}):not([src*="webview.js"], #strings)`);
  assert.deepEqual(await within.evaluateAll((found) => found.map(String)), []);
}
