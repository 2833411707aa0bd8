import assert from 'node:assert/strict';
import { BEGIN, messageRow, messageTime } from './messages';
import { until } from '../support/until';
import { offsetIn, useViewers } from './support';
import type { ViewerPage } from './viewerPage';

/** How far the top of a row is below the top of the table, in pixels. */
async function placeOf(viewer: ViewerPage, index: number): Promise<number> {
  const [row, grid] = [await viewer.row(index).boundingBox(), await viewer.grid.boundingBox()];
  return Math.round((row?.y ?? NaN) - (grid?.y ?? NaN));
}

describe('the place in the table', () => {
  const open = useViewers();

  it('stays at the end of what comes in, until one scrolls away', async () => {
    const viewer = await open({
      held: 200,
      prepare: (host) => {
        host.state = { ...host.state, status: 'following' };
      },
    });
    const { host } = viewer;
    await viewer.row(199).waitFor();
    host.receive(50);
    await viewer.row(249).waitFor();
    host.receive(50, 280);
    await until(async () => (await offsetIn(viewer, 279)) === messageRow(299).offset);
    assert.ok(await viewer.row(279).isVisible());
    await viewer.grid.hover();
    await viewer.page.mouse.wheel(0, -2200);
    await until(async () => !(await viewer.row(279).isVisible()));
    const top = await viewer.page.evaluate(() => topRow());
    const { offset } = messageRow(top + 20);
    const place = await placeOf(viewer, top);
    host.receive(30, 280);
    await until(async () => (await viewer.page.evaluate(() => topRow())) === top - 30);
    assert.equal(await offsetIn(viewer, top - 30), offset);
    assert.equal(await placeOf(viewer, top - 30), place);
  });

  it('keeps the message that one looks at in place when the filter goes', async () => {
    const viewer = await open();
    await viewer.filter.fill('"orderId":50000');
    await until(() => viewer.host.state.counts.matched === 11);
    await until(async () => (await offsetIn(viewer, 4)) === messageRow(500_003).offset);
    await viewer.row(4).click();
    const place = await placeOf(viewer, 4);
    await viewer.filter.fill('');
    await viewer.row(500_003).waitFor();
    assert.equal(await offsetIn(viewer, 500_003), messageRow(500_003).offset);
    assert.equal(await placeOf(viewer, 500_003), place);
    assert.equal(await viewer.row(500_003).getAttribute('aria-selected'), 'true');
  });

  it('is the end of the rows that are on their way when one goes to the end', async () => {
    const viewer = await open();
    const { host, grid } = viewer;
    await viewer.row(0).click();
    host.hear({ type: 'span', span: { from: BEGIN, to: messageTime(100) } });
    host.hold();
    const { matched } = host.state.counts;
    await until(async () => (await grid.getAttribute('aria-rowcount')) === String(matched + 1));
    await viewer.page.keyboard.press('Control+End');
    host.release();
    const last = viewer.row(matched - 1);
    await until(async () => (await last.getAttribute('aria-selected')) === 'true');
  });

  it('is the row to which one goes while other rows are on their way', async () => {
    const viewer = await open();
    const { host, grid } = viewer;
    host.hear({ type: 'filter', text: '"orderId":50000' });
    await until(async () => (await offsetIn(viewer, 4)) === messageRow(500_003).offset);
    await viewer.row(4).click();
    const place = await placeOf(viewer, 0);
    host.hear({ type: 'filter', text: '' });
    host.hold();
    await until(async () => (await grid.getAttribute('aria-rowcount')) === '1000001');
    await viewer.page.keyboard.press('Control+Home');
    host.release();
    const row = viewer.row(50_000);
    await row.waitFor();
    assert.equal(await row.getAttribute('aria-selected'), 'true');
    assert.equal(await placeOf(viewer, 50_000), place);
  });

  it('is where the message of a link is, which is selected once', async () => {
    const viewer = await open({
      held: 200,
      prepare: (host) => {
        host.state = { ...host.state, histogram: null };
      },
    });
    const { host } = viewer;
    await viewer.row(0).waitFor();
    host.tell({ pointed: 150 });
    await viewer.row(150).waitFor();
    // The table becomes smaller, and the row stays in sight.
    host.receive(1);
    await viewer.page.locator('.histogram canvas').waitFor();
    await until(async () => {
      const [row, grid] = [await viewer.row(150).boundingBox(), await viewer.grid.boundingBox()];
      return row !== null && grid !== null && row.y + row.height <= grid.y + grid.height;
    });
    await until(async () => (await viewer.row(150).getAttribute('aria-selected')) === 'true');
    await viewer.row(148).click();
    host.tell({ pointed: 150 });
    host.receive(1);
    await until(async () => (await viewer.grid.getAttribute('aria-rowcount')) === '203');
    assert.equal(await viewer.row(148).getAttribute('aria-selected'), 'true');
    assert.equal(await viewer.row(150).getAttribute('aria-selected'), 'false');
  });

  it('comes back with the same nodes of a tree open', async () => {
    const viewer = await open();
    const { page } = viewer;
    await viewer.row(8).click();
    const tree = page.getByRole('tree', { name: 'Value as JSON' });
    const items = () => tree.getByRole('treeitem').allTextContents();
    const nodes = new RegExp(`"offset":"${messageRow(8).offset}","key":.*?,"value":\\[.*?]`);
    const saved = () => nodes.exec(JSON.stringify(viewer.saved ?? {}))?.[0];
    await until(() => saved() !== undefined);
    const whole = saved();
    await tree.getByRole('treeitem', { name: /^customer: / }).click();
    await until(async () => (await items()).some((item) => item.startsWith('customer: {"name"')));
    const before = await items();
    await until(() => saved() !== whole);
    await viewer.rebuild();
    await tree.waitFor();
    assert.deepEqual(await items(), before);
  });

  it('comes back as it was when it was hidden', async () => {
    const viewer = await open();
    const { page } = viewer;
    await viewer.grid.evaluate((grid) => {
      grid.scrollTop = grid.scrollHeight / 2;
    });
    await until(async () => (await page.evaluate(() => topRow())) > 300_000);
    const top = (await page.evaluate(() => topRow())) + 2;
    await offsetIn(viewer, top);
    await viewer.row(top).click();
    await page.getByRole('group', { name: 'Show Value as' }).getByText('Hex').click();
    const place = await placeOf(viewer, top);
    const saves = (part: string) => JSON.stringify(viewer.saved ?? {}).includes(part);
    await until(() => saves(`"selected":[${top}]`) && saves('"valueMode":"hex"'));
    await viewer.rebuild();
    await viewer.row(top).waitFor();
    await until(async () => (await placeOf(viewer, top)) === place);
    assert.equal(await viewer.row(top).getAttribute('aria-selected'), 'true');
    await page.locator('.hex').waitFor();
    assert.ok(saves('"definition":"{'));
  });

  it('comes back at the end with the last message in sight above its pane', async () => {
    const viewer = await open();
    const { page } = viewer;
    await page.setViewportSize({ width: 800, height: 700 });
    await viewer.row(0).click();
    await page.getByRole('complementary', { name: 'Message' }).waitFor();
    await viewer.grid.focus();
    await page.keyboard.press('Control+End');
    await viewer.row(999_999).waitFor();
    await until(() => JSON.stringify(viewer.saved ?? {}).includes('"selected":[999999]'));
    await viewer.rebuild();
    await viewer.row(999_999).waitFor();
    const grid = await viewer.grid.boundingBox();
    const last = await viewer.row(999_999).boundingBox();
    assert.ok(grid && last && last.y + last.height <= grid.y + grid.height + 1);
  });

  it('begins anew when the messages are no longer the same', async () => {
    const viewer = await open({
      saved: {
        table: {
          top: { sequence: 600_000, partition: 2, offset: '17' },
          pixels: 3,
          atEnd: false,
          selected: [600_003],
          active: 600_003,
          column: 'key',
        },
        layout: {
          detail: false,
          beside: 40,
          below: 45,
          keyMode: 'json',
          valueMode: 'json',
          histogram: false,
        },
        trees: null,
      },
    });
    assert.equal(await offsetIn(viewer, 0), messageRow(0).offset);
    assert.equal(await viewer.page.locator('[aria-selected="true"]').count(), 0);
    assert.ok(await viewer.page.locator('.detail').isHidden());
  });

  it('asks for little, and says what it cannot show', async () => {
    const viewer = await open({
      held: 0,
      prepare: (host) => {
        host.state = { ...host.state, status: 'reading' };
      },
    });
    await viewer.page.getByText('Reading. No messages yet.').waitFor();
    viewer.host.tell({ status: 'done' });
    await viewer.page.getByText('There are no messages here.').waitFor();
    viewer.host.receive(1000);
    await offsetIn(viewer, 0);
    assert.equal(viewer.host.asked, 1);
  });
});

/** In the page: the number of the first row in sight, from 0 on. */
declare function topRow(): number;
