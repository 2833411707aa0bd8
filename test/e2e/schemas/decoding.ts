import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { root } from '../../support/host/processes';
import { until } from '../../support/until';
import type { Journey } from '../window/support';
import { viewerOf } from '../window/viewerPage';

const pictures = path.join(root, 'out/e2e/decoding');
/** The number of purchase n of the sample topic. A double cannot hold it. */
const purchaseId = (n: number): string => String(9_007_199_254_740_993n + 4096n * BigInt(n));

/** Finding an order in a topic with a schema. */
export function decoding(opened: () => Journey): void {
  describe('Messages with schemas', () => {
    let journey: Journey;

    before(() => {
      mkdirSync(pictures, { recursive: true });
      journey = opened();
    });

    after(() => journey.window.runCommand('View: Close All Editors'));

    it('are read from an Avro topic, with what decoded them', async () => {
      const { window } = journey;
      await window.chooseFromMenu(window.treeItem('purchases-avro'), 'View Messages...');
      await window.pick('Which messages');
      await window.pick('The first 100 messages');
      await window.pick('Open the first 100 messages of purchases-avro');
      await row(purchaseId(5)).click();
      const value = detail().getByRole('region', { name: 'Value' });
      await value.getByText('avro, guessed').waitFor();
      await value.getByText('purchases-avro-value@1').waitFor();
      const tree = value.getByRole('tree', { name: 'Value as JSON' });
      await tree.getByText(purchaseId(5)).waitFor();
      await picture('detail');
      await value.getByRole('button', { name: 'Hex' }).click();
      await value.getByText(/^00 00 00 00 /).waitFor();
      await value.getByRole('button', { name: 'JSON', exact: true }).click();
      await tree.waitFor();
    });

    it('lead to the schema that decoded them', async () => {
      const { window } = journey;
      await detail().getByRole('button', { name: 'Open Schema' }).click();
      const schema = window.page.getByRole('tab', { name: 'purchases-avro-value@1.avsc' });
      await schema.waitFor();
      await window.page.locator('.view-line').getByText('"Purchase"').waitFor();
      await picture('schema');
      await window.runCommand('View: Close Editor');
      await schema.waitFor({ state: 'detached' });
    });

    it('are found by a field, which has a column of its own, with the mouse', async () => {
      await viewer().getByRole('button', { name: 'Columns' }).click();
      const columns = viewer().getByRole('dialog', { name: 'Columns' });
      await columns.getByRole('combobox').or(columns.getByRole('textbox')).fill('customer.id');
      await columns.getByRole('button', { name: 'Add Column' }).click();
      await picture('columns');
      await journey.window.page.keyboard.press('Escape');
      const head = viewer().getByRole('columnheader', { name: '$.customer.id' });
      await head.click();
      await sorted((before, after) => before <= after);
      await head.click();
      await sorted((before, after) => before >= after);
      await picture('sorted');
      await viewer()
        .getByRole('combobox', { name: 'Filter' })
        .fill(`purchaseId == ${purchaseId(5)}`);
      await row(purchaseId(5)).waitFor();
      await until(async () => (await viewer().getByRole('row').count()) === 2);
    });

    it('get a column from the tree of a message with the keyboard alone', async () => {
      const { page } = journey.window;
      await row(purchaseId(5)).click();
      const tree = detail().getByRole('tree', { name: 'Value as JSON' });
      await tree.getByText(purchaseId(5)).waitFor();
      await tree.focus();
      await page.keyboard.press('End');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Alt+C');
      const head = viewer().getByRole('columnheader', { name: '$.purchaseId' });
      await head.waitFor();
      await picture('two-columns');
      await head.focus();
      await page.keyboard.press('Control+Shift+ArrowLeft');
      const heads = viewer().getByRole('columnheader');
      await until(async () => {
        const names = await heads.allTextContents();
        return names.indexOf('$.purchaseId') === names.indexOf('$.customer.id') - 1;
      });
      await head.focus();
      await page.keyboard.press('Delete');
      await head.waitFor({ state: 'detached' });
      await viewer().getByRole('combobox', { name: 'Filter' }).fill('');
      await until(async () => (await viewer().getByRole('row').count()) > 2);
    });

    it('are decoded in another way on request, and so from then on', async () => {
      const { window } = journey;
      await viewer().getByRole('button', { name: 'Decode As...' }).click();
      await window.pick('Values');
      await window.quickInput.getByText('likely').waitFor();
      await picture('decode-as');
      await window.quickInput.locator('input').fill('hex');
      await window.pick('hex');
      const told = await window.told('Values of purchases-avro are decoded from now on as: hex');
      assert.match(journey.settings(), /"value":\s*"hex"/);
      await detail().getByText('Shown as it is: it does not have this format').waitFor();
      await picture('decoded-as-hex');
      await told.choose('Do Not Remember');
      await until(() => Promise.resolve(!journey.settings().includes('"hex"')));
    });

    async function sorted(fits: (before: number, after: number) => boolean): Promise<void> {
      await until(async () => {
        const cells = viewer().locator('[data-column="value$.customer.id"]');
        const ids = (await cells.allTextContents()).map(Number);
        return ids.length > 5 && ids.slice(1).every((id, at) => fits(ids[at] ?? NaN, id));
      });
    }

    function viewer(): FrameLocator {
      return viewerOf(journey);
    }

    function detail(): Locator {
      return viewer().getByRole('complementary', { name: 'Message' });
    }

    function row(text: string): Locator {
      return viewer().getByRole('row').filter({ hasText: text }).first();
    }

    async function picture(name: string): Promise<void> {
      await journey.window.screenshot(path.join(pictures, `${name}.png`));
    }
  });
}
