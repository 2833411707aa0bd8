import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { importRecords } from '../../../src/transfer/import/importRecords';
import {
  accept,
  cancelling,
  choose,
  closeEditors,
  connect,
  disconnect,
  nextQuickPick,
  run,
  set,
  type Started,
  until,
} from '../support';

describe('Exporting', () => {
  let emulator: Started;
  let folder: string;

  before(async () => {
    emulator = await connect('contoso', { samples: false });
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kafka-rest-export-'));
  });

  afterEach(async () => {
    await closeEditors();
    await rm(folder, { recursive: true });
  });

  after(async () => {
    await disconnect('contoso', emulator);
  });

  function topicWith(name: string, partitions: number, values: readonly string[]): string {
    emulator.createTopic({ name, partitions });
    emulator.append(
      name,
      values.map((value, index) => ({ partition: index % partitions, value, timestamp: index })),
    );
    return name;
  }

  /** Exports to a file of this name, and returns what was said. */
  function exportTo(name: string, argument?: object, answers: object = {}): Promise<string[]> {
    const showSaveDialog = vscode.Uri.file(join(folder, name));
    return run('exportMessages', argument, { showSaveDialog, ...answers });
  }

  /** Exports to CSV for the program of this name, with the setting that asks for it. */
  async function exportCsv(name: string, program: string, argument?: object): Promise<string[]> {
    await set('export.csv', 'ask');
    const asked = nextQuickPick();
    const said = exportTo(name, argument);
    const pick = await asked;
    await until(() => pick.activeItems.length > 0, 'the programs');
    pick.value = program;
    await until(() => pick.activeItems[0]?.label === program, 'the program to be active');
    await accept();
    const told = await said;
    await set('export.csv', undefined);
    return told;
  }

  const all = { cluster: 'contoso', partitions: 'all', start: 'earliest', count: 1000 };

  async function valuesOf(name: string): Promise<unknown[]> {
    const values: unknown[] = [];
    const file = await readFile(join(folder, name));
    for await (const batch of importRecords([file], { format: 'jsonl' })) {
      for (const item of batch) values.push(item.kind === 'record' && item.record.value);
    }
    return values;
  }

  it('writes a range that nobody has opened, exactly', async () => {
    const topic = topicWith('exact', 2, [
      '{"n": 1.50}',
      '{\n "n": 12345678901234567890\n}',
      'é\r\n',
    ]);
    const said = await exportTo('exact.jsonl', { ...all, topic });
    assert.deepEqual(said, [
      'showSaveDialog',
      `Exported 3 messages of exact to ${join(folder, 'exact.jsonl')}.`,
    ]);
    assert.deepEqual(await valuesOf('exact.jsonl'), [
      '{"n": 1.50}',
      '{\n "n": 12345678901234567890\n}',
      'é\r\n',
    ]);
    assert.equal(vscode.window.activeTextEditor, undefined);
  });

  it('writes the format that the ending says', async () => {
    const topic = topicWith('endings', 1, ['a', '']);
    await exportTo('a.json', { ...all, topic });
    const [, csv] = await exportTo('a.CSV', { ...all, topic });
    assert.match(csv ?? '', /\. For Excel, set kafkaRest\.export\.csv\.$/);
    const [, said] = await exportTo('a.kafka', { ...all, topic });
    const text = async (name: string) => readFile(join(folder, name), 'utf8');
    const time = '1970-01-01T00:00:00.00';
    assert.equal(
      await text('a.json'),
      `[\n{"partition":0,"offset":0,"timestamp":"${time}0Z","key":null,"value":"a"},\n` +
        `{"partition":0,"offset":1,"timestamp":"${time}1Z","key":null,"value":""}\n]\n`,
    );
    assert.equal(
      await text('a.CSV'),
      `partition,offset,timestamp,key,value,encoding\n0,0,${time}0Z,,a,\n0,1,${time}1Z,,"",\n`,
    );
    assert.equal(
      await text('a.kafka'),
      'PRODUCER\n-- @partition: 0\ntopic: endings\na\n###\n\n' +
        'PRODUCER\n-- @partition: 0\ntopic: endings\nvalue-format: string(base64)\n=\n###\n',
    );
    assert.match(said ?? '', /^Exported 2 messages of endings to \S+\.$/);
  });

  it('writes CSV that Excel shows, with no formulas in it, and reads it back', async () => {
    const values = ['=1+1', '-1.50', ' @SUM(A1)', '{"a":"é;"}'];
    const topic = topicWith('formulas', 1, values);
    await exportCsv('formulas.csv', 'Excel with Decimal Commas', { ...all, topic });
    const time = '1970-01-01T00:00:00.00';
    assert.equal(
      await readFile(join(folder, 'formulas.csv'), 'utf8'),
      [
        '\ufeffpartition;offset;timestamp;key;value;encoding',
        `0;0;${time}0Z;;'=1+1;value:apostrophe`,
        `0;1;${time}1Z;;-1.50;`,
        `0;2;${time}2Z;;' @SUM(A1);value:apostrophe`,
        `0;3;${time}3Z;;"{""a"":""é;""}";`,
        '',
      ].join('\r\n'),
    );
    emulator.createTopic({ name: 'formulas-again', partitions: 1 });
    const uri = vscode.Uri.file(join(folder, 'formulas.csv'));
    const target = { cluster: 'contoso', topic: 'formulas-again', file: uri.fsPath };
    await run('produceFile', { ...target, format: 'csv', onBad: 'stop', preview: false });
    await exportTo('again.jsonl', { ...all, topic: 'formulas-again' });
    assert.deepEqual(await valuesOf('again.jsonl'), values);
  });

  it('asks nothing about CSV if the settings say what opens it', async () => {
    const topic = topicWith('settled', 1, ['=1']);
    await set('export.csv', 'plain');
    try {
      const [, said] = await exportTo('settled.csv', { ...all, topic });
      assert.match(await readFile(join(folder, 'settled.csv'), 'utf8'), /,,=1,\n$/);
      assert.doesNotMatch(said ?? '', /Excel/);
    } finally {
      await set('export.csv', undefined);
    }
  });

  it('writes nothing if the question about CSV is dismissed', async () => {
    const topic = topicWith('dismissed', 1, ['a']);
    await set('export.csv', 'ask');
    const asked = nextQuickPick();
    const said = exportTo('dismissed.csv', { ...all, topic });
    (await asked).hide();
    assert.deepEqual(await said, ['showSaveDialog']);
    await set('export.csv', undefined);
    assert.deepEqual(await readdir(folder), []);
  });

  it('shows one page for a topic of the tree, and then asks for the file', async () => {
    const topic = topicWith('paged', 1, ['a', 'b']);
    const asked = nextQuickPick();
    const said = exportTo('paged.jsonl', { cluster: 'contoso', topic });
    const pick = await asked;
    await until(
      () => pick.items[0]?.label === 'Export the latest 100 messages of paged',
      'it says',
    );
    await accept();
    assert.match((await said).join(), /^showSaveDialog,Exported 2 messages of paged to /);
    assert.deepEqual(await valuesOf('paged.jsonl'), ['a', 'b']);
  });

  it('asks what to write of a topic that is decoded', async () => {
    emulator.createTopic({ name: 'coded', partitions: 1 });
    emulator.append('coded', [{ partition: 0, value: 'eyJhIjoxfQ==', timestamp: 0 }]);
    await set('decoders', [{ topic: 'coded', value: 'base64' }]);
    try {
      const question = nextQuickPick().then((pick) => choose(pick, 'Decoded'));
      await exportTo('coded.jsonl', { ...all, topic: 'coded' });
      await question;
      assert.deepEqual(await valuesOf('coded.jsonl'), ['{"a":1}']);
    } finally {
      await set('decoders', undefined);
    }
  });

  it('writes several topics to a folder, and replaces files only if it may', async () => {
    topicWith('several-1', 1, ['a']);
    topicWith('several-2', 1, ['b', 'c']);
    topicWith('several-3', 1, []);
    const topics = ['several-1', 'several-2', 'several-3'];
    const { showOpenDialog } = vscode.window;
    const open = () => Promise.resolve([vscode.Uri.file(folder)]);
    Object.assign(vscode.window, { showOpenDialog: open });
    const exportAll = async (answers: object) => {
      const asked = nextQuickPick();
      const said = run('exportMessages', { cluster: 'contoso', topics }, answers);
      const pick = await asked;
      const label = 'Export the latest 100 messages of each of 3 topics';
      await until(() => pick.activeItems[0]?.label === label, 'it says');
      await accept();
      return said;
    };
    try {
      assert.deepEqual(await exportAll({}), [
        `Exported 3 messages of 2 topics to ${folder}. No messages there, so no file: several-3.`,
      ]);
      assert.deepEqual(await valuesOf('several-2@latest-100.jsonl'), ['b', 'c']);
      emulator.append('several-1', [{ partition: 0, value: 'more' }]);
      assert.deepEqual(await exportAll({}), ['2 files exist. Replace them?']);
      assert.deepEqual(await valuesOf('several-1@latest-100.jsonl'), ['a']);
      await exportAll({ showWarningMessage: 'Replace' });
      assert.deepEqual(await valuesOf('several-1@latest-100.jsonl'), ['a', 'more']);
    } finally {
      Object.assign(vscode.window, { showOpenDialog });
    }
  });

  it('writes the latest messages of all partitions together', async () => {
    const topic = topicWith('newest', 3, ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    await exportTo('newest.jsonl', { ...all, topic, start: 'latest', count: 2 });
    assert.deepEqual(await valuesOf('newest.jsonl'), ['f', 'g']);
  });

  it('writes what a document shows, although the topic has moved on', async () => {
    const topic = topicWith('shown', 1, ['{"a": 1}', 'b', 'c']);
    await run('consume', { ...all, topic, count: 2 });
    emulator.trim(topic, 0, 3n);
    await exportTo('shown.jsonl');
    assert.deepEqual(await valuesOf('shown.jsonl'), ['{"a": 1}', 'b']);
  });

  it('writes what was appended to a document as well', async () => {
    const topic = topicWith('appended', 1, ['a', 'b', 'c']);
    await run('consume', { ...all, topic, count: 2 });
    await run('consumeMore');
    await exportTo('appended.jsonl', vscode.window.activeTextEditor?.document.uri);
    assert.deepEqual(await valuesOf('appended.jsonl'), ['a', 'b', 'c']);
  });

  it('writes what the viewer shows', async () => {
    const topic = topicWith('viewed', 1, ['a', 'b']);
    await run('viewMessages', { ...all, topic });
    const values = async () => {
      await exportTo('viewed.jsonl');
      return (await readdir(folder)).length > 0 ? valuesOf('viewed.jsonl') : [];
    };
    await until(async () => (await values()).length === 2, 'the viewer has read all');
  });

  it('opens the file from the message that tells of it', async () => {
    const topic = topicWith('opened', 1, ['a']);
    await exportTo('opened.jsonl', { ...all, topic }, { showResult: 'Open File' });
    const file = join(folder, 'opened.jsonl');
    await until(() => vscode.window.activeTextEditor?.document.uri.fsPath === file, 'it is open');
  });

  it('leaves a file as it was when cancelled', async () => {
    const topic = topicWith('cancelled', 1, Array<string>(20).fill('x'.repeat(900_000)));
    const file = join(folder, 'cancelled.jsonl');
    await writeFile(file, 'former');
    const said = await cancelling(() => exportTo('cancelled.jsonl', { ...all, topic }));
    assert.deepEqual(said, ['showSaveDialog']);
    assert.equal(await readFile(file, 'utf8'), 'former');
    assert.deepEqual(await readdir(folder), ['cancelled.jsonl']);
  });

  it('writes no file where there is nothing', async () => {
    const topic = topicWith('nothing', 1, []);
    const [, said] = await exportTo('nothing.jsonl', { ...all, topic });
    assert.equal(said, 'No messages there in nothing, so no file was written.');
    assert.deepEqual(await readdir(folder), []);
  });

  it('needs a name that says the format', async () => {
    const topic = topicWith('named', 1, ['a']);
    const [, said] = await exportTo('named.txt', { ...all, topic });
    assert.equal(
      said,
      'Could not export the messages: the name of the file does not say its format. ' +
        'End it with .jsonl, .json, .csv or .kafka.',
    );
  });

  it('says which file it cannot write', async () => {
    const topic = topicWith('unwritable', 1, ['a']);
    const [, said] = await exportCsv('missing/a.csv', 'Excel', { ...all, topic });
    assert.equal(
      said,
      'Could not export the messages: a.csv cannot be written (ENOENT). ' +
        'Choose another file or folder.',
    );
  });

  it('writes to virtual file systems, too', async () => {
    const topic = topicWith('virtual', 1, ['a']);
    const written = new Map<string, string>();
    const provider = memoryFiles(written);
    const registration = vscode.workspace.registerFileSystemProvider('kafkarest-test', provider);
    const showSaveDialog = vscode.Uri.parse('kafkarest-test:/v.jsonl');
    await run('exportMessages', { ...all, topic }, { showSaveDialog });
    registration.dispose();
    assert.match(written.get('/v.jsonl') ?? '', /^\{.*"value":"a"\}\n$/);
  });
});

/** A file system that takes files and has none. */
function memoryFiles(written: Map<string, string>): vscode.FileSystemProvider {
  const none = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.FileNotFound(uri);
  };
  return {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) =>
      uri.path === '/'
        ? { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 }
        : none(uri),
    readDirectory: () => [],
    createDirectory: () => undefined,
    readFile: none,
    writeFile: (uri, content) => {
      written.set(uri.path, Buffer.from(content).toString());
    },
    delete: none,
    rename: none,
  };
}
