import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Relay, startRelay } from '../support/network/relay';
import { keyboard, mouse } from './window/hands';
import { beginJourney, type Journey, photographFailures } from './window/support';

const GOOD = 5_000;
/** Where the file has lines that are no messages. */
const BAD = [100, 1_500];
const BAD_LINE = '{"key":"customer-1","valu';

/**
 * The messages of a file: keys of ten customers, numbers beyond 2^53, line breaks, quotes, emoji.
 */
function fileOfOrders(): string {
  const lines = Array.from({ length: GOOD }, (_, n) => {
    const value = { id: `order-${n}`, note: `"${n}"\n😀 ${'x'.repeat(150)}` };
    return `{"key":"customer-${n % 10}","value":${JSON.stringify(value)}}`;
  });
  for (const at of BAD) lines.splice(at, 0, BAD_LINE);
  return lines.join('\n');
}

for (const hands of [mouse, keyboard]) {
  describe(`Many messages, with the ${hands.name}`, function () {
    this.timeout(120_000);
    let journey: Journey;
    let relay: Relay;
    /** The connection breaks once, when so many bytes were sent on it. */
    let cutAt = Infinity;

    before(async () => {
      journey = await beginJourney(
        { 'orders.jsonl': fileOfOrders() },
        {
          emulator: ['--empty', '--topic', 'inbox:1:0:1', '--topic', 'copy:3:0:1'],
          address: async (info) => {
            const endpoint = new URL(info.endpoint);
            relay = await startRelay(Number(endpoint.port), ({ sent }) => {
              if (sent < cutAt) return false;
              cutAt = Infinity;
              return true;
            });
            endpoint.port = String(relay.port);
            return { ...info, endpoint: endpoint.origin };
          },
        },
      );
    });

    photographFailures(() => journey);

    after(async () => {
      await journey.end();
      await relay.close();
    });

    it('come from a file with two bad lines over a connection that breaks', async () => {
      const { window } = journey;
      await sidebar();
      cutAt = 400_000;
      await produce('orders.jsonl', 'inbox', GOOD);
      await window.told(
        /Produced 1,000 messages from orders\.jsonl to inbox on \S+: partition 0\. Stopped: no clear response came/,
      );
      assert.equal(relay.cuts, 1);
      assert.deepEqual(linesOf('orders.set-aside.jsonl'), [...BAD.map(() => BAD_LINE), '']);
      await close();
    });

    it('go on from the files with what was unclear and what was not sent', async () => {
      await produce('orders.unclear.jsonl', 'inbox', 1_000);
      await journey.window.told('Produced 1,000 messages from orders.unclear.jsonl to inbox');
      await close();
      await produce('orders.rest.jsonl', 'inbox', 3_000);
      await journey.window.told('Produced 3,000 messages from orders.rest.jsonl to inbox');
      await close();
    });

    it('are the same in the topic, in a file and in another topic', async () => {
      const inboxFile = await exportTopic('inbox');
      const inbox = recordsOf(inboxFile);
      const good = linesOf('orders.jsonl').filter((line) => line !== BAD_LINE);
      assert.deepEqual(inbox, good.map(keyAndValue));
      await produce(inboxFile, 'copy', GOOD);
      await journey.window.told(`Produced 5,000 messages from ${inboxFile} to copy`);
      await close();
      const copy = recordsOf(await exportTopic('copy'));
      assert.deepEqual(copy.toSorted(byText), inbox.toSorted(byText));
    });

    /** Produces a file of JSON Lines with so many messages; bad lines are set aside. */
    async function produce(file: string, topic: string, count: number): Promise<void> {
      const { produceFile, choose } = hands(journey);
      await produceFile(file, topic);
      await choose('Bad lines: stop there');
      await choose('Set it aside and go on');
      await choose(`Produce ${count.toLocaleString('en')} messages to ${topic}`);
    }

    /** Exports all of a topic. Returns the name of the file. */
    async function exportTopic(topic: string): Promise<string> {
      const { window } = journey;
      const { onTopic, choose } = hands(journey);
      await onTopic(topic, 'Export Messages...');
      await choose('Which messages');
      await choose('All messages');
      await choose(`Export all messages of ${topic}`);
      // The dialog lists the folder, and has a name ready.
      await window.quickInput.getByText('orders.jsonl').waitFor();
      await window.page.keyboard.press('Enter');
      const file = `${topic}@all.jsonl`;
      await window.told(`Exported 5,000 messages of ${topic} to ${file}`);
      await close();
      return file;
    }

    async function close(): Promise<void> {
      await journey.window.runCommand('Notifications: Clear All Notifications');
    }

    function linesOf(file: string): string[] {
      return readFileSync(path.join(journey.folder, file), 'utf8').split('\n');
    }

    function recordsOf(file: string): string[] {
      return linesOf(file)
        .filter((line) => line !== '')
        .map(keyAndValue);
    }

    /** Waits until the topics are there. */
    async function sidebar(): Promise<void> {
      const { window } = journey;
      await window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
      await window.treeItem('inbox').waitFor();
    }
  });
}

/** A line of JSON Lines without what a topic adds. */
function keyAndValue(line: string): string {
  const { key, value } = JSON.parse(line) as { key: string; value: unknown };
  return JSON.stringify([key, value]);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
