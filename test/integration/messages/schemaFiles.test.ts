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
} from '../support';

const SCHEMA = JSON.stringify({
  type: 'record',
  name: 'Order',
  fields: [{ name: 'id', type: 'long' }],
});

const PROTO = 'syntax = "proto3";\nimport "money.proto";\nmessage Bill { Money sum = 1; }\n';
const MONEY = 'syntax = "proto3";\nmessage Money { int64 cents = 1; }\n';

describe('Schema files that a .kafka file names', () => {
  let emulator: Started;
  let folder: vscode.Uri;

  before(async () => {
    emulator = await connect('contoso', { samples: false });
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = vscode.Uri.joinPath(workspace.uri, 'C#');
    await write('schemas/order.avsc', SCHEMA);
    await write('schemas/bill.proto', PROTO);
    await write('money.proto', MONEY);
  });

  afterEach(async () => {
    await set('consume.openIn', undefined);
    await run('stopBlock');
    await closeEditors();
  });

  after(async () => {
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await disconnect('contoso', emulator);
  });

  async function write(path: string, text: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.joinPath(folder, path);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  }

  let files = 0;

  /** Writes a file beside the schemas, and returns what runs the block of a line. */
  async function file(...lines: readonly string[]) {
    const uri = await write(`schemas/${++files}.kafka`, lines.join('\n'));
    return (command: string, line: number) => run(command, { uri: uri.toString(), line });
  }

  function shownText(): string | undefined {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.scheme === 'kafkaRest-messages' ? document.getText() : undefined;
  }

  function shown(): readonly unknown[] {
    return (JSON.parse(shownText() ?? '[]') as { value: unknown }[]).map(({ value }) => value);
  }

  it('are found from its folder, to write and to read by', async () => {
    emulator.createTopic({ name: 'orders', partitions: 1 });
    const lens = await file(
      'PRODUCER',
      'topic: orders',
      'value-format: base64(avro(order.avsc))',
      '{"id": 9007199254740993}',
      '###',
      'CONSUMER',
      'topic: orders',
      'from: earliest',
      'value-format: base64(avro(order.avsc))',
      '###',
    );
    await lens('runBlock', 0);
    // As a number of JavaScript, it would end in 2.
    const isRead = () => {
      assert.match(shownText() ?? '', /"id": 9007199254740993\b/);
    };
    await lens('runBlock', 5);
    isRead();

    await run('consumeMore');
    isRead();

    // A viewer remembers nothing of the file from which it was opened.
    await run('openInViewer');
    await closeEditors();
    await set('consume.openIn', 'viewer');
    await lens('runBlock', 5);
    await until(async () => {
      await run('openAsDocument');
      return shown().length > 0;
    }, 'the viewer shows the message');
    isRead();
  });

  it('are found when a topic is followed', async () => {
    emulator.createTopic({ name: 'followed', partitions: 1 });
    const lens = await file(
      'CONSUMER',
      'topic: followed',
      'from: earliest',
      '-- @schema: order.avsc',
      '###',
    );
    void lens('followBlock', 0);
    emulator.append('followed', [{ value: '\u0054' }]);
    await until(() => shown().length > 0, 'the message has come');
    assert.deepEqual(shown(), [{ id: 42 }]);
  });

  it('import files from the folders above', async () => {
    emulator.createTopic({ name: 'bills', partitions: 1 });
    const lens = await file(
      'PRODUCER',
      'topic: bills',
      'value-format: base64(protobuf(bill.proto))',
      '{"sum": {"cents": 5}}',
      '###',
      'CONSUMER',
      'topic: bills',
      'from: earliest',
      'value-format: base64(protobuf(bill.proto))',
      '###',
    );
    await lens('runBlock', 0);
    await lens('runBlock', 5);
    assert.deepEqual(shown(), [{ sum: { cents: 5 } }]);
  });

  it('are not read outside of the workspace', async () => {
    emulator.createTopic({ name: 'outside', partitions: 1 });
    const lens = await file('CONSUMER', 'topic: outside', 'value-format: avro(../../../a.avsc)');
    const said = await lens('runBlock', 0);
    assert.match(said.join(), /\.\.\/\.\.\/\.\.\/a\.avsc is outside of the workspace/);
  });

  it('are found from the workspace by a file that is not saved yet', async () => {
    emulator.createTopic({ name: 'unsaved', partitions: 1 });
    emulator.append('unsaved', [{ value: '\u0054' }]);
    const format = 'value-format: avro(C#/schemas/order.avsc)';
    const text = ['CONSUMER', 'topic: unsaved', 'from: earliest', format, '###'].join('\n');
    const { document } = await openUntitled('kafka', text);
    await run('runBlock', { uri: document.uri.toString(), line: 0 });
    assert.deepEqual(shown(), [{ id: 42 }]);
  });
});
