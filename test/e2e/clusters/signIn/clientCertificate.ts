import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { ask, type Journey } from '../../window/support';
import { beginCluster, failed, fillInEntra, photograph, testAndSave } from '../../window/keys';

export function clientCertificate(opened: () => Journey): void {
  describe('A cluster with a certificate for Entra ID', () => {
    let emulator: Emulator;
    let journey: Journey;

    before(async () => {
      emulator = await startEmulator({ auth: 'certificate' });
      journey = opened();
    });

    after(async () => {
      await journey.forgetClusters();
      await emulator.stop();
    });

    it('is added by keyboard, and leads from a missing passphrase to the question for it', async () => {
      const { window } = journey;
      const { page } = window;
      const { info } = emulator;
      await beginCluster(journey, info.endpoint, 'Microsoft Entra ID: certificate');
      await ask(journey, 'The Microsoft Entra tenant', info.tenantId ?? '');
      await ask(journey, 'The Application (client) ID', info.clientId ?? '');
      await ask(journey, 'The PEM file with the certificate', info.certFile ?? '');
      await fillInEntra(journey, info, 'certified');
      await photograph(journey, 'certificate-page');
      await testAndSave(journey);
      await failed(journey, 'the file holds no private key', 'Change: Private key file');
      await photograph(journey, 'certificate-no-key');
      await page.keyboard.press('Enter');
      await ask(journey, 'The PEM file with the private key', info.certKeyFile ?? '');
      await failed(journey, 'the passphrase of the encrypted private key', 'Change: Passphrase');
      await page.keyboard.press('Enter');
      await ask(journey, 'The passphrase of the private key', 'wrong');
      await failed(
        journey,
        'the passphrase does not decrypt the private key',
        'Change: Passphrase',
      );
      await page.keyboard.press('Enter');
      await ask(journey, 'The passphrase of the private key', info.certPassphrase ?? '');
      await window.told(/Connected to certified: \d+ topics, 3 brokers/);
      await window.treeItem('orders').waitFor();
      await photograph(journey, 'certificate-connected');
      assert.match(journey.settings(), /"kind":\s*"clientCertificate"/);
    });

    it('keeps key and passphrase out of the settings and the logs', () => {
      const { certKeyFile, certPassphrase } = emulator.info;
      const [, line = ''] = readFileSync(certKeyFile ?? '', 'utf8').split('\n');
      assert.ok(line.length > 60);
      for (const hidden of [line, certPassphrase ?? '']) {
        assert.ok(!journey.settings().includes(hidden));
        assert.ok(!journey.logs().includes(hidden));
      }
    });
  });
}
