import assert from 'node:assert/strict';
import { columns } from '../../src/viewer/columns';
import type { FakeHost } from './fakeHost';
import { messageHeaders, messageRow } from './messages';
import { until } from '../support/until';
import { offsetIn, useViewers } from './support';
import type { ViewerPage } from './viewerPage';

const LAST = 999_999;

describe('the table', () => {
  const open = useViewers();

  it('shows the first, the middle and the last of a million messages', async () => {
    const viewer = await open();
    assert.equal(await offsetIn(viewer, 0), messageRow(0).offset);
    assert.equal(await viewer.grid.getAttribute('aria-rowcount'), '1000001');
    assert.equal(await viewer.grid.getAttribute('aria-colcount'), '6');
    for (const [share, at] of [
      [0.5, LAST / 2],
      [1, LAST],
      [0, 0],
    ] as const) {
      await viewer.grid.evaluate((grid, part) => {
        grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * part;
      }, share);
      const shown = viewer.row(Math.round(at));
      await shown.waitFor();
      assert.equal(await offsetIn(viewer, Math.round(at)), messageRow(Math.round(at)).offset);
      assert.ok(await shown.isVisible());
    }
    assert.ok((await viewer.page.locator('.rows > *').count()) < 100);
  });

  it('keeps where it was scrolled to last if the news of that comes late', async () => {
    const viewer = await open();
    await offsetIn(viewer, 0);
    await viewer.grid.evaluate(async (grid) => {
      const original: unknown = Reflect.get(window, 'setTimeout');
      const delayed: (() => void)[] = [];
      Reflect.set(window, 'setTimeout', (work: () => void) => delayed.push(work));
      await new Promise((resolve) => {
        grid.addEventListener('scroll', resolve, { once: true });
        grid.scrollTop = grid.scrollHeight;
      });
      Reflect.set(window, 'setTimeout', original);
      // The event of this comes with the next frame, after what the first event has delayed.
      grid.scrollTop = 0;
      for (const work of delayed) work();
    });
    await viewer.row(0).waitFor();
    assert.equal(await viewer.page.evaluate(() => topRow()), 0);
  });

  it('moves row by row under the wheel, in the middle of a million, to and fro', async () => {
    const viewer = await open();
    await viewer.grid.evaluate((grid) => {
      grid.scrollTop = grid.scrollHeight / 2;
    });
    await until(async () => (await viewer.page.evaluate(() => topRow())) > 400_000);
    const top = () => viewer.page.evaluate(() => topRow());
    const begin = await top();
    await viewer.grid.hover();
    for (const [wheel, rows] of [
      [220, 10],
      [-440, -10],
    ] as const) {
      await viewer.page.mouse.wheel(0, wheel);
      await until(async () => (await top()) === begin + rows);
    }
  });

  it('reaches both ends with the wheel, pixel by pixel', async () => {
    const viewer = await open();
    await viewer.grid.focus();
    await viewer.page.keyboard.press('Control+End');
    await viewer.row(LAST).waitFor();
    await viewer.grid.hover();
    await viewer.page.mouse.wheel(0, -1100);
    await until(async () => !(await viewer.row(LAST).isVisible()));
    await viewer.page.mouse.wheel(0, 5000);
    await viewer.row(LAST).waitFor();
    await viewer.page.keyboard.press('Control+Home');
    await viewer.row(0).waitFor();
    await viewer.page.mouse.wheel(0, 660);
    await until(async () => (await viewer.page.evaluate(() => topRow())) === 30);
    await viewer.page.mouse.wheel(0, -5000);
    await until(async () => (await viewer.page.evaluate(() => topRow())) === 0);
  });

  it('goes everywhere by keyboard, and selects', async () => {
    const viewer = await open();
    const { page, host } = viewer;
    await offsetIn(viewer, 0);
    await viewer.grid.focus();
    await page.keyboard.press('ArrowDown');
    await selects(viewer, [1]);
    assert.equal(await viewer.row(1).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await selects(viewer, [1, 2, 3]);
    await page.keyboard.press('Space');
    await selects(viewer, [1, 2]);
    await page.keyboard.press('Control+End');
    await selects(viewer, [LAST]);
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Control+Home');
    await selects(viewer, [0]);
    await page.keyboard.press('Control+A');
    await selects(
      viewer,
      Array.from({ length: 1000 }, (_, sequence) => sequence),
    );
    await page
      .getByText('Only 1,000 messages can be selected at once.')
      .waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowUp');
    assert.ok(await page.getByRole('columnheader', { name: 'Offset' }).evaluate(hasFocus));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+C');
    await until(() => host.said.filter(({ type }) => type === 'action').length === 2);
    const done = host.said.filter((message) => message.type === 'action');
    assert.deepEqual(
      done.map(({ action }) => action),
      ['openMessage', 'copyMessage'],
    );
  });

  it('tells assistive technology the cell that the keyboard is at', async () => {
    const viewer = await open();
    const active = () =>
      viewer.page.evaluate(() => {
        const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
        return document.getElementById(id)?.textContent ?? '';
      });
    await offsetIn(viewer, 0);
    await viewer.grid.focus();
    await viewer.page.keyboard.press('ArrowDown');
    await until(async () => (await active()) === messageRow(1).offset);
    await viewer.page.keyboard.press('ArrowLeft');
    assert.equal(await active(), '1');
    await viewer.page.keyboard.press('End');
    assert.equal(await active(), String(messageRow(1).size));
    await viewer.page.keyboard.press('Home');
    assert.equal(await active(), '1');
  });

  it('selects the row under the pointer before its menu opens, unless it is selected', async () => {
    const viewer = await open();
    await offsetIn(viewer, 0);
    await viewer.row(1).click();
    await viewer.row(3).click({ modifiers: ['Shift'] });
    await viewer.row(2).click({ button: 'right' });
    assert.equal(await viewer.row(3).getAttribute('aria-selected'), 'true');
    await viewer.row(6).click({ button: 'right' });
    assert.equal(await viewer.row(3).getAttribute('aria-selected'), 'false');
    assert.equal(await viewer.row(6).getAttribute('aria-selected'), 'true');
    assert.deepEqual(JSON.parse((await viewer.row(6).getAttribute('data-vscode-context')) ?? ''), {
      webviewSection: 'message',
      preventDefaultContextMenuItems: true,
    });
    await viewer.row(7).dblclick();
    await until(() => viewer.host.said.some(({ type }) => type === 'action'));
  });

  it('opens a message after a double click, although the first one opens the pane over it', async () => {
    const viewer = await open({ width: 900, height: 545 });
    await offsetIn(viewer, 14);
    await viewer.row(14).dblclick({ delay: 20 });
    await until(() => viewer.host.said.some(({ type }) => type === 'action'));
    await viewer.page.locator('.detail .facts').waitFor();
  });

  it('sorts by click and by keyboard: up, down, as read', async () => {
    const viewer = await open({ held: 5000 });
    const header = viewer.page.getByRole('columnheader', { name: 'Value' });
    const showsTop = async () => {
      await until(async () => (await offsetIn(viewer, 0)) === messageRow(viewer.host.at(0)).offset);
    };
    await showsTop();
    await header.click();
    await until(async () => (await header.getAttribute('aria-sort')) === 'ascending');
    await showsTop();
    await header.focus();
    await viewer.page.keyboard.press('Enter');
    await until(async () => (await header.getAttribute('aria-sort')) === 'descending');
    await showsTop();
    await viewer.page.keyboard.press('Space');
    await until(async () => (await header.getAttribute('aria-sort')) === 'none');
    await showsTop();
    assert.deepEqual(
      viewer.host.said.filter(({ type }) => type === 'sort'),
      [
        { type: 'sort', sort: { column: 'value', descending: false } },
        { type: 'sort', sort: { column: 'value', descending: true } },
        { type: 'sort', sort: null },
      ],
    );
  });

  it('lets columns be made wider and hidden, and tells the host', async () => {
    const viewer = await open();
    const { page, host } = viewer;
    const header = page.getByRole('columnheader', { name: 'Key' });
    const width = async () => Math.round((await header.boundingBox())?.width ?? 0);
    const before = await width();
    const box = await header.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width - 2, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + 58, box.y + 8, { steps: 4 });
    await page.mouse.up();
    assert.equal(await width(), before + 60);
    await header.focus();
    await page.keyboard.press('Alt+ArrowLeft');
    assert.equal(await width(), before + 44);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByText('Partition').last().click();
    await page.getByRole('columnheader', { name: 'Partition' }).waitFor({ state: 'hidden' });
    const layouts = host.said.filter((message) => message.type === 'columns');
    assert.deepEqual(layouts.at(-1)?.columns, {
      hidden: ['partition'],
      widths: { key: before + 44 },
    });
  });
});

describe('the headers of the table', () => {
  const open = useViewers();
  const withHeaders = (host: FakeHost) => {
    host.state = { ...host.state, headers: true };
  };
  const head = ({ page }: ViewerPage) =>
    page.getByRole('columnheader', { name: 'Headers', exact: true });
  const cell = (viewer: ViewerPage, row: number) => viewer.row(row).locator('.headers');
  /** Whether the choice of columns offers it. */
  const isOffered = async ({ page }: ViewerPage) => {
    await page.getByRole('button', { name: 'Columns' }).click();
    const dialog = page.getByRole('dialog', { name: 'Columns' });
    await dialog.getByText('Size').waitFor();
    return dialog.getByText('Headers').isVisible();
  };

  it('have a column where messages may have some, with what is hidden made visible', async () => {
    const viewer = await open({ prepare: withHeaders });
    await offsetIn(viewer, 0);
    assert.equal(await cell(viewer, 0).textContent(), messageHeaders[0]);
    assert.equal(await cell(viewer, 1).textContent(), 'a\u27e8U+202E\u27e9=\u27e8U+200B\u27e9');
    assert.equal(await cell(viewer, 2).textContent(), 'none');
    assert.equal(await head(viewer).getAttribute('aria-colindex'), '7');
    assert.equal(await viewer.grid.getAttribute('aria-colcount'), '7');
    assert.ok(await isOffered(viewer));
  });

  it('have none where messages have none, until they may', async () => {
    const viewer = await open();
    await offsetIn(viewer, 0);
    assert.equal(await head(viewer).count(), 0);
    assert.ok(!(await cell(viewer, 0).isVisible()));
    assert.equal(await viewer.grid.getAttribute('aria-colcount'), '6');
    assert.ok(!(await isOffered(viewer)));
    viewer.host.tell({ headers: true });
    await head(viewer).waitFor();
    assert.ok(await cell(viewer, 0).isVisible());
  });

  it('offer no order, neither by click nor by keyboard', async () => {
    const viewer = await open({ prepare: withHeaders, held: 100 });
    await offsetIn(viewer, 0);
    assert.equal(await head(viewer).getAttribute('aria-sort'), null);
    assert.equal(
      await head(viewer).getAttribute('title'),
      'Headers: drag to move, drag the edge to resize',
    );
    await head(viewer).click();
    await head(viewer).focus();
    await viewer.page.keyboard.press('Enter');
    await viewer.page.keyboard.press('Space');
    await viewer.page.keyboard.press('Alt+ArrowRight');
    await until(() => viewer.host.said.some(({ type }) => type === 'columns'));
    assert.ok(viewer.host.said.every(({ type }) => type !== 'sort'));
  });

  it('do not leave a table without columns where they were the only one', async () => {
    const hidden = columns.filter((column) => column !== 'headers');
    const viewer = await open({
      prepare: (host) => {
        host.state = { ...host.state, columns: { hidden, widths: {} } };
      },
    });
    await offsetIn(viewer, 0);
    assert.equal(await viewer.page.getByRole('columnheader').count(), 6);
    await viewer.page.getByRole('button', { name: 'Columns' }).click();
    await viewer.page.getByText('Partition').last().click();
    await until(() => viewer.host.said.some(({ type }) => type === 'columns'));
    const layouts = viewer.host.said.filter((message) => message.type === 'columns');
    assert.deepEqual(layouts.at(-1)?.columns.hidden, ['partition']);
  });
});

/** Waits until the host knows that exactly these messages are selected. */
async function selects({ host }: ViewerPage, sequences: readonly number[]): Promise<void> {
  await until(() => {
    const last = host.said.findLast((message) => message.type === 'selection');
    return last?.sequences.join() === sequences.join();
  });
}

/** In the page: whether the keyboard is in an element. */
function hasFocus(target: Element): boolean {
  return document.activeElement === target;
}

/** In the page: the number of the first row that is in sight, by whose lower half it is. */
declare function topRow(): number;
