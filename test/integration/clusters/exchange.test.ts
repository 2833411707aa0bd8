import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  accept,
  answering,
  asSetting,
  choose,
  connect,
  disconnect,
  nextInputBox,
  nextQuickPick,
  run,
  set,
  type Started,
  until,
} from '../support';

describe('Definitions of clusters', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kafka-rest-exchange-'));
  const file = path.join(folder, 'clusters.json');
  let emulator: Started;
  let own: Record<string, unknown>;

  before(async () => {
    emulator = await connect('contoso');
    own = asSetting('contoso', emulator);
  });

  after(async () => {
    await set('clusters', [own]);
    await disconnect('contoso', emulator);
    rmSync(folder, { recursive: true });
  });

  const saved = () =>
    vscode.workspace
      .getConfiguration('kafkaRest')
      .inspect<readonly Record<string, unknown>[]>('clusters')?.globalValue ?? [];

  /** Begins to import a file. Returns the page, and what ends with the command. */
  async function begin(entries: unknown) {
    writeFileSync(file, JSON.stringify(entries));
    const asked = nextQuickPick();
    const running = run('importClusters', { file }, { showWarningMessage: 'Replace' });
    const page = await asked;
    await until(() => !page.busy && page.items.length > 1, 'the page shows');
    return { page, running };
  }

  /** Chooses a row of a page, and then an answer to its question. Returns the page again. */
  async function change(page: vscode.QuickPick<vscode.QuickPickItem>, row: string, to: string) {
    const asked = nextQuickPick();
    await choose(page, row);
    const question = await asked;
    const again = nextQuickPick();
    await choose(question, to);
    return again;
  }

  const row = (page: vscode.QuickPick<vscode.QuickPickItem>, label: string) => {
    const item = page.items.find((each) => each.label === label);
    return `${item?.description ?? ''} | ${item?.detail ?? ''}`;
  };

  it('are exported without a secret', async () => {
    const uri = vscode.Uri.file(file);
    const said = await run('exportClusters', undefined, { showSaveDialog: uri });
    assert.deepEqual(said.slice(-1), ['Exported 1 cluster without secrets: clusters.json']);
    const text = readFileSync(file, 'utf8');
    assert.ok(!text.includes(emulator.info.clientSecret ?? 'none'));
    assert.deepEqual(Object.keys(JSON.parse(text) as object), ['kafkaRestClusters', 'clusters']);
    assert.match(text, /"name": "contoso"/);
  });

  it('are imported with what each would connect to, and nothing is sent', async () => {
    await set('clusters', [{ ...own, protection: 'production' }]);
    const before = emulator.requests.length;
    const entries = [
      own,
      { ...own, name: 'new', authority: 'https://login.example.com' },
      { name: 'broken' },
    ];
    const { page, running } = await begin(entries);
    assert.match(row(page, 'contoso'), /^skipped: you have this name/);
    assert.match(
      row(page, 'new'),
      /^new · production \| Endpoint: .+ · Authority: https:\/\/login\.example\.com/,
    );
    assert.match(row(page, 'broken'), /^cannot be imported \| endpoint: /);
    await choose(page, 'Import 1 cluster');
    const said = await running;
    assert.deepEqual(said, ['Imported: new']);
    assert.deepEqual(
      saved().map(({ name, protection }) => [name, protection]),
      [
        ['contoso', 'production'],
        ['new', 'production'],
      ],
    );
    assert.equal(emulator.requests.length, before);
  });

  it('get another name, or replace one of the person after a question, never less protected', async () => {
    await set('clusters', [{ ...own, protection: 'readOnly' }]);
    const theirs = { ...own, endpoint: 'https://other.example.com' };
    let { page, running } = await begin([theirs]);
    const asked = nextQuickPick();
    await choose(page, 'contoso');
    const box = nextInputBox();
    await choose(await asked, 'Import under Another Name...');
    const input = await box;
    await accept();
    await until(() => input.validationMessage !== undefined, 'the name is refused');
    const again = nextQuickPick();
    input.value = 'theirs';
    await accept();
    page = await again;
    await until(() => row(page, 'contoso').startsWith('new, as theirs'), 'the page says so');
    await choose(page, 'Import 1 cluster');
    assert.deepEqual(await running, ['Imported: theirs']);
    assert.deepEqual(
      saved().map(({ name }) => name),
      ['contoso', 'theirs'],
    );

    ({ page, running } = await begin([theirs]));
    page = await change(page, 'contoso', 'Replace Your Cluster');
    await choose(page, 'Import 1 cluster');
    const said = await running;
    assert.match(said.join(), /Replace your cluster contoso by that of the file\?/);
    const [replaced] = saved();
    assert.equal(replaced?.['endpoint'], 'https://other.example.com');
    assert.equal(replaced['protection'], 'readOnly');
  });

  it('are not in files of other tools, which is told with what is needed', async () => {
    writeFileSync(
      file,
      'kafka:\n  clusters:\n    - name: local\n      bootstrapServers: kafka:9092\n',
    );
    const said = await answering({}, () =>
      vscode.commands.executeCommand('kafkaRest.importClusters', { file }),
    );
    assert.deepEqual(said, [
      'Could not import clusters: the file names Kafka brokers, and no REST proxy. Ask whoever runs the cluster for the address of its REST proxy, and add that.',
    ]);
  });
});
