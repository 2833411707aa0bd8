import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { jwtOf } from '../../../support/signIn/jwt';
import { ask, type Journey } from '../../window/support';
import { chooseByKeys, focused, photograph } from '../../window/keys';

export function bearerToken(opened: () => Journey): void {
  describe('A cluster with a bearer token', () => {
    const revoked = jwtOf({ exp: 4_000_000_000 });
    let emulator: Emulator;
    let journey: Journey;

    before(async () => {
      emulator = await startEmulator({ auth: 'bearer', face: 'confluent', tls: false });
      journey = opened();
    });

    after(async () => {
      await journey.forgetClusters();
      await emulator.stop();
    });

    it('says when a token ends, refuses an expired one, and asks again for a revoked one', async () => {
      const { window } = journey;
      const { page, quickInput } = window;
      await window.runCommand('Kafka REST: Add Cluster...');
      await chooseByKeys(journey, 'or choose its kind', 'Confluent REST Proxy');
      await ask(journey, 'The address', emulator.info.endpoint);
      await chooseByKeys(journey, 'How does the REST proxy know who you are?', 'Bearer token');
      await ask(journey, 'The token, with or without', `Bearer ${jwtOf({ exp: 1_700_000_000 })}`);
      await quickInput.getByText('This has expired: it was valid until 2023-11-14').waitFor();
      await photograph(journey, 'bearer-expired');
      await quickInput.locator('input').fill(`Authorization: Bearer ${revoked}`);
      await quickInput.getByText('Valid until 2096-10-02').waitFor();
      await photograph(journey, 'bearer-valid');
      await page.keyboard.press('Enter');
      await chooseByKeys(journey, 'defaults fit', 'Name');
      await ask(journey, 'A name for the cluster', 'gated');
      await chooseByKeys(journey, 'defaults fit', 'Test the connection and save');
      await quickInput.getByText('the token is not accepted by 127.0.0.1').waitFor();
      await focused(journey, 'Change: Token');
      await photograph(journey, 'bearer-revoked');
      await page.keyboard.press('Enter');
      await ask(journey, 'The token, with or without', `"${emulator.info.token ?? ''}"`);
      await window.told(/Connected to gated: \d+ topics, 3 brokers/);
      await window.treeItem('orders').waitFor();
      assert.match(journey.settings(), /"kind":\s*"bearerToken"/);
    });

    it('asks for a new token where the old one is refused, and says where it goes', async () => {
      const { window } = journey;
      const { page, quickInput } = window;
      const question = 'The token. It is sent to 127.0.0.1';
      await window.chooseFromMenu(window.treeItem('gated'), /^Replace /);
      await ask(journey, question, jwtOf({ exp: 1_700_000_000 }));
      await quickInput.getByText('This has expired: it was valid until 2023-11-14').waitFor();
      await quickInput.locator('input').fill(revoked);
      await quickInput.getByText('Valid until 2096-10-02').waitFor();
      await page.keyboard.press('Enter');
      await window.treeItem('The token is not accepted by').click();
      await ask(journey, question, emulator.info.token ?? '');
      await window.treeItem('orders').waitFor();
    });

    it('keeps tokens out of the settings and the logs', () => {
      for (const token of [revoked, emulator.info.token ?? '']) {
        const payload = token.split('.')[1] ?? '';
        assert.ok(payload.length > 10);
        assert.ok(!journey.settings().includes(payload));
        assert.ok(!journey.logs().includes(payload));
      }
    });
  });
}
