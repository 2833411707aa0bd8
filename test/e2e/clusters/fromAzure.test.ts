import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Emulator, startEmulator } from '../../../src/emulator/server';
import {
  armCluster,
  type ResourceManager,
  startResourceManager,
} from '../../support/azure/resourceManager';
import { fakeAzureCli } from '../../support/signIn/fakeAzureCli';
import { type ConnectProxy, startConnectProxy } from '../../support/network/connectProxy';
import { type Relay, startRelay } from '../../support/network/relay';
import { beginCluster, fillIn, focused, photograph, testAndSave } from '../window/keys';
import { beginJourney, type Journey, photographFailures } from '../window/support';

const MANAGEMENT = 'management.azure.com';
const CLUSTER = 'contoso-kafkarest.azurehdinsight.net';
const PRIVATE = 'private-kafkarest.azurehdinsight.net';
/**
 * An address of this computer alone, as Azure's service for managed identities has one. VS Code
 * sends what is for 127.0.0.1 past its HTTP proxy by itself. On macOS this computer has no other one.
 */
const IDENTITIES = process.platform === 'darwin' ? '127.0.0.1' : '127.0.0.2';
const TENANT = '5f0c1c1e-7d5b-4a51-9c1f-0e3a6a3c9b10';

/** A person with access to Azure, in an empty window. */
describe('A cluster that is found in Azure', () => {
  const az = fakeAzureCli();
  const clusters = [
    armCluster('contoso', { group: { groupName: 'kafka-clients' } }),
    armCluster('spark', { kind: 'SPARK' }),
    armCluster('plain', { hasProxy: false }),
    armCluster('scaling', { kind: 'kafka', state: 'ClusterCustomization' }),
  ];
  const scratch = mkdtempSync(path.join(tmpdir(), 'from-azure-'));
  let emulator: Emulator;
  let arm: ResourceManager;
  let computer: Emulator;
  let identities: Relay;
  let proxy: ConnectProxy;
  let journey: Journey;

  before(async () => {
    emulator = await startEmulator({ hosts: { proxy: CLUSTER, authority: 'localhost' } });
    arm = await startResourceManager({
      host: MANAGEMENT,
      accepts: (token) => token === 'for-management',
      tenants: [
        { tenantId: TENANT, displayName: 'Contoso' },
        { tenantId: '00000000-0000-0000-0000-000000000001', displayName: 'Fabrikam' },
      ],
      subscriptions: [
        {
          subscriptionId: 'production',
          displayName: 'Production',
          clusters,
          faults: [{ status: 429, headers: { 'retry-after': '0' } }],
        },
        { subscriptionId: 'locked', displayName: 'Locked', faults: [{ status: 403, body: '{}' }] },
      ],
    });
    computer = await startEmulator({
      auth: 'identity',
      hosts: { proxy: PRIVATE, authority: 'localhost' },
    });
    const { port } = new URL(computer.info.identityHost ?? '');
    identities = await startRelay(Number(port), undefined, IDENTITIES);
    proxy = await startConnectProxy({
      ports: { [MANAGEMENT]: arm.port, [CLUSTER]: Number(new URL(emulator.info.endpoint).port) },
    });
    const ca = path.join(scratch, 'ca.pem');
    writeFileSync(ca, arm.ca + readFileSync(emulator.info.caFile ?? '', 'utf8'));
    journey = await beginJourney(
      {},
      {
        settings: { 'kafkaRest.azureCli.path': az.path, 'http.proxy': proxy.url },
        env: {
          NODE_EXTRA_CA_CERTS: ca,
          AZURE_POD_IDENTITY_AUTHORITY_HOST: `http://${IDENTITIES}:${identities.port}`,
        },
      },
    );
    await journey.window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
  });

  photographFailures(() => journey);

  after(async () => {
    await journey.end();
    await proxy.close();
    await arm.stop();
    await identities.close();
    await computer.stop();
    await emulator.stop();
    az.remove();
    rmSync(scratch, { recursive: true });
  });

  /** Has the program issue tokens from now on: for the cluster, for an application that it knows. */
  function signIn(application = emulator.info): void {
    const { clientId, clientSecret } = application;
    az.will({
      tokens: { [`https://${MANAGEMENT}`]: 'for-management' },
      issuer: {
        authority: emulator.info.authority ?? '',
        clientId: clientId ?? '',
        clientSecret: clientSecret ?? '',
        resource: 'https://hib.azurehdinsight.net',
        caFile: emulator.info.caFile ?? '',
      },
    });
  }

  /** Waits for a row of a question and takes it with the keyboard. */
  async function take(prompt: string, label: string): Promise<void> {
    const { page, quickInput } = journey.window;
    await quickInput.getByPlaceholder(prompt).waitFor();
    await quickInput.getByText(label, { exact: true }).first().waitFor();
    await quickInput.locator('input').fill(label);
    await quickInput.locator('.monaco-list-row.focused').filter({ hasText: label }).waitFor();
    await page.keyboard.press('Enter');
  }

  it('is chosen from a list after a sign-in, and opened without an address or an id', async () => {
    const { window } = journey;
    const { page, quickInput } = window;
    await window.runCommand('Kafka REST: Add Cluster from Azure...');
    await take('How do you sign in to Azure?', 'With the Azure CLI');
    await quickInput.getByText('nobody is signed in to the Azure CLI').waitFor();
    signIn();
    await take('Azure cannot be read yet', 'Sign In');
    await take('In which tenant', 'Contoso');
    await quickInput.getByText('It has no REST proxy').waitFor();
    await quickInput.getByText('Locked cannot be listed: you may not read there').waitFor();
    await take('Which cluster?', 'contoso');
    await quickInput.getByPlaceholder('How does the REST proxy know').waitFor();
    // The way in which the person has signed in to Azure asks for nothing more.
    await focused(journey, 'Microsoft Entra ID: Azure CLI');
    await page.keyboard.press('Enter');
    await quickInput.getByPlaceholder('These defaults fit most clusters').waitFor();
    await take('These defaults fit', 'Test the connection and save');
    await window.told(/Connected to contoso: \d+ topics, 3 brokers/);
    await window.treeItem('orders').waitFor();
    const settings = journey.settings();
    assert.match(settings, /"endpoint":\s*"https:\/\/contoso-kafkarest\.azurehdinsight\.net"/);
    assert.match(settings, /"group":\s*"kafka-clients"/);
    assert.match(settings, /clusters\/contoso"/);
    assert.deepEqual(
      proxy.tunnels.filter((to) => !to.startsWith(MANAGEMENT) && !to.startsWith(CLUSTER)),
      [],
    );
  });

  it('names the group of those who may use it to one who may not', async () => {
    const { window } = journey;
    const { outsider } = emulator.info;
    assert.ok(outsider);
    signIn({ ...emulator.info, ...outsider });
    await window.chooseFromMenu(window.treeItem('contoso'), 'Edit Cluster...');
    await take('What is to be changed?', 'Test the connection and save');
    const { quickInput } = window;
    await quickInput.getByText('only members of the group kafka-clients may use').waitFor();
    await quickInput.getByText('Ask an owner of the group kafka-clients to add you').waitFor();
    await window.page.keyboard.press('Escape');
  });

  it('is looked up in Azure when it does not respond', async () => {
    const { window } = journey;
    const { page } = window;
    signIn();
    await emulator.stop();
    await window.chooseFromMenu(window.treeItem('contoso'), 'Refresh');
    const silent = window.treeItem('The HTTP proxy did not connect to');
    await silent.waitFor();
    clusters[0] = armCluster('contoso', { state: 'ResizeQueued' });
    await window.chooseFromMenu(silent, 'Check in Azure');
    await window.told(
      /contoso is being created, scaled or maintained. Azure calls that ResizeQueued/,
    );
    await photograph(journey, 'azure-scaling');
    clusters.shift();
    await page.getByRole('button', { name: 'Check Again' }).first().click();
    await window.told(/contoso is no longer in Azure/);
    await photograph(journey, 'azure-gone');
    await window.chooseFromMenu(silent, 'Show Next Steps');
    await window.told(/Could not list the topics: the HTTP proxy did not connect to/);
    await page.getByRole('button', { name: 'Edit Cluster' }).first().waitFor();
    await photograph(journey, 'next-steps');
  });

  it('gets past VS Code’s HTTP proxy what is for this computer alone', async () => {
    const { window } = journey;
    await journey.forgetClusters();
    const { endpoint, caFile } = computer.info;
    await beginCluster(journey, endpoint, 'Microsoft Entra ID: managed identity');
    await fillIn(journey, 'Name', 'A name for the cluster', 'private');
    await fillIn(journey, 'CA file', 'A PEM file with certificates to trust', caFile ?? '');
    await testAndSave(journey);
    await window.told(/Connected to private: \d+ topics, 3 brokers/);
    await window.treeItem('orders').waitFor();
    assert.ok(proxy.tunnels.includes(new URL(endpoint).host));

    const near = await startEmulator({ auth: 'none', tls: false });
    try {
      await journey.forgetClusters();
      await beginCluster(journey, near.info.endpoint, 'No sign-in');
      await fillIn(journey, 'Name', 'A name for the cluster', 'near');
      await testAndSave(journey);
      await window.told(/Connected to near: \d+ topics, 3 brokers/);
      await window.treeItem('orders').waitFor();
      assert.deepEqual(
        proxy.tunnels.filter((to) => to.startsWith('127.')),
        [],
      );
    } finally {
      await near.stop();
    }
  });
});
