import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/host/processes';
import { beginJourney, type Journey, photographFailures, selectAllOf } from './window/support';
import { viewerOf } from './window/viewerPage';
import { webpOf } from './window/webp';

/** The pictures of the README and, cut out of the same window, those of the walkthrough. */
const folders = {
  screenshots: path.join(root, 'media/screenshots'),
  walkthrough: path.join(root, 'media/walkthrough'),
};
const themes = { light: 'Light Modern', dark: 'Dark Modern' } as const;

interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const sidebar: Clip = { x: 0, y: 36, width: 480, height: 330 };
const editor: Clip = { x: 450, y: 36, width: 640, height: 440 };

describe('The pictures', () => {
  let journey: Journey;

  before(async () => {
    for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
    journey = await beginJourney({
      'orders.jsonl': [
        '{"key":"customer-7","value":{"orderId":9007199254740993,"status":"paid","total":12.50}}',
        '{"key":"customer-8","value":{"orderId":9007199254740995,"status":"open","total":7.00}}',
        '{"key":"customer-7","value":{"orderId":9007199254740997,"status":"sent","total":31.90}}',
        '',
      ].join('\n'),
      'requests.kafka': `PRODUCER a new order
topic: orders
key: customer-{{$randomInt 1 9}}
{
  "orderId": "{{$uuid}}",
  "customer": { "name": "{{person.fullName}}" },
  "total": {{finance.amount}},
  "placedAt": "{{$date.iso}}"
}
###

CONSUMER the-latest
topic: orders
from: latest
count: 10
###
`,
    });
  });

  photographFailures(() => journey);

  after(() => journey.end());

  it('show the emulator as a cluster', async () => {
    const { window } = journey;
    await window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    await window.page.getByRole('button', { name: 'Start Emulator' }).click();
    await window.treeItem('payloads').waitFor();
    const { page } = window;
    await page.mouse.move(350, 500);
    await page.mouse.down();
    await page.mouse.move(450, 500, { steps: 5 });
    await page.mouse.up();
    await picture('connect', sidebar);
  });

  it('show the partitions of a topic', async () => {
    const { window } = journey;
    await window.treeItem('orders').click();
    await window.treeItem('Partition 2').waitFor();
    await picture('browse', sidebar);
  });

  it('show how to produce a selection', async () => {
    const { window } = journey;
    const { page } = window;
    const line = await selectAllOf(journey, 'orders.jsonl');
    await picture('produce', editor, async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+A');
      await line.click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Produce Selection to Topic...' }).hover();
    });
    await page.keyboard.press('Enter');
    await window.pick('Produce 3 messages to orders on Emulator');
    await window.told('Produced 3 messages to orders');
  });

  it('show messages in a read-only document', async () => {
    const { window } = journey;
    const { page } = window;
    await (await window.told('Produced 3 messages')).choose('View Messages');
    await page.getByRole('tab', { name: 'orders@new.json' }).waitFor();
    await page.locator('.view-lines').getByText('9007199254740997').first().waitFor();
    await picture('consume', editor);
  });

  it('show a .kafka file', async () => {
    const { window } = journey;
    const { page } = window;
    await page.keyboard.press('Control+P');
    await window.quickInput.locator('input').fill('requests.kafka');
    await window.pick('requests.kafka');
    await page.locator('.codelens-decoration').getByText('Follow').waitFor();
    await picture('files', editor);
  });

  it('show the viewer with decoded messages', async () => {
    const { window } = journey;
    const { page } = window;
    await window.runCommand('Notifications: Clear All Notifications');
    await window.chooseFromMenu(window.treeItem('purchases-base64'), 'View Messages...');
    await window.pick('Which messages');
    await window.pick('All messages');
    await window.pick('Open all messages of purchases-base64');
    const viewer = viewerOf(journey);
    await viewer.getByText('Complete', { exact: true }).waitFor();
    await viewer.getByRole('button', { name: 'Columns' }).click();
    const columns = viewer.getByRole('dialog', { name: 'Columns' });
    await columns.getByRole('combobox').or(columns.getByRole('textbox')).fill('customer.name');
    await columns.getByRole('button', { name: 'Add Column' }).click();
    await page.keyboard.press('Escape');
    await viewer.getByRole('columnheader', { name: '$.customer.name' }).waitFor();
    await viewer
      .getByRole('combobox', { name: 'Filter' })
      .fill('$.amount > 30 and not $.status == "CANCELLED"');
    await viewer
      .getByText(/^\d+ of 200 match$/)
      .first()
      .waitFor();
    await viewer.getByRole('row').nth(2).click();
    await viewer.getByText('base64(avro), guessed').waitFor();
    await picture('viewer', editor);
  });

  /**
   * Takes a picture in each theme; `prepare` sets the scene anew where a change of theme ends it.
   */
  async function picture(name: string, clip: Clip, prepare?: () => Promise<void>): Promise<void> {
    const { window } = journey;
    for (const theme of ['dark', 'light'] as const) {
      const { page } = window;
      await window.runCommand('Preferences: Color Theme');
      await window.pick(themes[theme]);
      await page.locator(`.monaco-workbench.${theme === 'dark' ? 'vs-dark' : 'vs'}`).waitFor();
      // Where nothing reacts to it.
      await page.mouse.move(860, 784);
      await prepare?.();
      const options = { animations: 'disabled', caret: 'hide' } as const;
      const file = `${name}-${theme}`;
      await page.screenshot({ path: path.join(folders.screenshots, `${file}.png`), ...options });
      const part = await page.screenshot({ clip, ...options });
      const packed = await webpOf(part, page);
      writeFileSync(path.join(folders.walkthrough, `${file}.webp`), packed);
    }
  }
});
