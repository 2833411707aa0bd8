import assert from 'node:assert/strict';
import type { PayloadDetail } from '../../src/viewer/protocol';
import { messageDetail } from './messages';
import { until } from '../support/until';
import { offsetIn, useViewers } from './support';
import type { ViewerPage } from './viewerPage';

/** Lets a message have this value and shows it. */
async function show(viewer: ViewerPage, value: PayloadDetail, sequence = 0): Promise<void> {
  viewer.host.details.set(sequence, { ...messageDetail(sequence), value });
  await viewer.row(sequence).click();
  await viewer.page.locator('.payload.value .payload-content > *').first().waitFor();
}

function text(content: string): PayloadDetail {
  const bytes = Buffer.byteLength(content);
  return { kind: 'text', text: content, bytes, raw: null, problem: null, decoding: null };
}

describe('the detail pane', () => {
  const open = useViewers();

  it('shows JSON as a tree with exact numbers', async () => {
    const viewer = await open();
    await viewer.row(5).click();
    const tree = viewer.page.getByRole('tree', { name: 'Value as JSON' });
    await tree.waitFor();
    assert.deepEqual(await tree.getByRole('treeitem').allTextContents(), [
      '{ 5 members }',
      'id: 9007199254740993',
      'price: 1.10',
      'big: 1e400',
      '__proto__: { 1 member }',
      'a: 1',
      'text: "\\u202e"',
    ]);
    const facts = await viewer.page.locator('.facts').textContent();
    assert.equal(facts, 'Partition2Offset4711001Timestamp2026-11-22 14:00:00.185Size89 bytes');
  });

  it('lists headers as texts, and as bytes on demand', async () => {
    const viewer = await open();
    const { page, host } = viewer;
    const bytes = {
      kind: 'bytes',
      base64: '/wA=',
      bytes: 2,
      problem: null,
      decoding: null,
    } as const;
    const headers = [
      { name: 'trace', value: text('a\u202e') },
      { name: 'trace', value: { kind: 'null' } as const },
      { name: '', value: bytes },
    ];
    host.details.set(0, { ...messageDetail(0), headers });
    await viewer.row(0).click();
    const section = page.getByRole('region', { name: 'Headers' });
    await section.waitFor();
    const shown = async () => [
      await section.locator('dt').allTextContents(),
      await section.locator('dd').allTextContents(),
    ];
    const names = ['trace', 'trace', 'empty'];
    assert.deepEqual(await shown(), [names, ['a⟨U+202E⟩', 'null', 'ff 00']]);
    await section.getByRole('button', { name: 'Hex' }).click();
    assert.deepEqual(await shown(), [names, ['61 e2 80 ae', 'null', 'ff 00']]);
    await viewer.row(5).click();
    await section.waitFor({ state: 'hidden' });
  });

  it('has room for headers below the table, beside it, and in a narrow viewer', async () => {
    for (const width of [1000, 1400, 500]) {
      const viewer = await open({ width });
      const { page, host } = viewer;
      const headers = ['trace', 'origin'].map((name) => ({ name, value: text('4bf92f35') }));
      host.details.set(0, { ...messageDetail(0), headers });
      await viewer.row(0).click();
      const section = page.getByRole('region', { name: 'Headers' });
      const last = section.locator('dd').last();
      await last.waitFor();
      const room = await section.boundingBox();
      const line = await last.boundingBox();
      assert.ok(room && line && line.y + line.height <= room.y + room.height, `${width} pixels`);
    }
  });

  it('opens and closes the tree by keyboard and by click', async () => {
    const viewer = await open();
    const { page } = viewer;
    await show(viewer, text('{"a":{"b":[1,2]},"c":null}'));
    const tree = page.getByRole('tree', { name: 'Value as JSON' });
    const items = () => tree.getByRole('treeitem').allTextContents();
    const active = async () => {
      const id = (await tree.getAttribute('aria-activedescendant')) ?? '';
      return page.locator(`#${id}`).textContent();
    };
    await tree.focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await active(), 'a: { 1 member }');
    await page.keyboard.press('ArrowLeft');
    assert.deepEqual(await items(), ['{ 2 members }', 'a: {"b":[1,2]}', 'c: null']);
    await page.keyboard.press('ArrowLeft');
    assert.equal(await active(), '{ 2 members }');
    await page.keyboard.press('End');
    assert.equal(await active(), 'c: null');
    const item = tree.getByRole('treeitem', { name: /^a: / });
    assert.equal(await item.getAttribute('aria-level'), '2');
    assert.equal(await item.getAttribute('aria-setsize'), '2');
    await item.click();
    assert.equal(await item.getAttribute('aria-expanded'), 'true');
    await page.getByRole('button', { name: 'Collapse All' }).click();
    assert.equal((await items()).length, 3);
    await page.getByRole('button', { name: 'Expand All' }).click();
    assert.equal((await items()).length, 6);
  });

  it('does not freeze with a megabyte, wide or deep', async () => {
    const viewer = await open();
    const { page } = viewer;
    const wide = `[${'1234567,'.repeat(130_000)}0]`;
    const deep = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`;
    const pane = page.locator('.payload.value');
    const long = `"${'x'.repeat(1_000_000)}"`;
    for (const value of [wide, deep, long]) {
      await show(viewer, text(value));
      if (value !== long) await page.getByRole('button', { name: 'Expand All' }).click();
      await pane.getByText('Hex').click();
      await pane.locator('.hex-row').first().waitFor();
      await pane.getByText('Text', { exact: true }).click();
      await pane.locator('pre').waitFor();
      await pane.getByText('JSON').click();
      await viewer.row(1).click();
      await page.locator('.payload').getByText('\u27e8U+202E\u27e9').first().waitFor();
    }
    const longest = await page.evaluate(() => longestTask());
    assert.ok(longest < 1000, `blocked for ${longest} ms`);
  });

  it('keeps null apart from the text "null" and from nothing', async () => {
    const viewer = await open();
    const { page } = viewer;
    await viewer.row(2).click();
    await page.getByText('The value is null: a tombstone.').waitFor();
    assert.equal(await viewer.row(2).locator('.value').textContent(), 'null (tombstone)');
    await viewer.row(3).click();
    await page.getByText('Empty text').waitFor();
    await viewer.row(4).click();
    await page.locator('.payload.value').getByRole('treeitem', { name: 'null' }).waitFor();
    assert.equal(await viewer.row(4).locator('.value').textContent(), 'null');
    await viewer.row(6).click();
    await page.getByText('The key is null.').waitFor();
  });

  it('leaves text text, and shows what would hide', async () => {
    const viewer = await open();
    const { page } = viewer;
    const image = '<img src=x onerror="window.harmed = true">';
    await viewer.row(0).click();
    await page.locator('pre.text').getByText(image).waitFor();
    assert.equal(await viewer.row(0).locator('.value').textContent(), image);
    assert.equal(await page.locator('img').count(), 0);
    assert.equal(await page.evaluate(() => Reflect.has(window, 'harmed')), false);
    const seen = 'abc\u27e8U+202E\u27e9\u27e8U+2066\u27e9gnp.exe\u2400\u2407 \u27e8U+200B\u27e9end';
    assert.equal(await viewer.row(1).locator('.value').textContent(), seen);
    await viewer.row(1).click();
    await page.locator('pre.text').getByText(seen).waitFor();
    const isolated = viewer.row(1).locator('.value');
    assert.equal(await isolated.evaluate((cell) => getComputedStyle(cell).unicodeBidi), 'isolate');
  });

  it('shows bytes as a hex dump, and says what is cut', async () => {
    const viewer = await open();
    const { page, host } = viewer;
    const bytes = Buffer.from('4b61666b6100ff80', 'hex');
    const base64 = bytes.toString('base64');
    await show(viewer, { kind: 'bytes', base64, bytes: 5_000_000, problem: null, decoding: null });
    assert.deepEqual(await page.locator('.hex-row').first().locator('span').allTextContents(), [
      '000000',
      '4b 61 66 6b 61 00 ff 80  ',
      'Kafka...',
    ]);
    await page.getByText('Only the first 8 of 5,000,000 bytes are shown.').waitFor();
    await page.getByRole('button', { name: 'Open All of It' }).click();
    await until(() => host.said.some((message) => message.type === 'action'));
    assert.deepEqual(host.said.at(-1), { type: 'action', action: 'openMessage', sequences: [0] });
  });

  it('shows the bytes of what was decoded, and says what could not be', async () => {
    const viewer = await open();
    const { page } = viewer;
    const pane = page.locator('.payload.value');
    const raw = Buffer.from('000000000000002a', 'hex').toString('base64');
    await show(
      viewer,
      { kind: 'text', text: '42', bytes: 8, raw, problem: null, decoding: null },
      0,
    );
    await pane.getByText('Hex').click();
    await pane.getByText('00 00 00 00 00 00 00 2a').waitFor();
    await show(viewer, { kind: 'text', text: '', bytes: 8, raw, problem: null, decoding: null }, 7);
    await pane.getByText('Text', { exact: true }).click();
    await pane.getByText('Not shown: its format is none.').waitFor();
    const problem = '3 bytes, where the format has 8';
    await show(
      viewer,
      { kind: 'text', text: 'abc', bytes: 3, raw: null, problem, decoding: null },
      8,
    );
    await pane.getByText('Shown as it is: 3 bytes, where the format has 8.').waitFor();
    await pane.locator('pre').getByText('abc').waitFor();
  });

  it('offers what fits the selection', async () => {
    const viewer = await open();
    const { page, host } = viewer;
    const compare = page.getByRole('button', { name: 'Compare' });
    await viewer.row(1).click();
    await page.getByRole('button', { name: 'Copy Value' }).click();
    await until(() => host.said.some((message) => message.type === 'action'));
    assert.deepEqual(host.said.at(-1), { type: 'action', action: 'copyValue', sequences: [1] });
    assert.ok(await compare.isHidden());
    await viewer.row(4).click({ modifiers: ['Control'] });
    await page.locator('.detail').getByText('2 messages selected').waitFor();
    await compare.click();
    await until(() => JSON.stringify(host.said.at(-1)).includes('compareMessages'));
    assert.deepEqual(host.said.at(-1), {
      type: 'action',
      action: 'compareMessages',
      sequences: [1, 4],
    });
    await viewer.row(6).click({ modifiers: ['Shift'] });
    await page.locator('.detail').getByText('3 messages selected').waitFor();
    assert.ok(await compare.isHidden());
    await page.getByRole('button', { name: 'Produce Again...' }).click();
    await until(() => JSON.stringify(host.said.at(-1)).includes('[4,5,6]'));
  });

  it('says so when the message has left the memory', async () => {
    const viewer = await open();
    viewer.host.details.set(3, null);
    await viewer.row(3).click();
    await viewer.page.getByText('The viewer has dropped this message.').waitFor();
    await viewer.row(4).click();
    await viewer.page.locator('.facts').waitFor();
  });

  it('is resized by keyboard and mouse, closed, and brought back', async () => {
    const viewer = await open();
    const { page } = viewer;
    const pane = page.locator('.detail');
    const border = page.getByRole('separator', { name: 'Size of the message pane' });
    const share = async () => Math.round(((await pane.boundingBox())?.width ?? 0) / 12);
    assert.ok(await pane.isHidden());
    await viewer.row(3).click();
    await pane.waitFor();
    assert.equal(await share(), 40);
    await border.focus();
    await page.keyboard.press('ArrowLeft');
    assert.equal(await share(), 42);
    assert.equal(await border.getAttribute('aria-valuenow'), '42');
    const box = await border.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x, 500);
    await page.mouse.down();
    await page.mouse.move(600, 500, { steps: 3 });
    await page.mouse.up();
    assert.equal(await share(), 50);
    await page.setViewportSize({ width: 500, height: 800 });
    await until(async () => (await border.getAttribute('aria-orientation')) === 'horizontal');
    await page.getByRole('button', { name: 'Close' }).click();
    await pane.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Message', exact: true }).click();
    await pane.waitFor();
  });

  it('keeps its size, and stays closed for the keyboard once it was closed', async () => {
    const viewer = await open();
    const { page } = viewer;
    const pane = page.locator('.detail');
    const border = page.getByRole('separator', { name: 'Size of the message pane' });
    await offsetIn(viewer, 0);
    await page.keyboard.press('ArrowDown');
    await pane.waitFor();
    await border.focus();
    await page.keyboard.press('ArrowLeft');
    await viewer.grid.focus();
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'hidden' });
    assert.ok(await viewer.grid.evaluate((grid) => document.activeElement === grid));
    await page.keyboard.press('ArrowDown');
    await viewer.row(2).and(page.locator('[aria-selected="true"]')).waitFor();
    assert.ok(await pane.isHidden());
    const saves = (part: string) => JSON.stringify(viewer.saved ?? {}).includes(part);
    await until(() => saves('"detail":false') && saves('"selected":[2]'));
    await viewer.rebuild();
    await viewer.row(2).and(page.locator('[aria-selected="true"]')).waitFor();
    assert.ok(await pane.isHidden());
    await viewer.row(4).click();
    await pane.waitFor();
    assert.equal(Math.round(((await pane.boundingBox())?.width ?? 0) / 12), 42);
    await page.getByRole('button', { name: 'Copy Message' }).focus();
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'hidden' });
  });

  it('opens with its button on the message that the keyboard is at', async () => {
    const viewer = await open();
    const { page } = viewer;
    await offsetIn(viewer, 0);
    await page.getByRole('button', { name: 'Message', exact: true }).click();
    await page.locator('.detail .facts').waitFor();
    assert.equal(await viewer.row(0).getAttribute('aria-selected'), 'true');
  });

  it('shows key and value side by side below the table, with the row above it in sight', async () => {
    const viewer = await open({ width: 920, height: 545 });
    const { page } = viewer;
    const last = await page.evaluate(() => topRow());
    const bottom = last + 14;
    await offsetIn(viewer, bottom);
    await viewer.row(bottom).click();
    await page.getByRole('treeitem').first().waitFor();
    const key = await page.locator('.payload.key').boundingBox();
    const value = await page.locator('.payload.value').boundingBox();
    assert.ok(key && value && key.y === value.y && key.x + key.width <= value.x);
    const row = await viewer.row(bottom).boundingBox();
    const grid = await viewer.grid.boundingBox();
    assert.ok(row && grid && row.y + row.height <= grid.y + grid.height + 1);
  });

  it('leaves room for the values of the table, next to it or above it', async () => {
    for (const width of [920, 1200]) {
      const viewer = await open({ width });
      await viewer.row(3).click();
      await viewer.page.locator('.detail').waitFor();
      const value = await viewer.grid.getByRole('columnheader', { name: 'Value' }).boundingBox();
      const table = await viewer.grid.boundingBox();
      assert.ok(value && table && value.x + 100 < table.x + table.width, `${width} pixels`);
    }
  });
});

/** In the page: the number of the first row in sight, from 0 on. */
declare function topRow(): number;
/** In the page: milliseconds that it was blocked for at the most. */
declare function longestTask(): number;
