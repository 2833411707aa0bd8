import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { type Served, startGateway } from '../../../src/emulator/gateway';
import { root } from '../../support/host/processes';
import { OtherClient } from '../../support/kafka/otherClient';
import { useKafka } from '../../support/kafka/useKafka';
import { until } from '../../support/until';
import { beginJourney, type Journey, photographFailures } from '../window/support';
import { viewerOf } from '../window/viewerPage';

const pictures = path.join(root, 'out/e2e/strimzi');

const file = `PRODUCER an order of last week
topic: orders
key: customer-7
headers: trace=4bf92f35, origin=Zürich
-- @partition: 2
-- @timestamp: 2026-11-20T08:30:00.250Z
{ "orderId": 9007199254740993, "status": "paid" }
###

CONSUMER the-latest
topic: orders
from: latest
count: 10
###

PRODUCER forget the customer
topic: orders
key: customer-7
-- @tombstone
###
`;

describe('Strimzi’s bridge before a real Kafka', () => {
  const kafka = useKafka();
  let client: OtherClient | undefined;
  let gateway: Served | undefined;
  let journey: Journey | undefined;

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    const { bootstrap } = kafka();
    client = await OtherClient.connect(bootstrap);
    await client.createTopic('orders', 3);
    await client.createTopic('returns', 1);
    await client.append(
      'orders',
      Array.from({ length: 30 }, (_, n) => ({
        partition: n % 3,
        key: `customer-${n}`,
        value: JSON.stringify({ orderId: n, status: 'open' }),
      })),
    );
    gateway = await startGateway({ brokers: [bootstrap] }, { face: 'strimzi', auth: 'none' });
    journey = await beginJourney({ 'requests.kafka': file }, { running: gateway.info });
  });

  photographFailures(begun);

  after(async () => {
    await journey?.end();
    await gateway?.stop();
    await client?.close();
  });

  it('shows the topics of Kafka and their partitions', async () => {
    const { window } = begun();
    await window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    await window.treeItem(/orders.*30 in 3 partitions/).waitFor();
    await window.treeItem(/returns.*0 in 1 partition/).waitFor();
    await window.treeItem('orders').click();
    await window.treeItem(/Partition 2.*0–10 \(10\)/).waitFor();
    await picture('browse');
  });

  it('produces a block with headers and a timestamp', async () => {
    const { window } = begun();
    const { page } = window;
    await page.keyboard.press('Control+P');
    await window.quickInput.locator('input').fill('requests.kafka');
    await window.pick('requests.kafka');
    await page.locator('.codelens-decoration').getByText('Emulator').first().waitFor();
    await block('PRODUCER an order').click();
    await page.keyboard.press('Control+Enter');
    await window.told('Produced 1 message to orders');
    await beside(/✓ 1 message to partition 2, offset 10 · /);
    await picture('produce');
  });

  it('refuses a tombstone and says why, before anything is sent', async () => {
    const { window } = begun();
    const { page } = window;
    await block('PRODUCER forget').click();
    await page.keyboard.press('Control+Enter');
    await window.told(/cannot carry tombstones, so the block will not be sent/);
    await picture('tombstone');
    await window.runCommand('Notifications: Clear All Notifications');
    assert.equal((await client?.latest('orders'))?.get(2), 11n);
  });

  it('reads the message back into a document, with its headers', async () => {
    const { page } = begun().window;
    await block('CONSUMER').click();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('tab', { name: 'orders@the-latest.json' }).waitFor();
    await text('9007199254740993').waitFor();
    await text('"value": "4bf92f35"').waitFor();
    await text('"value": "Zürich"').waitFor();
    await text('"timestamp": "2026-11-20T08:30:00.250Z"').waitFor();
    await picture('document');
  });

  it('follows what another client produces', async () => {
    const { window } = begun();
    const { page } = window;
    await page.getByRole('tab', { name: 'requests.kafka' }).click();
    await block('CONSUMER').click();
    await window.runCommand('Kafka REST: Follow Topic of Block');
    await page.getByRole('tab', { name: 'orders@the-latest@follow.json' }).waitFor();
    await client?.append('orders', [
      { partition: 0, key: 'customer-8', value: 'by another client', headers: { via: 'kafkajs' } },
    ]);
    await text('by another client').waitFor();
    await text('"value": "kafkajs"').waitFor();
    await picture('follow');
    await window.runCommand('View: Close Editor');
    await page.getByRole('button', { name: 'Following orders' }).waitFor({ state: 'hidden' });
  });

  it('shows headers in the viewer', async () => {
    const { window } = begun();
    await window.chooseFromMenu(window.treeItem('orders'), 'View Messages...');
    await window.pick('Which messages');
    await window.pick('All messages');
    await window.pick('Open all messages of orders');
    const viewer = viewerOf(begun());
    await viewer.getByText('Complete', { exact: true }).waitFor();
    await viewer.getByRole('combobox', { name: 'Filter' }).fill('header:trace=4bf92f35');
    await viewer.getByText('1 of 32 matches').waitFor();
    await viewer.getByRole('columnheader', { name: 'Headers' }).waitFor();
    await viewer.getByRole('gridcell', { name: 'trace=4bf92f35, origin=Zürich' }).waitFor();
    await viewer.getByRole('gridcell', { name: 'customer-7' }).click();
    const detail = viewer.getByRole('complementary', { name: 'Message' });
    await detail.getByText('Zürich', { exact: true }).waitFor();
    await picture('viewer');
  });

  it('exports headers to a file', async () => {
    const { window, folder } = begun();
    await window.chooseFromMenu(window.treeItem('orders'), 'Export Messages...');
    await window.pick('Which messages');
    await window.pick('All messages');
    await window.pick('Export all messages of orders');
    await window.quickInput.getByText('requests.kafka').waitFor();
    await window.page.keyboard.press('Enter');
    await window.told('Exported 32 messages of orders to orders@all.jsonl');
    await picture('export');
    const lines = readFileSync(path.join(folder, 'orders@all.jsonl'), 'utf8').trim().split('\n');
    assert.equal(lines.length, 32);
    const produced = lines.find((line) => line.includes('9007199254740993')) ?? '';
    assert.match(produced, /"timestamp":"2026-11-20T08:30:00\.250Z"/);
    assert.deepEqual((JSON.parse(produced) as { headers: unknown }).headers, [
      { name: 'trace', value: '4bf92f35' },
      { name: 'origin', value: 'Zürich' },
    ]);
  });

  it('leaves no consumer behind', async () => {
    // They are removed a moment after a read, so that nothing has to wait for that.
    await until(() => gateway?.instances().length === 0);
  });

  function begun(): Journey {
    assert.ok(journey);
    return journey;
  }

  /** The first line of a block of the file. */
  function block(begin: string): Locator {
    return begun().window.page.locator('.view-line').filter({ hasText: begin });
  }

  /** A line of a document. */
  function text(part: string): Locator {
    return begun().window.page.locator('.view-lines').getByText(part).first();
  }

  /** Waits for a text beside a line, which the browser shows but does not count as content. */
  async function beside(pattern: RegExp): Promise<void> {
    await begun().window.page.waitForFunction(
      `[...document.querySelectorAll('.view-line *')].some((each) =>
        new RegExp(${JSON.stringify(pattern.source)}).test(getComputedStyle(each, '::after').content))`,
    );
  }

  async function picture(name: string): Promise<void> {
    await begun().window.screenshot(path.join(pictures, `${name}.png`));
  }
});
