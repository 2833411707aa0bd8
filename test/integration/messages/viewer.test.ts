import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import {
  closeEditors,
  connect,
  disconnect,
  openUntitled,
  run,
  set,
  type Started,
  until,
} from '../support';

describe('Viewers', () => {
  let emulator: Started;

  before(async () => {
    emulator = await connect('contoso');
  });

  afterEach(async () => {
    await set('consume.openIn', undefined);
    await closeEditors();
  });

  after(async () => {
    await disconnect('contoso', emulator);
  });

  const latest = {
    cluster: 'contoso',
    topic: 'orders',
    start: 'latest',
    count: 5,
    partitions: 'all',
  };

  it('open by command, read, and say in their title what they show', async () => {
    const before = reads();
    await run('viewMessages', latest);
    await shows('orders@latest-5');
    await until(() => reads() > before, 'the viewer reads');
  });

  it('open several at once', async () => {
    await run('viewMessages', latest);
    await run('viewMessages', { ...latest, count: 7 });
    await shows('orders@latest-5', 'orders@latest-7');
  });

  it('open in place of documents where the settings say so', async () => {
    await set('consume.openIn', 'viewer');
    await run('consume', latest);
    await shows('orders@latest-5');
    assert.equal(vscode.window.activeTextEditor, undefined);
  });

  it('show what a document shows', async () => {
    await run('consume', latest);
    await run('openInViewer');
    await shows('orders@latest-5');
  });

  it('open what they show as a document', async () => {
    await run('viewMessages', { ...latest, start: 'range', offset: 2, last: 4, partitions: [0] });
    await until(async () => {
      await run('openAsDocument');
      return /"offset": 4/.test(vscode.window.activeTextEditor?.document.getText() ?? '');
    }, 'the document holds the messages');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.deepEqual(text.match(/"offset": \d+/g), ['"offset": 2', '"offset": 3', '"offset": 4']);
  });

  it('follow a CONSUMER block, and read each message once', async () => {
    await set('consume.openIn', 'viewer');
    emulator.createTopic({ name: 'followed', partitions: 1 });
    emulator.append('followed', [{ value: 'a' }, { value: 'b' }]);
    const { document } = await openUntitled(
      'kafka',
      'CONSUMER\ntopic: followed\nfrom: earliest\n###',
    );
    const block = { uri: document.uri.toString(), line: 0 };
    const ended = run('followBlock', block);
    await shows('followed@follow');
    emulator.append('followed', [{ value: 'c' }]);
    const offsets = await until(async () => {
      await run('openAsDocument');
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      const found = text.match(/"offset": \d+/g) ?? [];
      return found.length >= 3 && found;
    }, 'the messages have come');
    assert.deepEqual(offsets, ['"offset": 0', '"offset": 1', '"offset": 2']);
    await run('stopBlock', block);
    await ended;
  });

  it('are narrowed to a value inside of a message, and cleared', async () => {
    emulator.createTopic({ name: 'narrowed', partitions: 1 });
    emulator.append('narrowed', [
      { value: '{"user":{"id":9007199254740993}}' },
      { value: '{"user":{"id":9007199254740992}}' },
    ]);
    const shown = async () => {
      await run('openAsDocument');
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      return text.match(/"offset": \d+/g)?.join() ?? '';
    };
    await run('viewMessages', { ...latest, topic: 'narrowed' });
    await until(async () => (await shown()) === '"offset": 0,"offset": 1', 'both are read');
    const leaf = { part: 'value', path: ['user', 'id'], json: '9007199254740993' };
    assert.deepEqual(await run('onlyThisValue', { webviewSection: 'leaf', ...leaf }), []);
    await until(async () => (await shown()) === '"offset": 0', 'only one is shown');
    assert.deepEqual(await run('onlyThisValue', { ...leaf, path: ['x y'.repeat(9_000)] }), [
      'Could not filter for the value: this is too long for a filter. Copy a part of it, and filter for that.',
    ]);
    assert.deepEqual(await run('clearMessages'), []);
    await until(async () => (await shown()) === '', 'nothing is shown');
  });

  it('say what is missing where nothing is selected', async () => {
    await run('viewMessages', latest);
    assert.deepEqual(await run('openMessage'), [
      'Could not open the message: no message is selected. Select it in the table of the viewer.',
    ]);
  });

  it('say what is missing where no viewer is open', async () => {
    assert.deepEqual(await run('compareMessages'), [
      'Could not compare the messages: no viewer is open. Open messages in a viewer first.',
    ]);
  });

  function reads(): number {
    return emulator.requests.filter(({ path }) => path.includes('/consumer/')).length;
  }
});

/** Waits until the open viewers are those with these titles. */
async function shows(...titles: readonly string[]): Promise<void> {
  await until(
    () => isDeepStrictEqual(viewers(), titles),
    `the viewers are ${titles.join()}, not ${viewers().join()}`,
  );
}

function viewers(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview && input.viewType.endsWith('kafkaRest.viewer'),
    )
    .map(({ label }) => label);
}
