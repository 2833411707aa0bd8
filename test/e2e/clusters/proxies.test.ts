import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Emulator, startEmulator } from '../../../src/emulator/server';
import { root } from '../../support/host/processes';
import { useKafka } from '../../support/kafka/useKafka';
import { beginJourney, type Journey, photographFailures } from '../window/support';
import { chooseByKeys, signInQuestion } from '../window/keys';

const pictures = path.join(root, 'out/e2e/proxies');

describe('Other REST proxies', () => {
  let emulator: Emulator;
  let journey: Journey;

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    emulator = await startEmulator({ face: 'redpanda', auth: 'none', tls: false });
    journey = await beginJourney({});
  });

  photographFailures(() => journey);

  after(async () => {
    await journey.end();
    await emulator.stop();
  });

  it('are recognised by what responds at a pasted address', async () => {
    const { window } = journey;
    const { quickInput } = window;
    await window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    const welcome = window.page.getByRole('region', { name: 'Welcome' });
    await window.screenshot(path.join(pictures, 'welcome.png'));
    await welcome.getByRole('button', { name: 'Add Cluster...' }).click();
    await quickInput.getByText('Confluent REST Proxy').waitFor();
    await window.screenshot(path.join(pictures, 'kinds.png'));
    await quickInput.locator('input').fill(`${emulator.info.endpoint}/topics`);
    await quickInput.getByText('Find out which kind of REST proxy is at').waitFor();
    await window.screenshot(path.join(pictures, 'pasted.png'));
    await quickInput.locator('input').fill(emulator.info.endpoint);
    await quickInput.getByText('Find out which kind of REST proxy is at').waitFor();
    await window.page.keyboard.press('Enter');
    await chooseByKeys(journey, signInQuestion, 'No sign-in');
    await quickInput.getByText('Redpanda HTTP Proxy · recognised').waitFor();
    await window.screenshot(path.join(pictures, 'page.png'));
    await window.pick('Test the connection and save');
    await window.treeItem('127.0.0.1').first().waitFor();
  });

  it('are changed in Edit Cluster', async () => {
    const { window } = journey;
    await window.chooseFromMenu(window.treeItem('127.0.0.1').first(), 'Edit Cluster...');
    await window.pick('REST proxy');
    await window.quickInput
      .getByText('Which REST proxy does the cluster have?')
      .or(window.quickInput.getByText('Azure HDInsight'))
      .first()
      .waitFor();
    await window.screenshot(path.join(pictures, 'edit.png'));
    await window.page.keyboard.press('Escape');
    await window.quickInput.getByText('Test the connection and save').waitFor();
    await window.page.keyboard.press('Escape');
  });

  it('are tried with an emulator of each', async () => {
    const { window } = journey;
    await window.runCommand('Kafka REST: Start Emulator of...');
    await window.quickInput.getByText('Confluent REST Proxy').waitFor();
    await window.screenshot(path.join(pictures, 'emulators.png'));
    await window.pick('Confluent REST Proxy');
    await window.treeItem('Emulator (Confluent REST Proxy)').waitFor();
    await window.treeItem('sensor-frames').first().waitFor();
    await window.runCommand('Kafka REST: Start Emulator of...');
    await window.pick('Azure HDInsight');
    await window
      .treeItem(/^Emulator(?! \()/)
      .first()
      .waitFor();
    await window.runCommand('Kafka REST: Emulator Menu...');
    await window.quickInput.getByText('Emulator (Confluent REST Proxy)').waitFor();
    await window.screenshot(path.join(pictures, 'running.png'));
    await window.pick('Emulator (Confluent REST Proxy)');
    await window.quickInput.getByText('Start Gateway to Kafka...').waitFor();
    await window.screenshot(path.join(pictures, 'menu.png'));
    await window.pick('Stop Emulator');
    await window.treeItem('Emulator (Confluent REST Proxy)').waitFor({ state: 'detached' });
  });

  describe('The gateway', () => {
    const kafka = useKafka();

    it('says what to do if no broker is there, and starts once one is named', async () => {
      const { window } = journey;
      const { quickInput } = window;
      await window.runCommand('Kafka REST: Start Gateway to Kafka...');
      await window.pick('Kafka brokers');
      await quickInput.getByText('The addresses of some brokers').waitFor();
      await window.answer('127.0.0.1:9');
      await window.pick('Start the gateway to 127.0.0.1:9');
      const failure = await window.notification(/Kafka cannot be reached/);
      await window.screenshot(path.join(pictures, 'no-broker.png'));
      await failure.getByRole('button', { name: 'Try Again' }).click();
      await window.pick('Kafka brokers');
      await quickInput.getByText('The addresses of some brokers').waitFor();
      await window.answer(kafka().bootstrap);
      await quickInput.getByText(`Start the gateway to ${kafka().bootstrap}`).waitFor();
      await window.screenshot(path.join(pictures, 'gateway.png'));
      await window.pick(`Start the gateway to ${kafka().bootstrap}`);
      const gateway = window.treeItem(`Gateway to ${kafka().bootstrap}`);
      await gateway.locator('.codicon-plug').waitFor();
      await window.treeItem('No topics yet').waitFor();
      await window.screenshot(path.join(pictures, 'running-gateway.png'));
    });
  });
});
