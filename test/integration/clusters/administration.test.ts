import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SecretStore } from '../../../src/auth/secretStore';
import { KafkaError } from '../../../src/core/errors';
import { addPartitions } from '../../../src/ui/administration/addPartitions';
import { ConfigurationLanguage } from '../../../src/ui/administration/configuration/configurationLanguage';
import { Configurations } from '../../../src/ui/administration/configuration/configurations';
import {
  configurationUri,
  configuredTopic,
  onCluster,
} from '../../../src/ui/administration/configuration/configurationUri';
import { Administration } from '../../../src/ui/administration/administration';
import { administrationCommands } from '../../../src/ui/administration/administrationCommands';
import { deleteTopic } from '../../../src/ui/administration/deleteTopic';
import { deleteTopics } from '../../../src/ui/administration/deleteTopics';
import type { AdministrationServices } from '../../../src/ui/administration/services';
import { Agreements } from '../../../src/ui/clusters/agreements';
import { Connections } from '../../../src/ui/clusters/connections';
import { ClusterStore } from '../../../src/ui/clusters/clusters';
import { ClusterSecrets } from '../../../src/ui/clusters/secrets';
import { type TopicChange, TopicChanges } from '../../../src/ui/clusters/topicChanges';
import type { Action } from '../../../src/ui/dialogs/notify';
import { toTarget } from '../../../src/ui/clusters/pick';
import { toGivenTopics } from '../../../src/ui/targets/givenTopics';
import { Targets } from '../../../src/ui/targets/targets';
import { ClusterTree } from '../../../src/ui/tree/clusterTree';
import { createTopic } from '../../../src/ui/tree/createTopic';
import { Pins } from '../../../src/ui/tree/memory/pins';
import { TopicNode } from '../../../src/ui/tree/nodes/topic';
import type { TreeNode } from '../../../src/ui/tree/nodes/treeNode';
import { PendingTopics } from '../../../src/ui/tree/pendingTopics';
import { remediesOf } from '../../../src/ui/words/remedies';
import { explain } from '../../../src/ui/words/report';
import { Reporter } from '../../../src/ui/words/reporter';
import { AdministeredProxy } from './administeredProxy';
import {
  accept,
  answering,
  closeEditors,
  memento,
  nextInputBox,
  nextQuickPick,
  set,
  text,
  until,
} from '../support';

const target = { cluster: 'dev', topic: 'orders' };

/** Stands in for the schema registries, of which these clusters have none. */
const noRegistry = () => Promise.reject(new Error('no registry'));

describe('The administration of topics', () => {
  const secretChanges = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  const storage = {
    keys: () => Promise.resolve([]),
    get: () => Promise.resolve(undefined),
    store: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  };
  let clusters: ClusterStore;
  let secrets: ClusterSecrets;
  let connections: Connections;
  let proxy: AdministeredProxy;
  let services: AdministrationServices;
  let told: TopicChange[];

  /** Has the settings name one cluster, with a proxy of its own. */
  const begin = async (
    protection: 'none' | 'production' | 'readOnly' = 'none',
    own = new AdministeredProxy(),
  ) => {
    proxy = own;
    proxy.add('orders', 2, { 'cleanup.policy': 'compact' });
    const setting = {
      name: 'dev',
      endpoint: 'https://127.0.0.1:1',
      signIn: { kind: 'none' },
      protection,
    };
    await set('clusters', [setting]);
    clusters = new ClusterStore(new Agreements(memento()));
    secrets = new ClusterSecrets(clusters, new SecretStore(storage), secretChanges.event);
    connections = new Connections(clusters, secrets, () => Promise.resolve(proxy));
    // From then on its capabilities are known, which are not those of the dialect.
    await connections.proxy('dev');
    const topics = new TopicChanges();
    told = [];
    topics.onDidChange((change) => told.push(change));
    const nothing = () => undefined;
    services = {
      connections,
      topics,
      targets: new Targets(memento(), { selected: nothing, active: nothing, can: () => true }),
      pins: new Pins(memento(), nothing),
    };
  };

  afterEach(async () => {
    connections.dispose();
    secrets.dispose();
    clusters.dispose();
    await set('clusters', undefined);
    await closeEditors();
  });

  after(() => {
    secretChanges.dispose();
  });

  /** Types into the question that is next. */
  const type = async (asked: Promise<vscode.InputBox>, value: string) => {
    const box = await asked;
    await until(() => box.enabled && !box.busy, 'the question is ready');
    box.value = value;
    await accept();
    return box;
  };

  it('deletes a topic whose name is typed, and forgets it', async () => {
    await begin();
    await services.pins.set('dev', ['orders', 'returns'], true);
    await services.targets.used(target);
    const asked = nextInputBox();
    const saying = answering({}, () => deleteTopic(services, target));
    const box = await type(asked, 'order');
    await until(() => box.validationMessage, 'a wrong name is refused');
    assert.match(box.prompt ?? '', /10 messages in 2 partitions\. Type orders to go on/);
    assert.ok(proxy.states.has('orders'));
    box.value = 'orders';
    await accept();
    assert.deepEqual(await saying, ['Deleted the topic orders on dev']);
    assert.ok(!proxy.states.has('orders'));
    assert.deepEqual([...services.pins.of('dev')], ['returns']);
    assert.deepEqual(services.targets.list('read'), []);
    assert.deepEqual(told, [{ cluster: 'dev' }]);
  });

  it('asks for the name of a production cluster too', async () => {
    await begin('production');
    const first = nextInputBox();
    const deleting = deleteTopic(services, target);
    const box = await first;
    await until(() => !box.busy, 'the question is ready');
    const second = nextInputBox();
    box.value = 'orders';
    await accept();
    const guard = await second;
    assert.match(guard.prompt ?? '', /^Delete the topic orders on dev\. Type dev to go on/);
    assert.ok(proxy.states.has('orders'));
    guard.value = 'dev';
    await accept();
    await deleting;
    assert.ok(!proxy.states.has('orders'));
  });

  it('deletes nothing on a read-only cluster, or where the REST proxy cannot', async () => {
    await begin('readOnly');
    await assert.rejects(deleteTopic(services, target), /dev is read-only/);
    connections.dispose();
    await begin('none', new AdministeredProxy({ deleteTopic: false, addPartitions: false }));
    await assert.rejects(deleteTopic(services, target), /cannot delete topics/);
    await assert.rejects(addPartitions(services, target), /cannot add partitions/);
    assert.ok(proxy.states.has('orders'));
  });

  it('takes a topic that is gone already out of the tree', async () => {
    await begin();
    const asked = nextInputBox();
    const deleting = deleteTopic(services, target);
    const box = await asked;
    proxy.failure = new KafkaError('not-found');
    box.value = 'orders';
    await accept();
    await assert.rejects(deleting, { kind: 'not-found' });
    assert.deepEqual(told, [{ cluster: 'dev' }]);
  });

  it('deletes several topics whose number is typed, and forgets them', async () => {
    await begin();
    proxy.add('returns');
    proxy.add('payments');
    await services.pins.set('dev', ['orders', 'payments'], true);
    await services.targets.used(target);
    const asked = nextInputBox();
    const saying = answering({}, () =>
      deleteTopics(services, { cluster: 'dev', topics: ['orders', 'returns'] }),
    );
    const box = await type(asked, '3');
    await until(() => box.validationMessage, 'a wrong number is refused');
    assert.match(
      box.prompt ?? '',
      /^2 topics on dev .* for good: orders, returns\. Type 2 to go on/,
    );
    assert.equal(proxy.states.size, 3);
    box.value = '2';
    await accept();
    assert.deepEqual(await saying, ['Deleted 2 topics on dev']);
    assert.deepEqual([...proxy.states.keys()], ['payments']);
    assert.deepEqual([...services.pins.of('dev')], ['payments']);
    assert.deepEqual(services.targets.list('read'), []);
    assert.deepEqual(told, [{ cluster: 'dev' }]);
  });

  it('shows the names of many topics first, and deletes those that stay chosen', async () => {
    await begin();
    const topics = Array.from({ length: 12 }, (_, number) => `t-${number}`);
    for (const topic of topics) proxy.add(topic);
    const picked = nextQuickPick();
    const deleting = deleteTopics(services, { cluster: 'dev', topics });
    const pick = await picked;
    await until(() => pick.items.length > 0, 'the names');
    pick.selectedItems = pick.items.filter(({ label }) => label !== 't-5');
    // Once VS Code has responded to a request, it knows of changes before that too.
    await vscode.commands.getCommands();
    const asked = nextInputBox();
    await accept();
    const box = await type(asked, '11');
    assert.match(box.prompt ?? '', /t-0, .*t-10, 1 more\. Type 11 to go on/);
    await deleting;
    assert.deepEqual([...proxy.states.keys()], ['orders', 't-5']);
  });

  it('names the topics that could not be deleted, deletes the rest, and tries only those again', async () => {
    await begin();
    for (const topic of ['a', 'b', 'c']) proxy.add(topic);
    let again: Action | undefined;
    const asked = nextInputBox();
    // The first one fails; the last one is gone already.
    const given = { cluster: 'dev', topics: ['a', 'b', 'c', 'gone'] };
    const said = await answering({}, async () => {
      const deleting = deleteTopics(services, given);
      proxy.failure = new KafkaError('forbidden', { host: 'kafka' });
      await type(asked, '4');
      await assert.rejects(deleting, (error: unknown) => {
        const { reason } = explain(error);
        assert.equal(reason, '1 of 4 topics on dev failed: a (it is not allowed by kafka)');
        assert.deepEqual(
          remediesOf(error).map(({ title }) => title),
          ['Try Again'],
        );
        [again] = remediesOf(error);
        return true;
      });
    });
    assert.deepEqual(said, ['Deleted 3 of 4 topics on dev']);
    assert.deepEqual([...proxy.states.keys()], ['orders', 'a']);
    const second = nextInputBox();
    const repeated = again?.run();
    await type(second, '1');
    await repeated;
    assert.deepEqual([...proxy.states.keys()], ['orders']);
  });

  it('deletes what is selected with the key, and what a menu was opened on', async () => {
    await begin();
    const administration = new Administration(services);
    const asked: unknown[] = [];
    Object.assign(administration, {
      deleteTopic: (given: unknown) => asked.push(given),
      deleteTopics: (given: unknown) => asked.push(given),
    });
    const nodes = ['orders', 'returns'].map((name) => new TopicNode('dev/topics', 'dev', name));
    let selected: readonly TreeNode[] = nodes;
    const load = () => Promise.resolve(administration);
    const { deleteTopic: command } = administrationCommands(load, () => selected);
    const isKey = { selected: true };
    await command.run(isKey);
    await command.run(nodes[0], nodes);
    selected = [];
    await command.run(isKey);
    selected = nodes.slice(1);
    await command.run(isKey);
    await command.run(nodes[0], undefined);
    const both = { cluster: 'dev', topics: ['orders', 'returns'] };
    const only = (topic: string) => ({ cluster: 'dev', topic });
    assert.deepEqual(
      asked.map((given) => toGivenTopics(given) ?? toTarget(given)),
      [both, both, only('returns'), only('orders')],
    );
    administration.dispose();
  });

  it('asks for the name of a production cluster before it deletes several topics', async () => {
    await begin('production');
    proxy.add('returns');
    const first = nextInputBox();
    const deleting = deleteTopics(services, { cluster: 'dev', topics: ['orders', 'returns'] });
    const box = await type(first, '3');
    await until(() => box.validationMessage, 'a wrong number is refused');
    const second = nextInputBox();
    box.value = '2';
    await accept();
    const guard = await second;
    assert.match(guard.prompt ?? '', /^Delete 2 topics on dev\. Type dev to go on/);
    guard.hide();
    await assert.rejects(deleting, vscode.CancellationError);
    assert.equal(proxy.states.size, 2);
    connections.dispose();
    await begin('readOnly');
    const given = { cluster: 'dev', topics: ['orders', 'returns'] };
    await assert.rejects(deleteTopics(services, given), /dev is read-only/);
  });

  it('adds partitions after a page that says what it means, and refuses fewer', async () => {
    await begin();
    const asked = nextInputBox();
    const saying = answering({}, () => addPartitions(services, target));
    const box = await type(asked, '2');
    await until(() => box.validationMessage, 'as many are refused');
    assert.equal(box.validationMessage, 'orders has 2 partitions already. Enter a larger number.');
    const paged = nextQuickPick();
    box.value = '5';
    await accept();
    const page = await paged;
    await until(() => !page.busy && page.items.length > 0, 'the page');
    assert.deepEqual(
      page.items.map(({ label, description }) => [label, description ?? '']),
      [
        ['Add 3 partitions to orders', 'dev'],
        ['Partitions', '5 instead of 2'],
        ['Messages with a key', ''],
        ['No way back', ''],
      ],
    );
    await accept();
    assert.deepEqual(await saying, ['orders on dev has 5 partitions now']);
    assert.equal(proxy.states.get('orders')?.partitions, 5);
    assert.deepEqual(told, [target]);
  });

  it('says on the page why a topic cannot be created', async () => {
    await begin();
    const pending = new PendingTopics(services.topics);
    const paged = nextQuickPick();
    const creating = createTopic(connections, pending, {
      cluster: 'dev',
      topic: 'new',
      replicas: '9',
    });
    const page = await paged;
    await until(() => !page.busy && page.items[0]?.detail, 'the cluster was asked');
    assert.match(page.items[0]?.detail ?? '', /there are 3 brokers only/);
    await accept();
    assert.ok(!proxy.states.has('new'));
    page.hide();
    await assert.rejects(creating, vscode.CancellationError);
    pending.dispose();
  });

  describe('of a configuration', () => {
    const uri = configurationUri(target);
    const bytes = (written: string) => new TextEncoder().encode(written);
    let configurations: Configurations;

    const open = async () => {
      await begin();
      configurations = new Configurations(services);
      return new TextDecoder().decode(await configurations.read(uri));
    };

    afterEach(() => {
      configurations.dispose();
    });

    it('shows what is set as lines and the rest as comments', async () => {
      const shown = await open();
      const lines = shown.split('\n').filter((line) => /=/.test(line));
      assert.deepEqual(lines, [
        'cleanup.policy=compact',
        '# retention.ms=604800000',
        '# secret.token=  (sensitive: its value is not shown)',
        '# segment.id=7  (read-only)',
      ]);
      assert.equal((await configurations.stat(uri)).permissions, undefined);
      const { permissions } = await configurations.stat(onCluster(uri));
      assert.equal(permissions, vscode.FilePermission.Readonly);
    });

    it('changes what was edited once the person agrees, and nothing else', async () => {
      await open();
      // Someone else sets a property that the person leaves alone.
      proxy.states.get('orders')?.own.set('retention.ms', '5');
      const said = await answering({ showWarningMessage: 'Change' }, () =>
        configurations.write(uri, bytes('# none\ncleanup.policy=delete,compact\n')),
      );
      assert.deepEqual(said, [
        'Change 1 property of orders on dev?',
        'Changed 1 property of orders on dev',
      ]);
      assert.deepEqual(proxy.changes, [{ name: 'cleanup.policy', value: 'delete,compact' }]);
      assert.deepEqual(told, [target]);
      const shown = new TextDecoder().decode(await configurations.read(uri));
      assert.match(shown, /^cleanup\.policy=delete,compact\nretention\.ms=5$/m);
    });

    it('restores the default of a line that is gone', async () => {
      await open();
      await answering({ showWarningMessage: 'Change' }, () =>
        configurations.write(uri, bytes('# cleanup.policy=compact')),
      );
      assert.deepEqual(proxy.changes, [{ name: 'cleanup.policy', value: null }]);
    });

    it('keeps the text, with the reason, if the person does not agree or it fails', async () => {
      await open();
      const edited = bytes('cleanup.policy=delete');
      await answering({}, () =>
        assert.rejects(configurations.write(uri, edited), /It was cancelled\. Your text is kept/),
      );
      proxy.failure = new KafkaError('rejected', { status: 400, detail: 'policy violation' });
      await answering({ showWarningMessage: 'Change' }, () =>
        assert.rejects(configurations.write(uri, edited), /policy violation/),
      );
      await assert.rejects(configurations.write(uri, bytes('cleanup.policy')), /Line 1 is not/);
      await assert.rejects(
        configurations.write(uri, bytes('cleanup.policy=compact\nsegment.id=8')),
        /The property segment\.id cannot be changed/,
      );
      assert.deepEqual(proxy.changes, []);
    });

    it('needs no question if only comments were changed', async () => {
      await open();
      const said = await answering({}, () =>
        configurations.write(uri, bytes('# mine\ncleanup.policy=compact')),
      );
      assert.deepEqual(said, []);
    });

    it('has addresses that lead back to any topic', () => {
      for (const topic of ['orders', 'a/b', '..', '%2F', 'a\\b', '日本']) {
        const given = { cluster: 'a/b %', topic };
        assert.deepEqual(configuredTopic(configurationUri(given)), given);
      }
      assert.equal(configuredTopic(vscode.Uri.parse('kafkaRest-configuration:/a/b/c')), undefined);
    });

    it('completes names and values, explains them, and warns of wrong ones', async () => {
      await open();
      const language = new ConfigurationLanguage({ of: () => configurations.of(uri) });
      const content = '# retention.ms=604800000\ncleanup.policy=\n\n';
      const document = await vscode.workspace.openTextDocument({
        language: 'kafkarest-properties',
        content,
      });
      const at = (line: number, character: number) =>
        language
          .provideCompletionItems(document, new vscode.Position(line, character))
          .map(({ label }) => label);
      assert.deepEqual(at(2, 0), ['retention.ms', 'secret.token', 'segment.id']);
      assert.deepEqual(at(1, 15), ['delete', 'compact']);
      assert.deepEqual(at(0, 5), []);
      const hover = language.provideHover(document, new vscode.Position(0, 4));
      const [about] = hover?.contents ?? [];
      assert.ok(about instanceof vscode.MarkdownString);
      assert.match(about.value, /`604800000` = 7 days[^]*How long messages are kept/);
      language.dispose();
    });
  });

  it('sizes topics that VS Code asked for before it said that the view shows', async () => {
    await begin();
    const log = vscode.window.createOutputChannel('administration', { log: true });
    const pending = new PendingTopics(services.topics);
    const reporter = new Reporter(log, () => true);
    const tree = new ClusterTree(
      connections,
      noRegistry,
      services.topics,
      pending,
      reporter,
      memento(),
    );
    const shown = new vscode.EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
    const never = () => new vscode.Disposable(() => undefined);
    const view = {
      ...{ visible: false, onDidChangeVisibility: shown.event },
      ...{ onDidExpandElement: never, onDidCollapseElement: never },
    };
    tree.attach(view);
    const list = (await tree.getChildren((await tree.getChildren())[0])).find(
      ({ kind }) => kind === 'topics',
    );
    const [orders] = await tree.getChildren(list);
    assert.ok(orders);
    const asked = new Promise((resolve) => {
      // As VS Code does.
      tree.onDidChangeTreeData((node) => {
        if (node === list) resolve(tree.getChildren(node));
      });
    });
    view.visible = true;
    shown.fire({ visible: true });
    await asked;
    await until(
      () => tree.getTreeItem(orders).description === '10 in 2 partitions',
      'the size is there',
    );
    for (const each of [tree, pending, log, shown]) each.dispose();
  });

  it('shows groups with their lag, and configurations, in the tree', async () => {
    await begin();
    proxy.groups = [
      { id: 'billing-10', state: 'EMPTY' },
      { id: 'billing-2', state: 'STABLE' },
    ];
    proxy.members = [{ id: 'm-1', clientId: 'app', host: '/10.0.0.1' }];
    proxy.positions = [
      { topic: 'orders', partition: 1, current: 3n, end: 5n, member: 'm-1' },
      { topic: 'orders', partition: 0, current: 5n, end: 5n },
    ];
    const log = vscode.window.createOutputChannel('administration', { log: true });
    const pending = new PendingTopics(services.topics);
    const reporter = new Reporter(log, () => true);
    const tree = new ClusterTree(
      connections,
      noRegistry,
      services.topics,
      pending,
      reporter,
      memento(),
    );
    const below = async (...names: readonly string[]): Promise<TreeNode[]> => {
      let nodes = await tree.getChildren();
      for (const name of names) {
        const node = nodes.find((each) => text(tree.getTreeItem(each).label) === name);
        assert.ok(node, `${name} among ${nodes.map((each) => each.name).join()}`);
        nodes = await tree.getChildren(node);
      }
      return nodes;
    };
    const rows = async (...names: readonly string[]) =>
      (await below(...names)).map((node) => {
        const { label, description } = tree.getTreeItem(node);
        return [text(label), description ?? ''].join(' | ');
      });
    assert.deepEqual(await rows('dev', 'Consumer Groups'), [
      'billing-2 | stable',
      'billing-10 | no members',
    ]);
    assert.deepEqual(await rows('dev', 'Consumer Groups', 'billing-2'), [
      'Members | 1',
      'orders | lag 2 · 2 partitions',
    ]);
    assert.deepEqual(await rows('dev', 'Consumer Groups', 'billing-2', 'Members'), [
      'app | /10.0.0.1',
    ]);
    assert.deepEqual(await rows('dev', 'Consumer Groups', 'billing-2', 'orders'), [
      'Partition 0 | 5 / 5 · lag 0',
      'Partition 1 | 3 / 5 · lag 2',
    ]);
    const [group] = await below('dev', 'Consumer Groups');
    assert.ok(group);
    const { accessibilityInformation, description } = tree.getTreeItem(group);
    assert.equal(description, 'stable · lag 2');
    assert.equal(accessibilityInformation?.label, 'billing-2, stable, 1 member, 2 messages behind');
    tree.filter = '-10';
    assert.deepEqual(await rows('dev', 'Consumer Groups'), [
      '1 of 2 match “-10” | ',
      'billing-10 | no members',
    ]);
    tree.filter = '';
    assert.deepEqual(await rows('dev', 'Topics', 'orders', 'Configuration'), [
      'cleanup.policy | = compact',
      '3 defaults | ',
    ]);
    assert.deepEqual(await rows('dev', 'Topics', 'orders', 'Configuration', '3 defaults'), [
      'retention.ms | = 604800000',
      'secret.token | = sensitive, not shown',
      'segment.id | = 7',
    ]);
    tree.dispose();
    pending.dispose();
    log.dispose();
  });
});
