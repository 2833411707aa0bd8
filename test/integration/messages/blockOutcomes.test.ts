import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Exchange } from '../../support/faults/fault';
import { startFaultProxy } from '../../support/faults/faultProxy';
import { rules } from '../../support/faults/plans';
import {
  accept,
  asSetting,
  closeEditors,
  connect,
  disconnect,
  nextInputBox,
  openUntitled,
  run,
  set,
  type Started,
  until,
  type WatchedDecorations,
  watchDecorations,
} from '../support';

describe('Beside its first line, a block', () => {
  const clock = /\d\d:\d\d:\d\d$/;
  let emulator: Started;
  let beside: WatchedDecorations;

  before(async () => {
    emulator = await connect('contoso', { samples: false }, (emulator) => {
      for (const name of ['one', 'two']) emulator.createTopic({ name, partitions: 1 });
    });
  });

  beforeEach(() => {
    beside = watchDecorations();
  });

  afterEach(async () => {
    beside.end();
    await run('stopBlock');
    await closeEditors();
  });

  after(async () => {
    await disconnect('contoso', emulator);
  });

  async function open(...lines: readonly string[]): Promise<vscode.TextDocument> {
    const { document } = await openUntitled('kafka', lines.join('\n'));
    return document;
  }

  function lens(command: string, { uri }: vscode.TextDocument, line: number, more = {}) {
    return run(command, { uri: uri.toString(), line, ...more });
  }

  function edit({ uri }: vscode.TextDocument, line: number, character: number, text: string) {
    const change = new vscode.WorkspaceEdit();
    change.insert(uri, new vscode.Position(line, character), text);
    return vscode.workspace.applyEdit(change);
  }

  const textAt = (document: vscode.TextDocument, line: number) =>
    beside.of(document).find((each) => each.line === line)?.text;

  const block = (topic: string, value: string) => ['PRODUCER', `topic: ${topic}`, value, '###'];

  it('says what it produced and where', async () => {
    emulator.append('one', [{ value: 'before' }]);
    const document = await open(...block('one', 'x'));
    await lens('runBlock', document, 0, { count: 3 });
    const [{ text, hover } = { text: '', hover: '' }] = beside.of(document);
    assert.match(text, /^✓ 3 messages to partition 0, offsets 1 to 3 · \d\d:\d\d:\d\d$/);
    assert.match(hover, /^3 messages to one on contoso, partition 0, offsets 1 to 3 \(by how far/);
    assert.match(hover, /\[View Messages\]\(command:kafkaRest\.showBlockOutcome\?/);
  });

  it('names a production cluster and the topic', async () => {
    await set('clusters', [{ ...asSetting('contoso', emulator), protection: 'production' }]);
    try {
      const document = await open(...block('two', 'x'));
      const question = nextInputBox();
      const running = lens('runBlock', document, 0);
      (await question).value = 'contoso';
      await accept();
      await running;
      assert.match(
        textAt(document, 0) ?? '',
        /^✓ 1 message to two on contoso \(production\), partition 0, offset \d+ · /,
      );
    } finally {
      await set('clusters', [asSetting('contoso', emulator)]);
    }
  });

  it('says why it failed, and a link of the hover tries again', async () => {
    const document = await open(...block('late', 'x'));
    const [said] = await lens('runBlock', document, 0);
    assert.match(said ?? '', /^Could not run the block: it is not there/);
    const [{ text, hover } = { text: '', hover: '' }] = beside.of(document);
    assert.match(text, /^✗ it is not there/);
    assert.match(hover, /^it is not there \(Topic .late. .*\)\. Something that was just created /);
    const links = Array.from(hover.matchAll(/\[([\w ]+)\]\(command:/g), ([, title]) => title);
    assert.deepEqual(links, ['Create Topic', 'Try Again', 'Show Log']);
    emulator.createTopic({ name: 'late', partitions: 1 });
    await edit(document, 0, 0, '\n');
    assert.match(textAt(document, 1) ?? '', /^✗ /);
    await lens('showBlockOutcome', document, 1, { action: links.indexOf('Try Again') });
    assert.match(textAt(document, 1) ?? '', /^✓ 1 message to partition 0, offset 0 · /);
  });

  it('leads to the line of a mistake', async () => {
    const document = await open(...block('one', '{{no.such}}'));
    await lens('runBlock', document, 0);
    assert.match(textAt(document, 0) ?? '', /^✗ line 3: There is no template "no\.such"/);
    await lens('showBlockOutcome', document, 0, { action: 0 });
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 2);
  });

  it('keeps its outcome while others are edited, and loses it with an edit of its own', async () => {
    const document = await open(...block('one', 'x'), ...block('two', 'y'));
    await lens('runBlock', document, 0);
    await lens('runBlock', document, 4);
    await edit(document, 0, 0, '-- a comment\n\n');
    assert.match(textAt(document, 2) ?? '', clock);
    assert.match(textAt(document, 6) ?? '', clock);
    await edit(document, 4, 0, 'more ');
    assert.equal(textAt(document, 2), undefined);
    assert.match(textAt(document, 6) ?? '', clock);
  });

  it('shows its outcome again in another editor of the file', async () => {
    const document = await open(...block('one', 'x'));
    await lens('runBlock', document, 0);
    const shown = beside.all.length;
    await vscode.window.showTextDocument(document, vscode.ViewColumn.Two);
    await edit(document, document.lineCount - 1, 0, '\n');
    assert.ok(beside.all.length >= shown + 2);
    assert.match(beside.all.at(-1) ?? '', /^✓ 1 message /);
  });

  it('tells its whole outcome where it is asked for, and that there is none', async () => {
    const document = await open(...block('one', 'x'));
    const [none] = await lens('showBlockOutcome', document, 0);
    assert.match(none ?? '', /this block has not run since it was edited\. Run it first\.$/);
    await lens('runBlock', document, 0);
    const [said] = await lens('showBlockOutcome', document, 0);
    assert.match(
      said ?? '',
      /^1 message to one on contoso, partition 0, offset \d+ \(by .+\) · \d{4}-/,
    );
  });

  it('says how many messages it consumed', async () => {
    emulator.createTopic({ name: 'read', partitions: 1 });
    emulator.append('read', [{ value: 'a' }, { value: 'b' }]);
    const document = await open('CONSUMER', 'topic: read', 'from: earliest', '###', '');
    await lens('runBlock', document, 0);
    await vscode.window.showTextDocument(document);
    await edit(document, 4, 0, '\n');
    assert.match(textAt(document, 0) ?? '', /^✓ 2 messages · /);
  });

  it('shows a notification only if it takes long', async () => {
    const { withProgress } = vscode.window;
    const between = await startFaultProxy(emulator);
    const shown: string[] = [];
    let told = (): void => undefined;
    const isShown = new Promise<void>((resolve) => (told = resolve));
    const watching: typeof withProgress = (options, task) => {
      if (options.location === vscode.ProgressLocation.Notification) {
        shown.push(options.title ?? '');
        told();
      }
      return withProgress(options, task);
    };
    Object.assign(vscode.window, { withProgress: watching });
    try {
      await set('clusters', [asSetting('contoso', between)]);
      const secret = emulator.info.clientSecret;
      await run('replaceSecret', { cluster: 'contoso' }, { showInputBox: secret });
      const document = await open(...block('one', 'x'));
      await lens('runBlock', document, 0);
      assert.deepEqual(shown, []);
      const late = async (exchange: Exchange) => {
        await isShown;
        await exchange.send(await exchange.forward());
      };
      between.plan = rules({ fault: { name: 'late', act: late }, on: 'produce' });
      await lens('runBlock', document, 0);
      assert.deepEqual(shown, ['Producing 1 message to one']);
      assert.match(textAt(document, 0) ?? '', /^✓ 1 message /);
    } finally {
      Object.assign(vscode.window, { withProgress });
      await set('clusters', [asSetting('contoso', emulator)]);
      await between.close();
    }
  });

  it('counts what it follows, and says at the end how many there were', async () => {
    emulator.createTopic({ name: 'followed', partitions: 1 });
    const document = await open('CONSUMER', 'topic: followed');
    await vscode.window.showTextDocument(document, vscode.ViewColumn.Two);
    const ended = lens('followBlock', document, 0);
    const { uri } = document;
    await until(() => beside.all.some((text) => text.includes('following followed')), 'it begins');
    const follows = () =>
      vscode.workspace.textDocuments.some(({ uri }) => uri.path.endsWith('/followed@follow.json'));
    await until(follows, 'the document is there');
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    emulator.append('followed', [{ value: 'a' }, { value: 'b' }]);
    const counted = '… following followed: 2 messages so far';
    await until(() => textAt(document, 0) === counted, counted);
    await run('stopBlock', { uri: uri.toString(), line: 0 });
    await ended;
    assert.match(textAt(document, 0) ?? '', /^✓ stopped after 2 messages · /);
  });

  it('counts what it produces again and again, also while it is edited', async () => {
    const document = await open('PRODUCER', 'topic: one', 'every: 1s', 'x', '###');
    const ended = lens('startBlock', document, 0);
    await until(() => textAt(document, 0) === '… producing to one: 1 message so far', 'the first');
    await edit(document, 3, 1, 'y');
    await until(() => textAt(document, 0)?.includes('2 messages so far'), 'the second');
    await run('stopBlock', { uri: document.uri.toString(), line: 0 });
    await ended;
    assert.match(textAt(document, 0) ?? '', /^✓ stopped after \d messages · /);
  });
});
