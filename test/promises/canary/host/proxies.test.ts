import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { EmulatorOptions } from '../../../../src/emulator/server';
import { api, set, type Started, startOwnEmulator, until } from '../../../integration/support';
import { type FaultyServer, startFaultyServer } from '../../../support/faultyServer';
import { echoes } from '../echoes';
import { Needles } from '../needles';
import { leaveCanaries } from './leave';
import { allSecrets, body, control, passwords, secrets, tokens } from './marked';
import { type Answers, Person } from './person';

/** The other proxies with their usual way of signing in; a token of a gateway for Strimzi. */
const PROXIES = [
  { face: 'strimzi', auth: 'entra', creates: true },
  { face: 'karapace', auth: 'entra', creates: false },
  { face: 'confluent', auth: 'basic', creates: true },
  { face: 'redpanda', auth: 'basic', creates: false },
] as const satisfies readonly (EmulatorOptions & { readonly creates: boolean })[];

/** Ways to a cluster, each of which fails in its own words. */
const WAYS: readonly (readonly [command: string, argument: object])[] = [
  ['testCluster', {}],
  ['produceMessage', { topic: 'orders', text: body, how: 'one', key: '', partition: 0 }],
  ['consume', { topic: 'orders', start: 'earliest', count: 100, partitions: 'all' }],
];

describe('With a marked secret, before the other proxies', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const file = (name: string): string => join(folder, name);
  const emulators = new Map<string, Started>();
  let echo: FaultyServer;
  let person: Person;

  leaveCanaries('proxies', () => ({ control, secrets: allSecrets(), tokens, bodies: [body] }));

  before(async () => {
    echo = await startFaultyServer({ tls: true });
    for (const { face, auth } of PROXIES) {
      const emulator = await startOwnEmulator({
        ...{ face, auth, samples: false, password: passwords.right, clientSecret: secrets.right },
        onToken: (token) => tokens.push(token),
      });
      emulators.set(face, emulator);
      for (const name of ['orders', 'copy', control]) emulator.createTopic({ name });
      emulator.append('orders', [{ key: 'k', value: control }, { value: body }]);
    }
    const trusted = [...emulators.values()].map(({ info }) => info.caFile ?? '');
    writeFileSync(
      file('proxies.pem'),
      [...trusted, echo.caFile].map((each) => readFileSync(each)).join('\n'),
    );
    person = new Person();
    await api();
    await set('bulk.patience', 1);
    const definitions = [...emulators].flatMap(([face, emulator]) => [
      definition(face, emulator),
      { ...definition(face, emulator), name: `echo-${face}`, endpoint: echo.origin },
    ]);
    // What other suites left in the settings is searched, too.
    const earlier = vscode.workspace.getConfiguration('kafkaRest').get<unknown[]>('clusters', []);
    const [first = {}] = definitions;
    await set('clusters', [...earlier, ...definitions, { ...first, name: control }]);
  });

  after(async () => {
    person.leave();
    for (const emulator of emulators.values()) await emulator.stop();
    await echo.close();
    console.log(control);
  });

  /** The emulator as a cluster of the settings. */
  function definition(face: string, { info }: Started): Record<string, unknown> {
    const { dialect, endpoint, username, tenantId, clientId, authority, scope } = info;
    const entra = { tenantId, clientId, scope, authority: authority && new URL(authority).origin };
    return {
      ...{ name: face, endpoint, dialect, caFile: file('proxies.pem') },
      ...(authority === null ? { signIn: { kind: 'basic', username } } : entra),
    };
  }

  /** Runs a command, and returns all that it said. */
  async function run(command: string, argument?: unknown, answers?: Answers): Promise<string> {
    const said = await person.run(command, argument, answers);
    const needles = new Needles([...allSecrets(), ...tokens]);
    const documents = vscode.workspace.textDocuments.map((each) => each.getText());
    assert.equal(needles.find(command, JSON.stringify([said, documents])), undefined);
    return said.join('\n');
  }

  for (const { face, auth, creates } of PROXIES) {
    const cluster = face;
    const orders = { cluster, topic: 'orders' };
    const all = { ...orders, start: 'earliest', count: 100, partitions: 'all' };
    const right = auth === 'basic' ? passwords.right : secrets.right;
    const wrong = auth === 'basic' ? passwords.wrong : secrets.wrong;

    it(`connects to ${face}, after a wrong secret`, async () => {
      await run('replaceSecret', { cluster }, { showInputBox: wrong });
      assert.match(await run('testCluster', { cluster }), /Could not/);
      await run('replaceSecret', { cluster }, { showInputBox: right });
      assert.match(await run('testCluster', { cluster }), /Connected to/);
    });

    it(`describes ${face} in the tree`, async () => {
      const { tree } = await api();
      type Nodes = Awaited<ReturnType<typeof tree.getChildren>>;
      const visit = async (nodes: Nodes): Promise<unknown[]> =>
        Promise.all(
          (nodes ?? []).map(async (node) => {
            const item = await tree.getTreeItem(node);
            return [item, await visit(await tree.getChildren(node))];
          }),
        );
      const roots = (await tree.getChildren()) ?? [];
      const mine = roots.filter((node) => 'name' in node && node.name === cluster);
      const seen = JSON.stringify(await visit(mine), (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      assert.match(seen, /"orders"/);
      assert.equal(new Needles([...allSecrets(), ...tokens]).find('tree', seen), undefined);
    });

    it(`writes to ${face}, and leaves files of what was not sent`, async () => {
      if (creates) {
        const topic = { cluster, topic: 'new', partitions: 1, replicas: 1, properties: '' };
        assert.match(await run('createTopic', topic), /Created the topic new/);
      }
      const message = { ...orders, text: body, how: 'one', key: 'k', partition: 0 };
      assert.match(await run('produceMessage', message), /Produced 1 message to orders/);
      const input = `${face}.jsonl`;
      writeFileSync(file(input), `{"value":"${body}"}\n{"value":\n{"value":"${body}"}\n`);
      const job = { ...orders, file: file(input), format: 'jsonl', preview: false };
      const said = await run('produceFile', { ...job, onBad: 'stop' });
      assert.ok(said.includes(`${face}.rest.jsonl holds what can be sent again`), said);
    });

    it(`reads from ${face}, and leaves no consumer instance`, async () => {
      await run('consume', all);
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      assert.ok(text.includes(control) && text.includes(body));
      const showSaveDialog = vscode.Uri.file(file(`${face}-out.jsonl`));
      assert.match(await run('exportMessages', all, { showSaveDialog }), /Exported \d+ messages/);
      const copy = { ...all, to: { cluster, topic: 'copy' }, keepPartitions: false };
      const said = await run('copyMessages', { ...copy, onBad: 'stop', confirm: false });
      assert.match(said, /Copied \d+ messages/);
      await until(() => emulators.get(face)?.instances().length === 0, 'no instance is left');
    });

    it(`says nothing of it when ${face} shows the request in its response`, async () => {
      await run('replaceSecret', { cluster: `echo-${face}` }, { showInputBox: right });
      for (const [what, behaviour] of Object.entries(echoes)) {
        echo.will(behaviour);
        for (const [command, argument] of WAYS) {
          const said = await run(command, { ...argument, cluster: `echo-${face}` });
          assert.match(said, /Could not|Produced 0|Stopped/, `${command}: ${what}`);
        }
      }
    });
  }

  it('leaves the viewer open', async () => {
    const all = { start: 'earliest', count: 100, partitions: 'all' };
    await run('viewMessages', { ...all, cluster: 'strimzi', topic: control });
  });
});
