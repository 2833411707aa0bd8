import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { startRelay } from '../../support/network/relay';
import {
  answering,
  asSetting,
  cancelling,
  closeEditors,
  connect,
  disconnect,
  run,
  set,
  type Started,
  until,
} from '../support';

describe('Producing a file', () => {
  let emulator: Started;
  let folder: string;

  before(async () => {
    folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    emulator = await connect('contoso', { samples: false, latency: 5 });
  });

  afterEach(async () => {
    await closeEditors();
    for (const name of await readdir(folder)) {
      if (name.startsWith('input')) await rm(join(folder, name));
    }
  });

  after(async () => {
    await disconnect('contoso', emulator);
  });

  function topic(name: string, partitions = 1): string {
    emulator.createTopic({ name, partitions });
    return name;
  }

  /** The values of a topic, in the order of their partitions and offsets. */
  async function values(topic: string): Promise<unknown[]> {
    const argument = { cluster: 'contoso', topic, partitions: 'all', start: 'earliest' };
    await set('consume.format', 'jsonl');
    await run('consume', { ...argument, count: 100_000 });
    await set('consume.format', undefined);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { value: unknown }).value);
  }

  const written = (topic: string): number =>
    emulator.requests.filter(
      ({ method, path }) => method === 'POST' && path === `/v1/producer/topics/${topic}`,
    ).length;

  const lines = (count: number): string =>
    Array.from({ length: count }, (_, n) => `{"value":${n}}\n`).join('');

  async function produce(
    topic: string,
    name: string,
    content: string | undefined,
    more: object = {},
    answers: Parameters<typeof run>[2] = {},
  ): Promise<string[]> {
    const file = join(folder, name);
    if (content !== undefined) await writeFile(file, content);
    const given = { cluster: 'contoso', topic, file, preview: false, onBad: 'stop', ...more };
    return run('produceFile', given, answers);
  }

  it('sends JSON Lines', async () => {
    const name = topic('file-lines');
    const said = await produce(name, 'input.jsonl', '{"value":{"a":1.0}}\n\n{"value":2}\n', {
      format: 'jsonl',
    });
    assert.deepEqual(said, [
      'Produced 2 messages from input.jsonl to file-lines on contoso: partition 0.',
    ]);
    assert.deepEqual(await values(name), [{ a: 1 }, 2]);
    assert.deepEqual(
      (await readdir(folder)).filter((each) => each.startsWith('input')),
      ['input.jsonl'],
    );
  });

  it('finds out what a CSV file holds', async () => {
    const name = topic('file-csv', 2);
    const csv = 'id;payload;partition\n1;"a;b";1\n2;c;1\n';
    const said = await produce(name, 'input.csv', csv, { format: 'csv' });
    assert.deepEqual(said, [
      'Produced 2 messages from input.csv to file-csv on contoso: partition 1.',
    ]);
    assert.deepEqual(await values(name), ['a;b', 'c']);
  });

  it('stops at a bad line, and sends the rest of the file once that is corrected', async () => {
    const name = topic('file-stop');
    const content = `${lines(1500)}{"value":\n${lines(10)}`;
    const [said = ''] = await produce(name, 'input.jsonl', content, { format: 'jsonl' });
    assert.match(
      said,
      /^Produced 1,500 messages from input\.jsonl to file-stop on contoso(: partition 0)?\. Stopped: line 1501/,
    );
    assert.match(said, /10 messages not sent\. input\.rest\.jsonl holds what can be sent again\.$/);
    const rest = await readFile(join(folder, 'input.rest.jsonl'), 'utf8');
    assert.equal(rest, `{"value":\n${lines(10)}`);
    const corrected = rest.replace('{"value":\n', '{"value":"corrected"}\n');
    await produce(name, 'input.rest.jsonl', corrected, { format: 'jsonl' });
    const all = await values(name);
    assert.equal(all.length, 1511);
    assert.equal(all[1500], 'corrected');
  });

  it('sets bad lines aside, and reports them', async () => {
    const name = topic('file-aside');
    const content = '{"value":1}\n{\n{"value":null}\n{"value":2}\n';
    const more = { format: 'jsonl', onBad: 'setAside' };
    const report = { showWarningMessage: 'Open Report' };
    const [said] = await produce(name, 'input.jsonl', content, more, report);
    assert.equal(
      said,
      'Produced 2 messages from input.jsonl to file-aside on contoso: partition 0. 2 messages set aside in input.set-aside.jsonl.',
    );
    assert.equal(
      await readFile(join(folder, 'input.set-aside.jsonl'), 'utf8'),
      '{\n{"value":null}\n',
    );
    const text = await until(() => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.uri.scheme === 'kafkaRest-report' ? document.getText() : '';
    }, 'the report is open');
    assert.match(text, /- Sent: 2\n/);
    assert.match(text, /- line 2, column 2 is not valid JSON\n- line 3: .*tombstone/);
    assert.match(text, /1\. Correct input\.set-aside\.jsonl, and produce that file\./);
    const shown = vscode.window.activeTextEditor?.document.uri;
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      shown,
    );
    const targets = links.map(({ target }) => target?.with({ scheme: 'file' }).toString());
    const source = vscode.Uri.file(join(folder, 'input.jsonl'));
    assert.ok(targets.includes(source.with({ fragment: 'L2' }).toString()), targets.join());
    assert.deepEqual(await values(name), [1, 2]);
  });

  it('says what is unclear after the connection broke, and doubles nothing', async () => {
    const name = topic('file-cut');
    // In the second of three calls.
    let before = 0;
    let cut = false;
    const relay = await startRelay(Number(new URL(emulator.info.endpoint).port), ({ sent }) => {
      const now = !cut && written(name) === 1 && sent - before > 4_000;
      before = sent;
      cut ||= now;
      return now;
    });
    const port = `https://127.0.0.1:${relay.port}`;
    await set('clusters', [{ ...asSetting('contoso', emulator), endpoint: port }]);
    const secret = emulator.info.clientSecret;
    await run('replaceSecret', { cluster: 'contoso' }, { showInputBox: secret });
    try {
      const [said] = await produce(name, 'input.jsonl', lines(3000), { format: 'jsonl' });
      assert.equal(
        said,
        'Produced 1,000 messages from input.jsonl to file-cut on contoso: partition 0. Stopped: no clear response came after ' +
          'sending. 1,000 messages may have been written: look before you send again. 1,000 messages not sent. ' +
          'input.rest.jsonl holds what can be sent again.',
      );
      for (const [file, from] of [
        ['input.unclear.jsonl', 1000],
        ['input.rest.jsonl', 2000],
      ] as const) {
        const expected = lines(from + 1000).slice(lines(from).length);
        assert.equal(await readFile(join(folder, file), 'utf8'), expected);
      }
      await produce(name, 'input.rest.jsonl', undefined, { format: 'jsonl' });
      const all = await values(name);
      assert.deepEqual(new Set(all).size, all.length);
    } finally {
      await run('removeCluster', { cluster: 'contoso' }, { showWarningMessage: 'Remove' });
      await set('clusters', [asSetting('contoso', emulator)]);
      await run('replaceSecret', { cluster: 'contoso' }, { showInputBox: secret });
      await relay.close();
    }
  });

  it('pauses and resumes', async () => {
    const name = topic('file-pause');
    const running = produce(name, 'input.jsonl', lines(50_000), { format: 'jsonl' });
    await until(() => written(name) > 2, 'it has begun');
    await vscode.commands.executeCommand('kafkaRest.pauseProducing');
    // What was under way has come to its end by the time that another request is answered.
    await values(topic('file-pause-other'));
    const before = written(name);
    await values('file-pause-other');
    assert.equal(written(name), before);
    assert.ok(before < 50);
    await vscode.commands.executeCommand('kafkaRest.resumeProducing');
    assert.deepEqual(await running, [
      'Produced 50,000 messages from input.jsonl to file-pause on contoso: partition 0.',
    ]);
    assert.equal(written(name), 50);
  });

  it('can be cancelled, and goes on from there', async () => {
    const name = topic('file-cancel');
    let cancelled: string[] = [];
    const cancel = cancelling(async () => {
      cancelled = await produce(name, 'input.jsonl', lines(20_000), { format: 'jsonl' });
    });
    await cancel;
    assert.match(
      cancelled[0] ?? '',
      /^Produced .* from input\.jsonl to file-cancel on contoso(: partition 0)?\. Cancelled\./,
    );
    const names = await readdir(folder);
    const rest = names.includes('input.rest.jsonl') ? 'input.rest.jsonl' : 'input.jsonl';
    await produce(name, rest, undefined, { format: 'jsonl' });
    assert.deepEqual(
      await values(name),
      Array.from({ length: 20_000 }, (_, n) => n),
    );
  });

  it('says that a file is not there', async () => {
    const name = topic('file-missing');
    const [said] = await produce(name, 'input-missing.jsonl', undefined);
    assert.match(
      said ?? '',
      /^Could not produce the file: input-missing\.jsonl cannot be read: there is no such file\. Choose another file\.$/,
    );
    assert.equal(written(name), 0);
  });

  it('says which file cannot be read, and why', async () => {
    const name = topic('file-unreadable');
    const provider: vscode.FileSystemProvider = {
      onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
      watch: () => new vscode.Disposable(() => undefined),
      stat: ({ path }) => {
        if (path === '/offline.jsonl') {
          throw vscode.FileSystemError.Unavailable('the share is offline');
        }
        return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: 5 };
      },
      readFile: (uri) => {
        throw vscode.FileSystemError.NoPermissions(uri);
      },
      ...{ readDirectory: () => [], createDirectory: () => undefined, writeFile: () => undefined },
      ...{ delete: () => undefined, rename: () => undefined },
    };
    const registration = vscode.workspace.registerFileSystemProvider('kafkarest-bad', provider);
    try {
      for (const [file, why] of [
        ['kafkarest-bad:/offline.jsonl', 'the share is offline'],
        ['kafkarest-bad:/locked.jsonl', 'its permissions do not allow it'],
        ['kafkarest-nowhere:/a.jsonl', '“kafkarest-nowhere:” is not available here'],
      ] as const) {
        const [said = ''] = await run('produceFile', { cluster: 'contoso', topic: name, file });
        const path = file.slice(file.indexOf('/'));
        assert.equal(
          said.replace(/kafkarest-\w+:(?=\/)/, ''),
          `Could not produce the file: ${path} cannot be read: ${why}. Choose another file.`,
        );
      }
    } finally {
      registration.dispose();
    }
    assert.equal(written(name), 0);
  });

  it('asks before it sends, unless it is told not to', async () => {
    const name = topic('file-ask');
    await writeFile(join(folder, 'input.jsonl'), lines(3));
    const given = { cluster: 'contoso', topic: name, file: join(folder, 'input.jsonl') };
    const asked = answering({}, async () => {
      const running = vscode.commands.executeCommand('kafkaRest.produceFile', {
        ...given,
        format: 'jsonl',
        onBad: 'stop',
      });
      await until(async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return written(name) > 0;
      }, 'it was sent');
      await running;
    });
    assert.deepEqual(await asked, [
      'Produced 3 messages from input.jsonl to file-ask on contoso: partition 0.',
    ]);
  });
});
