import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  api,
  asSetting,
  set,
  type Started,
  startOwnEmulator,
  until,
} from '../../../integration/support';
import { type FaultyServer, hang, startFaultyServer } from '../../../support/faultyServer';
import { echoes, entraEchoes, withDiscovery } from '../echoes';
import { Needles } from '../needles';
import { processes } from '../processes';
import { clientSecretPages, lastPages, passwordPages } from './answers';
import { leaveCanaries } from './leave';
import { allSecrets, control, passwords, secrets, tokens } from './marked';
import { type Answers, Person } from './person';

describe('With a marked secret', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const file = (name: string) => join(folder, name);
  let emulator: Started;
  let guarded: Started;
  let echo: FaultyServer;
  let person: Person;
  let definition: Record<string, unknown>;
  let withPassword: Record<string, unknown>;

  leaveCanaries('operations', () => ({ control, secrets: allSecrets(), tokens, bodies: [] }));

  before(async () => {
    emulator = await startOwnEmulator({
      clientSecret: secrets.right,
      expiredSecret: secrets.expired,
      samples: false,
      onToken: (token) => tokens.push(token),
    });
    guarded = await startOwnEmulator({ auth: 'basic', password: passwords.right });
    echo = await startFaultyServer({ tls: true });
    for (const name of ['orders', control]) {
      emulator.createTopic({ name });
      emulator.append(name, [{ key: 'k', value: control }, { value: '{"n": 1}' }]);
    }
    const trusted = [emulator, guarded].map(({ info }) => info.caFile ?? '').concat(echo.caFile);
    for (const name of ['ca.pem', 'other-ca.pem']) {
      writeFileSync(file(name), trusted.map((each) => readFileSync(each)).join('\n'));
    }
    definition = { ...asSetting('canary', emulator), caFile: file('ca.pem') };
    const { endpoint, username } = guarded.info;
    const signIn = { kind: 'basic', username };
    withPassword = { name: 'password', endpoint, signIn, caFile: file('ca.pem') };
    person = new Person();
    await api();
    await set('bulk.patience', 1);
  });

  after(async () => {
    person.leave();
    await emulator.stop();
    await guarded.stop();
    await echo.close();
    console.log(control);
  });

  /** Fails if a piece of a secret stands in something that a person sees or hears. */
  /** Everything that a value holds; the items of the tree hold offsets. */
  function asText(content: unknown): string {
    return JSON.stringify(content, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  }

  function assertClean(what: string, content: unknown): void {
    const needles = new Needles([...allSecrets(), ...tokens]);
    assert.equal(needles.find(what, asText(content)), undefined);
  }

  /** Runs a command, and returns all that it said. */
  async function run(command: string, argument?: unknown, answers?: Answers): Promise<string> {
    const said = await person.run(command, argument, answers);
    assertClean(command, said);
    const documents = vscode.workspace.textDocuments.map((each) => each.getText());
    assertClean(`documents after ${command}`, documents);
    return said.join('\n');
  }

  async function open(language: string, content: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument({ language, content });
    await vscode.window.showTextDocument(document);
    return document;
  }

  it('adds a cluster, first with a wrong secret, then with an expired one', async () => {
    const said = await run('addCluster', undefined, {
      wizard: [
        ...clientSecretPages(definition),
        [/client secret/, secrets.wrong],
        [/defaults fit/, 'Authority'],
        [/The sign-in service/, String(definition['authority'])],
        ...lastPages('canary', file('ca.pem')),
        [/not work yet/, 'Change: Client secret'],
        [/client secret/, secrets.expired],
        [/not work yet/, 'Change: Client secret'],
        [/client secret/, secrets.right],
      ],
    });
    assert.match(said, /the client secret is not accepted by Microsoft Entra ID/);
    assert.match(said, /the client secret has expired/);
    assert.match(said, /Connected to canary: 2 topics, 3 brokers/);
  });

  it('edits it, and keeps its secret for another CA file', async () => {
    const said = await run(
      'editCluster',
      { cluster: 'canary' },
      {
        wizard: [
          [/to be changed/, 'Client secret'],
          [/keep the stored one/, ''],
          [/to be changed/, 'CA file'],
          [/A PEM file/, file('other-ca.pem')],
          [/to be changed/, 'Test the connection and save'],
        ],
      },
    );
    assert.match(said, /Connected to canary/);
    assert.match(await run('testCluster', { cluster: 'canary' }), /Connected to canary: 2 topics/);
  });

  it('adds a cluster with a wrong password, then with the right one', async () => {
    const said = await run('addCluster', undefined, {
      wizard: [
        ...passwordPages(withPassword, guarded.info.username ?? ''),
        [/The password/, passwords.wrong],
        ...lastPages('password', file('ca.pem')),
        [/not work yet/, 'Change: Password'],
        [/The password/, passwords.right],
      ],
    });
    assert.match(said, /user name and password are not accepted/);
    assert.match(said, /Connected to password/);
    const message = { cluster: 'password', topic: 'orders', text: 'x', key: '', partition: 0 };
    assert.match(await run('produceMessage', message), /Produced 1 message to orders/);
  });

  it('gets more clusters, by the settings', async () => {
    const others = [
      { name: control, endpoint: `${emulator.info.endpoint}/${control}` },
      { name: 'echo-proxy', endpoint: echo.origin },
      { name: 'echo-entra', authority: echo.origin },
      { name: 'no-ca', caFile: undefined },
    ];
    const echoing = { ...withPassword, name: 'echo-password', endpoint: echo.origin };
    await set('clusters', [
      ...[{ name: 'canary' }, ...others].map((each) => ({ ...definition, ...each })),
      withPassword,
      echoing,
    ]);
    await run('replaceSecret', { cluster: echoing.name }, { showInputBox: passwords.right });
    for (const cluster of ['canary', ...others.map(({ name }) => name)]) {
      await run('replaceSecret', { cluster }, { showInputBox: secrets.right });
    }
    assert.match(await run('testCluster', { cluster: control }), /it is not there/);
    assert.match(await run('testCluster', { cluster: 'no-ca' }), /is not trusted/);
    assert.match(await run('testCluster', { cluster: 'password' }), /Connected to password:/);
  });

  it('describes it in the tree', async () => {
    const { tree } = await api();
    const visit = async (nodes: Awaited<ReturnType<typeof tree.getChildren>>): Promise<unknown[]> =>
      Promise.all(
        (nodes ?? []).map(async (node) => {
          const item = await tree.getTreeItem(node);
          return [item, await visit(await tree.getChildren(node))];
        }),
      );
    const seen = await visit(await tree.getChildren());
    assertClean('tree', seen);
    assert.match(asText(seen), /"orders"/);
  });

  const target = { cluster: 'canary', topic: 'orders' };
  const all = { ...target, start: 'earliest', count: 100, partitions: 'all' };

  it('creates topics, and produces', async () => {
    const topic = { cluster: 'canary', topic: 'copy', partitions: 1, replicas: 1, properties: '' };
    assert.match(await run('createTopic', topic), /Created the topic copy/);
    const message = { ...target, text: 'typed', how: 'one', key: 'k', partition: 0 };
    assert.match(await run('produceMessage', message), /Produced 1 message to orders/);
    await open('json', '[{"value": 1}, {"value": 2}]');
    await vscode.commands.executeCommand('editor.action.selectAll');
    assert.match(await run('produceSelection', { ...target, how: 'many' }), /Produced 2 messages/);
  });

  it('produces a file in bulk, and leaves files of what was not sent', async () => {
    writeFileSync(file('input.jsonl'), '{"value":1}\n{"value":\n{"value":3}\n');
    const job = { ...target, file: file('input.jsonl'), format: 'jsonl', preview: false };
    const said = await run('produceFile', { ...job, onBad: 'stop' });
    assert.match(said, /input\.rest\.jsonl holds what can be sent again/);
  });

  it('consumes, views, exports and copies', async () => {
    await run('consume', all);
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', new RegExp(control));
    await run('openInViewer');
    await vscode.workspace
      .getConfiguration('kafkaRest')
      .update('export.csv', 'plain', vscode.ConfigurationTarget.Global);
    for (const name of ['out.jsonl', 'out.csv', 'out.kafka', 'out.json']) {
      const said = await run('exportMessages', all, {
        showSaveDialog: vscode.Uri.file(file(name)),
      });
      assert.match(said, /Exported \d+ messages/);
    }
    const to = { cluster: 'canary', topic: 'copy' };
    const copy = { ...all, to, keepPartitions: false, onBad: 'stop', confirm: false };
    assert.match(await run('copyMessages', copy), /Copied \d+ messages/);
  });

  it('runs the blocks of a .kafka file, and follows', async () => {
    const blocks = ['CONSUMER', 'topic: orders', 'from: earliest', '###'];
    const { uri } = await open(
      'kafkarest',
      [
        '-- @cluster: canary',
        'PRODUCER',
        'topic: orders',
        'made {{$index}}',
        '###',
        ...blocks,
      ].join('\n'),
    );
    const block = (line: number) => ({ uri: uri.toString(), line });
    assert.match(await run('runBlock', { ...block(1), count: 3 }), /Produced 3 messages/);
    assert.match(await run('showBlockOutcome', block(1)), /"3 messages to orders on canary/);
    await run('runBlock', block(5));
    const following = run('followBlock', block(5));
    await until(
      () => vscode.workspace.textDocuments.some(({ uri }) => /@follow/.test(uri.path)),
      'it follows',
    );
    await run('stopBlock', block(5));
    await following;
    await run('newKafkaFile', { cluster: control, topic: 'orders' });
  });

  /** Every way to the cluster, of which each fails in its own words. */
  const ways: readonly (readonly [command: string, argument: object])[] = [
    ['testCluster', {}],
    ['createTopic', { topic: 'new', partitions: 1, replicas: 1, properties: '' }],
    ['produceMessage', { topic: 'orders', text: 'x', how: 'one', key: '', partition: 0 }],
    ['consume', { ...all }],
    ['exportMessages', { ...all }],
    ['copyMessages', { ...all, to: target, keepPartitions: false, onBad: 'stop', confirm: false }],
  ];

  const bulk = { topic: 'orders', file: file('out.jsonl'), format: 'jsonl', preview: false };

  for (const [what, behaviour] of Object.entries(echoes)) {
    it(`says nothing of it when the proxy ${what}`, async () => {
      echo.will(behaviour);
      const showSaveDialog = vscode.Uri.file(file('failed.jsonl'));
      for (const cluster of ['echo-proxy', 'echo-password']) {
        for (const [command, argument] of ways) {
          const said = await run(command, { ...argument, cluster }, { showSaveDialog });
          assert.match(said, /Could not|Produced 0|Stopped/, command);
        }
        const said = await run('produceFile', { ...bulk, cluster, onBad: 'stop' });
        assert.match(said, /Stopped|Could not/);
      }
    });
  }

  for (const [what, behaviour] of Object.entries(entraEchoes)) {
    it(`says nothing of it when Entra ID ${what}`, async () => {
      echo.will(withDiscovery(echo.origin, behaviour));
      assert.match(await run('testCluster', { cluster: 'echo-entra' }), /Could not/);
      assert.match(await run('consume', { ...all, cluster: 'echo-entra' }), /Could not/);
    });
  }

  it('says nothing of it when it is cancelled', async () => {
    echo.will(hang);
    for (const cluster of ['echo-proxy', 'echo-password', 'echo-entra']) {
      for (const [command, argument] of ways) {
        const cancelOn = echo.nextArrival();
        await run(command, { ...argument, cluster }, { cancelOn });
      }
    }
  });

  it('leaves the viewer open, and shows nothing of it to other processes', async () => {
    await run('viewMessages', { ...all, topic: control });
    const idle = ['-e', 'process.stdin.resume(); console.log()', control];
    const child = spawn(process.execPath, idle, { env: { ...process.env, CONTROL: control } });
    await once(child.stdout, 'data');
    const seen = processes();
    child.kill();
    const needles = new Needles([...allSecrets(), ...tokens]);
    assert.deepEqual(
      seen.flatMap(({ place, content }) => needles.find(place, content) ?? []),
      [],
    );
    const found = seen.filter(({ content }) => new Needles([control]).in(content));
    assert.ok(found.length > 0, 'the search finds what is there');
    assert.ok(tokens.length > 3 && person.heard.some((said) => said.includes(control)));
  });
});
