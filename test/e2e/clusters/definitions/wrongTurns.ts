import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { ask, type Journey } from '../../window/support';

/** What the packed extension, whose code is minified, proposes where a person went wrong. */
export function wrongTurns(opened: () => Journey): void {
  describe('Wrong turns', () => {
    let emulator: Emulator;
    let journey: Journey;

    before(async () => {
      emulator = await startEmulator();
      emulator.createTopic({ name: 'my-orders', partitions: 1 });
      journey = opened();
    });

    after(async () => {
      await journey.forgetClusters();
      await journey.window.runCommand('View: Close All Editors');
      await emulator.stop();
    });

    /** Waits until an entry of the open list is the one that Enter takes. */
    async function isActive(text: string): Promise<void> {
      const { page, quickInput } = journey.window;
      const active = quickInput.locator('.monaco-list-row.focused');
      await active.filter({ has: page.getByText(text, { exact: true }) }).waitFor();
    }

    async function enter(): Promise<void> {
      await journey.window.quickInput.locator('input').press('Enter');
    }

    /** Types into the open list. VS Code may have given the focus back to the tree behind it. */
    async function type(text: string): Promise<void> {
      await journey.window.quickInput.locator('input').fill(text);
    }

    it('lead from a certificate that is not trusted to the CA file', async () => {
      const { window } = journey;
      const { authority, tenantId, clientId, clientSecret } = emulator.info;
      const welcome = window.page.getByRole('region', { name: 'Welcome' });
      await welcome.getByRole('button', { name: 'Add Cluster...' }).click();
      await window.pick('Azure HDInsight');
      await ask(journey, 'The address of its Kafka REST proxy', 'https://kafka-rest-e2e.invalid');
      await window.pick('Microsoft Entra ID: client secret');
      await ask(journey, 'The Microsoft Entra tenant', tenantId ?? '');
      await ask(journey, 'The Application (client) ID', clientId ?? '');
      await ask(journey, 'The client secret’s value', clientSecret ?? '');
      await window.pick('Name');
      await ask(journey, 'A name for the cluster', 'contoso');
      await window.pick('Authority');
      await ask(journey, 'The sign-in service', authority ?? '');
      await window.pick('Test the connection and save');
      const reason = /TLS certificate: the certificate is not trusted: 127\.0\.0\.1:\d+/;
      await window.quickInput.getByText(reason).waitFor();
      await isActive('Change: CA file');
      await enter();
      await ask(journey, 'A PEM file', emulator.info.caFile ?? '');
    });

    it('lead from a host that does not exist to the endpoint', async () => {
      const { window } = journey;
      const reason = 'Address: no such host: kafka-rest-e2e.invalid';
      await window.quickInput.getByText(reason).waitFor();
      await isActive('Change: Endpoint');
      await enter();
      await ask(journey, 'The address of its Kafka REST proxy', emulator.info.endpoint);
      await window.told(/Connected to contoso: \d+ topics, 3 brokers/);
    });

    it('do not begin with a part of a topic’s name', async () => {
      const { window } = journey;
      await window.runCommand('Kafka REST: Consume Messages...');
      await window.quickInput.getByText('iot-readings').waitFor();
      await type('order');
      await window.quickInput.getByText('Other topic: order').waitFor();
      await isActive('orders');
      await enter();
      await window.pick('How many');
      await ask(journey, 'How many messages at most?', '2');
      await window.quickInput.getByText('Open the latest 2 messages of orders').waitFor();
      await enter();
      await window.page.getByRole('tab', { name: 'orders@latest-2.json' }).waitFor();
    });

    it('end where the name of a topic is wrong, with what was typed', async () => {
      const { window } = journey;
      await window.runCommand('Kafka REST: Consume Messages...');
      await window.pick('Topic');
      await window.quickInput.getByText('iot-readings').waitFor();
      await type('oders');
      await isActive('Other topic: oders');
      await enter();
      await isActive('There is no topic oders on contoso');
      await window.page.keyboard.press('Escape');
    });
  });
}
