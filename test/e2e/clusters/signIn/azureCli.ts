import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import type { FakeAzureCli } from '../../../support/signIn/fakeAzureCli';
import { ask, type Journey } from '../../window/support';

/** A person who signs in with the Azure CLI. */
export function azureCli(opened: () => Journey, az: FakeAzureCli): void {
  describe('A cluster that is signed in to with the Azure CLI', () => {
    let emulator: Emulator;
    let journey: Journey;

    before(async () => {
      emulator = await startEmulator();
      journey = opened();
    });

    after(async () => {
      await journey.forgetClusters();
      await emulator.stop();
    });

    /** Has the program issue tokens from now on. */
    function signIn(): void {
      const { authority, clientId, clientSecret, scope, caFile } = emulator.info;
      az.will({
        issuer: {
          authority: authority ?? '',
          clientId: clientId ?? '',
          clientSecret: clientSecret ?? '',
          resource: (scope ?? '').replace('/.default', ''),
          caFile: caFile ?? '',
        },
      });
    }

    it('asks to sign in where the test fails, and goes on from there', async () => {
      const { window } = journey;
      const { page, quickInput } = window;
      await window.runCommand('Kafka REST: Add Cluster...');
      await window.pick('Azure HDInsight');
      await ask(journey, 'The address of its Kafka REST proxy', emulator.info.endpoint);
      await window.pick('Microsoft Entra ID: Azure CLI');
      await window.pick('Name');
      await ask(journey, 'A name for the cluster', 'mine');
      await window.pick('CA file');
      await ask(journey, 'A PEM file', emulator.info.caFile ?? '');
      await window.pick('Test the connection and save');
      await quickInput.getByText('nobody is signed in to the Azure CLI').waitFor();
      signIn();
      await quickInput
        .locator('.monaco-list-row.focused')
        .filter({ has: page.getByText('Sign In', { exact: true }) })
        .waitFor();
      await page.keyboard.press('Enter');
      await window.told(/Connected to mine: \d+ topics, 3 brokers/);
      await window.treeItem('orders').waitFor();
      assert.deepEqual(
        az
          .calls()
          .map(([first]) => first)
          .slice(0, 2),
        ['account', 'login'],
      );
      assert.match(journey.settings(), /"kind":\s*"azureCli"/);
    });

    it('says in the tree that the person is to sign in again, and does it from there', async () => {
      const { window } = journey;
      az.will({ code: 1, stderr: 'ERROR: AADSTS50076: You must use multi-factor authentication.' });
      await window.chooseFromMenu(window.treeItem('mine'), 'Edit Cluster...');
      await window.pick('Name');
      await ask(journey, 'A name for the cluster', 'ours');
      await window.pick('Test the connection and save');
      await window.quickInput.getByText('wants you to sign in to the Azure CLI again').waitFor();
      await window.pick('Save all the same');
      await window.told('Saved ours, which cannot be reached yet.');
      const row = window.treeItem('Microsoft Entra ID wants you to sign in to the Azure CLI again');
      await window.treeItem('ours').click();
      await row.waitFor();
      signIn();
      await row.click();
      await window.treeItem('orders').waitFor();
    });

    it('keeps tokens out of the settings and the logs', () => {
      for (const text of [journey.settings(), journey.logs()])
        assert.doesNotMatch(text, /eyJ[\w-]{8}/);
    });
  });
}
