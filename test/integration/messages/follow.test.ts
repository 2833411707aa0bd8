import assert from 'node:assert/strict';
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
  watchStatusBar,
} from '../support';

describe('A document that follows a topic', () => {
  let emulator: Started;

  before(async () => {
    emulator = await connect('contoso', { samples: false });
  });

  afterEach(async () => {
    await run('stopBlock');
    await closeEditors();
    await set('follow.maxMessages', undefined);
  });

  after(async () => {
    await disconnect('contoso', emulator);
  });

  const append = (topic: string, ...values: readonly string[]) => {
    emulator.append(
      topic,
      values.map((value) => ({ value })),
    );
  };
  const many = (name: string) => Array.from({ length: 60 }, (_, n) => `${name}-${n}`);

  /** Follows a topic that has many messages, and returns its editor and how to stop. */
  async function follow(topic: string) {
    const { document } = await openUntitled('kafka', `CONSUMER\ntopic: ${topic}\nfrom: earliest`);
    const ended = run('followBlock', { uri: document.uri.toString(), line: 0 });
    const found = () =>
      vscode.window.visibleTextEditors.find((editor) =>
        editor.document.uri.path.endsWith(`/${topic}@follow.json`),
      );
    const editor = await until(found, 'the document is open');
    assert.ok(editor);
    return { editor, ended };
  }

  const showsEnd = ({ document, visibleRanges }: vscode.TextEditor) =>
    (visibleRanges.at(-1)?.end.line ?? 0) >= document.lineCount - 3;

  it('keeps its end in view, until a person scrolls up, and then counts what is new', async () => {
    emulator.createTopic({ name: 'tail', partitions: 1 });
    append('tail', ...many('a'));
    const statusBar = watchStatusBar();
    const { editor } = await follow('tail').finally(() => {
      statusBar.end();
    });
    const { document } = editor;
    const has = (value: string) => until(() => document.getText().includes(value), value);
    await has('a-59');
    await until(() => showsEnd(editor), 'the end is shown');
    append('tail', ...many('b'));
    await has('b-59');
    await until(() => showsEnd(editor), 'the new end is shown');
    assert.equal(statusBar.at('kafkaRest.newMessages'), undefined);

    await vscode.commands.executeCommand('revealLine', { lineNumber: 0, at: 'top' });
    await until(() => editor.visibleRanges[0]?.start.line === 0, 'the beginning is shown');
    append('tail', 'c-0', 'c-1');
    const item = await until(() => statusBar.at('kafkaRest.newMessages'), 'the count');
    assert.equal(item?.text, '$(arrow-down) 2 new messages');
    assert.equal(editor.visibleRanges[0]?.start.line, 0);

    const { command } = item;
    assert.ok(typeof command === 'object');
    const [where] = (command.arguments ?? []) as readonly unknown[];
    await vscode.commands.executeCommand(command.command, where);
    await until(() => showsEnd(editor), 'the end is shown again');
    await until(() => !statusBar.at('kafkaRest.newMessages'), 'the count is gone');
    append('tail', ...many('d'));
    await has('d-59');
    await until(() => showsEnd(editor), 'the newest end is shown');
  });

  it('says once that it drops messages', async () => {
    await set('follow.maxMessages', 100);
    emulator.createTopic({ name: 'cut', partitions: 1 });
    append('cut', ...many('a'));
    const { editor, ended } = await follow('cut');
    for (const name of ['b', 'c', 'd', 'e']) {
      append('cut', ...many(name));
      const last = `${name}-59`;
      await until(() => editor.document.getText().includes(last), last);
    }
    await closeEditors();
    const said = await ended;
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', /^Older messages of cut are removed from the document: it keeps /);
  });
});
