import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { root } from '../../../support/host/processes';
import { until } from '../../../support/until';
import { ask, type Journey } from '../../window/support';
import { viewerOf } from '../../window/viewerPage';
import { chooseByKeys, signInQuestion } from '../../window/keys';

const pictures = path.join(root, 'out/e2e/wizard');

/** The wizard, step by step. Leaves a cluster that was begun. */
export function addCluster(opened: () => Journey): void {
  describe('Adding a cluster', () => {
    let emulator: Emulator;
    let journey: Journey;

    before(async () => {
      mkdirSync(pictures, { recursive: true });
      emulator = await startEmulator();
      journey = opened();
    });

    after(async () => {
      await journey.forgetClusters();
      await journey.window.runCommand('View: Close All Editors');
      await emulator.stop();
    });

    it('logs what it does, if the person wants to see it', async () => {
      const { window } = journey;
      await window.page.getByRole('button', { name: 'Start Emulator' }).waitFor();
      const logOf = (name: string) => window.quickInput.getByText(name, { exact: true });
      do {
        await window.runCommand('Developer: Set Log Level...');
        await logOf('Extension Host (Remote)').waitFor();
        // The list keeps the logs that existed when it opened. The extension may have started since.
      } while ((await logOf('Kafka REST Explorer').count()) === 0);
      await window.pick('Kafka REST Explorer');
      await window.pick('Trace');
    });

    it('asks field by field, and refuses what cannot be right', async () => {
      const { window } = journey;
      const { endpoint, tenantId, clientId } = emulator.info;
      const welcome = window.page.getByRole('region', { name: 'Welcome' });
      await welcome.getByRole('button', { name: 'Add Cluster...' }).click();
      await window.pick('Azure HDInsight');
      await ask(journey, 'The address of its Kafka REST proxy', 'ftp://example.com');
      await window.quickInput.getByText('The address must begin with https://').waitFor();
      await window.answer('http://example.com');
      const { page } = window;
      await page
        .getByText('Send credentials and all messages to example.com unencrypted?')
        .waitFor();
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();
      // As it stands in the address bar of a browser.
      const pasted = `${endpoint}/v1/metadata/topics`;
      await window.quickInput.getByText('The address of its Kafka REST proxy').waitFor();
      await window.quickInput.locator('input').fill(pasted);
      await window.quickInput.getByText(`The address is ${endpoint}.`).waitFor();
      await page.keyboard.press('Enter');
      await window.pick('Microsoft Entra ID: client secret');
      await ask(journey, 'The Microsoft Entra tenant', tenantId ?? '');
      await ask(journey, 'The Application (client) ID', clientId ?? '');
      await ask(journey, 'The client secret’s value', 'a-wrong-secret');
    });

    it('goes back, and keeps what was typed', async () => {
      const { window } = journey;
      await window.quickInput.getByText('Test the connection and save').waitFor();
      for (const prompt of ['The client secret’s value', 'The Application (client) ID']) {
        await window.quickInput.getByRole('button', { name: /^Back/ }).click();
        await window.quickInput.getByText(prompt).waitFor();
      }
      assert.equal(await window.quickInput.locator('input').inputValue(), emulator.info.clientId);
      await window.page.keyboard.press('Enter');
      await window.quickInput.getByText('The client secret’s value').waitFor();
      await window.page.keyboard.press('Enter');
    });

    it('takes an authority and a CA file in place of the defaults', async () => {
      const { window } = journey;
      const { authority, caFile } = emulator.info;
      await window.pick('Name');
      await ask(journey, 'A name for the cluster', 'contoso');
      await window.pick('Authority');
      await ask(journey, 'The sign-in service', authority ?? '');
      await window.quickInput.getByText('Test the connection and save').waitFor();
      await window.screenshot(path.join(pictures, 'page.png'));
      await window.pick('CA file');
      await ask(journey, 'A PEM file', caFile ?? '');
      await window.pick('Test the connection and save');
    });

    it('names the step that failed, and what to do', async () => {
      const { window } = journey;
      await window.quickInput
        .getByText('Sign-in: the client secret is not accepted by Microsoft Entra ID')
        .waitFor();
      await window.quickInput.getByText('Enter the secret’s value, not its ID').waitFor();
      assert.equal(await window.treeItem('contoso').count(), 0);
    });

    it('opens the guide at the step that mends it, and continues afterwards', async () => {
      const { window } = journey;
      await window.screenshot(path.join(pictures, 'failure.png'));
      await window.pick('Open setup guide: Give it a secret');
      const heading = viewerOf(journey).getByRole('heading', { name: 'Give it a secret' });
      await until(async () => {
        const box = await heading.boundingBox();
        return box !== null && box.y > 0 && box.y < 400;
      });
      const kept = await window.told('What you have entered is kept');
      await window.screenshot(path.join(pictures, 'guide.png'));
      await kept.choose('Continue with contoso');
      await window.pick('Continue with contoso');
    });

    it('saves it once the secret is mended, and opens it', async () => {
      const { window } = journey;
      await window.pick('Client secret');
      await ask(journey, 'The client secret’s value', emulator.info.clientSecret ?? '');
      await window.pick('Test the connection and save');
      await window.told(/Connected to contoso: \d+ topics, 3 brokers/);
      await window.treeItem('contoso').waitFor();
      await window.treeItem('orders').waitFor();
    });

    it('keeps the secret out of the settings and the logs', () => {
      const settings = journey.settings();
      assert.ok(settings.includes('"contoso"'), settings);
      const logs = journey.logs();
      assert.ok(logs.includes('/v1/metadata/topics'), 'requests are logged');
      for (const secret of [emulator.info.clientSecret ?? '', 'a-wrong-secret', 'eyJ']) {
        assert.ok(secret !== '' && !settings.includes(secret) && !logs.includes(secret));
      }
    });

    it('changes one field of it from a page with all of them', async () => {
      const { window } = journey;
      await window.chooseFromMenu(window.treeItem('contoso'), 'Edit Cluster...');
      await window.quickInput.getByText('stored', { exact: true }).waitFor();
      await window.screenshot(path.join(pictures, 'edit.png'));
      await window.pick('Name');
      await ask(journey, 'A name for the cluster', 'fabrikam');
      await window.pick('Test the connection and save');
      await window.treeItem('fabrikam').waitFor();
    });

    it('continues where the person gave up', async () => {
      const { window } = journey;
      await window.runCommand('Kafka REST: Add Cluster...');
      await window.pick('Azure HDInsight');
      await window.quickInput.getByText('The address of its Kafka REST proxy').waitFor();
      await window.quickInput.locator('input').fill('https:/kafka.example.com');
      await window.page.keyboard.press('Enter');
      await window.quickInput.getByText('Do you mean https://kafka.example.com?').waitFor();
      await window.screenshot(path.join(pictures, 'doubt.png'));
      await window.page.keyboard.press('Enter');
      await chooseByKeys(journey, signInQuestion, 'User name and password');
      await window.quickInput.getByText('The user name').waitFor();
      await window.quickInput.locator('input').fill('kaf');
      await window.page.keyboard.press('Escape');
      await window.runCommand('Kafka REST: Add Cluster...');
      await window.pick('Continue with kafka.example.com');
      await window.quickInput.getByText('The user name').waitFor();
      assert.equal(await window.quickInput.locator('input').inputValue(), 'kaf');
      await window.page.keyboard.press('Escape');
    });

    it('asks before it removes the cluster', async () => {
      const { window } = journey;
      await window.chooseFromMenu(window.treeItem('fabrikam'), 'Remove Cluster...');
      await window.page.getByText('Remove fabrikam from Kafka REST Explorer?').waitFor();
      await window.page.getByRole('button', { name: 'Remove', exact: true }).click();
      await window.page.getByRole('button', { name: 'Start Emulator' }).waitFor();
    });
  });
}
