import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  choose,
  closeEditors,
  nextQuickPick,
  openUntitled,
  run,
  set,
  type Started,
  until,
} from '../support';
import { connectWithRegistry, id, note, order } from './support';

const FITTING = '{"id": 1, "note": null}';

describe('A JSON file that is checked against a schema', () => {
  let emulator: Started;
  let folder: vscode.Uri;

  before(async () => {
    emulator = await connectWithRegistry('contoso');
    emulator.schemas.register('orders-value', {
      type: 'AVRO',
      text: order(id, note),
      references: [],
    });
    emulator.createTopic({ name: 'orders', partitions: 1 });
    emulator.createTopic({ name: 'returns', partitions: 1 });
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    folder = root;
  });

  afterEach(closeEditors);

  after(async () => {
    await set('clusters', undefined);
    await emulator.stop();
  });

  async function open(name: string, text: string): Promise<vscode.TextEditor> {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return vscode.window.showTextDocument(uri);
  }

  /** Has the file in the active editor checked, as the palette does. */
  async function check(subject = 'orders-value'): Promise<void> {
    const sourceAsked = nextQuickPick();
    const running = run('checkFile');
    const source = await sourceAsked;
    const subjectAsked = nextQuickPick();
    await choose(source, 'A subject of a schema registry...');
    await choose(await subjectAsked, subject);
    await running;
  }

  /** Returns what is underlined, and on which line. */
  function found({ document }: vscode.TextEditor): string[] {
    return vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ source }) => source === 'Kafka REST')
      .map(
        ({ range, code }) =>
          `${typeof code === 'string' ? code : ''} ${document.getText(range)} ${range.start.line}`,
      );
  }

  async function untilFound(editor: vscode.TextEditor, ...expected: string[]): Promise<void> {
    const isFound = () => JSON.stringify(found(editor)) === JSON.stringify(expected);
    await until(isFound, `these are found: ${expected.join()}`);
  }

  it('has what does not fit underlined, also while it is edited', async () => {
    const editor = await open('orders.jsonl', `${FITTING}\n{"id": "2"}\n`);
    assert.deepEqual(found(editor), []);
    await check();
    await untilFound(editor, 'type-wrong "2" 1');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(editor.document.uri, new vscode.Range(1, 7, 1, 10), '2, "nte": null');
    await vscode.workspace.applyEdit(edit);
    await untilFound(editor, 'member-unknown "nte" 1');
    await run('stopCheckingFile');
    await untilFound(editor);
  });

  it('leaves other JSON files alone', async () => {
    await open('orders.json', '[{"id": "x"}]');
    await check();
    const other = await open('other.json', '[{"id": "x"}]');
    const editor = await open('orders.json', '[{"id": "x"}]');
    await untilFound(editor, 'type-wrong "x" 0');
    assert.deepEqual(found(other), []);
    const items = await completions(other.document, new vscode.Position(0, 2));
    assert.ok(!items.includes('note'));
  });

  /** What can be completed, without the words of other documents, which VS Code offers itself. */
  async function completions(document: vscode.TextDocument, at: vscode.Position) {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      at,
    );
    return list.items
      .filter(({ kind }) => kind !== vscode.CompletionItemKind.Text)
      .map(({ label }) => (typeof label === 'string' ? label : label.label));
  }

  it('has completion, hovers, defaults and new messages from it', async () => {
    const editor = await openUntitled('jsonl', '{"id": 1}\n');
    const { document } = editor;
    await check();
    await until(
      async () => (await completions(document, new vscode.Position(0, 1))).includes('note'),
      'members are offered',
    );
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 3),
    );
    const [content] = hover?.contents ?? [];
    assert.ok(content instanceof vscode.MarkdownString);
    assert.match(content.value, /id.*integer/);
    editor.selection = new vscode.Selection(0, 3, 0, 3);
    await run('fillInDefaults');
    assert.equal(document.getText(), '{"id": 1, "note": null}\n');
    assert.deepEqual(await run('newSchemaMessage'), []);
    assert.equal(document.getText(), '{"id": 1, "note": null}\n{"id":1}\n');
    assert.equal(editor.selection.active.line, 1);
  });

  it('is forgotten if it was never saved, so that the next of its name is not checked', async () => {
    const editor = await openUntitled('json', '[{"id": "x"}]');
    await check();
    await untilFound(editor, 'type-wrong "x" 0');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const again = await vscode.workspace.openTextDocument(editor.document.uri);
    const shown = await vscode.window.showTextDocument(again);
    await shown.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), '[{"id": "x"}]');
    });
    await openUntitled('json', '[{"id": "y"}]').then(async (other) => {
      await check();
      await untilFound(other, 'type-wrong "y" 0');
    });
    assert.deepEqual(found(shown), []);
  });

  /** Chooses a topic whose schema the file in the active editor is checked by. */
  async function checkByTopic(topic: string): Promise<readonly string[]> {
    const sourceAsked = nextQuickPick();
    const running = run('checkFile');
    const source = await sourceAsked;
    const topicAsked = nextQuickPick();
    await choose(source, 'The schema of a topic...');
    await choose(await topicAsked, topic);
    return running;
  }

  it('is checked by the subject that is named after a topic', async () => {
    const editor = await open('orders.json', '{"records": [{"key": "a", "value": {"id": "x"}}]}');
    assert.deepEqual(await checkByTopic('orders'), []);
    await untilFound(editor, 'type-wrong "x" 0');
  });

  /** Returns the line of the page that says by which format the active document is produced. */
  async function formatToProduce(topic: string): Promise<string | undefined> {
    const asked = nextQuickPick();
    const running = run('produceDocument', { cluster: 'contoso', topic });
    const page = await asked;
    await until(() => page.items.length > 0 && !page.busy, 'the page is complete');
    const line = page.items.find(({ label }) => label === 'Format of values')?.description;
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await running;
    return line;
  }

  it('is produced as it is checked, to any topic, before what the setting says', async () => {
    await set('decoders', [{ topic: '*', value: 'string(hex)' }]);
    try {
      await open('produced.json', FITTING);
      assert.equal(await formatToProduce('orders'), 'string(hex) (by kafkaRest.decoders)');
      await check();
      const checked = 'base64(avro(orders-value)) (as this file is checked)';
      assert.equal(await formatToProduce('orders'), checked);
      assert.equal(await formatToProduce('returns'), checked);
      await run('stopCheckingFile');
      assert.equal(await formatToProduce('orders'), 'string(hex) (by kafkaRest.decoders)');
    } finally {
      await set('decoders', undefined);
    }
  });

  it('is produced by the schema of the topic that was chosen, not of another one', async () => {
    await set('decoders', [{ topic: '*', value: 'avro' }]);
    try {
      await open('produced.json', FITTING);
      assert.equal(await formatToProduce('returns'), 'avro (by kafkaRest.decoders)');
      assert.deepEqual(await checkByTopic('orders'), []);
      const checked = 'base64(avro(orders-value)) (as this file is checked)';
      assert.equal(await formatToProduce('returns'), checked);
    } finally {
      await set('decoders', undefined);
    }
  });

  it('is not checked by a topic for which no schema is registered', async () => {
    const editor = await open('returns.json', '[{"id": "x"}]');
    const said = await checkByTopic('returns');
    assert.match(said.join(), /no schema is known for the values of returns/);
    assert.deepEqual(found(editor), []);
  });
});
