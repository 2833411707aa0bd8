import assert from 'node:assert/strict';
import type { ViewerState, ViewerStatus } from '../../src/viewer/protocol';
import { until } from '../support/until';
import { useViewers } from './support';
import type { ViewerPage } from './viewerPage';

/** The labels of the buttons above the table that can be seen. */
function tools({ page }: ViewerPage): Promise<readonly (string | null)[]> {
  return page
    .locator('.tools > .button:visible')
    .evaluateAll((buttons) => buttons.map((each) => each.getAttribute('aria-label')));
}

function beginning(change: Partial<ViewerState>) {
  return {
    held: 1000,
    prepare: (host: { state: ViewerState }) => {
      host.state = { ...host.state, ...change };
    },
  };
}

describe('the toolbar', () => {
  const open = useViewers();
  const always = [
    ...['Decode As...', 'Change Range...', 'Export...', 'Open as Document'],
    ...['Columns', 'Message'],
  ];

  it('offers what makes sense', async () => {
    const viewer = await open(beginning({ status: 'reading' }));
    const offers: readonly (readonly [ViewerStatus, ...string[]])[] = [
      ['reading', 'Pause', 'Stop'],
      ['paused', 'Resume', 'Stop'],
      ['following', 'Pause', 'Stop'],
      ['done', 'Follow'],
      ['stopped', 'Resume', 'Follow'],
      ['failed', 'Resume', 'Follow'],
    ];
    for (const [status, ...offered] of offers) {
      viewer.host.tell({ status });
      await until(async () => (await tools(viewer)).join() === [...offered, ...always].join());
    }
    viewer.host.tell({ status: 'waiting' });
    await until(async () => (await tools(viewer)).join() === ['Read Messages', ...always].join());
    viewer.host.tell({ status: 'following', followed: true });
    await until(
      async () => (await tools(viewer)).join() === ['Clear', 'Pause', 'Stop', ...always].join(),
    );
  });

  it('tells the host, and keeps the keyboard where it is', async () => {
    const viewer = await open(beginning({ status: 'following' }));
    const { page, host } = viewer;
    await page.getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    assert.equal(await page.evaluate(() => focusedName()), 'Resume');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    for (const name of ['Decode As...', 'Change Range...', 'Export...', 'Open as Document']) {
      await page.getByRole('button', { name }).click();
    }
    const types = () => host.said.map(({ type }) => type).filter((type) => type !== 'selection');
    await until(() => types().length === 7);
    assert.deepEqual(types(), [
      'ready',
      'pause',
      'resume',
      'decodeAs',
      'changeRange',
      'exportMessages',
      'openAsDocument',
    ]);
  });

  it('is icons with names where there is no room for words', async () => {
    const viewer = await open({ ...beginning({}), width: 400 });
    const follow = viewer.page.getByRole('button', { name: 'Follow' });
    assert.ok(await follow.getByText('Follow').isHidden());
    assert.match(
      (await follow.getAttribute('title')) ?? '',
      /^Follow: read what has arrived since/,
    );
    const { width } = (await viewer.page.locator('.viewer').boundingBox()) ?? {};
    assert.equal(width, 400);
  });

  for (const width of [800, 1000]) {
    it(`stays beside the filter in ${width} pixels, whatever it offers`, async () => {
      const viewer = await open({ ...beginning({ status: 'following' }), width });
      const { host, page } = viewer;
      const top = async () => (await viewer.grid.boundingBox())?.y;
      const columns = page.getByRole('button', { name: 'Columns' });
      await page.getByRole('button', { name: 'Export...' }).waitFor();
      const before = await top();
      assert.equal(
        (await columns.boundingBox())?.y,
        (await page.locator('.field').boundingBox())?.y,
      );
      host.tell({ counts: { ...host.state.counts, matched: 0 } });
      const place = await columns.boundingBox();
      await page.locator('.button[aria-label="Export..."][disabled]').waitFor();
      assert.equal(await top(), before);
      assert.deepEqual(await columns.boundingBox(), place);
    });
  }
});

describe('the status line', () => {
  const open = useViewers();

  it('says how far it is', async () => {
    const progress = [
      {
        partition: 0,
        from: '9000000000000000000',
        position: '9000000000000000050',
        until: '9000000000000000100',
      },
      { partition: 3, from: '0', position: '100', until: '100' },
    ];
    const viewer = await open(
      beginning({
        status: 'reading',
        rate: 1234.5,
        progress,
        counts: { received: 5000, held: 1000, matched: 1000, dropped: 4000 },
      }),
    );
    const { page } = viewer;
    const line = page.locator('.status');
    for (const text of ['Reading', '1,000 messages', '5,000 received', '4,000 dropped']) {
      await line.getByText(text, { exact: true }).waitFor();
    }
    await line.getByText('1,235/s').waitFor();
    await page.getByRole('button', { name: '75 % read' }).focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(await page.getByRole('dialog').getByRole('listitem').allTextContents(), [
      'Partition 0: 50 of 100, 50 %',
      'Partition 3: 100 of 100, 100 %',
    ]);
  });

  it('leads from the messages that were dropped to the settings that say how many are held', async () => {
    const counts = { received: 5000, held: 1000, matched: 1000, dropped: 4000 };
    const { page, host } = await open(beginning({ counts }));
    await page.getByRole('button', { name: '4,000 dropped' }).focus();
    await page.keyboard.press('Enter');
    await until(() => host.said.some(({ type }) => type === 'changeLimits'));
  });

  it('is below what must be known of the cluster, which cannot be dismissed', async () => {
    const marks = ['contoso is a production cluster.', 'All goes to contoso unencrypted.'];
    const viewer = await open({
      prepare: (host) => {
        host.marks = marks;
      },
    });
    const { page, host } = viewer;
    const banner = page.locator('.cluster-marks');
    await banner.getByText('All goes to contoso unencrypted.').waitFor();
    assert.deepEqual(await banner.locator('span').allTextContents(), marks);
    assert.equal(await banner.getByRole('button').count(), 0);
    host.mark([]);
    await banner.waitFor({ state: 'hidden' });
  });

  it('goes with notices and a problem that can be dismissed, until there is another one', async () => {
    const viewer = await open(beginning({ notices: ['Partition 1 begins at offset 17.'] }));
    const { page, host } = viewer;
    const notice = page.getByText('Partition 1 begins at offset 17.');
    await notice.waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await notice.waitFor({ state: 'hidden' });
    host.tell({ rate: 1 });
    const problem = 'Could not read orders: no answer. Try again.';
    host.tell({ status: 'failed', problem, remedies: ['Create Topic', 'Open Settings'] });
    await page.locator('.notice.error').getByText('Could not read orders').waitFor();
    await notice.waitFor();
    await page.getByRole('button', { name: 'Open Settings' }).click();
    await page.locator('.notices').getByRole('button', { name: 'Try Again' }).click();
    await until(() => host.said.some(({ type }) => type === 'resume'));
    assert.deepEqual(host.said.slice(-2), [{ type: 'remedy', index: 1 }, { type: 'resume' }]);
  });

  it('says 1 message and 1 match', async () => {
    const viewer = await open(beginning({}));
    const { page, host } = viewer;
    const line = page.locator('.status');
    host.tell({ counts: { received: 1, held: 1, matched: 1, dropped: 0 } });
    await line.getByText('1 message', { exact: true }).waitFor();
    host.tell({
      counts: { received: 5, held: 5, matched: 1, dropped: 0 },
      filter: { ...host.state.filter, text: 'x' },
    });
    await line.getByText('1 of 5 matches', { exact: true }).waitFor();
  });
});

/** In the page: the accessible name of the element with the focus, or empty. */
declare function focusedName(): string;
