import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answer, hang, startFaultyServer } from '../../support/faultyServer';
import {
  api,
  childNodes,
  children,
  labels,
  run,
  set,
  type Started,
  tooltipOf,
  until,
} from '../support';
import { connectWithRegistry, define, id, note, order, rows } from './support';

describe('The schemas in the tree', () => {
  let emulator: Started;
  const asked = (part: string) =>
    emulator.requests.filter(({ server, path }) => server === 'registry' && path.includes(part));

  before(async () => {
    emulator = await connectWithRegistry('contoso');
    emulator.createTopic({ name: 'orders', partitions: 1 });
  });

  after(async () => {
    await set('clusters', undefined);
    await emulator.stop();
  });

  it('say what to do while there are none', async () => {
    assert.deepEqual(await rows('contoso', 'Schemas'), ['No schemas yet. Click to register one.']);
  });

  it('are listed in natural order, and ask for no more until they are expanded', async () => {
    for (const subject of ['part-10-value', 'part-2-value', 'orders-value']) {
      emulator.schemas.register(subject, { type: 'AVRO', text: order(id), references: [] });
    }
    emulator.schemas.register('orders-value', {
      type: 'AVRO',
      text: order(id, note),
      references: [],
    });
    await run('refresh');
    assert.deepEqual(await rows('contoso', 'Schemas'), [
      'orders-value',
      'part-2-value',
      'part-10-value',
    ]);
    assert.equal(asked('/versions').length, 0);
  });

  it('have their versions below them, the newest first, and say then what they are', async () => {
    assert.deepEqual(await rows('contoso', 'Schemas', 'orders-value'), [
      'version 2 (latest)',
      'version 1',
    ]);
    const [row] = await rows('contoso', 'Schemas');
    assert.equal(row, 'orders-value | Avro · version 2 · BACKWARD');
    const [latest] = await childNodes('contoso', 'Schemas', 'orders-value');
    assert.ok(latest);
    assert.match((await tooltipOf(latest)).value, /\| Schema id \| 2 \|\n\| Type \| Avro \|/);
    const [described] = await rows('contoso', 'Schemas', 'orders-value');
    assert.equal(described, 'version 2 (latest) | id 2');
  });

  it('offer to compare a version with the one before it, if there is one', async () => {
    const versions = await childNodes('contoso', 'Schemas', 'orders-value');
    const { tree } = await api();
    const offered = versions.map(async (node) =>
      /\bcompareWithPrevious\b/.test((await tree.getTreeItem(node)).contextValue ?? ''),
    );
    assert.deepEqual(await Promise.all(offered), [true, false]);
  });

  it('show what a row lacks while a short list is in sight', async () => {
    await vscode.commands.executeCommand('kafkaRest.clusters.focus');
    const node = (await childNodes('contoso', 'Schemas')).find(
      ({ name }) => name === 'part-10-value',
    );
    assert.ok(node);
    const { tree } = await api();
    await until(
      async () => (await tree.getTreeItem(node)).description === 'Avro · version 1',
      'the type is there',
    );
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
  });

  it('say in tooltips which topic uses a subject, and which subject a topic', async () => {
    await children('contoso', 'Topics');
    const [subject] = await childNodes('contoso', 'Schemas');
    assert.ok(subject);
    const { value } = await tooltipOf(subject);
    assert.match(value, /\| Latest version \| 2, id 2 \|/);
    assert.match(value, /\| Compatibility \| BACKWARD, the default of the registry \|/);
    assert.match(value, /\| Used by \| the values of orders \|/);
    const list = (await childNodes('contoso')).find(({ kind }) => kind === 'subjects');
    assert.ok(list);
    assert.match((await tooltipOf(list)).value, /\| Schema registry \| http/);
    const [topic] = await childNodes('contoso', 'Topics');
    assert.ok(topic);
    assert.match((await tooltipOf(topic)).value, /\| Schema of the values \| orders-value \|/);
    const item = await (await api()).tree.getTreeItem(topic);
    assert.match(item.contextValue ?? '', /\bopenValueSchema\b/);
  });

  it('are filtered as topics are, but not hidden as these', async () => {
    const original = vscode.window.showInputBox;
    Object.assign(vscode.window, { showInputBox: () => Promise.resolve('part-1') });
    try {
      await set('hiddenTopics', ['part*']);
      await vscode.commands.executeCommand('kafkaRest.filterTopics');
      assert.deepEqual(labels(await children('contoso', 'Schemas')), [
        '1 of 3 match “part-1”',
        'part-10-value',
      ]);
    } finally {
      Object.assign(vscode.window, { showInputBox: original });
      await vscode.commands.executeCommand('kafkaRest.clearTopicFilter');
      await set('hiddenTopics', undefined);
    }
  });

  it('leave topics alone where the registry is down, and say what to do', async () => {
    await define('contoso', emulator, { endpoint: 'https://127.0.0.1:1' });
    const [problem] = await childNodes('contoso', 'Schemas');
    assert.equal(problem?.kind, 'problem');
    assert.match(problem.name, /^no connection to 127\.0\.0\.1:1 /);
    assert.deepEqual(labels(await children('contoso', 'Topics')), ['orders']);
    const [cluster] = await children();
    assert.match(cluster?.accessibilityInformation?.label ?? '', /^contoso, connected, /);
    await define('contoso', emulator, {});
    assert.equal((await childNodes('contoso', 'Schemas')).length, 3);
  });

  it('leave topics alone where the registry does not respond, or is closed to the person', async () => {
    const server = await startFaultyServer({ tls: true });
    try {
      await set('request.timeout', 1);
      const { caFile, origin: endpoint } = server;
      await define('contoso', emulator, { endpoint, caFile });
      server.will(hang);
      const arrived = server.nextArrival();
      const listing = childNodes('contoso', 'Schemas');
      await arrived;
      assert.deepEqual(labels(await children('contoso', 'Topics')), ['orders']);
      const [slow] = await listing;
      assert.match(slow?.name ?? '', /^no response in time from 127\.0\.0\.1/);
      server.will(answer(403, '{"error_code":40301,"message":"User cannot list subjects"}'));
      await run('refresh');
      const [closed] = await childNodes('contoso', 'Schemas');
      assert.match(closed?.name ?? '', /^it is not allowed by the schema registry 127\.0\.0\.1/);
      assert.deepEqual(labels(await children('contoso', 'Topics')), ['orders']);
    } finally {
      await set('request.timeout', undefined);
      await define('contoso', emulator, {});
      await server.close();
    }
  });

  it('are not there for a cluster without a registry', async () => {
    const { endpoint, dialect, caFile } = emulator.info;
    await set('clusters', [
      { name: 'contoso', endpoint, dialect, caFile, signIn: { kind: 'none' } },
    ]);
    assert.ok(!labels(await children('contoso')).includes('Schemas'));
    const [topic] = await childNodes('contoso', 'Topics');
    assert.ok(topic);
    const item = await (await api()).tree.getTreeItem(topic);
    assert.doesNotMatch(item.contextValue ?? '', /\bopenValueSchema\b/);
  });
});
