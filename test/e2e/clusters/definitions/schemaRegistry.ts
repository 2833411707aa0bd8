import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { root } from '../../../support/host/processes';
import type { Journey } from '../../window/support';

const pictures = path.join(root, 'out/e2e/schemaRegistry');

/** A cluster that gets a schema registry. */
export function schemaRegistry(opened: () => Journey): void {
  describe('The schema registry of a cluster', () => {
    let emulator: Emulator;
    let journey: Journey;

    before(async () => {
      mkdirSync(pictures, { recursive: true });
      journey = opened();
      const registry = { auth: 'basic', password: 'pencil-and-paper' } as const;
      emulator = await startEmulator({ face: 'karapace', auth: 'none', tls: false, registry });
      const { endpoint } = emulator.info;
      const cluster = { name: 'contoso', endpoint, dialect: 'karapace', signIn: { kind: 'none' } };
      await journey.defineClusters([cluster]);
    });

    after(async () => {
      await journey.forgetClusters();
      await emulator.stop();
    });

    it('is set by keyboard, and asks for the sign-in that it wants', async () => {
      const { window } = journey;
      const { quickInput, page } = window;
      const photo = (name: string) => window.screenshot(path.join(pictures, `${name}.png`));
      const typed = async (text: string) => {
        await page.keyboard.type(text);
        await page.keyboard.press('Enter');
      };
      const { endpoint = '' } = emulator.info.schemaRegistry ?? {};
      await window.runCommand('Kafka REST: Set Schema Registry...');
      await quickInput.getByText('The address of the schema registry').waitFor();
      await page.keyboard.type(`${endpoint}/subjects/purchases-avro-value`);
      await quickInput.getByText(`The address is ${endpoint}.`).waitFor();
      await photo('address');
      await page.keyboard.press('Enter');
      await quickInput.getByText('Usual for schema registries').waitFor();
      await photo('signIn');
      await page.keyboard.press('Enter');
      await quickInput.getByText('The user name that the REST proxy or registry knows').waitFor();
      await typed('kafka');
      await quickInput.getByText('The password. It is kept').waitFor();
      await typed('pencil-and-paper');
      await quickInput.getByText('Test the connection and use it').waitFor();
      await photo('page');
      await page.keyboard.press('Enter');
      await window.told('Connected to the schema registry of contoso: 6 subjects.');
      await photo('set');
      assert.match(journey.settings(), /"schemaRegistry"/);
    });

    it('says in words what does not work', async () => {
      const { window } = journey;
      const { quickInput, page } = window;
      await window.runCommand('Kafka REST: Set Schema Registry...');
      await window.pick('Change it');
      await window.pick('Password');
      await quickInput.getByText('The password. It is kept').waitFor();
      await page.keyboard.type('wrong');
      await page.keyboard.press('Enter');
      await quickInput.getByText('Test the connection and use it').waitFor();
      await page.keyboard.press('Enter');
      await quickInput.getByText('not accepted by the schema registry').waitFor();
      await window.screenshot(path.join(pictures, 'refused.png'));
      await page.keyboard.press('Escape');
    });
  });
}
