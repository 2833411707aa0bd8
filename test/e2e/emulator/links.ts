import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../support/host/processes';
import type { Journey } from '../window/support';
import { viewerOf } from '../window/viewerPage';

const pictures = path.join(root, 'out/e2e/links');

/** To a message, copied and opened. */
export function links(opened: () => Journey): void {
  describe('A link', () => {
    let journey: Journey;

    before(() => {
      mkdirSync(pictures, { recursive: true });
      journey = opened();
    });

    after(() => journey.window.runCommand('View: Close All Editors'));

    it('is copied where a message is looked at', async () => {
      const { window } = journey;
      const { page } = window;
      await window.treeItem(/linked.*300 in 1 partition/).waitFor();
      await window.chooseFromMenu(window.treeItem('linked'), 'View Messages...');
      await window.quickInput.getByText('Which messages').waitFor();
      await page.keyboard.press('Enter');
      const viewer = viewerOf(journey);
      await viewer.getByText('Complete', { exact: true }).waitFor();
      const row = viewer.getByRole('row').filter({ hasText: 'key-295' });
      await row.click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Copy Link', exact: true }).waitFor();
      await window.screenshot(path.join(pictures, 'menu.png'));
      await page.getByRole('menuitem', { name: 'Copy Link', exact: true }).click();
      await window.told('Copied the link.');
      await window.runCommand('View: Close All Editors');
      await window.runCommand('Developer: Open URL');
      await window.quickInput.getByText('URL to open').waitFor();
      await page.keyboard.press('Control+V');
      const link = await window.quickInput.locator('input').inputValue();
      assert.match(link, /&topic=linked&partitions=0&from=245&max=100&message=0%40295$/);
    });

    it('opens elsewhere, and the message is selected and in sight', async () => {
      const { window } = journey;
      const { page } = window;
      await page.keyboard.press('Enter');
      // VS Code asks this itself.
      const allow = page.locator('.monaco-dialog-box').filter({ hasText: 'to open this URI?' });
      await allow.getByRole('button', { name: 'Open' }).click();
      const viewer = viewerOf(journey);
      await viewer.getByText('Complete', { exact: true }).waitFor();
      const row = viewer.getByRole('row', { selected: true });
      await row.getByText('key-295').waitFor();
      const detail = viewer.getByRole('complementary', { name: 'Message' });
      await detail.getByText('key-295').waitFor();
      await window.screenshot(path.join(pictures, 'opened.png'));
      await page.getByRole('tab', { name: 'linked-0@245-first-100' }).waitFor();
    });
  });
}
