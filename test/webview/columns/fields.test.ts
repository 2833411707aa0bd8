import assert from 'node:assert/strict';
import type { FieldColumn } from '../../../src/viewer/fieldColumn';
import type { DecodingDetail } from '../../../src/viewer/protocol';
import { until } from '../../support/until';
import { messageDetail } from '../messages';
import { offsetIn, useViewers } from '../support';
import type { ViewerPage } from '../viewerPage';

describe('Columns of fields', () => {
  const open = useViewers();
  const fields = ({ host }: ViewerPage): readonly FieldColumn[] | undefined =>
    host.state.columns.fields;
  const heads = ({ page }: ViewerPage) =>
    page.locator('.head .cell:not([hidden]) .label').allTextContents();

  it('are added by their path, and shown before the value', async () => {
    const viewer = await open({ held: 100 });
    const { page } = viewer;
    await page.getByRole('button', { name: 'Columns' }).click();
    const columns = page.getByRole('dialog', { name: 'Columns' });
    const input = columns.getByLabel('Field of the value, or of the key as key.id');
    await input.fill('a b');
    await page.keyboard.press('Enter');
    await columns.getByText('This is no field.').waitFor();
    await input.fill('customer.name');
    await page.keyboard.press('Enter');
    await until(() => fields(viewer)?.join() === 'value$.customer.name');
    const row = await heads(viewer);
    assert.deepEqual(row.slice(-4), ['Key', '$.customer.name', 'Value', 'Size']);
    await page.keyboard.press('Escape');
    const cell = viewer.row(8).locator('.of-field');
    await until(async () => (await cell.textContent()) === 'carol');
    assert.equal(await viewer.row(3).locator('.of-field').textContent(), '');
    const options = await page
      .locator('datalist option')
      .evaluateAll((all) =>
        all.map((option) => (option instanceof HTMLOptionElement ? option.value : '')),
      );
    assert.deepEqual(options, ['orderId', 'customer.name']);
  });

  it('come from the tree of a message, and are sorted, moved and removed by keyboard', async () => {
    const viewer = await open({ held: 100 });
    const { page, host } = viewer;
    await viewer.row(8).click();
    const tree = page.getByRole('tree', { name: 'Value as JSON' });
    await tree.getByRole('treeitem', { name: /^orderId: / }).click();
    await page.keyboard.press('Alt+KeyC');
    await tree.getByRole('treeitem', { name: /^total: / }).click();
    await page.keyboard.press('Alt+KeyC');
    await until(() => fields(viewer)?.join() === 'value$.orderId,value$.total');
    const head = page.getByRole('columnheader', { name: '$.total' });
    await head.focus();
    await page.keyboard.press('Enter');
    await until(() => host.state.sort?.column === 'value$.total');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await until(async () => (await heads(viewer)).join().includes('$.total,$.orderId'));
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), '$.total');
    await page.keyboard.press('Alt+ArrowRight');
    await until(() => (host.state.columns.widths['value$.total'] ?? 0) > 0);
    await page.keyboard.press('Delete');
    await until(() => fields(viewer)?.join() === 'value$.orderId');
    assert.ok(!(await heads(viewer)).includes('$.total'));
  });

  it('are moved with the mouse, which then does not sort', async () => {
    const viewer = await open({ held: 100 });
    const { page, host } = viewer;
    await offsetIn(viewer, 0);
    const key = page.getByRole('columnheader', { name: 'Key' });
    const partition = page.getByRole('columnheader', { name: 'Partition' });
    const [from, to] = [await key.boundingBox(), await partition.boundingBox()];
    assert.ok(from && to);
    await page.mouse.move(from.x + 20, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + 8, { steps: 4 });
    await page.mouse.up();
    await until(async () => (await heads(viewer)).join().startsWith('Key,Partition'));
    assert.equal(host.state.sort, null);
    await key.click();
    await until(() => host.state.sort?.column === 'key');
  });
});

describe('How a message was decoded', () => {
  const open = useViewers();

  it('stands above its value, with the way to the schema', async () => {
    const viewer = await open({ held: 100 });
    const { page, host } = viewer;
    const decoding: DecodingDetail = {
      format: 'avro',
      isGuess: true,
      schema: ['orders-value@3 (id 7)', 'com.contoso.Order'],
      canOpen: true,
      misfit: 'It has no id.',
    };
    const text = '{"id":1}';
    const value = {
      kind: 'text',
      text,
      bytes: 6,
      raw: 'AAAAAAcC',
      problem: null,
      decoding,
    } as const;
    host.details.set(0, { ...messageDetail(0), value });
    await offsetIn(viewer, 0);
    await viewer.row(0).click();
    const section = page.getByRole('region', { name: 'Value' });
    await section.getByText('avro, guessed').waitFor();
    const names = await section.locator('.decoding .schema').allTextContents();
    assert.deepEqual(names, ['orders-value@3 (id 7)', 'com.contoso.Order']);
    await section.getByRole('note').getByText('Does not fit its schema: It has no id.').waitFor();
    await section.getByRole('button', { name: 'Open Schema' }).click();
    await until(() => host.said.at(-1)?.type === 'openSchema');
    assert.deepEqual(host.said.at(-1), { type: 'openSchema', sequence: 0, part: 'value' });
    await section.getByRole('button', { name: 'Hex' }).click();
    await section.getByText('00 00 00 00 07 02').waitFor();
  });

  it('is asked for again when messages are decoded in another way', async () => {
    const viewer = await open({ held: 100 });
    const { page, host } = viewer;
    await viewer.row(8).click();
    const value = page.locator('.payload.value');
    await value.getByText('carol').first().waitFor();
    const detail = messageDetail(8);
    const hex = { text: '7b7d', bytes: 2, raw: 'e30=', problem: null, decoding: null };
    host.details.set(8, { ...detail, value: { kind: 'text', ...hex } });
    host.tell({ formats: 'auto,string(hex)' });
    await value.getByText('7b7d').waitFor();
  });
});
