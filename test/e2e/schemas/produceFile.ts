import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Emulator } from '../../../src/emulator/server';
import { root } from '../../support/host/processes';
import { mouse } from '../window/hands';
import type { Journey } from '../window/support';
import { viewerOf } from '../window/viewerPage';

const pictures = path.join(root, 'out/e2e/produceFile');
const SCHEMA = JSON.stringify({
  type: 'record',
  name: 'Shipment',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'carrier', type: { type: 'enum', name: 'Carrier', symbols: ['ROAD', 'RAIL'] } },
  ],
});
const BAD = '{"key":"b","value":{"id":9007199254740993,"carrier":"SHIP"}}';
const LINES = [
  '{"key":"a","value":{"id":9007199254740993,"carrier":"ROAD"}}',
  BAD,
  '{"key":"c","value":{"id":3,"carrier":"RAIL"}}',
];

export const producedFiles = { 'shipments.jsonl': `${LINES.join('\n')}\n` };

/** Producing a file by a schema, with a line that does not fit. */
export function produceFile(opened: () => Journey, running: () => Emulator): void {
  describe('A file for an Avro topic', () => {
    let journey: Journey;
    let emulator: Emulator;

    before(async () => {
      mkdirSync(pictures, { recursive: true });
      journey = opened();
      emulator = running();
      emulator.createTopic({ name: 'shipments', partitions: 1 });
      emulator.schemas.register('shipments-value', { type: 'AVRO', text: SCHEMA, references: [] });
      await journey.window.runCommand('Kafka REST: Refresh');
      await journey.window.treeItem('shipments').waitFor();
    });

    after(() => journey.window.runCommand('View: Close All Editors'));

    it('is checked against the schema that is chosen, before anything is sent', async () => {
      const { quickInput } = journey.window;
      const { produceFile: open, choose } = mouse(journey);
      await open('shipments.jsonl', 'shipments');
      await choose('Format of values: text, as it is');
      await choose('avro(shipments-value)');
      await quickInput.getByText('Format of values: avro(shipments-value)').waitFor();
      await quickInput.getByText(/^shipments-value@1 \(id \d+\)$/).waitFor();
      await quickInput
        .getByText('1 message cannot be sent. It will stop at line 2.')
        .first()
        .waitFor();
      // The reason is wider than the list, and goes on in the next row.
      await quickInput.getByText('Line 2: the value does not fit').first().waitFor();
      await quickInput
        .getByRole('option', { name: /^(?!Line).*found "SHIP"/ })
        .first()
        .waitFor();
      await picture('page');
    });

    it('is sent without what does not fit, which is set aside as it was', async () => {
      const { window } = journey;
      const { choose } = mouse(journey);
      await choose('Bad lines: stop there');
      await choose('Set it aside and go on');
      await choose('Produce 2 messages to shipments');
      await window.told(
        /Produced 2 messages from shipments\.jsonl .*set aside in shipments\.set-aside\.jsonl\. Encoded by shipments-value@1 \(id \d+\)\./,
      );
      await picture('told');
      assert.equal(textOf('shipments.set-aside.jsonl'), `${BAD}\n`);
      await window.runCommand('Notifications: Clear All Notifications');
    });

    it('is mended and produced by the same schema, which need not be chosen again', async () => {
      const { window } = journey;
      const { quickInput } = window;
      const { produceFile: open, choose } = mouse(journey);
      const mended = BAD.replace('SHIP', 'RAIL');
      writeFileSync(path.join(journey.folder, 'shipments.set-aside.jsonl'), `${mended}\n`);
      emulator.schemas.register('shipments-value', {
        type: 'AVRO',
        text: SCHEMA.replace('"RAIL"', '"RAIL","SHIP"'),
        references: [],
      });
      await open('shipments.set-aside.jsonl', 'shipments');
      await quickInput.getByText('Format of values: avro(shipments-value@1)').waitFor();
      await picture('again');
      await choose('Produce 1 message to shipments');
      await window.told(/Produced 1 message .*Encoded by shipments-value@1/);
      await window.runCommand('Notifications: Clear All Notifications');
    });

    it('is in the topic as Avro', async () => {
      const { window } = journey;
      const { onTopic } = mouse(journey);
      await onTopic('shipments', 'View Messages...');
      await window.pick('Which messages');
      await window.pick('All messages');
      await window.pick('Open all messages of shipments');
      const rows = viewerOf(journey).getByRole('row');
      for (const carrier of ['ROAD', 'RAIL']) {
        await rows
          .filter({ hasText: `"id":9007199254740993,"carrier":"${carrier}"` })
          .first()
          .waitFor();
      }
      await picture('viewer');
    });

    function textOf(file: string): string {
      return readFileSync(path.join(journey.folder, file), 'utf8');
    }

    async function picture(name: string): Promise<void> {
      await journey.window.screenshot(path.join(pictures, `${name}.png`));
    }
  });
}
