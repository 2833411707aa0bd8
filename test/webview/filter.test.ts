import assert from 'node:assert/strict';
import { parseFilter } from '../../src/viewer/filter/filterParser';
import { filterExamples } from '../../src/webview/chrome/filterExamples';
import { noFilter } from './fakeHost';
import { until } from '../support/until';
import { useViewers } from './support';

describe('the filter', () => {
  const open = useViewers();

  it('is applied as one types, once the keys rest', async () => {
    const viewer = await open({ held: 100_000 });
    const { page, host } = viewer;
    await page.keyboard.press('Control+F');
    await viewer.filter.evaluate((input) => {
      if (!(input instanceof HTMLInputElement)) return;
      for (const letter of '"orderId":77') {
        input.value += letter;
        input.dispatchEvent(new Event('input'));
      }
    });
    await page.getByText('1,111 of 100,000 match').first().waitFor();
    const filters = host.said.filter(({ type }) => type === 'filter');
    assert.deepEqual(filters, [{ type: 'filter', text: '"orderId":77' }]);
    await page
      .getByRole('status')
      .getByText('1,111 of 100,000 match')
      .waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await page.getByText('100,000 messages').first().waitFor();
    assert.equal(await viewer.filter.inputValue(), '');
    await page.keyboard.press('Escape');
    await until(() => viewer.grid.evaluate((grid) => document.activeElement === grid));
  });

  it('gets the focus, and all is selected, with keys that VS Code does not hear of', async () => {
    const viewer = await open({ held: 1_000 });
    const { page } = viewer;
    await viewer.filter.fill('old');
    await viewer.filter.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('ne');
    assert.equal(await viewer.filter.inputValue(), 'ne');
    await viewer.grid.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+F');
    await page.keyboard.press('F6');
    const keys = await page.evaluate(() => heardKeys());
    assert.deepEqual(
      keys.filter((key) => key !== 'Control'),
      ['n', 'e', 'F6'],
    );
  });

  it('marks what is wrong in it, tells why, and leaves the table as it is', async () => {
    const viewer = await open({ held: 100_000 });
    const { page } = viewer;
    await viewer.filter.fill('"orderId":77');
    await page.getByText('1,111 of 100,000 match').first().waitFor();
    await viewer.filter.fill('"orderId":77 and (x');
    await page.locator('.filter-problem').getByText('A bracket is open.').waitFor();
    assert.equal(await viewer.filter.getAttribute('aria-invalid'), 'true');
    const id = (await viewer.filter.getAttribute('aria-describedby')) ?? '';
    assert.match((await page.locator(`#${id}`).textContent()) ?? '', /^A bracket is open/);
    assert.equal(await page.locator('.marks mark').textContent(), '(');
    assert.equal(viewer.host.state.counts.matched, 1_111);
    await page
      .getByRole('status')
      .getByText(/The filter has an error/)
      .waitFor({ state: 'attached' });
    await viewer.filter.fill('"orderId":77');
    await until(async () => (await viewer.filter.getAttribute('aria-invalid')) === null);
    assert.equal(await page.locator('.filter-problem').textContent(), '');
  });

  it('offers to be cleared where nothing matches', async () => {
    const viewer = await open({ held: 100_000 });
    await viewer.filter.fill('nothing like this');
    await viewer.page.getByText('No message matches the filter.').waitFor();
    await viewer.page.locator('.nothing').getByRole('button', { name: 'Clear Filter' }).click();
    await viewer.row(0).waitFor();
    assert.equal(await viewer.filter.inputValue(), '');
  });

  it('tells what it was understood as where nothing matches, and applies what may be meant', async () => {
    const viewer = await open({ held: 100_000 });
    const { page, host } = viewer;
    await viewer.filter.fill('partion:0');
    await page.getByText('No message matches the filter.').waitFor();
    host.tell({
      filter: {
        ...noFilter,
        text: 'partion:0',
        understood: 'the text “partion:0” in the key or the value',
        advice: { suggestion: 'alice', lacksHeaders: true },
      },
    });
    await page
      .locator('.nothing')
      .getByText(/^Understood as: the text “partion:0”/)
      .waitFor();
    await page.getByText('No message that was looked at has headers.').waitFor();
    const id = (await viewer.filter.getAttribute('aria-describedby')) ?? '';
    assert.match((await page.locator(`#${id}`).textContent()) ?? '', /^Understood as: the text/);
    await page.getByRole('button', { name: 'Did you mean alice?' }).click();
    await viewer.row(0).waitFor();
    assert.equal(await viewer.filter.inputValue(), 'alice');
    assert.equal(host.state.filter.text, 'alice');
    assert.ok(await viewer.filter.evaluate((input) => document.activeElement === input));
  });

  it('is the one that the host has when the webview comes back, and keeps what is typed meanwhile', async () => {
    const viewer = await open({
      prepare: (host) => {
        host.state = { ...host.state, filter: { ...noFilter, text: 'alice' } };
      },
    });
    assert.equal(await viewer.filter.inputValue(), 'alice');
    await viewer.filter.fill('alice b');
    viewer.host.tell({ rate: 3 });
    viewer.host.tell({ rate: 4 });
    await until(() => viewer.host.state.filter.text === 'alice b');
    assert.equal(await viewer.filter.inputValue(), 'alice b');
    viewer.host.tell({ filter: { ...noFilter, text: 'carol' } });
    await until(async () => (await viewer.filter.inputValue()) === 'carol');
  });

  it('does not claim that nothing matched while it has an error', async () => {
    const viewer = await open({ held: 1_000 });
    await viewer.filter.fill('nothing like this');
    await viewer.page.getByText('No message matches the filter.').waitFor();
    await viewer.filter.fill('nothing like (this');
    await viewer.page
      .locator('.nothing')
      .getByText(/^The filter has an error/)
      .waitFor();
  });

  it('is one of its examples after a click', async () => {
    const viewer = await open({ held: 1_000 });
    const { page } = viewer;
    await page.getByRole('button', { name: 'How to Filter' }).click();
    await page.getByRole('button', { name: 'status in [new, paid]' }).click();
    await page.getByRole('dialog', { name: 'How to Filter' }).waitFor({ state: 'hidden' });
    assert.equal(await viewer.filter.inputValue(), 'status in [new, paid]');
    assert.ok(await viewer.filter.evaluate((input) => document.activeElement === input));
    await until(() => viewer.host.state.filter.text === 'status in [new, paid]');
  });

  it('takes the focus when the host asks, and explains itself', async () => {
    const viewer = await open({ held: 100_000 });
    viewer.host.focusFilter();
    await until(() => viewer.filter.evaluate((input) => document.activeElement === input));
    await viewer.page.getByRole('button', { name: 'How to Filter' }).click();
    await viewer.page.getByRole('dialog', { name: 'How to Filter' }).waitFor();
    await viewer.page.keyboard.press('Escape');
    await viewer.page.getByRole('dialog').first().waitFor({ state: 'hidden' });
  });

  describe('with a list of what may be typed', () => {
    const openWith = async () => {
      const viewer = await open({ held: 100_000 });
      viewer.host.completions = [
        { insert: '$.status', kinds: ['text'] },
        { insert: '$.shop["odd \u202ename"]', kinds: ['number', 'null'] },
        { insert: 'size:', kinds: [] },
        { insert: 'alice ', kinds: [] },
      ];
      await viewer.filter.focus();
      const list = viewer.page.getByRole('listbox', { name: 'Suggestions' });
      /** The text of the chosen item, as a screen reader finds it. */
      const chosen = async () => {
        const id = await viewer.filter.getAttribute('aria-activedescendant');
        return id === null ? null : viewer.page.locator(`#${id}[aria-selected=true]`).textContent();
      };
      return { viewer, page: viewer.page, list, chosen };
    };

    it('opens while one types, and is used with the keys', async () => {
      const { viewer, page, list, chosen } = await openWith();
      await page.keyboard.type('$.s');
      await list.waitFor();
      assert.equal(await viewer.filter.getAttribute('aria-expanded'), 'true');
      assert.equal(await chosen(), null);
      await page.getByRole('status').getByText('2 suggestions').waitFor({ state: 'attached' });
      await page.keyboard.press('ArrowDown');
      assert.equal(await chosen(), '$.statustext');
      await page.keyboard.press('ArrowUp');
      assert.match((await chosen()) ?? '', /^\$\.shop\["odd .*name"\]number, null$/);
      assert.doesNotMatch((await chosen()) ?? '', /\u202e/);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Tab');
      assert.equal(await viewer.filter.inputValue(), '$.status');
      await until(() => viewer.host.state.filter.text === '$.status');
      assert.ok(await viewer.filter.evaluate((input) => document.activeElement === input));
    });

    it('keeps the item that was gone to when the host responds once more', async () => {
      const { viewer, page, list, chosen } = await openWith();
      await page.keyboard.insertText('$.s');
      await list.waitFor();
      await page.keyboard.press('ArrowDown');
      viewer.host.completions = viewer.host.completions.toReversed();
      await page.keyboard.press('Control+Space');
      await list.getByRole('option').first().getByText('shop').waitFor();
      assert.equal(await chosen(), '$.statustext');
    });

    it('does not get in the way: Enter applies what is typed, Escape only closes it', async () => {
      const { viewer, page, list } = await openWith();
      await page.keyboard.type('al');
      await list.waitFor();
      await page.keyboard.press('Enter');
      await list.waitFor({ state: 'hidden' });
      await until(() => viewer.host.state.filter.text === 'al');
      await page.keyboard.type('i');
      await list.waitFor();
      await page.keyboard.press('Escape');
      await list.waitFor({ state: 'hidden' });
      assert.equal(await viewer.filter.inputValue(), 'ali');
      await page.keyboard.press('ArrowDown');
      await until(() => viewer.grid.evaluate((grid) => document.activeElement === grid));
    });

    it('takes the place of what is wrong in the filter as long as it is open', async () => {
      const { page, list } = await openWith();
      const problem = page.locator('.filter-problem');
      const table = await page.getByRole('grid').boundingBox();
      await page.keyboard.type('( al');
      await list.waitFor();
      await problem.getByText('A bracket is open.').waitFor({ state: 'attached' });
      assert.ok(await problem.isHidden());
      assert.deepEqual(await page.getByRole('grid').boundingBox(), table);
      await page.keyboard.press('Escape');
      await problem.getByText('A bracket is open.').waitFor();
    });

    it('opens with Ctrl+Space, and closes when the field loses the focus', async () => {
      const { viewer, page, list } = await openWith();
      await page.keyboard.type('x ');
      await page.keyboard.press('Control+Space');
      await list.getByRole('option').nth(3).waitFor();
      await list.getByText('alice').click();
      assert.equal(await viewer.filter.inputValue(), 'x alice ');
      await page.keyboard.press('Control+Space');
      await list.waitFor();
      await page.keyboard.press('Tab');
      await list.waitFor({ state: 'hidden' });
      assert.ok(await viewer.filter.evaluate((input) => document.activeElement !== input));
    });

    it('can be scrolled if it is long', async () => {
      const { viewer, page, list } = await openWith();
      viewer.host.completions = Array.from({ length: 50 }, (_, n) => ({
        insert: `name${n}`,
        kinds: [],
      }));
      // At once: the list is shown anew after each change, and begins at its top.
      await page.keyboard.insertText('name');
      await list.waitFor();
      await page.keyboard.press('ArrowUp');
      const box = await list.boundingBox();
      const last = await list.getByRole('option').last().boundingBox();
      assert.ok(box && last && box.height < 300 && last.y + last.height <= box.y + box.height);
    });
  });

  it('is explained by examples that are filters', () => {
    const clock = { now: Date.UTC(2026, 10, 22), zone: 'utc' } as const;
    for (const [example] of filterExamples) assert.ok(parseFilter(example, clock), example);
  });
});

/** In the page: the keys that VS Code, which listens at the window, would hear of. */
declare function heardKeys(): readonly string[];
