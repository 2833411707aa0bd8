import { ask, type Journey } from '../window/support';

/** Creating topics, from the palette. */
export function createTopic(opened: () => Journey): void {
  describe('A new topic', () => {
    let journey: Journey;

    before(() => {
      journey = opened();
    });

    it('takes its name and Enter, with the keyboard alone', async () => {
      const { page, quickInput } = journey.window;
      await journey.window.runCommand('Kafka REST: Create Topic...');
      await quickInput.getByText('The name of the topic on').waitFor();
      await page.keyboard.type('orders');
      await quickInput.getByText(/^There is a topic orders on .* already\.$/).waitFor();
      await page.keyboard.type('-again');
      await page.keyboard.press('Enter');
      await quickInput.getByText('Create orders-again with the cluster’s defaults').waitFor();
      await page.keyboard.press('Enter');
      await journey.window.told('Created the topic orders-again on');
    });

    it('offers what comes next where it is told, with the mouse', async () => {
      const told = await journey.window.told('Created the topic orders-again on');
      await told.choose('Produce Message');
      await journey.window.quickInput.getByText('A message to orders-again on').waitFor();
      await journey.window.page.keyboard.press('Escape');
    });

    it('keeps a name that is taken, to be changed, and the number of partitions', async () => {
      const { window } = journey;
      const { page, quickInput } = window;
      await window.runCommand('Kafka REST: Create Topic...');
      await quickInput.getByText('The name of the topic on').waitFor();
      await page.keyboard.type('orders-again');
      await page.keyboard.press('Enter');
      await quickInput.getByText(/^There is a topic orders-again on .* already\.$/).waitFor();
      await page.keyboard.type('-2');
      await page.keyboard.press('Enter');
      await window.pick('Partitions');
      await ask(journey, 'How many partitions?', '3');
      await window.pick('Create orders-again-2');
      await window.told('Created the topic orders-again-2 on');
    });
  });
}
