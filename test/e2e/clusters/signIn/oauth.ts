import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { until } from '../../../support/until';
import { ask, type Journey } from '../../window/support';
import { chooseByKeys, focused, photograph } from '../../window/keys';

export function oauth(opened: () => Journey): void {
  describe('A cluster with OAuth client credentials', () => {
    const page = 'defaults fit';
    const test = 'Test the connection and save';
    let emulator: Emulator;
    let journey: Journey;

    before(async () => {
      emulator = await startEmulator({ auth: 'oauth', face: 'confluent' });
      journey = opened();
    });

    after(async () => {
      await journey.forgetClusters();
      await emulator.stop();
    });

    it('is added from the address of a discovery document, by keyboard', async () => {
      const { window } = journey;
      const { quickInput } = window;
      const { endpoint, issuer, clientId, caFile } = emulator.info;
      await window.runCommand('Kafka REST: Add Cluster...');
      await chooseByKeys(journey, 'or choose its kind', 'Confluent REST Proxy');
      await ask(journey, 'The address', endpoint);
      await chooseByKeys(journey, 'How does the REST proxy know', 'OAuth client credentials');
      await quickInput.getByText('The address of the issuer, or of its token endpoint').waitFor();
      const typed = `${issuer ?? ''}/.well-known/openid-configuration`;
      await quickInput.locator('input').fill(typed);
      await quickInput.getByText(`Issuer: ${issuer ?? ''}`).waitFor();
      await photograph(journey, 'oauth-issuer');
      await window.page.keyboard.press('Enter');
      await ask(journey, 'The ID of the client', clientId ?? '');
      await ask(journey, 'The secret of the client', 'a-wrong-secret');
      await chooseByKeys(journey, page, 'CA file');
      await ask(journey, 'A PEM file', caFile ?? '');
      await chooseByKeys(journey, page, 'Name');
      await ask(journey, 'A name for the cluster', 'realm');
      await quickInput.getByPlaceholder(page).waitFor();
      await photograph(journey, 'oauth-page');
      await chooseByKeys(journey, page, test);
    });

    it('leads from a wrong secret and a missing audience to the questions for them', async () => {
      const { window } = journey;
      const { quickInput } = window;
      const { clientSecret, audience } = emulator.info;
      await quickInput
        .getByText('the client ID or the secret is not accepted by 127.0.0.1')
        .waitFor();
      await focused(journey, 'Change: Client secret');
      await photograph(journey, 'oauth-wrong');
      await window.page.keyboard.press('Enter');
      await ask(journey, 'The secret of the client', clientSecret ?? '');
      await quickInput.getByText('the token is not accepted by 127.0.0.1').waitFor();
      await focused(journey, 'Change: Audience');
      await photograph(journey, 'oauth-audience');
      await window.page.keyboard.press('Enter');
      await ask(journey, 'The API that the token is for', audience ?? '');
      await window.told(/Connected to realm: \d+ topics, 3 brokers/);
      await window.treeItem('orders').waitFor();
    });

    it('takes a token endpoint in place of the issuer, and asks for the secret anew', async () => {
      const { window } = journey;
      const { issuer, clientSecret } = emulator.info;
      const endpoint = `${issuer ?? ''}/token`;
      await window.chooseFromMenu(window.treeItem('realm'), 'Edit Cluster...');
      await chooseByKeys(journey, 'What is to be changed?', 'Issuer');
      await ask(journey, 'The address of the issuer, or of its token endpoint', endpoint);
      await ask(journey, 'The secret of the client', clientSecret ?? '');
      await chooseByKeys(journey, 'What is to be changed?', test);
      // The result of the test before may still show, so the settings tell when this one is done.
      await until(() => journey.settings().includes(endpoint));
      assert.ok(!journey.settings().includes('"issuer"'));
    });

    it('keeps secrets out of the settings and the logs', () => {
      for (const secret of ['a-wrong-secret', emulator.info.clientSecret ?? '']) {
        assert.ok(secret.length > 10);
        assert.ok(!journey.settings().includes(secret));
        assert.ok(!journey.logs().includes(secret));
      }
    });
  });
}
