import { keyboard } from '../window/hands';
import type { Journey } from '../window/support';

/** Reading from one time to another. */
export function times(opened: () => Journey): void {
  describe('What came between two times', () => {
    let journey: Journey;

    before(() => {
      journey = opened();
    });

    after(() => journey.window.runCommand('View: Close All Editors'));

    it('is asked for by keyboard, and shown as it is understood while one types', async () => {
      const { window } = journey;
      const { page, quickInput } = window;
      const enter = () => page.keyboard.press('Enter');
      await keyboard(journey).onTopic('orders', 'Consume Messages...');
      await window.pick('Which messages');
      await window.pick('By time…');
      await window.pick('From … to …');
      await quickInput.getByText('The date and time to begin at').waitFor();
      await page.keyboard.type('yesterday 14:00');
      await quickInput.getByText(/^Begins at \d{4}-\d\d-\d\d 14:00:00/).waitFor();
      await enter();
      await quickInput.getByText(/^The end, after \d{4}-\d\d-\d\d 14:00:00/).waitFor();
      await page.keyboard.type('13:59');
      await quickInput.getByText(/^Ends before \d{4}-\d\d-\d\d 13:59:00/).waitFor();
      await enter();
      await quickInput
        .getByText(/^Open messages from \S+ 14:00:00\S* to \S+ 13:59:00\S* of orders/)
        .waitFor();
      await enter();
      await window.told(/Looked for timestamps at most 60 s out of order|No messages there/);
    });
  });
}
