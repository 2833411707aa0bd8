import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  accept,
  answering,
  children,
  closeEditors,
  labels,
  nextInputBox,
  run,
  set,
  type Started,
  startOwnEmulator,
  text,
  until,
} from '../support';

const orders = { cluster: 'lab', topic: 'orders' };

describe('Confluent’s REST Proxy in the window', () => {
  let emulator: Started;

  before(async () => {
    emulator = await startOwnEmulator({ face: 'confluent', auth: 'none', samples: false });
    emulator.createTopic({ name: 'orders', partitions: 2 });
    emulator.createTopic({ name: 'returns', partitions: 1 });
    emulator.append('orders', [
      { partition: 0, value: 'a' },
      { partition: 0, value: 'b' },
    ]);
    emulator.commit('billing', 'orders', 0, 1n);
    emulator.join('billing', {
      id: 'billing-1-7f',
      clientId: 'billing-1',
      host: '/10.0.0.7',
      partitions: [{ topic: 'orders', partition: 0 }],
    });
    const { endpoint, caFile } = emulator.info;
    const setting = {
      name: 'lab',
      dialect: 'confluent',
      endpoint,
      caFile,
      signIn: { kind: 'none' },
    };
    await set('clusters', [setting]);
  });

  after(async () => {
    await set('clusters', undefined);
    await emulator.stop();
  });

  afterEach(closeEditors);

  const rows = async (...names: readonly string[]) =>
    (await children('lab', ...names)).map(({ label, description }) =>
      [text(label), String(description ?? '')].join(' | '),
    );

  /** Opens the configuration of a topic as a person does, and returns its editor. */
  const open = async () => {
    assert.deepEqual(await run('changeConfiguration', orders), []);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.equal(editor.document.uri.scheme, 'kafkaRest-configuration');
    return editor;
  };

  const append = async ({ document }: vscode.TextEditor, line: string) => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(document.lineCount, 0), line);
    await vscode.workspace.applyEdit(edit);
  };

  it('shows groups with their members and lag', async () => {
    assert.deepEqual(labels(await children('lab', 'Consumer Groups')), ['billing']);
    assert.deepEqual(await rows('Consumer Groups', 'billing'), [
      'Members | 1',
      'orders | lag 1 · 1 partition',
    ]);
    // The API gives no host.
    assert.deepEqual(await rows('Consumer Groups', 'billing', 'Members'), ['billing-1 | ']);
    assert.deepEqual(await rows('Consumer Groups', 'billing', 'orders'), [
      'Partition 0 | 1 / 2 · lag 1',
    ]);
  });

  it('changes a configuration when its document is saved, and shows it as it is then', async () => {
    const editor = await open();
    const { document } = editor;
    assert.equal(document.languageId, 'kafkarest-properties');
    await append(editor, 'retention.ms=86400000\n');
    const said = await answering({ showWarningMessage: 'Change' }, async () => {
      assert.ok(await document.save());
    });
    assert.deepEqual(said, [
      'Change 1 property of orders on lab?',
      'Changed 1 property of orders on lab',
    ]);
    assert.equal(emulator.properties('orders').get('retention.ms'), '86400000');
    await until(
      () => !document.getText().endsWith('=86400000\n') && !document.isDirty,
      'the document is read again',
    );
    assert.match(document.getText(), /^retention\.ms=86400000$/m);
    assert.ok(
      (await rows('Topics', 'orders', 'Configuration')).includes('retention.ms | = 86400000'),
    );
  });

  it('keeps what was edited if the person does not agree', async () => {
    const editor = await open();
    const { document } = editor;
    await append(editor, 'flush.ms=5000\n');
    await answering({}, async () => {
      assert.equal(await document.save(), false);
    });
    assert.ok(document.isDirty);
    assert.match(document.getText(), /^flush\.ms=5000$/m);
    assert.equal(emulator.properties('orders').get('flush.ms'), undefined);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until(() => !document.isDirty, 'it is taken back');
  });

  it('says nothing if the person does not agree, and saves once they do', async () => {
    const editor = await open();
    const { document } = editor;
    await append(editor, 'flush.ms=5000\n');
    assert.deepEqual(await run('saveConfiguration'), ['Change 1 property of orders on lab?']);
    assert.ok(document.isDirty);
    assert.deepEqual(await run('saveConfiguration', undefined, { showWarningMessage: 'Change' }), [
      'Change 1 property of orders on lab?',
      'Changed 1 property of orders on lab',
    ]);
    assert.ok(!document.isDirty);
    assert.equal(emulator.properties('orders').get('flush.ms'), '5000');
    await until(() => !document.getText().endsWith('=5000\n'), 'the document is read again');
  });

  it('warns of values that Kafka’s documentation rules out', async () => {
    const editor = await open();
    await append(editor, 'retention.bytes=much\n');
    const { uri } = editor.document;
    await until(() => vscode.languages.getDiagnostics(uri).length > 0, 'there is a warning');
    const [diagnostic] = vscode.languages.getDiagnostics(uri);
    assert.equal(diagnostic?.message, 'retention.bytes takes a whole number.');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('deletes a topic, whose node is gone then', async () => {
    const asked = nextInputBox();
    const saying = run('deleteTopic', { cluster: 'lab', topic: 'returns' });
    const box = await asked;
    await until(() => !box.busy, 'the question is ready');
    box.value = 'returns';
    await accept();
    assert.deepEqual(await saying, ['Deleted the topic returns on lab']);
    assert.deepEqual(labels(await children('lab', 'Topics')), ['orders']);
  });
});
