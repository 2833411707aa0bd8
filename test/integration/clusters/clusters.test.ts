import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answer, startFaultyServer } from '../../support/faultyServer';
import {
  api,
  agreeTo,
  asSetting,
  children,
  childNodes,
  closeEditors,
  labels,
  run,
  set,
  type Started,
  startOwnEmulator,
  text,
  until,
} from '../support';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

describe('A cluster of the settings', () => {
  let emulator: Started;
  let secret: string;

  before(async () => {
    emulator = await startOwnEmulator();
    secret = emulator.info.clientSecret ?? '';
    await set('clusters', [asSetting('contoso', emulator)]);
  });

  after(async () => {
    await run('removeCluster', { cluster: 'contoso' }, { showWarningMessage: 'Remove' });
    await set('clusters', undefined);
    await emulator.stop();
  });

  it('is not connected to before it is looked at', async () => {
    const [cluster] = await children();
    assert.equal(cluster?.label, 'contoso');
    assert.equal(cluster.collapsibleState, Collapsed);
    assert.equal(emulator.requests.length, 0);
  });

  it('says that it lacks its secret, and asks for it on a click', async () => {
    const [problem] = await children('contoso', 'Topics');
    assert.equal(problem?.label, 'The client secret is not stored here');
    assert.equal(problem.command?.command, 'kafkaRest.replaceSecret');
    await run('replaceSecret', problem.command.arguments?.[0], { showInputBox: secret });
    assert.ok(labels(await children('contoso', 'Topics')).includes('orders'));
  });

  it('lists brokers, and topics without the hidden ones', async () => {
    assert.deepEqual(labels(await children('contoso', 'Brokers')), [
      'Broker 1001',
      'Broker 1002',
      'Broker 1003',
    ]);
    const topics = labels(await children('contoso', 'Topics'));
    assert.ok(topics.includes('orders') && !topics.includes('__consumer_offsets'));
    await set('hiddenTopics', ['orders', 'iot-*']);
    const others = labels(await children('contoso', 'Topics'));
    await set('hiddenTopics', undefined);
    assert.ok(!others.includes('orders') && others.includes('__consumer_offsets'));
  });

  it('shows partitions with their offsets, leader and replicas', async () => {
    emulator.createTopic({ name: 'shown', partitions: 2 });
    emulator.append('shown', [{ partition: 1, value: 'a' }]);
    const [first, second] = await children('contoso', 'Topics', 'shown');
    assert.match(String(first?.description), /^0–0 \(0\) · 3\/3 · leader 100[1-3]$/);
    assert.match(String(second?.description), /^0–1 \(1\) · 3\/3 · leader 100[1-3]$/);
    assert.equal(second?.collapsibleState, None);
  });

  it('warns of a partition with too few in-sync replicas', async () => {
    const topics = await childNodes('contoso', 'Topics');
    const icons: string[] = [];
    for (const node of topics) {
      if (node.kind !== 'topic') continue;
      for (const { iconPath, description } of await children('contoso', 'Topics', node.name)) {
        if (String(description).includes(' · 2/3 · ') && iconPath instanceof vscode.ThemeIcon) {
          icons.push(iconPath.id);
        }
      }
    }
    assert.ok(icons.length > 0 && icons.every((icon) => icon === 'warning'));
  });

  it('filters its topics, and says what it found', async () => {
    await run('filterTopics', undefined, { showInputBox: 'ORD*' });
    const [note, ...found] = await children('contoso', 'Topics');
    assert.match(text(note?.label), /^1 of \d+ match “ORD\*”$/);
    assert.deepEqual(labels(found), ['orders']);
    await run('clearTopicFilter');
    assert.ok(labels(await children('contoso', 'Topics')).includes('iot-readings'));
  });

  it('copies names', async () => {
    for (const [path, name] of [
      [[], 'contoso'],
      [['contoso', 'Topics'], 'app-log'],
      [['contoso', 'Topics', 'app-log'], 'app-log-0'],
    ] as const) {
      const [node] = await childNodes(...path);
      await run('copyName', node);
      assert.equal(await vscode.env.clipboard.readText(), name);
    }
  });

  it('answers a connection test', async () => {
    const said = await run('testCluster', { cluster: 'contoso' });
    assert.match(said.join(), /^Connected to contoso: \d+ topics, 3 brokers, 1 hidden topic\.$/);
  });

  it('shows a failure in the tree, in one sentence, never an empty list', async () => {
    await set('clusters', [{ ...asSetting('contoso', emulator), endpoint: 'https://127.0.0.1:9' }]);
    await run('replaceSecret', { cluster: 'contoso' }, { showInputBox: secret });
    const [problem, ...others] = await children('contoso', 'Topics');
    assert.match(text(problem?.label), /^No connection to 127\.0\.0\.1:9/);
    assert.deepEqual(others, []);
    assert.equal(problem?.command?.command, 'kafkaRest.refresh');
    await set('clusters', [asSetting('contoso', emulator)]);
  });

  it('aborts a listing that a refresh makes old, and gives the new one in its place', async () => {
    const slow = await startFaultyServer();
    try {
      await set('clusters', [{ ...asSetting('contoso', emulator), endpoint: slow.origin }]);
      slow.will(answer(404));
      await run('replaceSecret', { cluster: 'contoso' }, { showInputBox: secret });
      const [, topics] = await childNodes('contoso');
      let aborted = false;
      slow.will(
        (response) => response.on('close', () => (aborted = true)),
        answer(200, '{"topics":["renewed"]}', { 'Content-Type': 'application/json' }),
      );
      const arrived = slow.nextArrival();
      const { tree } = await api();
      const listing = tree.getChildren(topics);
      await arrived;
      await run('refresh', topics);
      const nodes = (await listing) ?? [];
      assert.deepEqual(
        nodes.map(({ name }) => name),
        ['renewed'],
      );
      await until(() => aborted, 'the request is aborted');
    } finally {
      await set('clusters', [asSetting('contoso', emulator)]);
      await slow.close();
    }
  });

  it('gives a changed endpoint no secret that was stored for another', async () => {
    const elsewhere = await startOwnEmulator({ samples: false });
    try {
      const { endpoint } = elsewhere.info;
      await set('clusters', [{ ...asSetting('contoso', emulator), endpoint }]);
      const [problem] = await children('contoso', 'Topics');
      assert.equal(problem?.label, 'The client secret is not stored here');
      assert.equal(elsewhere.requests.length, 0);
    } finally {
      await set('clusters', [asSetting('contoso', emulator)]);
      await elsewhere.stop();
    }
  });

  it('is shown with what is wrong when its definition is', async () => {
    await set('clusters', [
      asSetting('contoso', emulator),
      { ...asSetting('contoso', emulator) },
      { ...asSetting('plain', emulator), endpoint: 'http://example.com' },
      'nonsense',
    ]);
    const items = await children();
    assert.deepEqual(labels(items), ['contoso', 'contoso', 'plain', 'Cluster 4 of the settings']);
    assert.match(String(items[2]?.description), /endpoint: .*must begin with https/);
    await set('clusters', [asSetting('contoso', emulator)]);
  });

  it('opens its entry where it stands, also from what is wrong with it', async () => {
    const nodes = [asSetting('contoso', emulator), { name: 'broken', endpoint: 'ftp://x' }];
    await set('clusters', nodes);
    const items = await children();
    const command = items.find(({ label }) => label === 'broken')?.command;
    assert.equal(command?.command, 'kafkaRest.openClusterSettings');
    await run('openClusterSettings', command.arguments?.[0]);
    const selected = () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.getText(editor.selection) ?? '';
    };
    assert.deepEqual(JSON.parse(selected()), nodes[1]);
    await run('openClusterSettings', { cluster: 'contoso' });
    assert.deepEqual(JSON.parse(selected()), nodes[0]);
    await closeEditors();

    const { Workspace } = vscode.ConfigurationTarget;
    const settings = vscode.workspace.getConfiguration('kafkaRest');
    await settings.update('clusters', [7, { name: 'theirs' }], Workspace);
    const theirs = (await children()).find(({ label }) => label === 'theirs');
    assert.match(text(theirs?.description), /^workspace · endpoint: /);
    await run('openClusterSettings', theirs?.command?.arguments?.[0]);
    const path = vscode.window.activeTextEditor?.document.uri.path ?? '';
    assert.match(path, /\/\.vscode\/settings\.json$/);
    assert.deepEqual(JSON.parse(selected()), { name: 'theirs' });
    await closeEditors();
    await settings.update('clusters', undefined, Workspace);
    await set('clusters', [asSetting('contoso', emulator)]);
  });

  it('stays beside those of the workspace, of which the one with its name counts', async () => {
    const { Workspace } = vscode.ConfigurationTarget;
    const settings = vscode.workspace.getConfiguration('kafkaRest');
    const other = { ...asSetting('other', emulator) };
    await settings.update('clusters', [other], Workspace);
    await agreeTo('other');
    assert.deepEqual(labels(await children()), ['contoso', 'other']);
    await settings.update('clusters', [asSetting('contoso', emulator)], Workspace);
    assert.deepEqual(labels(await children()), ['contoso']);
    await settings.update('clusters', [{ ...other, name: 'contoso', scope: 'x' }], Workspace);
    await agreeTo('contoso');
    const [used, hidden] = await children();
    assert.match(text(used?.description), /^workspace · /);
    assert.match(text(hidden?.description), /A cluster of the workspace has this name too/);
    await settings.update('clusters', undefined, Workspace);
  });

  it('says whether a replaced secret works', async () => {
    const replace = (value: string) =>
      run('replaceSecret', { cluster: 'contoso' }, { showInputBox: value });
    const [, works] = await replace(secret);
    assert.match(works ?? '', /^The new secret of contoso is stored and works: \d+ topics, 3/);
    const [, fails] = await replace('wrong');
    assert.match(
      fails ?? '',
      /is stored, but does not work yet: the client secret is not accepted by Microsoft Entra ID/,
    );
    await replace(secret);
  });

  it('leaves its secret out of the settings', () => {
    const settings = JSON.stringify(vscode.workspace.getConfiguration('kafkaRest'));
    assert.ok(settings.includes('contoso') && !settings.includes(secret));
  });

  it('takes its secret along when it is removed, after asking', async () => {
    await run('removeCluster', { cluster: 'contoso' });
    assert.equal((await children()).length, 1);
    await run('removeCluster', { cluster: 'contoso' }, { showWarningMessage: 'Remove' });
    assert.deepEqual(await children(), []);
    await set('clusters', [asSetting('contoso', emulator)]);
    const [problem] = await children('contoso', 'Topics');
    assert.equal(problem?.label, 'The client secret is not stored here');
  });
});
