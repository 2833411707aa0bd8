import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { Exchange } from '../../support/faults/fault';
import { startFaultProxy } from '../../support/faults/faultProxy';
import { rules } from '../../support/faults/plans';
import {
  asSetting,
  closeEditors,
  connect,
  disconnect,
  openUntitled,
  run,
  select,
  set,
  type Started,
  until,
} from '../support';

describe('A .kafka file', () => {
  let emulator: Started;

  before(async () => {
    emulator = await connect('contoso', { samples: false });
  });

  afterEach(async () => {
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

  /** Runs a command on the block of a line, as its lens does. */
  function lens(command: string, { uri }: vscode.TextDocument, line: number, count?: number) {
    return run(command, { uri: uri.toString(), line, count });
  }

  function activeText(): string {
    return vscode.window.activeTextEditor?.document.getText() ?? '';
  }

  /** The document that shows what comes to a topic. */
  function followedDocument(topic: string): vscode.TextDocument | undefined {
    const { textDocuments } = vscode.workspace;
    return textDocuments.find(({ uri }) => uri.path.endsWith(`/${topic}@follow.json`));
  }

  function values(text: string): unknown[] {
    return (JSON.parse(text) as { readonly value: unknown }[]).map(({ value }) => value);
  }

  it('produces what a block says, ten times with its templates filled in, and consumes it', async () => {
    emulator.createTopic({ name: 'blocks', partitions: 2 });
    const document = await open(
      'PRODUCER',
      '-- @partition: 1',
      'topic: blocks',
      'key: k{{$index}}',
      '{"n": {{$index}}, "big": 9007199254740993}',
      '###',
      'CONSUMER a view',
      'topic: blocks',
      'from: earliest',
      'partitions: 1',
    );
    const said = await lens('runBlock', document, 0, 10);
    assert.deepEqual(said, [
      'Produced 10 messages to blocks on contoso: partition 1, offsets 0 to 9.',
    ]);
    await lens('runBlock', document, 6);
    const messages = JSON.parse(activeText()) as { key: string; value: { n: number } }[];
    assert.deepEqual(
      messages.map(({ key, value }) => `${key}=${value.n}`),
      Array.from({ length: 10 }, (_, n) => `k${n}=${n}`),
    );
    assert.ok(activeText().includes('9007199254740993'));
    assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /blocks@a-view\.json$/);
  });

  it('runs the blocks of the selection in order, and stops at the first that fails', async () => {
    emulator.createTopic({ name: 'ordered', partitions: 1 });
    await open(
      ...['PRODUCER', 'topic: ordered', 'first', '###'],
      ...['PRODUCER', 'topic: missing', 'second', '###'],
      ...['PRODUCER', 'topic: ordered', 'third', '###'],
    );
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    await select(editor, new vscode.Selection(0, 0, editor.document.lineCount - 1, 0));
    const said = await run('runBlocks');
    assert.match(said[1] ?? '', /^Could not run the block: it is not there/);
    assert.equal(said.length, 2);
    await run('consume', {
      cluster: 'contoso',
      topic: 'ordered',
      start: 'earliest',
      count: 9,
      partitions: 'all',
    });
    assert.deepEqual(values(activeText()), ['first']);
  });

  it('offers to send the other blocks of a selection if one cannot be carried', async () => {
    emulator.createTopic({ name: 'others', partitions: 1 });
    await open(
      ...['PRODUCER', 'topic: others', 'first', '###'],
      ...['PRODUCER', 'topic: others', 'headers: a=b', 'second', '###'],
      ...['PRODUCER', 'topic: others', 'third', '###'],
    );
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    await select(editor, new vscode.Selection(0, 0, editor.document.lineCount - 1, 0));
    const sent = () => emulator.requests.filter(({ method }) => method === 'POST').length;
    const before = sent();
    const [said = ''] = await run('runBlocks');
    assert.match(said, /^Could not run the block: line 7: .* Nothing was sent\.$/);
    assert.equal(sent(), before);
    const answered = await run('runBlocks', undefined, { showErrorMessage: 'Send the Other 2' });
    assert.ok(answered.length > 0);
    const read = { cluster: 'contoso', topic: 'others', start: 'earliest', count: 9 };
    await until(() => sent() === before + 2, 'the others are sent');
    await run('consume', { ...read, partitions: 'all' });
    assert.deepEqual(values(activeText()), ['first', 'third']);
  });

  it('refuses headers, and what is no template, before anything is sent', async () => {
    emulator.createTopic({ name: 'refused', partitions: 1 });
    const document = await open(
      ...['PRODUCER', 'topic: refused', 'headers: a=b', 'x', '###'],
      ...['PRODUCER', 'topic: refused', '{{no.such}}', '###'],
      ...['PRODUCER', 'topic: refused', 'value-format: integer', '200', '###'],
    );
    const before = emulator.requests.filter(({ method }) => method === 'POST').length;
    for (const line of [0, 5, 9]) {
      const [said] = await lens('runBlock', document, line);
      assert.match(said ?? '', /^Could not run the block: line \d+: .* Nothing was sent\.$/);
    }
    const after = emulator.requests.filter(({ method }) => method === 'POST').length;
    assert.equal(after, before);
  });

  it('previews a message, and sends just that one', async () => {
    emulator.createTopic({ name: 'preview', partitions: 1 });
    const document = await open('PRODUCER', 'topic: preview', '{{$uuid}}', '###');
    const uri = document.uri.toString();
    const answer = { showInformationMessage: 'Produce This Message' };
    const [title] = await run('previewBlock', { uri, line: 0 }, answer);
    assert.equal(title, 'To preview on contoso');
    const all = { cluster: 'contoso', topic: 'preview', start: 'earliest', count: 9 };
    await run('consume', { ...all, partitions: 'all' });
    assert.match(String(values(activeText())[0]), /^[0-9a-f-]{36}$/);
  });

  it('follows a topic, drops the oldest messages, and stops with its tab', async () => {
    emulator.createTopic({ name: 'followed', partitions: 1 });
    emulator.append('followed', [{ value: 'before' }]);
    await set('follow.maxMessages', 100);
    const document = await open('CONSUMER', 'topic: followed');
    const ended = lens('followBlock', document, 0);
    const followed = () => followedDocument('followed');
    await until(() => followed()?.lineCount === 4, 'the empty document');
    for (let start = 0; start < 300; start += 50) {
      const batch = Array.from({ length: 50 }, (_, n) => ({ value: `v${start + n}` }));
      emulator.append('followed', batch);
      const last = `"v${start + 49}"`;
      await until(() => followed()?.getText().includes(last), `${last} is shown`);
    }
    const shown = values(followed()?.getText() ?? '[]');
    assert.equal(shown.at(-1), 'v299');
    assert.ok(shown.length >= 100 && shown.length <= 150, String(shown.length));
    assert.ok(!shown.includes('before') && !shown.includes('v0'));
    await set('follow.maxMessages', undefined);
    await closeEditors();
    await ended;
  });

  it('clears what it follows, and goes on', async () => {
    emulator.createTopic({ name: 'cleared', partitions: 1 });
    emulator.append('cleared', [{ value: 'a' }, { value: 'b' }]);
    const document = await open('CONSUMER', 'topic: cleared', 'from: earliest');
    const ended = lens('followBlock', document, 0);
    const shown = () => values(followedDocument('cleared')?.getText() ?? '[]').join();
    await until(() => shown() === 'a,b', 'all of it');
    const uri = followedDocument('cleared')?.uri;
    assert.deepEqual(await run('clearMessages', uri), []);
    assert.equal(shown(), '');
    emulator.append('cleared', [{ value: 'c' }]);
    await until(() => shown() === 'c', 'what is new');
    assert.deepEqual(await run('clearMessages', uri), []);
    assert.equal(shown(), '');
    await closeEditors();
    await ended;
  });

  it('stops to follow a topic in its document, and keeps the messages', async () => {
    emulator.createTopic({ name: 'stopped', partitions: 1 });
    const given = { cluster: 'contoso', topic: 'stopped', in: 'document', ask: false };
    const items: vscode.StatusBarItem[] = [];
    const { createStatusBarItem } = vscode.window;
    const create = (id: string) => {
      const item = createStatusBarItem(id);
      if (id === 'kafkaRest.followedTopics') items.push(item);
      return item;
    };
    Object.assign(vscode.window, { createStatusBarItem: create });
    try {
      const opened = () =>
        vscode.workspace.textDocuments.find(({ uri }) => uri.path.includes('/stopped@'));
      const shown = () => opened()?.getText() ?? '';
      const first = run('followMessages', given);
      await until(() => opened()?.lineCount === 4, 'the empty document');
      emulator.append('stopped', [{ value: 'a' }]);
      await until(() => values(shown()).join() === 'a', 'the message');
      await run('stopFollowing', opened()?.uri);
      assert.deepEqual(await first, []);
      assert.deepEqual(values(shown()), ['a']);
      assert.match((await run('stopFollowing')).join(), /this document does not follow a topic/);
      const second = run('followMessages', given);
      await until(() => items[0]?.text === '$(sync~spin) Following stopped', 'the status bar');
      const { command } = items[0] ?? {};
      assert.ok(typeof command === 'object' && command.command === 'kafkaRest.stopFollowing');
      await until(() => opened()?.lineCount === 4, 'it follows again');
      assert.deepEqual(command.arguments, ['all']);
      await run('stopFollowing', 'all');
      assert.deepEqual(await second, []);
    } finally {
      Object.assign(vscode.window, { createStatusBarItem });
    }
  });

  it('follows anew, right after its tab was closed', async () => {
    emulator.createTopic({ name: 'anew', partitions: 1 });
    emulator.append('anew', [{ value: 'a' }]);
    const shown = () => {
      const { activeTextEditor: editor } = vscode.window;
      const isIt = editor?.document.uri.path.endsWith('anew@follow.json') ?? false;
      return isIt ? values(activeText()) : [];
    };
    for (const expected of [['a'], ['a', 'b']]) {
      const document = await open('CONSUMER', 'topic: anew', 'from: earliest');
      const ended = lens('followBlock', document, 0);
      await until(() => shown().length >= expected.length, 'all of it');
      assert.deepEqual(shown(), expected);
      await closeEditors();
      await ended;
      emulator.append('anew', [{ value: 'b' }]);
    }
  });

  it('shows all that came, also where VS Code refuses an edit', async () => {
    emulator.createTopic({ name: 'refused', partitions: 1 });
    const document = await open('CONSUMER', 'topic: refused', 'from: earliest');
    const followed = () => followedDocument('refused');
    const shown = () => values(followed()?.getText() ?? '[]');
    const { applyEdit } = vscode.workspace;
    const refuse = () => {
      Object.assign(vscode.workspace, { applyEdit });
      return Promise.resolve(false);
    };
    const ended = lens('followBlock', document, 0);
    for (const value of ['a', 'b', 'c']) {
      await until(() => followed(), 'the document');
      if (value === 'b') Object.assign(vscode.workspace, { applyEdit: refuse });
      emulator.append('refused', [{ value }]);
      await until(() => shown().includes(value), value);
    }
    assert.deepEqual(shown(), ['a', 'b', 'c']);
    await lens('stopBlock', document, 0);
    await ended;
  });

  it('shows what the last block follows, where two follow the same topic', async () => {
    emulator.createTopic({ name: 'shared', partitions: 1 });
    emulator.append('shared', [{ value: 'a' }]);
    const block = ['CONSUMER', 'topic: shared', 'from: earliest', '###'];
    const document = await open(...block, ...block);
    const followed = () => followedDocument('shared');
    const text = () => followed()?.getText() ?? '';
    const first = lens('followBlock', document, 0);
    await until(() => text().includes('"a"'), 'the first one shows it');
    const second = lens('followBlock', document, 4);
    await first;
    await until(() => text().includes('"a"'), 'the second one shows it');
    emulator.append('shared', [{ value: 'b' }]);
    await until(() => text().includes('"b"'), 'what comes');
    assert.deepEqual(values(text()), ['a', 'b']);
    await lens('stopBlock', document, 4);
    await second;
  });

  it('follows on with Consume More once it is stopped, and not before', async () => {
    emulator.createTopic({ name: 'more', partitions: 2 });
    const document = await open('CONSUMER', 'topic: more', 'from: earliest');
    const ended = lens('followBlock', document, 0);
    const append = (...texts: readonly string[]) => {
      const records = texts.map((value, partition) => ({ partition, value }));
      emulator.append('more', records);
    };
    append('a', 'b');
    const followed = () => followedDocument('more');
    const shown = () => values(followed()?.getText() ?? '[]').toSorted();
    await until(() => isDeepStrictEqual(shown(), ['a', 'b']), 'the first messages');
    append('c', 'd');
    const said = await run('consumeMore', followed()?.uri);
    assert.deepEqual(said, [
      'Could not consume more messages: more is being followed, and new messages arrive by themselves. Stop that first.',
    ]);
    await until(() => isDeepStrictEqual(shown(), ['a', 'b', 'c', 'd']), 'what is followed');
    await lens('stopBlock', document, 0);
    await ended;
    append('e', 'f');
    assert.deepEqual(await run('consumeMore', followed()?.uri), [
      'Read 2 messages of more on contoso: offset 2 of partition 0, offset 2 of partition 1.',
    ]);
    await until(() => isDeepStrictEqual(shown(), 'abcdef'.split('')), 'each message once');
    assert.deepEqual(await run('consumeMore', followed()?.uri), [
      'No newer messages in more on contoso.',
    ]);
  });

  it('produces again and again until it is stopped', async () => {
    emulator.createTopic({ name: 'every', partitions: 1 });
    const document = await open('PRODUCER', 'topic: every', 'every: 1s', '{{$index}}', '###');
    const ended = lens('startBlock', document, 0);
    const posts = () => emulator.requests.filter(({ path }) => path.endsWith('/every')).length;
    await until(() => posts() >= 2, 'two messages');
    await run('stopBlock', { uri: document.uri.toString(), line: 0 });
    await ended;
    const [count] = [posts()];
    assert.ok(count >= 2);
  });

  describe('that goes on producing while it is edited', () => {
    /**
     * Starts the first block of some lines, edits the document, and gives what is said at the end.
     */
    async function edited(
      lines: readonly string[],
      edit: (edit: vscode.WorkspaceEdit, uri: vscode.Uri) => void,
    ): Promise<string> {
      const before = emulator.records('edited', 0).length;
      const document = await open(...lines);
      const ended = lens('startBlock', document, 0);
      await until(() => emulator.records('edited', 0).length > before, 'the first message');
      const change = new vscode.WorkspaceEdit();
      edit(change, document.uri);
      await vscode.workspace.applyEdit(change);
      return (await ended).join(' | ');
    }

    const block = ['PRODUCER', 'topic: edited', 'every: 1s', 'x', '###', ''];
    const other = ['PRODUCER', 'topic: other', 'every: 1s', 'y', '###'];

    before(() => {
      for (const name of ['edited', 'other']) emulator.createTopic({ name, partitions: 1 });
    });

    afterEach(() => {
      assert.equal(emulator.records('other', 0).length, 0);
    });

    const meanwhile = {
      topic: (edit: vscode.WorkspaceEdit, uri: vscode.Uri) => {
        edit.replace(uri, new vscode.Range(1, 0, 1, 100), 'topic: other');
      },
      cluster: (edit: vscode.WorkspaceEdit, uri: vscode.Uri) => {
        edit.insert(uri, new vscode.Position(1, 0), '-- @cluster: elsewhere\n');
      },
    };
    for (const [what, edit] of Object.entries(meanwhile)) {
      it(`writes to no other ${what} than it was started for`, async () => {
        const said = await edited([...block, ...other], edit);
        assert.match(said, /the block names another topic or cluster now\. Start it again\.$/);
      });
    }

    it('stops when it is deleted, and takes none in its place', async () => {
      const said = await edited([...block, ...other], (edit, uri) => {
        edit.delete(uri, new vscode.Range(0, 0, block.length, 0));
      });
      assert.match(said, /^Stopped after \d+ messages? to edited on contoso\.$/);
    });

    it('goes on where it has moved to', async () => {
      const before = emulator.records('edited', 0).length;
      const document = await open(...block);
      const ended = lens('startBlock', document, 0);
      const written = (count: number) => () =>
        emulator.records('edited', 0).length >= before + count;
      await until(written(1), 'the first message');
      const change = new vscode.WorkspaceEdit();
      change.insert(document.uri, new vscode.Position(0, 0), '-- a comment\n\n');
      await vscode.workspace.applyEdit(change);
      await until(written(2), 'the second message');
      await run('stopBlock', { uri: document.uri.toString(), line: 2 });
      await ended;
    });
  });

  /** Starts a block whose first message something happens to; gives what is said at the end. */
  async function startStruck(
    name: string,
    act: (exchange: Exchange, document: vscode.TextDocument) => Promise<void>,
  ): Promise<readonly string[]> {
    const between = await startFaultProxy(emulator);
    try {
      await set('clusters', [asSetting('contoso', between)]);
      await run(
        'replaceSecret',
        { cluster: 'contoso' },
        { showInputBox: emulator.info.clientSecret },
      );
      emulator.createTopic({ name, partitions: 1 });
      const document = await open('PRODUCER', `topic: ${name}`, 'every: 1h', 'x', '###');
      const fault = { name: 'struck', act: (exchange: Exchange) => act(exchange, document) };
      between.plan = rules({ fault, on: 'produce' });
      return await lens('startBlock', document, 0);
    } finally {
      await set('clusters', [asSetting('contoso', emulator)]);
      await between.close();
    }
  }

  it('stops by itself, and says why, if the fate of a message is unclear', async () => {
    const said = await startStruck('doubtful', async (exchange) => {
      await exchange.forward();
      exchange.breakOff();
    });
    assert.match(
      said.join(),
      /^Could not .*: 1 message may have been written: .*\. The block was stopped\. Look .* again\.$/,
    );
  });

  describe('stopped while a message is on its way', () => {
    /**
     * Stops a block when its first message has been written but not answered; gives what is said.
     */
    async function stopped(name: string, answer: (exchange: Exchange) => Promise<void>) {
      return startStruck(name, async (exchange, { uri }) => {
        await run('stopBlock', { uri: uri.toString(), line: 0 });
        await answer(exchange);
      });
    }

    it('waits for its answer', async () => {
      const said = await stopped('answered', async (exchange) => {
        await exchange.send(await exchange.forward());
      });
      assert.deepEqual(said, ['Stopped after 1 message to answered on contoso.']);
      assert.equal(emulator.records('answered', 0).length, 1);
    });

    it('is not kept from its answer by a change of settings for requests', async () => {
      const said = await stopped('unchanged', async (exchange) => {
        const answer = await exchange.forward();
        await set('request.timeout', 61);
        await until(
          () => vscode.workspace.getConfiguration('kafkaRest').get('request.timeout') === 61,
          'the setting has changed',
        );
        await exchange.send(answer);
        await set('request.timeout', undefined);
      });
      assert.deepEqual(said, ['Stopped after 1 message to unchanged on contoso.']);
    });

    it('says so if it stays unclear', async () => {
      const said = await stopped('unclear', async (exchange) => {
        await exchange.forward();
        exchange.breakOff();
      });
      assert.match(
        said.join(),
        /^Stopped after 0 messages to unclear on contoso\. .*1 message may have been/,
      );
      assert.equal(emulator.records('unclear', 0).length, 1);
    });
  });

  it('has diagnostics, completion and lenses of the language server', async () => {
    emulator.createTopic({ name: 'completed', partitions: 1 });
    await run('refresh');
    const document = await open('PRODUCER', 'topic: comp', 'x', '###', 'PRODUCER', 'y', '###');
    const { uri } = document;
    await until(
      () => vscode.languages.getDiagnostics(uri).some(({ range }) => range.start.line === 4),
      'the missing topic is found',
    );
    const lenses = await until(async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uri,
      );
      return found.length > 0 && found;
    }, 'there are lenses');
    assert.ok(lenses !== false);
    const titles = lenses.map(({ command }) => command?.title);
    assert.deepEqual(titles.slice(0, 5), [
      'Produce',
      'Produce x 10',
      'Produce...',
      'Preview',
      'contoso',
    ]);
    await until(async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        new vscode.Position(1, 11),
      );
      return items.some(({ label }) => label === 'completed');
    }, 'the topic is offered');
  });

  it('is opened anew with blocks for a topic', async () => {
    await run('newKafkaFile', { cluster: 'contoso', topic: 'fresh' });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'kafkarest');
    assert.match(document.getText(), /^PRODUCER .*\ntopic: fresh$/m);
    assert.match(document.getText(), /^CONSUMER .*\ntopic: fresh$/m);
  });

  it('gets a block from a message in a document', async () => {
    emulator.createTopic({ name: 'copied', partitions: 1 });
    emulator.append('copied', [{ value: 'one' }, { key: 'k', value: '{"a": 1.50}' }]);
    const all = { cluster: 'contoso', topic: 'copied', start: 'earliest', count: 9 };
    await run('consume', { ...all, partitions: 'all' });
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const at = editor.document.positionAt(editor.document.getText().indexOf('1.50'));
    editor.selection = new vscode.Selection(at, at);
    await run('copyAsProducerBlock');
    const copied = await vscode.env.clipboard.readText();
    assert.equal(copied, 'PRODUCER\n-- @partition: 0\ntopic: copied\nkey: k\n{"a": 1.50}\n###\n');
  });

  it('produces a message again exactly from its block, whatever an editor makes of its line breaks', async () => {
    emulator.createTopic({ name: 'again', partitions: 1 });
    emulator.append('again', [{ value: 'one\r\ntwo\rthree\u2028four' }]);
    const all = { cluster: 'contoso', topic: 'again', start: 'earliest', count: 9 };
    await run('consume', { ...all, partitions: 'all' });
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    await select(editor, new vscode.Selection(5, 0, 5, 0));
    await run('copyAsProducerBlock');
    const document = await open(await vscode.env.clipboard.readText());
    await lens('runBlock', document, 0);
    await run('consume', { ...all, partitions: 'all' });
    const [first, second, ...more] = values(activeText());
    assert.deepEqual([second, more], [first, []]);
  });
});
