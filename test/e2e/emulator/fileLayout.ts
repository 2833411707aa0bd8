import assert from 'node:assert/strict';
import { keyboard, mouse } from '../window/hands';
import type { Journey } from '../window/support';

/** Files of the window's folder. */
export const fileLayoutFiles = { 'readings.csv': 'north,id,reading\nsouth,7,21.50\n' };

/** A table whose columns are not those of a message. */
export function fileLayout(opened: () => Journey): void {
  describe('A file of another tool', () => {
    let journey: Journey;

    before(() => {
      journey = opened();
    });

    after(() => journey.window.runCommand('View: Close All Editors'));

    it('has no header row once the mouse says so', async () => {
      const { produceFile, choose } = mouse(journey);
      await produceFile('readings.csv', 'rows');
      await choose('Header row: the first row');
      await choose('No, it is the first message');
      await choose('The row as a JSON object');
      await choose('Produce 2 messages to rows');
      const document = await viewed('rows', 2);
      assert.match(document, /"column1": ?"north"/);
      assert.match(document, /"column1": ?"south"/);
    });

    it('has keys once the keyboard says so', async () => {
      const { produceFile, choose } = keyboard(journey);
      await produceFile('readings.csv', 'keyed');
      await choose('Key: none');
      await choose('id');
      await choose('Produce 1 message to keyed');
      const document = await viewed('keyed', 1);
      assert.match(document, /"key": ?"7"/);
      assert.match(document, /"reading": ?21\.50/);
    });

    /** Opens what came into the topic from what is told of it. Returns its text. */
    async function viewed(topic: string, count: number): Promise<string> {
      const { window } = journey;
      const told = await window.told(`from readings.csv to ${topic}`);
      assert.ok(told.words.includes(`${count} message`), told.words);
      await told.choose('View Messages');
      await window.page.getByRole('tab', { name: new RegExp(`^${topic}@`) }).waitFor();
      const lines = window.page.locator('.view-lines');
      await lines.getByText('offset').first().waitFor();
      const text = await lines.innerText();
      await window.runCommand('Notifications: Clear All Notifications');
      return text.replaceAll('\u00a0', ' ');
    }
  });
}
