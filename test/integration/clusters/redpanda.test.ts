import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  api,
  childNodes,
  closeEditors,
  run,
  set,
  type Started,
  startOwnEmulator,
} from '../support';

describe('A cluster behind Redpanda’s HTTP proxy', () => {
  let emulator: Started;

  before(async () => {
    emulator = await startOwnEmulator({ face: 'redpanda', auth: 'none', samples: false });
    emulator.createTopic({ name: 'orders', partitions: 2 });
    emulator.append(
      'orders',
      Array.from({ length: 30 }, (_, n) => ({ value: `${n}`, partition: n % 2 })),
    );
    emulator.createTopic({ name: 'trimmed', firstOffset: 1_000_001n });
    emulator.append('trimmed', [{ value: 'a' }, { value: 'b' }]);
    const { endpoint, caFile, dialect } = emulator.info;
    const cluster = { name: 'panda', endpoint, caFile, dialect, signIn: { kind: 'none' } };
    await set('clusters', [cluster]);
  });

  afterEach(closeEditors);

  after(async () => {
    await run('removeCluster', { cluster: 'panda' }, { showWarningMessage: 'Remove' });
    await set('clusters', undefined);
    await emulator.stop();
  });

  const consume = (argument: object) =>
    run('consume', { cluster: 'panda', partitions: 'all', count: 100, ...argument });
  const shown = () => {
    const text = vscode.window.activeTextEditor?.document.getText() ?? '[]';
    return (JSON.parse(text) as readonly { readonly value: unknown }[]).map(({ value }) => value);
  };

  /** The descriptions of the partitions of a topic. */
  async function partitions(topic: string) {
    const { tree } = await api();
    const node = (await childNodes('panda', 'Topics')).find(({ name }) => name === topic);
    assert.ok(node, topic);
    const found = await tree.getChildren(node);
    return Promise.all(
      (found ?? []).map(async (each) => (await tree.getTreeItem(each)).description),
    );
  }

  it('shows the partitions and offsets that were found by trying', async () => {
    assert.deepEqual(await partitions('orders'), ['0–15 (15)', '0–15 (15)']);
  });

  it('reads the latest messages', async () => {
    await consume({ topic: 'orders', start: 'latest', count: 3 });
    assert.equal(shown().length, 3);
  });

  it('says what it cannot know, and reads from an offset that is given', async () => {
    assert.deepEqual(await partitions('trimmed'), ['offsets unknown']);
    const said = await consume({ topic: 'trimmed', start: 'latest' });
    assert.match(said.join(), /does not tell which offsets there are in partition 0/);
    assert.match(said.join(), /Give an offset that you know/);
    await consume({ topic: 'trimmed', start: 'offset', offset: '1000002' });
    assert.deepEqual(shown(), ['b']);
    // From now on, the offsets are known.
    await consume({ topic: 'trimmed', start: 'earliest' });
    assert.deepEqual(shown(), ['a', 'b']);
  });
});
