import assert from 'node:assert/strict';
import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from '../../../../src/emulator/server';
import { ask, type Journey } from '../../window/support';
import { chooseByKeys, signInQuestion } from '../../window/keys';

/** How the sidebar and the questions show a cluster that does not sign in with Entra ID. */
export function basic(opened: () => Journey): void {
  describe('A cluster without Entra ID', () => {
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
    async function begin(options: EmulatorOptions): Promise<Emulator> {
      const emulator = await startEmulator({ tls: false, ...options });
      emulators.push(emulator);
      await journey.window.runCommand('Kafka REST: Add Cluster...');
      await journey.window.pick('Azure HDInsight');
      await ask(journey, 'The address of its Kafka REST proxy', emulator.info.endpoint);
      return emulator;
    }

    /** Gives the cluster another name on the page with all fields. */
    async function rename(name: string): Promise<void> {
      await journey.window.pick('Name');
      await ask(journey, 'A name for the cluster', name);
    }

    /** Produces a message to `orders` from the menu, and opens it from what is told of it. */
    async function produceAndView(cluster: string, text: string): Promise<void> {
      const { window } = journey;
      const { page } = window;
      // A new cluster opens. Its rows are drawn anew once it is known how much the topics hold.
      await window.treeItem(/orders.*300 in 3 partitions/).waitFor();
      await window.chooseFromMenu(window.treeItem('orders'), 'Produce Message...');
      await ask(journey, `A message to orders on ${cluster}`, text);
      await window.pick(`Produce 1 message to orders on ${cluster}`);
      const produced = await window.told('Produced 1 message to orders');
      await produced.choose('View Messages');
      await page.locator('.view-lines').getByText(text).first().waitFor();
      await window.runCommand('View: Close Editor');
      await window.runCommand('Notifications: Clear All Notifications');
      await window.treeItem(cluster).click();
    }

    it('that asks for nothing is added without a secret, and can be used', async () => {
      const { window } = journey;
      await begin({ auth: 'none' });
      await chooseByKeys(journey, signInQuestion, 'No sign-in');
      await rename('open');
      await window.pick('Test the connection and save');
      await window.told(/Connected to open: \d+ topics, 3 brokers/);
      await produceAndView('open', 'without-a-sign-in');
      assert.match(journey.settings(), /"kind":\s*"none"/);
    });

    it('that asks for a password leads from a wrong one to the question for it', async () => {
      const { window } = journey;
      const { page, quickInput } = window;
      const { info } = await begin({ auth: 'basic', password: 'pass word:1' });
      await chooseByKeys(journey, signInQuestion, 'User name and password');
      await ask(journey, 'The user name', 'kafka:x');
      await quickInput.getByText('colon').waitFor();
      await window.answer(info.username ?? '');
      await ask(journey, 'The password.', 'a-wrong-password');
      await rename('guarded');
      await window.pick('Test the connection and save');
      await quickInput.getByText('user name and password are not accepted by').waitFor();
      await quickInput
        .locator('.monaco-list-row.focused')
        .filter({ has: page.getByText('Change: Password', { exact: true }) })
        .waitFor();
      await page.keyboard.press('Enter');
      await ask(journey, 'The password.', info.password ?? '');
      await window.told(/Connected to guarded: \d+ topics, 3 brokers/);
      await produceAndView('guarded', 'with-a-password');
    });

    it('keeps its password when it is edited', async () => {
      const { window } = journey;
      await window.chooseFromMenu(window.treeItem('guarded'), 'Edit Cluster...');
      await rename('partners');
      await window.pick('Password');
      await ask(journey, 'Empty: keep the stored one', '');
      await window.pick('Test the connection and save');
      await window.told('Connected to partners');
      await window.treeItem('partners').waitFor();
    });

    it('says that a replaced password is wrong, and asks for it where it says so', async () => {
      const { window } = journey;
      const partners = window.treeItem('partners');
      const question = 'The password. It is sent to 127.0.0.1';
      await partners.click();
      await window.treeItem('orders').waitFor();
      await window.chooseFromMenu(partners, /^Replace /);
      await ask(journey, question, 'another-wrong-password');
      await window.treeItem('User name and password are not accepted by').click();
      await ask(journey, question, emulators.at(-1)?.info.password ?? '');
      await window.treeItem('orders').waitFor();
      await window.chooseFromMenu(partners, 'Test Connection');
      await window.told(/Connected to partners: \d+ topics/);
    });

    it('keeps passwords out of the settings and the logs', () => {
      const settings = journey.settings();
      const logs = journey.logs();
      assert.match(settings, /"username":\s*"kafka"/);
      for (const password of ['pass word:1', 'wrong-password']) {
        for (const text of [password, Buffer.from(`kafka:${password}`).toString('base64')]) {
          assert.ok(!settings.includes(text) && !logs.includes(text));
        }
      }
    });
  });
}
