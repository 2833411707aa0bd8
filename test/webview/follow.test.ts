import assert from 'node:assert/strict';
import type { FakeHost } from './fakeHost';
import { until } from '../support/until';
import { useViewers } from './support';
import type { ViewerPage } from './viewerPage';

describe('Following in the table', () => {
  const open = useViewers();
  const following = (host: FakeHost) => {
    host.state = { ...host.state, status: 'following', followed: true };
  };

  it('says what has arrived out of sight, and leads there with mouse and keyboard', async () => {
    const viewer = await open({ held: 300, prepare: following });
    const { page, host } = viewer;
    const fresh = page.locator('.fresh');
    await viewer.row(299).waitFor();
    assert.ok(await fresh.isHidden());
    await viewer.grid.hover();
    await page.mouse.wheel(0, -30);
    await until(async () => !(await viewer.row(299).isVisible()) || (await isLower(viewer, 299)));
    host.receive(1);
    await page.getByRole('button', { name: '1 new message' }).waitFor();
    await page.getByRole('status').getByText('1 new message').waitFor({ state: 'attached' });
    host.receive(11);
    await page.getByRole('button', { name: '12 new messages' }).click();
    await viewer.row(311).waitFor();
    assert.ok(await fresh.isHidden());
    assert.ok(await viewer.grid.evaluate((grid) => document.activeElement === grid));
    host.receive(5);
    await viewer.row(316).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await viewer.row(315).and(page.locator('[aria-selected="true"]')).waitFor();
    host.receive(100);
    await page.getByRole('button', { name: '100 new messages' }).waitFor();
    // The heads come first.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await until(() => fresh.evaluate((button) => document.activeElement === button));
    await page.keyboard.press('Enter');
    await viewer.row(416).waitFor();
    await viewer.page.keyboard.press('Home');
    host.receive(1);
    await viewer.row(417).waitFor();
  });

  it('stays at the end when the pane opens, and the table gets lower', async () => {
    const viewer = await open({ held: 300, prepare: following, height: 700 });
    await viewer.row(299).waitFor();
    await viewer.page.setViewportSize({ width: 1_200, height: 500 });
    await until(() => viewer.row(299).isVisible());
    viewer.host.receive(1);
    await viewer.row(300).waitFor();
  });

  it('stays with a row that one selects', async () => {
    const viewer = await open({ held: 300, prepare: following });
    await viewer.row(298).click();
    viewer.host.receive(500);
    await viewer.page.getByRole('button', { name: '500 new messages' }).waitFor();
    assert.ok(await viewer.row(298).isVisible());
  });

  it('shows the newest at the top where they come first', async () => {
    const viewer = await open({ held: 300, prepare: following });
    const { page, host } = viewer;
    const head = page.getByRole('columnheader', { name: 'Timestamp' });
    await head.click();
    await until(() => host.state.sort?.descending === false);
    await head.click();
    await until(() => host.state.sort?.descending === true);
    await viewer.row(0).waitFor();
    host.receive(20);
    await until(
      async () =>
        (await viewer.row(0).locator('.value').textContent())?.includes(
          `"orderId":${host.at(0)}`,
        ) === true,
    );
    assert.ok(await page.locator('.fresh').isHidden());
  });

  it('counts in any other order, and leads back to the order of reading', async () => {
    const viewer = await open({ held: 300, prepare: following });
    const { page, host } = viewer;
    await page.getByRole('columnheader', { name: 'Key' }).click();
    await until(() => host.state.sort?.column === 'key');
    await viewer.row(0).waitFor();
    host.receive(20);
    await page.getByRole('button', { name: '20 new messages' }).click();
    await until(() => host.state.sort === null);
    await viewer.row(319).waitFor();
  });

  it('is at the end once it begins, wherever one was', async () => {
    const viewer = await open({ held: 300 });
    await viewer.row(0).waitFor();
    viewer.host.tell({ status: 'following', followed: true });
    await viewer.row(299).waitFor();
  });

  it('can be cleared, and goes on', async () => {
    const viewer = await open({ held: 300, prepare: following });
    const { page, host } = viewer;
    await viewer.row(290).click();
    await page.locator('.detail .facts').waitFor();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page
      .locator('.nothing')
      .getByText('Following. New messages will show up here.')
      .waitFor();
    assert.ok(await page.locator('.detail').isHidden());
    assert.ok(await page.locator('.fresh').isHidden());
    host.receive(2);
    await viewer.row(1).waitFor();
    host.clear();
    host.tell({ status: 'stopped' });
    await page.locator('.nothing').getByText('All messages were cleared.').waitFor();
  });
});

/** Whether a row is not whole in the table any more. */
async function isLower(viewer: ViewerPage, index: number): Promise<boolean> {
  const [place, table] = [await viewer.row(index).boundingBox(), await viewer.grid.boundingBox()];
  return !place || !table || place.y + place.height > table.y + table.height;
}
