import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openCluster } from '../../../src/ui/tree/commands/openCluster';
import { together } from '../../../src/ui/tree/commands/together';
import { dragAndDrop } from '../../../src/ui/tree/dragAndDrop';
import { ClusterNode } from '../../../src/ui/tree/nodes/cluster';
import { PartitionNode } from '../../../src/ui/tree/nodes/partition';
import { TopicNode } from '../../../src/ui/tree/nodes/topic';
import type { TreeNode } from '../../../src/ui/tree/nodes/treeNode';
import {
  answering,
  api,
  children,
  childNodes,
  connect,
  disconnect,
  labels,
  run,
  set,
  type Started,
  text,
  tooltipOf,
  until,
} from '../support';

type Call = readonly [command: string, ...args: unknown[]];

/** Runs a task, and returns the calls of some commands, which are not carried out. */
async function recording(commands: readonly string[], task: () => unknown): Promise<Call[]> {
  const calls: Call[] = [];
  const { executeCommand } = vscode.commands;
  const record = (command: string, ...args: unknown[]) => {
    if (!commands.includes(command)) return executeCommand(command, ...args);
    calls.push([command, ...args]);
    return Promise.resolve();
  };
  Object.assign(vscode.commands, { executeCommand: record });
  try {
    await task();
    return calls;
  } finally {
    Object.assign(vscode.commands, { executeCommand });
  }
}

describe('The tree', () => {
  let emulator: Started;

  before(async () => {
    emulator = await connect('contoso', { samples: false }, (emulator) => {
      for (const name of ['service-10', 'service-2', 'service-1']) {
        emulator.createTopic({ name, partitions: 2 });
      }
      emulator.append('service-2', [
        { partition: 0, value: 'a' },
        { partition: 1, value: 'b' },
        { partition: 1, value: 'c' },
      ]);
    });
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await disconnect('contoso', emulator);
  });

  const topicNode = async (name: string) => {
    const node = (await childNodes('contoso', 'Topics')).find((each) => each.name === name);
    assert.ok(node, name);
    return node;
  };
  const itemOf = async (node: Awaited<ReturnType<typeof topicNode>>) =>
    (await api()).tree.getTreeItem(node);

  it('shows a cluster as not connected before it was asked, and as connected after', async () => {
    const spoken = async () => (await children())[0]?.accessibilityInformation?.label;
    assert.match((await spoken()) ?? '', /^contoso, not connected yet, 127\.0\.0\.1:\d+$/);
    await children('contoso', 'Topics');
    assert.match((await spoken()) ?? '', /^contoso, connected, /);
  });

  it('lists topics in natural order', async () => {
    const topics = labels(await children('contoso', 'Topics'));
    assert.deepEqual(topics, ['service-1', 'service-2', 'service-10']);
  });

  it('asks for no size while nobody looks', async () => {
    const node = await topicNode('service-2');
    assert.equal((await itemOf(node)).description, undefined);
    assert.ok(!emulator.requests.some(({ path }) => path.includes('service-2')));
  });

  it('shows the size of a topic that was expanded', async () => {
    const node = await topicNode('service-2');
    await (await api()).tree.getChildren(node);
    const { description, accessibilityInformation } = await itemOf(node);
    assert.equal(description, '3 in 2 partitions');
    assert.equal(accessibilityInformation?.label, 'service-2, 3 messages in 2 partitions');
  });

  it('shows the sizes of all topics of a short list while it is in sight', async () => {
    await vscode.commands.executeCommand('kafkaRest.clusters.focus');
    const node = await topicNode('service-10');
    await until(
      async () => (await itemOf(node)).description === '0 in 2 partitions',
      'the size is there',
    );
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
  });

  it('tells in a tooltip what is known of a topic, and asks for it when it is wanted', async () => {
    emulator.createTopic({ name: 'unseen', partitions: 3 });
    const node = await topicNode('unseen');
    assert.match((await tooltipOf(node)).value, /\| Partitions \| 3 \|/);
  });

  it('filters while a person types, and says how many match', async () => {
    const original = vscode.window.showInputBox;
    const seen: unknown[] = [];
    const type = (keys: readonly string[], answer: string | undefined) => {
      const showInputBox: typeof original = async (options) => {
        for (const key of keys) {
          const said = await options?.validateInput?.(key);
          seen.push(typeof said === 'object' ? said?.message : said);
          seen.push(...labels(await children('contoso', 'Topics')));
        }
        return answer;
      };
      Object.assign(vscode.window, { showInputBox });
      return vscode.commands.executeCommand('kafkaRest.filterTopics');
    };
    try {
      await type(['-1', 'nothing'], undefined);
      assert.deepEqual(seen.splice(0), [
        '2 of 4 topics match',
        ...['2 of 4 match “-1”', 'service-1', 'service-10'],
        '0 of 4 topics match',
        'No topic matches “nothing”. Click to clear the filter.',
      ]);
      assert.equal((await children('contoso', 'Topics')).length, 4);
      await type(['-2'], '-2');
      const topics = labels(await children('contoso', 'Topics'));
      assert.deepEqual(topics, ['1 of 4 match “-2”', 'service-2']);
      await type(['-1'], undefined);
      assert.deepEqual(labels(await children('contoso', 'Topics')), topics);
    } finally {
      Object.assign(vscode.window, { showInputBox: original });
      await run('clearTopicFilter');
      await vscode.commands.executeCommand('workbench.action.closeSidebar');
    }
  });

  it('puts pinned topics first, with an icon of their own', async () => {
    await run('pinTopic', await topicNode('service-10'));
    const [first] = await children('contoso', 'Topics');
    assert.equal(first?.label, 'service-10');
    assert.equal((first.iconPath as vscode.ThemeIcon).id, 'pinned');
    assert.match(first.contextValue ?? '', / unpinTopic hideTopic /);
    assert.match(first.accessibilityInformation?.label ?? '', /^service-10, pinned/);
    await run('unpinTopic', await topicNode('service-10'));
    assert.equal((await children('contoso', 'Topics'))[0]?.label, 'service-1');
  });

  it('hides topics, shows them greyed on a click, and takes it back', async () => {
    const nodes = [await topicNode('service-1'), await topicNode('service-2')];
    const said = await answering({}, () =>
      vscode.commands.executeCommand('kafkaRest.hideTopic', nodes[0], nodes),
    );
    assert.match(said.join(), /^2 topics are hidden now, /);
    const hidden = await children('contoso', 'Topics');
    const note = hidden.at(-1);
    assert.deepEqual(labels(hidden), ['service-10', 'unseen', '2 hidden. Click to show.']);
    assert.equal(note?.command?.command, 'kafkaRest.showHiddenTopics');
    await run('showHiddenTopics');
    const [greyed] = await children('contoso', 'Topics');
    assert.equal(greyed?.label, 'service-1');
    assert.equal(greyed.resourceUri?.scheme, 'kafkaRest-greyed');
    assert.match(greyed.contextValue ?? '', / unhideTopic /);
    await run('unhideTopic', await topicNode('service-2'));
    await run('showHiddenTopics');
    assert.deepEqual(labels(await children('contoso', 'Topics')), [
      'service-2',
      'service-10',
      'unseen',
      '1 hidden. Click to show.',
    ]);
    await set('hiddenTopics', undefined);
    const undo = { showResult: 'Undo' };
    await run('hideTopic', await topicNode('service-1'), undo);
    await until(() => {
      const settings = vscode.workspace.getConfiguration('kafkaRest');
      return settings.inspect('hiddenTopics')?.globalValue === undefined;
    }, 'the setting is as before');
    assert.equal((await children('contoso', 'Topics')).length, 4);
  });

  it('says that a pattern hides a topic, which no name brings back', async () => {
    await set('hiddenTopics', ['serv*-1']);
    await run('showHiddenTopics');
    const said = await run('unhideTopic', await topicNode('service-1'));
    await run('showHiddenTopics');
    await set('hiddenTopics', undefined);
    assert.match(said.join(), /a pattern in kafkaRest\.hiddenTopics hides service-1/);
  });

  it('copies the names of several nodes, one a line, and the endpoint of a cluster', async () => {
    const nodes = [await topicNode('service-1'), await topicNode('service-2')];
    await vscode.commands.executeCommand('kafkaRest.copyName', nodes[0], nodes);
    assert.equal(await vscode.env.clipboard.readText(), 'service-1\nservice-2');
    const [cluster] = await childNodes();
    await run('copyEndpoint', cluster);
    assert.equal(await vscode.env.clipboard.readText(), emulator.info.endpoint);
  });

  it('opens messages on a double click, and on no other', async () => {
    const node = await topicNode('service-2');
    const { command } = await itemOf(node);
    const click = async () => {
      const { executeCommand } = vscode.commands;
      await executeCommand(command?.command ?? '', ...((command?.arguments ?? []) as unknown[]));
    };
    const commands = ['kafkaRest.openMessages', 'list.toggleExpand'];
    const calls = await recording(commands, async () => {
      await click();
      await click();
    });
    assert.deepEqual(calls, [
      ['list.toggleExpand'],
      ['kafkaRest.openMessages', { cluster: 'contoso', topic: 'service-2', ask: false }],
    ]);
  });

  it('keeps a list that cannot be refreshed, and says how old it is and why', async () => {
    const list = labels(await children('contoso', 'Topics'));
    await emulator.stop();
    const [problem, ...others] = await children('contoso', 'Topics');
    assert.match(
      text(problem?.label),
      /^As of \d\d:\d\d, could not be refreshed: no connection to 127\.0\.0\.1:/,
    );
    assert.match(
      problem?.contextValue ?? '',
      /^problem showNextSteps tryAgain editCluster showLog inline-showNextSteps inline-tryAgain$/,
    );
    assert.deepEqual(labels(others), list);
    const [cluster] = await children();
    assert.match(text(cluster?.description), /^cannot be reached · 127\.0\.0\.1:/);
    assert.equal((cluster?.iconPath as vscode.ThemeIcon).id, 'debug-disconnect');
  });
});

describe('Several nodes of the tree', () => {
  const topic = (name: string, cluster = 'a') => new TopicNode(`${cluster}/topics`, cluster, name);
  const partition = (id: number, name = 'x') =>
    new PartitionNode(`a/topics/${name}`, 'a', name, {
      ...{ id, earliest: 0n, latest: 0n, leader: 1, replicas: [1], isr: [1] },
    });

  it('are one argument for a command that takes several topics, or partitions of one', () => {
    const topics = [topic('x'), topic('y')];
    assert.deepEqual(together(topics[0], topics), { cluster: 'a', topics: ['x', 'y'] });
    const partitions = [partition(0), partition(2)];
    assert.deepEqual(together(partitions[0], partitions), {
      cluster: 'a',
      topic: 'x',
      partitions: [0, 2],
    });
  });

  it('leave the argument alone where they are not several', () => {
    const one = topic('x');
    assert.equal(together(one, undefined), one);
    assert.equal(together(one, [one]), one);
    assert.equal(together('anything', undefined), 'anything');
  });

  it('are refused where they do not belong together', () => {
    for (const nodes of [
      [topic('x'), topic('y', 'b')],
      [topic('x'), partition(0)],
      [partition(0), partition(0, 'y')],
    ]) {
      assert.throws(() => together(nodes[0], nodes), /does not belong together/);
    }
  });
});

describe('A cluster to show', () => {
  it('is opened in the tree if it is there, and nothing else is', async () => {
    const tree = {
      getChildren: () =>
        Promise.resolve(['old', 'new'].map((name) => new ClusterNode(name, 'host'))),
    };
    const revealed: (string | undefined)[] = [];
    const view = {
      reveal: (node: TreeNode, options?: { readonly expand?: boolean | number }) => {
        if (options?.expand === true) revealed.push(node.cluster);
        return Promise.resolve();
      },
    };
    await openCluster('gone', tree, view);
    assert.deepEqual(revealed, []);
    await openCluster('new', tree, view);
    assert.deepEqual(revealed, ['new']);
  });
});

describe('What is dragged and dropped', () => {
  const topic = new TopicNode('a/topics', 'a', 'orders');
  const { token } = new vscode.CancellationTokenSource();

  const drop = async (uris: string, target?: TopicNode) => {
    const data = new vscode.DataTransfer();
    data.set('text/uri-list', new vscode.DataTransferItem(uris));
    let said: string[] = [];
    const calls = await recording(['kafkaRest.produceFile'], async () => {
      said = await answering({}, () => dragAndDrop.handleDrop?.(target, data, token));
    });
    return { calls, said };
  };

  it('is a file on a topic, which is produced', async () => {
    const { calls, said } = await drop('file:///a.jsonl', topic);
    const argument = { cluster: 'a', topic: 'orders', file: 'file:///a.jsonl' };
    assert.deepEqual(calls, [['kafkaRest.produceFile', argument]]);
    assert.deepEqual(said, []);
  });

  it('is refused with a sentence where it is several files, or not on a topic', async () => {
    const several = await drop('file:///a.jsonl\r\nfile:///b.jsonl', topic);
    assert.deepEqual(several.calls, []);
    assert.match(several.said.join(), /^Drop one file at a time/);
    const elsewhere = await drop('file:///a.jsonl');
    assert.deepEqual(elsewhere.calls, []);
    assert.match(elsewhere.said.join(), /^Drop the file on a topic/);
  });

  it('is the name of a topic elsewhere', async () => {
    const data = new vscode.DataTransfer();
    await dragAndDrop.handleDrag?.([topic], data, token);
    assert.equal(await data.get('text/plain')?.asString(), 'orders');
  });
});
