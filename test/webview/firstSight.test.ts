import assert from 'node:assert/strict';
import { messageRow } from './messages';
import { until } from '../support/until';
import { offsetIn, useViewers } from './support';
import type { ViewerPage } from './viewerPage';

/** The left and right edge of an element, relative to those of the table. */
async function edges(viewer: ViewerPage, name: string): Promise<readonly [number, number]> {
  const table = await viewer.grid.boundingBox();
  const box = await viewer.page.getByRole('columnheader', { name }).boundingBox();
  assert.ok(table && box);
  return [box.x - table.x, table.x + table.width - box.x - box.width];
}

describe('The viewer at first sight', () => {
  const open = useViewers();

  it('has the keyboard in the first row, and no pane before a message is selected', async () => {
    const viewer = await open({
      held: 0,
      prepare: (host) => {
        host.state = { ...host.state, status: 'reading' };
      },
    });
    const { page, host } = viewer;
    const active = () => viewer.grid.getAttribute('aria-activedescendant');
    assert.ok(await viewer.grid.evaluate((grid) => document.activeElement === grid));
    assert.equal(await active(), null);
    host.receive(1_000);
    await until(async () => (await active()) !== null);
    assert.equal(await viewer.row(0).locator('#active-cell').count(), 1);
    assert.ok(await page.locator('.detail').isHidden());
    await page.keyboard.press('ArrowDown');
    await page.locator('.detail .facts').waitFor();
  });

  it('leaves the focus where it is later', async () => {
    const viewer = await open({ held: 10 });
    await viewer.filter.focus();
    viewer.host.receive(10);
    await viewer.page.evaluate(() => {
      window.dispatchEvent(new Event('focus'));
    });
    await viewer.row(19).waitFor();
    assert.ok(await viewer.filter.evaluate((input) => document.activeElement === input));
  });

  it('opens the message that the keyboard is at, though none is selected', async () => {
    const viewer = await open({ held: 10 });
    await offsetIn(viewer, 0);
    await viewer.page.keyboard.press('Enter');
    await until(() => viewer.host.said.some(({ type }) => type === 'action'));
    assert.deepEqual(viewer.host.said.at(-1), {
      type: 'action',
      action: 'openMessage',
      sequences: [0],
    });
  });

  it('is at the newest message where the latest are read, also once all are there', async () => {
    const viewer = await open({
      held: 300,
      prepare: (host) => {
        host.state = { ...host.state, status: 'reading', latest: true };
      },
    });
    await viewer.row(299).waitFor();
    viewer.host.receive(100);
    await viewer.row(399).waitFor();
    viewer.host.tell({ status: 'done' });
    await until(async () => (await viewer.row(399).locator('#active-cell').count()) === 1);
    await viewer.page.keyboard.press('ArrowUp');
    await viewer.row(398).and(viewer.page.locator('[aria-selected="true"]')).waitFor();
  });

  it('goes to the top when it is sorted', async () => {
    const viewer = await open({ held: 5_000 });
    await offsetIn(viewer, 0);
    await viewer.page.keyboard.press('Control+End');
    await viewer.row(4_999).waitFor();
    await viewer.page.getByRole('columnheader', { name: 'Value' }).click();
    await until(() => viewer.host.state.sort?.column === 'value');
    await viewer.row(0).waitFor();
    await until(async () => (await offsetIn(viewer, 0)) === messageRow(viewer.host.at(0)).offset);
    assert.equal(await viewer.page.evaluate(() => topRow()), 0);
  });

  for (const [width, height] of [
    [676, 545],
    [932, 700],
    [1572, 985],
  ] as const) {
    it(`fits into ${width} by ${height} pixels, and the value takes what is left`, async () => {
      const viewer = await open({ width, height });
      const { page } = viewer;
      await offsetIn(viewer, 0);
      const fits = async () => {
        const [left] = await edges(viewer, 'Partition');
        const [, right] = await edges(viewer, 'Size');
        return left === 0 && right === 0;
      };
      const value = async () =>
        (await page.getByRole('columnheader', { name: 'Value' }).boundingBox())?.width ?? 0;
      assert.ok(await fits());
      assert.ok((await value()) >= 150);
      await viewer.row(3).click();
      await page.locator('.detail .facts').waitFor();
      assert.ok(await fits());
      assert.ok((await value()) >= 150);
      const before = await value();
      await page.setViewportSize({ width: width + 40, height });
      await until(async () => (await value()) > before && (await fits()));
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByText('Timestamp').last().click();
      await until(async () => (await value()) >= before + 190 && (await fits()));
    });
  }

  it('takes what is left for the value even after it was resized', async () => {
    const viewer = await open({
      width: 1_572,
      prepare: (host) => {
        host.state = { ...host.state, columns: { hidden: [], widths: { value: 200, key: 300 } } };
      },
    });
    await offsetIn(viewer, 0);
    assert.equal((await edges(viewer, 'Size'))[1], 0);
    const key = await viewer.page.getByRole('columnheader', { name: 'Key' }).boundingBox();
    assert.equal(key?.width, 300);
  });

  it('has its heads side by side before the first state comes', async () => {
    const viewer = await open({ held: 10 });
    const { page, host } = viewer;
    host.isSilent = true;
    await page.reload();
    const heads = page.getByRole('columnheader');
    await heads.first().waitFor();
    const boxes = await heads.evaluateAll((cells) =>
      cells.map((cell) => cell.getBoundingClientRect()).map(({ left, right }) => [left, right]),
    );
    assert.equal(boxes.length, 6);
    boxes.slice(1).forEach(([left = 0], index) => {
      assert.ok(left >= (boxes[index]?.[1] ?? Infinity));
    });
  });

  it('cuts no head where its column can be sorted', async () => {
    const viewer = await open({ held: 1_000, width: 676 });
    const { page } = viewer;
    for (const name of ['Partition', 'Size']) {
      const head = page.getByRole('columnheader', { name });
      await head.click();
      await until(async () => (await head.getAttribute('aria-sort')) === 'ascending');
      const label = head.locator('.label');
      assert.ok(await label.evaluate((text) => text.scrollWidth <= text.clientWidth), name);
    }
  });

  it('has words for each status while there is nothing, and a next step', async () => {
    const viewer = await open({ held: 0 });
    const { page, host } = viewer;
    const nothing = page.locator('.nothing');
    for (const [status, words, ...steps] of [
      ['waiting', /^Reading waits for your click/, 'Read Messages'],
      ['reading', 'Reading. No messages yet.'],
      ['paused', /^Paused\./, 'Resume'],
      ['following', /^Following\./],
      ['stopped', /^Stopped\./, 'Resume', 'Change Range...'],
      ['failed', /^Reading failed\./, 'Change Range...'],
      ['done', 'There are no messages here.', 'Follow', 'Change Range...'],
    ] as const) {
      host.tell({ status });
      await nothing.getByText(words).waitFor();
      const shown = nothing.locator('.button:visible');
      assert.deepEqual(
        await shown.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label'))),
        steps,
      );
    }
    await nothing.getByRole('button', { name: 'Follow' }).click();
    await until(() => host.said.some(({ type }) => type === 'follow'));
    host.tell({ status: 'waiting' });
    await nothing.getByRole('button', { name: 'Read Messages' }).click();
    await until(() => host.said.some(({ type }) => type === 'resume'));
  });
});

/** In the page: the number of the first row in sight, from 0 on. */
declare function topRow(): number;
