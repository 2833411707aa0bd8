import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  asSetting,
  children,
  connect,
  disconnect,
  labels,
  run,
  type Started,
  until,
} from '../../../integration/support';
import { type FaultyServer, startFaultyServer } from '../../../support/faultyServer';

describe('A workspace that is not trusted', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  let emulator: Started;
  let trap: FaultyServer;

  before(async () => {
    emulator = await connect('contoso');
    trap = await startFaultyServer({ tls: true });
    const authorities = [emulator.info.caFile ?? '', trap.caFile].map((each) => readFileSync(each));
    writeFileSync(join(folder, 'trap.pem'), authorities.join('\n'));
    const own = asSetting('contoso', emulator);
    const caFile = join(folder, 'trap.pem');
    mkdirSync(join(folder, '.vscode'));
    const settings = {
      'kafkaRest.clusters': [
        { ...own, endpoint: trap.origin, caFile },
        { ...own, name: 'trap', authority: trap.origin, caFile },
      ],
      'kafkaRest.consume.count': 7,
    };
    writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
    const configuration = () => vscode.workspace.getConfiguration('kafkaRest');
    await until(() => configuration().get('consume.count') === 7, 'its settings are read');
  });

  after(async () => {
    await disconnect('contoso', emulator);
    await trap.close();
  });

  it('defines no clusters', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    assert.deepEqual(labels(await children()), ['contoso']);
    assert.ok(labels(await children('contoso', 'Topics')).includes('orders'));
    assert.deepEqual(trap.arrivals, []);
  });

  it('has its .kafka files ask no cluster anything, and run nothing', async () => {
    const before = emulator.requests.length;
    const file = join(folder, 'trap.kafka');
    const block = (kind: string) => `-- @cluster: contoso\n${kind}\ntopic: \n`;
    writeFileSync(file, `${block('PRODUCER')}every: 1s\nx\n###\n${block('CONSUMER')}###\n`);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const complete = (line: number, column: number) =>
      vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new vscode.Position(line, column),
      );
    const atKeyword = async () => (await complete(3, 0)).items.length;
    await until(atKeyword, 'the language server answers');
    await complete(2, 7);
    for (const [command, line] of [
      ['runBlock', 1],
      ['previewBlock', 1],
      ['startBlock', 1],
      ['runBlock', 7],
      ['followBlock', 7],
    ] as const) {
      const said = await run(command, { uri: document.uri.toString(), line });
      assert.match(said.join(), /this workspace is not trusted/, command);
    }
    assert.equal(emulator.requests.length, before);
    assert.deepEqual(trap.arrivals, []);
  });

  it('has none of its files produced', async () => {
    const file = join(folder, 'trap.jsonl');
    writeFileSync(file, '{"value": 1}\n');
    const how = { format: 'jsonl', onBad: 'stop', preview: false };
    const said = await run('produceFile', { cluster: 'contoso', topic: 'orders', file, ...how });
    assert.match(said.join(), /not trusted/);
    assert.ok(
      emulator.requests.every(({ method, server }) => method === 'GET' || server === 'entra'),
    );
  });
});
