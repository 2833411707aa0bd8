import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { ask, type Journey } from '../../window/support';
import { beginCluster, failed, fillInEntra, photograph, testAndSave } from '../../window/keys';

export function federatedAssertion(opened: () => Journey): void {
  describe('A cluster with a workload identity of Entra ID', () => {
    let emulator: Emulator;
    let journey: Journey;

    before(async () => {
      emulator = await startEmulator({ auth: 'assertion' });
      const exp = Math.floor(Date.parse('2026-01-02T03:04:05Z') / 1000);
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const old = `${part({ alg: 'RS256' })}.${part({ exp })}.c2lnbmF0dXJl`;
      journey = opened();
      writeFileSync(path.join(journey.folder, 'old-token'), old);
    });

    after(async () => {
      await journey.forgetClusters();
      await emulator.stop();
    });

    it('is added by keyboard, and leads from an expired token to the question for its file', async () => {
      const { window } = journey;
      const { page } = window;
      const { info } = emulator;
      await beginCluster(journey, info.endpoint, 'Microsoft Entra ID: workload identity');
      await ask(journey, 'The Microsoft Entra tenant', info.tenantId ?? '');
      await ask(journey, 'The Application (client) ID', info.clientId ?? '');
      await ask(journey, 'The file with the token', path.join(journey.folder, 'old-token'));
      await fillInEntra(journey, info, 'federated');
      await testAndSave(journey);
      await failed(journey, 'the token in the file expired on 2026-01-02', 'Change: Token file');
      await photograph(journey, 'assertion-expired');
      await page.keyboard.press('Enter');
      await ask(journey, 'The file with the token', info.assertionFile ?? '');
      await window.told(/Connected to federated: \d+ topics, 3 brokers/);
      await window.treeItem('orders').waitFor();
      assert.match(journey.settings(), /"kind":\s*"federatedAssertion"/);
    });

    it('keeps the token out of the settings and the logs', () => {
      const [, claims = ''] = readFileSync(emulator.info.assertionFile ?? '', 'utf8').split('.');
      assert.ok(claims.length > 60);
      assert.ok(!journey.settings().includes(claims));
      assert.ok(!journey.logs().includes(claims));
    });
  });
}
