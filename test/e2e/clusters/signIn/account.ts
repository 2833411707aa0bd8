import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { ACCOUNT_LABEL, type FakeAccount } from '../../../support/signIn/fakeAccount';
import { getToken } from '../../../unit/emulator/support';
import {
  beginCluster,
  failed,
  fillIn,
  fillInEntra,
  photograph,
  testAndSave,
} from '../../window/keys';
import type { Journey } from '../../window/support';

/** A person who signs in to VS Code, with a provider of accounts that the test has. */
export function account(opened: () => Journey, person: FakeAccount): void {
  describe('A cluster that is signed in to with VS Code’s account', () => {
    const refused: string[] = [];
    let onRefused = () => {};
    let emulator: Emulator;
    let token: string;
    let journey: Journey;

    before(async () => {
      journey = opened();
      emulator = await startEmulator({
        onRequest: ({ server, status, authorized, path }) => {
          if (server !== 'proxy' || status !== 401 || !authorized) return;
          refused.push(path);
          onRefused();
        },
      });
      token = await getToken(emulator.info);
    });

    after(async () => {
      await journey.forgetClusters();
      await emulator.stop();
    });

    /** VS Code’s own question whether the extension may sign in. */
    const dialog = () =>
      journey.window.page.locator('.monaco-dialog-box').filter({ hasText: ACCOUNT_LABEL });

    it('is not reached before the person agrees to sign in', async () => {
      const { window } = journey;
      const { endpoint, clientId } = emulator.info;
      await beginCluster(journey, endpoint, 'Microsoft Entra ID: VS Code account');
      await fillInEntra(journey, emulator.info, 'personal');
      await fillIn(journey, 'Client ID', 'An app registration of yours', clientId ?? '');
      await photograph(journey, 'account-page');
      await testAndSave(journey);
      await dialog().waitFor();
      await photograph(journey, 'account-question');
      await window.page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'hidden' });
      await window.quickInput.getByPlaceholder('defaults fit').waitFor();
      assert.deepEqual(person.signIns(), []);
    });

    it('says that consent is missing, and can be saved all the same', async () => {
      const { window } = journey;
      person.will({ failure: 'AADSTS65001: The user or administrator has not consented.' });
      await testAndSave(journey);
      await dialog().waitFor();
      await window.page.keyboard.press('Enter');
      await failed(journey, 'consent is missing', 'Change: Client ID');
      await photograph(journey, 'account-consent');
      const { clientId, scope } = emulator.info;
      assert.deepEqual(person.signIns(), [[scope, `VSCODE_CLIENT_ID:${clientId ?? ''}`]]);
      await window.pick('Save all the same');
      await window.told('Saved personal, which cannot be reached yet.');
    });

    it('says in the tree that nobody is signed in, and asks for nothing by itself', async () => {
      const { window } = journey;
      const row = window.treeItem('you are not signed in with VS Code’s account');
      await row.waitFor();
      await photograph(journey, 'account-signed-out');
      await window.runCommand('Kafka REST: Refresh');
      await row.waitFor();
      assert.equal(await dialog().count(), 0);
      assert.equal(person.signIns().length, 1);
    });

    it('is signed in to from the tree, with a token that is renewed once', async () => {
      const { window } = journey;
      person.will({ token: `${token}x` });
      onRefused = () => {
        person.will({ token });
      };
      const row = window.treeItem('you are not signed in with VS Code’s account');
      await row.click();
      await dialog().waitFor();
      await window.page.keyboard.press('Enter');
      await window.treeItem('orders').waitFor();
      await photograph(journey, 'account-connected');
      assert.equal(refused.length, 1);
      assert.equal(person.signIns().length, 2);
    });

    it('keeps the token out of the settings and the logs', () => {
      const [, claims = ''] = token.split('.');
      assert.ok(claims.length > 60);
      for (const text of [journey.settings(), journey.logs()]) assert.ok(!text.includes(claims));
    });
  });
}
