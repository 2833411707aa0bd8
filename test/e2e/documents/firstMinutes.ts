import assert from 'node:assert/strict';
import { ask, type Journey, selectAllOf } from '../window/support';

/** Files of the window's folder. */
export const firstMinutesFiles = {
  'orders.jsonl': [
    '{"key":"customer-7","value":{"orderId":9007199254740993,"total":12.50}}',
    '{"key":"customer-8","value":{"orderId":9007199254740995,"total":7.00}}',
  ].join('\n'),
};

/** From a view without clusters to messages that are read. */
export function firstMinutes(opened: () => Journey): void {
  describe('The first minutes with the emulator', () => {
    let journey: Journey;

    before(() => {
      journey = opened();
    });

    after(() => journey.window.runCommand('View: Close All Editors'));

    it('start it from the welcome view and expand a topic to its partitions', async () => {
      const { page, treeItem } = open(journey);
      await page.getByRole('tab', { name: 'Kafka REST' }).first().click();
      await page.getByRole('button', { name: 'Start Emulator' }).click();
      await treeItem('orders').click();
      await treeItem(/Partition 2.*\d\/3/).waitFor();
    });

    it('produce a selection by a right click', async () => {
      const { window } = open(journey);
      const line = await selectAllOf(journey, 'orders.jsonl');
      await window.chooseFromMenu(line, 'Produce Selection to Topic...');
      await window.pick('Produce 2 messages to orders on Emulator');
      await window.told('Produced 2 messages to orders');
      // customer-7 belongs to partition 1, which held 118 messages.
      await window.treeItem(/Partition 1.*0–119/).waitFor();
    });

    it('consume from the palette', async () => {
      const { window, page } = open(journey);
      await window.runCommand('Kafka REST: Consume Messages...');
      await window.pick('How many');
      await ask(journey, 'How many messages at most?', '2');
      await window.pick('Open the latest 2 messages of orders');
      await page.getByRole('tab', { name: 'orders@latest-2.json' }).waitFor();
      await page.locator('.view-lines').getByText('9007199254740995').waitFor();
    });

    it('find that the messages cannot be edited', async () => {
      const { page } = open(journey);
      const line = page.locator('.view-line').first();
      const text = await line.textContent();
      await line.click();
      await page.keyboard.type('x');
      await page
        .getByText(/Cannot edit in read-only/)
        .first()
        .waitFor();
      assert.equal(await line.textContent(), text);
    });
  });
}

function open({ window }: Journey) {
  const { page } = window;
  return { window, page, treeItem: (text: string | RegExp) => window.treeItem(text) };
}
