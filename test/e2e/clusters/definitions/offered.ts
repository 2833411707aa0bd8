import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { root } from '../../../support/host/processes';
import type { Journey } from '../../window/support';

const pictures = path.join(root, 'out/e2e/offered');

/** A cluster that a workspace defines. */
export function offered(opened: () => Journey): void {
  describe('A cluster of the workspace', () => {
    let emulator: Emulator;
    let journey: Journey;
    let requests = 0;

    before(async () => {
      mkdirSync(pictures, { recursive: true });
      journey = opened();
      emulator = await startEmulator({ auth: 'none', tls: false, onRequest: () => requests++ });
      const { endpoint } = emulator.info;
      const clusters = [{ name: 'team', endpoint, signIn: { kind: 'none' } }];
      const folder = path.join(journey.folder, '.vscode');
      mkdirSync(folder);
      const settings = JSON.stringify({ 'kafkaRest.clusters': clusters });
      writeFileSync(path.join(folder, 'settings.json'), settings);
    });

    after(async () => {
      rmSync(path.join(journey.folder, '.vscode'), { recursive: true });
      await journey.forgetClusters();
      await emulator.stop();
    });

    it('is offered, and nothing is sent to it', async () => {
      const { window } = journey;
      await window.notification('This workspace defines the cluster team at 127.0.0.1');
      const row = window.treeItem('team');
      await row.getByText(/^Use this cluster\? · workspace · 127\.0\.0\.1/).waitFor();
      await window.screenshot(path.join(pictures, 'offered.png'));
      await row.click();
      await dialog().getByText(`Endpoint: ${emulator.info.endpoint}`).waitFor();
      await dialog().getByText('Sign-in: No sign-in').waitFor();
      await window.screenshot(path.join(pictures, 'question.png'));
      await dialog().getByRole('button', { name: 'Cancel' }).click();
      await dialog().waitFor({ state: 'hidden' });
      await row.getByText(/^Use this cluster\?/).waitFor();
      assert.equal(requests, 0);
    });

    it('is used once the person agrees, also after a reload', async () => {
      const { window } = journey;
      const { page } = window;
      await (
        await window.notification('This workspace defines')
      )
        .getByRole('button', {
          name: 'Use This Cluster...',
        })
        .click();
      await dialog().getByRole('button', { name: 'Use This Cluster' }).click();
      await window.told('team of this workspace is in use.');
      await window
        .treeItem('team')
        .getByText(/^workspace · 127\.0\.0\.1/)
        .waitFor();
      const loaded = page.waitForEvent('load');
      await window.runCommand('Developer: Reload Window');
      await loaded;
      await window
        .treeItem('team')
        .getByText(/^workspace · 127\.0\.0\.1/)
        .waitFor();
      await window.treeItem('team').click();
      await window.treeItem('orders').waitFor();
      await window.screenshot(path.join(pictures, 'used.png'));
      assert.ok(requests > 0);
    });

    const dialog = () => journey.window.page.locator('.monaco-dialog-box');
  });
}
