import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { ask, beginJourney, type Journey, photographFailures } from '../../window/support';
import { chooseByKeys, focused, photograph } from '../../window/keys';

describe('A cluster with the token of a workload for Entra ID', () => {
  let emulator: Emulator;
  let journey: Journey;

  before(async () => {
    emulator = await startEmulator({ auth: 'assertion' });
    const exp = Math.floor(Date.parse('2026-01-02T03:04:05Z') / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const old = `${part({ alg: 'RS256' })}.${part({ exp })}.c2lnbmF0dXJl`;
    journey = await beginJourney({ 'old-token': old });
    await journey.window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
  });

  photographFailures(() => journey);

  after(async () => {
    await journey.end();
    await emulator.stop();
  });

  it('is added by keyboard, and leads from an expired token to the question for its file', async () => {
    const { window } = journey;
    const { page, quickInput } = window;
    const { info } = emulator;
    await window.runCommand('Kafka REST: Add Cluster...');
    await chooseByKeys(journey, 'or choose its kind', 'Azure HDInsight');
    await ask(journey, 'The address of its Kafka REST proxy', info.endpoint);
    await chooseByKeys(
      journey,
      'How does the REST proxy know who you are?',
      'Microsoft Entra ID: token of a workload',
    );
    await ask(journey, 'The Microsoft Entra tenant', info.tenantId ?? '');
    await ask(journey, 'The Application (client) ID', info.clientId ?? '');
    await ask(journey, 'The file with the token', path.join(journey.folder, 'old-token'));
    const fields = 'defaults fit';
    await chooseByKeys(journey, fields, 'Name');
    await ask(journey, 'A name for the cluster', 'federated');
    await chooseByKeys(journey, fields, 'Authority');
    await ask(journey, 'The sign-in service', new URL(info.authority ?? '').origin);
    await chooseByKeys(journey, fields, 'CA file');
    await ask(journey, 'A PEM file with certificates to trust', info.caFile ?? '');
    await chooseByKeys(journey, fields, 'Test the connection and save');
    await quickInput.getByText('the token in the file expired on 2026-01-02').waitFor();
    await focused(journey, 'Change: Token file');
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
