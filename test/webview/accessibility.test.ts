import assert from 'node:assert/strict';
import axe from 'axe-core';
import { noFilter } from './fakeHost';
import { until } from '../support/until';
import { useViewers } from './support';
import { type Theme, themes } from './themes';
import type { ViewerPage } from './viewerPage';

/** What axe finds, in short: rule and element. */
async function violations({ page }: ViewerPage): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations: all } = await page.evaluate<axe.AxeResults>('axe.run()');
  return all.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
  );
}

describe('accessibility', () => {
  const open = useViewers();

  for (const theme of Object.keys(themes) as readonly Theme[]) {
    it(`has nothing that axe objects to in ${theme}`, async () => {
      const viewer = await open({
        theme,
        held: 20_000,
        height: 520,
        prepare: (host) => {
          host.marks = [
            'contoso is a production cluster: every command that writes to it asks for its name.',
          ];
          host.state = {
            ...host.state,
            status: 'reading',
            problem: 'Could not read orders: the cluster did not answer. Try again.',
            remedies: ['Create Topic'],
            notices: ['Partition 1 begins at offset 17.'],
            progress: [{ partition: 0, from: '0', position: '5', until: '10' }],
          };
        },
      });
      const { page } = viewer;
      await page.getByText('contoso is a production cluster').waitFor();
      await viewer.row(8).click();
      await page.getByRole('treeitem').first().waitFor();
      await viewer.filter.fill('"total" (');
      await until(async () => (await viewer.filter.getAttribute('aria-invalid')) === 'true');
      await viewer.grid.focus();
      await page.keyboard.press('ArrowDown');
      assert.deepEqual(await violations(viewer), []);
      viewer.host.completions = [
        { insert: 'status', kinds: ['text', 'null'] },
        { insert: 'stock', kinds: ['number'] },
      ];
      await viewer.filter.fill('st');
      await page.getByRole('listbox').waitFor();
      await page.keyboard.press('ArrowDown');
      assert.deepEqual(await violations(viewer), []);
    });

    it(`has nothing that axe objects to while it follows, or waits, in ${theme}`, async () => {
      const viewer = await open({
        theme,
        held: 200,
        prepare: (host) => {
          host.state = { ...host.state, status: 'following', followed: true };
        },
      });
      const { page } = viewer;
      await viewer.row(199).waitFor();
      await page.keyboard.press('PageUp');
      viewer.host.receive(3);
      await page.getByRole('button', { name: '3 new messages' }).waitFor();
      assert.deepEqual(await violations(viewer), []);
      viewer.host.clear();
      viewer.host.tell({ status: 'waiting' });
      await page.locator('.nothing').getByRole('button', { name: 'Read Messages' }).waitFor();
      assert.deepEqual(await violations(viewer), []);
    });
  }

  it('has nothing that axe objects to in what opens, nor where nothing is', async () => {
    const viewer = await open({ held: 20_000, width: 400, height: 520 });
    const { page } = viewer;
    await viewer.row(2).click();
    await viewer.row(1).click();
    await page.locator('.payload.value').getByText('Hex').click();
    await page.getByRole('button', { name: 'Columns' }).click();
    assert.deepEqual(await violations(viewer), []);
    await page.keyboard.press('Escape');
    await viewer.filter.fill('nothing');
    await page.locator('.nothing').waitFor();
    await page.getByRole('button', { name: 'How to Filter' }).click();
    assert.deepEqual(await violations(viewer), []);
  });

  it('says what changes, a sentence every two seconds at the most', async () => {
    const viewer = await open({
      held: 0,
      prepare: (host) => {
        host.state = { ...host.state, status: 'reading' };
      },
    });
    const { page, host } = viewer;
    await page.evaluate(() => {
      listenToStatus();
    });
    for (let batch = 0; batch < 20; batch++) host.receive(100);
    await viewer.row(0).waitFor();
    host.tell({ status: 'done' });
    await page.getByRole('status').getByText('Complete. 2,000 messages.').waitFor();
    await viewer.filter.fill('"name":"bob"');
    await page.getByRole('status').getByText('333 of 2,000 match').waitFor();
    const said = await page.evaluate(() => heardStatus());
    assert.deepEqual(said, ['Complete. 2,000 messages.', '333 of 2,000 match']);
  });

  it('moves nothing where motion is to be reduced', async () => {
    const viewer = await open();
    await viewer.page.emulateMedia({ reducedMotion: 'reduce' });
    viewer.host.tell({ filter: { ...noFilter, text: 'x', busy: true } });
    await viewer.page.locator('.filter.busy').waitFor();
    const running = await viewer.page.evaluate(() => document.getAnimations().length);
    assert.equal(running, 0);
  });

  it('can be used all by keyboard: Tab meets every part in order', async () => {
    const viewer = await open({ held: 100 });
    const { page } = viewer;
    await viewer.row(8).click();
    await page.getByRole('treeitem').first().waitFor();
    await viewer.filter.focus();
    const met: string[] = [];
    for (let press = 0; press < 40; press++) {
      met.push(await page.evaluate(() => focusedName()));
      await page.keyboard.press('Tab');
    }
    assert.deepEqual(met.slice(0, met.indexOf('Filter', 1)), [
      'Filter',
      'How to Filter',
      'Follow',
      'Decode As...',
      'Change Range...',
      'Export...',
      'Open as Document',
      'Columns',
      'Message',
      'Messages over time',
      'Messages over time',
      'Messages',
      'Partition',
      'Size of the message pane',
      'Open in Editor',
      'Produce Again...',
      'Copy Message',
      'Close',
      'Text',
      'Hex',
      'Copy Key',
      'Key',
      'JSON',
      'Text',
      'Hex',
      'Expand All',
      'Collapse All',
      'Copy Value',
      'Value as JSON',
      '',
    ]);
  });
});

declare function listenToStatus(): void;
declare function heardStatus(): readonly string[];
/** In the page: the accessible name of the element with the focus, or empty. */
declare function focusedName(): string;
