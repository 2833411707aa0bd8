import assert from 'node:assert/strict';
import path from 'node:path';
import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from '../../../../src/emulator/server';
import { root } from '../../../support/host/processes';
import { ask, type Journey } from '../../window/support';
import { chooseByKeys, signInQuestion } from '../../window/keys';

/** How a person signs in with a client certificate, and with headers that a gateway asks for. */
export function mutualTls(opened: () => Journey): void {
  describe('A cluster behind a gateway', () => {
    const emulators: Emulator[] = [];
    let journey: Journey;

    before(() => {
      journey = opened();
    });

    after(async () => {
      await journey.forgetClusters();
      for (const emulator of emulators) await emulator.stop();
    });

    /** Starts an emulator and answers the wizard up to the question how to sign in. */
    async function begin(options: EmulatorOptions): Promise<Emulator['info']> {
      const emulator = await startEmulator(options);
      emulators.push(emulator);
      await journey.window.runCommand('Kafka REST: Add Cluster...');
      await journey.window.pick('Azure HDInsight');
      await ask(journey, 'The address of its Kafka REST proxy', emulator.info.endpoint);
      return emulator.info;
    }

    /** Fills in a field on the page with all fields. */
    async function fill(row: string, prompt: string, text: string): Promise<void> {
      await journey.window.pick(row);
      await ask(journey, prompt, text);
    }

    /** Waits until the list after a failed test says a reason, and offers to change a field first. */
    async function failed(reason: string, culprit: string): Promise<void> {
      const { quickInput, page } = journey.window;
      await quickInput.getByText(reason).waitFor();
      await quickInput
        .locator('.monaco-list-row.focused')
        .filter({ has: page.getByText(`Change: ${culprit}`, { exact: true }) })
        .waitFor();
    }

    async function picture(name: string): Promise<void> {
      await journey.window.screenshot(path.join(root, 'out/e2e', `${name}.png`));
    }

    it('with mutual TLS leads from an encrypted key to its passphrase', async () => {
      const { window } = journey;
      const { page } = window;
      const info = await begin({ auth: 'mutualTls' });
      await chooseByKeys(journey, signInQuestion, 'Client certificate (mutual TLS)');
      await ask(journey, 'The PEM file with the certificate', info.certificateFile ?? '');
      await ask(journey, 'The PEM file with its private key', info.keyFile ?? '');
      await fill('CA file', 'A PEM file with certificates to trust', info.caFile ?? '');
      await fill('Name', 'A name for the cluster', 'guarded');
      await window.quickInput.getByText('guarded', { exact: true }).waitFor();
      await picture('mutual-tls-page');
      await window.pick('Test the connection and save');
      await failed('the passphrase of the encrypted private key is not stored here', 'Passphrase');
      await picture('mutual-tls-passphrase');
      await page.keyboard.press('Enter');
      await ask(journey, 'The passphrase of the private key', 'wrong');
      await failed('the passphrase does not decrypt the private key', 'Passphrase');
      await page.keyboard.press('Enter');
      await ask(journey, 'The passphrase of the private key', info.keyPassphrase ?? '');
      await window.told(/Connected to guarded: \d+ topics, 3 brokers/);
      await window.treeItem(/orders.*300 in 3 partitions/).waitFor();
    });

    it('says what is wrong with another certificate, and leads back to it', async () => {
      const { window } = journey;
      const { page } = window;
      const { info } = emulators.at(-1) ?? assert.fail();
      await window.chooseFromMenu(window.treeItem('guarded'), 'Edit Cluster...');
      const prompt = 'The PEM file with the certificate';
      await fill('Client certificate', prompt, info.refusedCertificates?.revoked ?? '');
      await fill('Passphrase', 'The passphrase of the private key', info.keyPassphrase ?? '');
      await window.pick('Test the connection and save');
      await failed('the client certificate is not accepted by 127.0.0.1', 'Client certificate');
      await picture('mutual-tls-refused');
      await page.keyboard.press('Enter');
      await ask(journey, prompt, info.refusedCertificates?.expired ?? '');
      await failed('the client certificate expired on', 'Client certificate');
      await page.keyboard.press('Enter');
      await ask(journey, prompt, path.join(path.dirname(info.keyFile ?? ''), 'missing.pem'));
      await failed('there is no such certificate file', 'Client certificate');
      await page.keyboard.press('Enter');
      await ask(journey, prompt, info.certificateFile ?? '');
      await window.told('Connected to guarded');
    });

    it('that asks for headers and a password gets both', async () => {
      const { window } = journey;
      const { page, quickInput } = window;
      const info = await begin({
        auth: 'basic',
        tls: false,
        password: 'pass word:1',
        headers: { 'X-Api-Key': 'k3y-of-the-gateway', 'X-Tenant': 'contoso-tenant' },
      });
      await chooseByKeys(journey, signInQuestion, 'User name and password');
      await ask(journey, 'The user name', info.username ?? '');
      await ask(journey, 'The password.', info.password ?? '');
      await fill('Name', 'A name for the cluster', 'partners');
      await window.pick('Client certificate, extra headers');
      await picture('extra-headers-choice');
      await window.pick('Extra headers');
      await ask(journey, 'Names of headers that a gateway asks for', 'X-Api-Key, Host');
      await quickInput.getByText('and the like cannot be extra headers').waitFor();
      await picture('extra-headers-refused');
      await window.answer('X-Api-Key, X-Tenant');
      await ask(journey, 'The value of the header X-Api-Key', 'k3y-of-the-gateway');
      await ask(journey, 'The value of the header X-Tenant', 'another-tenant');
      await quickInput.getByText('X-Tenant', { exact: true }).waitFor();
      await picture('extra-headers-page');
      await window.pick('Test the connection and save');
      await failed('the header X-Tenant is not accepted by 127.0.0.1', 'X-Tenant');
      await picture('extra-headers-failed');
      await page.keyboard.press('Enter');
      await ask(journey, 'The value of the header X-Tenant', 'contoso-tenant');
      await window.told(/Connected to partners: \d+ topics, 3 brokers/);
      await page.keyboard.press('Escape');
      const settings = journey.settings();
      assert.match(settings, /"headers":\s*"X-Api-Key, X-Tenant"/);
    });

    it('keeps passphrases and the values of headers out of the settings and the logs', () => {
      const { info } = emulators[0] ?? assert.fail();
      const all = journey.settings() + journey.logs();
      for (const secret of [info.keyPassphrase ?? '', 'k3y-of-the-gateway', 'contoso-tenant']) {
        assert.ok(secret !== '' && !all.includes(secret));
      }
    });
  });
}
