import assert from 'node:assert/strict';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  accept,
  activate,
  answering,
  closeEditors,
  connect,
  disconnect,
  type Started,
  until,
} from '../support';

/** What people bring, and what is in the topic after they accept every default. */
const files: readonly {
  readonly what: string;
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Keys and values; missing where the person has to choose. */
  readonly sent?: readonly (readonly [key: string | null, value: string])[];
}[] = [
  {
    what: 'one object over several lines',
    name: 'input.json',
    content: '{\n  "sensor": "north",\n  "reading": 21.5\n}\n',
    sent: [[null, '{\n  "sensor": "north",\n  "reading": 21.5\n}']],
  },
  {
    what: 'UTF-16 of PowerShell',
    name: 'input.jsonl',
    content: Buffer.from('\ufeff{"key":"k1","value":{"id":1}}\r\n', 'utf16le'),
    sent: [['k1', '{"id":1}']],
  },
  {
    what: 'status lines and envelopes of kcat',
    name: 'input.jsonl',
    content:
      '% Auto-selecting Consumer mode (use -P or -C to override)\n' +
      '{"topic":"meters","partition":0,"offset":0,"tstype":"create","ts":1,"broker":0,"key":"m-1","payload":"x"}\n' +
      '% Reached end of topic meters [0] at offset 1\n',
    sent: [['m-1', 'x']],
  },
  {
    what: 'business objects with a member value',
    name: 'input.jsonl',
    content: '{"sensor":"n","value":21.5,"unit":"C"}\n',
    sent: [[null, '{"sensor":"n","value":21.5,"unit":"C"}']],
  },
  {
    what: 'elements that are no records',
    name: 'input.json',
    content: '[{"id":1},{"id":2}]',
    sent: [
      [null, '{"id":1}'],
      [null, '{"id":2}'],
    ],
  },
  {
    what: 'keys before a tab',
    name: 'input.txt',
    content: 'm-1\t{"id":1}\n',
    sent: [['m-1', '{"id":1}']],
  },
  {
    what: 'a table of Excel',
    name: 'input.csv',
    content: 'sep=;\r\nkey;value\r\nm-1;"a;b"\r\n',
    sent: [['m-1', 'a;b']],
  },
  {
    what: 'a table without messages',
    name: 'input.csv',
    content: 'id,name,amount\n1,North,12.50\n',
    sent: [[null, '{"id":1,"name":"North","amount":12.50}']],
  },
  { what: 'objects with nothing but a value', name: 'input.jsonl', content: '{"value":1}\n' },
  { what: 'text that is not UTF-8', name: 'input.txt', content: Buffer.of(0x47, 0xfc, 0x0a) },
  { what: 'lines with tabs', name: 'input.txt', content: 'a\tb\nc\td\n' },
  { what: 'lines that may belong together', name: 'input.txt', content: 'a:\n  b: 1\n' },
];

describe('The preview of a file', () => {
  let emulator: Started;
  let folder: string;
  let topics = 0;
  /** The lists that were opened, the last one last. */
  const picks: vscode.QuickPick<vscode.QuickPickItem>[] = [];
  const { createQuickPick } = vscode.window;

  before(async () => {
    folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    emulator = await connect('contoso', { samples: false });
    const recorded = () => {
      const pick = createQuickPick();
      picks.push(pick);
      return pick;
    };
    Object.assign(vscode.window, { createQuickPick: recorded });
  });

  afterEach(async () => {
    await closeEditors();
    for (const name of await readdir(folder)) {
      if (name.startsWith('input')) await rm(join(folder, name));
    }
  });

  after(async () => {
    Object.assign(vscode.window, { createQuickPick });
    await disconnect('contoso', emulator);
  });

  /** Opens the preview of a file. `said` resolves once the command has ended. */
  async function begin(name: string, content: string | Uint8Array) {
    const topic = `layout-${topics++}`;
    emulator.createTopic({ name: topic, partitions: 1 });
    const file = join(folder, name);
    await writeFile(file, content);
    picks.length = 0;
    const said = answering({}, () =>
      vscode.commands.executeCommand('kafkaRest.produceFile', { cluster: 'contoso', topic, file }),
    );
    await until(() => picks.at(-1)?.busy === false && labels().length > 0, 'a list is shown');
    return { topic, said };
  }

  const labels = (): string[] => picks.at(-1)?.items.map(({ label }) => label) ?? [];
  const close = () => vscode.commands.executeCommand('workbench.action.closeQuickOpen');

  /** Chooses an entry of the list that is open, which leads to another list. */
  async function choose(label: RegExp): Promise<void> {
    const pick = picks.at(-1);
    const item = pick?.items.find((each) => label.test(each.label));
    assert.ok(pick && item, `${label} is none of ${labels().join(', ')}`);
    const count = picks.length;
    await activate(pick, item.label);
    await accept();
    await until(
      () => picks.length > count && picks.at(-1)?.busy === false && labels().length > 0,
      'another list is shown',
    );
  }

  function sent(topic: string): unknown[] {
    return emulator.records(topic, 0).map((text) => {
      const { key, value } = JSON.parse(text) as Record<string, unknown>;
      return [key, value];
    });
  }

  for (const { what, name, content, sent: expected } of files) {
    if (!expected) continue;
    it(`sends ${what} right by default`, async () => {
      const { topic, said } = await begin(name, content);
      await accept();
      await said;
      assert.deepEqual(sent(topic), expected);
    });
  }

  for (const { what, name, content, sent: expected } of files) {
    if (expected) continue;
    it(`leaves ${what} to the person`, async () => {
      const { topic, said } = await begin(name, content);
      const before = labels();
      await accept();
      assert.deepEqual([picks.length, labels()], [1, before]);
      await close();
      await said;
      assert.deepEqual(sent(topic), []);
    });
  }

  it('tells each guess and why, and lets it be changed', async () => {
    const { topic, said } = await begin('input.jsonl', '{"key":"a","value":1}\n');
    assert.ok(labels().includes('Format: JSON Lines'));
    assert.ok(labels().includes('Each JSON value: a message'));
    await choose(/^Each JSON value/);
    await choose(/^The value of a message/);
    assert.ok(labels().includes('Each JSON value: the value of a message'));
    await accept();
    await said;
    assert.deepEqual(sent(topic), [[null, '{"key":"a","value":1}']]);
  });

  it('shows what each answer about a header row means, and heeds it', async () => {
    const { topic, said } = await begin('input.csv', 'north,south\neast,west\n');
    const details = picks.at(-1)?.items.map(({ detail }) => detail);
    assert.deepEqual(details?.slice(1), [
      'First message: {"north":"east","south":"west"}',
      'First message: north · south',
    ]);
    await choose(/^No, it is the first message/);
    assert.ok(labels().includes('Header row: none'), labels().join());
    await accept();
    await said;
    assert.deepEqual(sent(topic), [
      ['north', 'south'],
      ['east', 'west'],
    ]);
  });

  it('offers the separators that a file has', async () => {
    const { said } = await begin('input.txt', 'a\tb;c\n');
    const offered = labels().filter((label) => label.startsWith('Key and value'));
    assert.deepEqual(offered, [
      'Key and value, separated by: tab',
      'Key and value, separated by: semicolon',
    ]);
    await close();
    await said;
  });

  it('keeps a chosen key when the header row is changed after it, and in between', async () => {
    const { topic, said } = await begin('input.csv', 'city,id,reading\nsouth,7,21.50\n');
    await choose(/^Key: none/);
    await choose(/^id$/);
    assert.ok(labels().includes('Key: id'), labels().join());
    await choose(/^Header row/);
    await choose(/^No, it is the first message/);
    // Without names nobody knows what the value is, so that is asked.
    await choose(/^The row as a JSON object/);
    assert.ok(labels().includes('Key: Column 2'), labels().join());
    await accept();
    await said;
    assert.deepEqual(
      sent(topic).map((message) => (message as unknown[])[0]),
      ['id', '7'],
    );
  });

  it('changes the topic on the page, and sends there', async () => {
    const { topic, said } = await begin('input.jsonl', '{"key":"a","value":1}\n');
    emulator.createTopic({ name: `${topic}-other`, partitions: 1 });
    await choose(new RegExp(`^To: ${topic} on contoso$`));
    await until(() => labels().includes(`${topic}-other`), 'the topics are listed');
    await choose(new RegExp(`^${topic}-other$`));
    assert.equal(labels()[0], `Produce 1 message to ${topic}-other`);
    await accept();
    await said;
    assert.deepEqual([sent(topic), sent(`${topic}-other`)], [[], [['a', '1']]]);
  });

  it('says on the page that the topic is not there, and stays open', async () => {
    const file = join(folder, 'input.jsonl');
    await writeFile(file, '{"key":"a","value":1}\n');
    picks.length = 0;
    const given = { cluster: 'contoso', topic: 'layout-none', file };
    const said = answering({}, () =>
      vscode.commands.executeCommand('kafkaRest.produceFile', given),
    );
    const detail = 'There is no topic layout-none on contoso. Choose another one below.';
    await until(() => picks.at(-1)?.items[0]?.detail === detail, 'it is refused');
    await accept();
    assert.equal(picks.length, 1);
    await close();
    assert.deepEqual(await said, []);
  });

  it('tells how many messages come before the bad line that stops the run', async () => {
    const bad = '{"key":"a","value":1}\n{"key":\n{"key":"b","value":2}\n{"key":"c","value":3}\n';
    const { topic, said } = await begin('input.jsonl', bad);
    assert.ok(labels().includes(`Produce 1 of 3 messages to ${topic}`), labels().join());
    await choose(/^Bad lines/);
    await choose(/^Set it aside/);
    assert.ok(labels().includes(`Produce 3 messages to ${topic}`), labels().join());
    await close();
    await said;
  });

  it('offers to send nothing where the first line stops the run', async () => {
    const { topic, said } = await begin('input.jsonl', '{"key":\n{"key":"b","value":2}\n');
    assert.equal(labels()[0], 'There is no message before the first bad line');
    await accept();
    await close();
    await said;
    assert.deepEqual(sent(topic), []);
  });

  it('says that nothing of a file can be sent, and that the reasons stand below', async () => {
    const { said } = await begin('input.jsonl', '{"key":\n');
    assert.equal(labels()[0], '1 message cannot be sent');
    await close();
    await said;
  });

  it('tells once what is not sent', async () => {
    const record = '{"topic":"t","partition":0,"offset":0,"key":"m","payload":"x"}\n';
    const { said } = await begin('input.jsonl', `% Done\n${record}${record}`);
    assert.ok(labels().includes('Not sent: offset, topic'), labels().join());
    assert.ok(labels().includes('Status lines left out: 1'));
    await close();
    await said;
  });
});
