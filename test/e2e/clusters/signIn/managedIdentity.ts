import assert from 'node:assert/strict';
import type { EmulatorInfo } from '../../../../src/emulator/server';
import {
  beginCluster,
  chooseByKeys,
  failed,
  fillIn,
  photograph,
  testAndSave,
} from '../../window/keys';
import { ask, type Journey } from '../../window/support';

/** The computer that VS Code runs on. */
interface Computer {
  readonly info: () => EmulatorInfo;
  /** Takes the service for managed identities away. */
  readonly close: () => Promise<void>;
}

const WAY = 'Microsoft Entra ID: managed identity';

export function managedIdentity(opened: () => Journey, computer: Computer): void {
  describe('A cluster with a managed identity', () => {
    let journey: Journey;

    before(() => {
      journey = opened();
    });

    after(() => journey.forgetClusters());

    it('is added by keyboard with the identity of the computer', async () => {
      const { window } = journey;
      const { endpoint, caFile } = computer.info();
      await beginCluster(journey, endpoint, WAY);
      await fillIn(journey, 'Name', 'A name for the cluster', 'machine');
      await fillIn(journey, 'CA file', 'A PEM file with certificates to trust', caFile ?? '');
      await photograph(journey, 'identity-page');
      await testAndSave(journey);
      await window.told(/Connected to machine: \d+ topics, 3 brokers/);
      await window.treeItem('orders').waitFor();
      assert.match(journey.settings(), /"kind":\s*"managedIdentity"/);
    });

    it('says that the computer does not have an identity, and leads to another one', async () => {
      const { window } = journey;
      const changes = 'What is to be changed?';
      await window.chooseFromMenu(window.treeItem('machine'), 'Edit Cluster...');
      await chooseByKeys(journey, changes, 'Identity');
      await photograph(journey, 'identity-kinds');
      await chooseByKeys(
        journey,
        'Which managed identity signs in',
        'User-assigned, by its client ID',
      );
      await chooseByKeys(journey, changes, 'ID of the identity');
      const id = 'The ID of a user-assigned identity';
      await ask(journey, id, '00000000-0000-0000-0000-00000000beef');
      await chooseByKeys(journey, changes, 'Test the connection and save');
      await failed(
        journey,
        'the managed identity is not assigned here',
        'Change: ID of the identity',
      );
      await photograph(journey, 'identity-unknown');
    });

    it('says within seconds that there is no identity', async () => {
      const { window } = journey;
      await computer.close();
      const from = performance.now();
      await chooseByKeys(journey, 'The connection does not work yet', 'Test again');
      await failed(journey, 'there is no managed identity here', 'Change: Sign-in');
      assert.ok(performance.now() - from < 10_000);
      await photograph(journey, 'identity-none');
      await window.page.keyboard.press('Escape');
    });
  });
}
