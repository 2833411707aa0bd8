import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { ask, beginJourney, type Journey, photographFailures } from '../../window/support';
import { chooseByKeys, focused, photograph } from '../../window/keys';

describe('A cluster with a certificate for Entra ID', () => {
  let emulator: Emulator;
  let journey: Journey;

  before(async () => {
    emulator = await startEmulator({ auth: 'certificate' });
    journey = await beginJourney({});
    await journey.window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
  });

  photographFailures(() => journey);

  after(async () => {
    await journey.end();
    await emulator.stop();
  });

  it('is added by keyboard, and leads from a missing passphrase to the question for it', async () => {
    const { window } = journey;
    const { page, quickInput } = window;
    const { info } = emulator;
    await window.runCommand('Kafka REST: Add Cluster...');
    await chooseByKeys(journey, 'or choose its kind', 'Azure HDInsight');
    await ask(journey, 'The address of its Kafka REST proxy', info.endpoint);
    await chooseByKeys(
      journey,
      'How does the REST proxy know who you are?',
      'Microsoft Entra ID: certificate',
    );
    await ask(journey, 'The Microsoft Entra tenant', info.tenantId ?? '');
    await ask(journey, 'The Application (client) ID', info.clientId ?? '');
    await ask(journey, 'The PEM file with the certificate', info.certFile ?? '');
    const page1 = 'defaults fit';
    await chooseByKeys(journey, page1, 'Name');
    await ask(journey, 'A name for the cluster', 'certified');
    await chooseByKeys(journey, page1, 'Authority');
    await ask(journey, 'The sign-in service', new URL(info.authority ?? '').origin);
    await chooseByKeys(journey, page1, 'CA file');
    await ask(journey, 'A PEM file with certificates to trust', info.caFile ?? '');
    await photograph(journey, 'certificate-page');
    await chooseByKeys(journey, page1, 'Test the connection and save');
    await quickInput.getByText('the file holds no private key').waitFor();
    await photograph(journey, 'certificate-no-key');
    await focused(journey, 'Change: Private key file');
    await page.keyboard.press('Enter');
    await ask(journey, 'The PEM file with the private key', info.certKeyFile ?? '');
    await quickInput.getByText('the private key is encrypted').waitFor();
    await focused(journey, 'Change: Passphrase');
    await page.keyboard.press('Enter');
    await ask(journey, 'The passphrase of the private key', 'wrong');
    await quickInput.getByText('the passphrase does not decrypt the private key').waitFor();
    await focused(journey, 'Change: Passphrase');
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
