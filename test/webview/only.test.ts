import assert from 'node:assert/strict';
import { messageDetail } from './messages';
import { until } from '../support/until';
import { offsetIn, useViewers } from './support';
import type { ViewerPage } from './viewerPage';

describe('Only this', () => {
  const open = useViewers();
  const last = ({ host }: ViewerPage) => host.said.at(-1);

  it('key or value is asked for with Alt+Enter in its cell', async () => {
    const viewer = await open({ held: 100 });
    const { page } = viewer;
    await offsetIn(viewer, 0);
    await viewer.row(5).locator('.key').click();
    await page.keyboard.press('Alt+Enter');
    const asked = (action: string) => ({ type: 'action', action, sequences: [5] });
    await until(() => last(viewer)?.type === 'action');
    assert.deepEqual(last(viewer), asked('onlyThisKey'));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Alt+Enter');
    await until(() => JSON.stringify(last(viewer)).includes('onlyThisValue'));
    assert.deepEqual(last(viewer), asked('onlyThisValue'));
  });

  it('value in the tree is asked for with Alt+Enter, and offered in its menu', async () => {
    const viewer = await open({ held: 100 });
    const { page, host } = viewer;
    const text = '{"a b":[{"id":9007199254740993}],"note":"say \\"x\\"\\n","gone":null}';
    const value = {
      kind: 'text',
      text,
      bytes: text.length,
      raw: null,
      problem: null,
      decoding: null,
    } as const;
    host.details.set(0, { ...messageDetail(0), value });
    await offsetIn(viewer, 0);
    await viewer.row(0).click();
    const tree = page.getByRole('tree', { name: 'Value as JSON' });
    await tree.getByRole('treeitem', { name: /^id: / }).click();
    await page.keyboard.press('Alt+Enter');
    const leaf = { part: 'value', path: ['a b', 0, 'id'], json: '9007199254740993' };
    await until(() => last(viewer)?.type === 'only');
    assert.deepEqual(last(viewer), { type: 'only', leaf });
    const context = async () => tree.getAttribute('data-vscode-context');
    await tree.getByRole('treeitem', { name: /^note: / }).click({ button: 'right' });
    assert.deepEqual(JSON.parse((await context()) ?? ''), {
      webviewSection: 'leaf',
      part: 'value',
      path: ['note'],
      json: '"say \\"x\\"\\n"',
    });
    await tree.getByRole('treeitem', { name: /^a b: / }).click({ button: 'right' });
    assert.equal(await context(), null);
    const before = host.said.length;
    await page.keyboard.press('Alt+Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Alt+Enter');
    await until(() => host.said.length > before);
    assert.deepEqual(host.said.slice(before), [
      { type: 'only', leaf: { part: 'value', path: ['gone'], json: 'null' } },
    ]);
  });
});
