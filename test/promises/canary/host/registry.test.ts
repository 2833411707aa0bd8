import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { api, set, type Started, startOwnEmulator } from '../../../integration/support';
import { type FaultyServer, startFaultyServer } from '../../../support/faultyServer';
import { echoes } from '../echoes';
import { Needles } from '../needles';
import { leaveCanaries } from './leave';
import { body, control, newSecret } from './marked';
import { type Answers, Person } from './person';

const known = { cluster: newSecret(), registry: newSecret(), wrong: newSecret() };

describe('With marked secrets, of a cluster and of its schema registry', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  let emulator: Started;
  let echo: FaultyServer;
  let person: Person;

  leaveCanaries('registry', () => ({
    ...{ control, secrets: Object.values(known), tokens: [], bodies: [body] },
  }));

  before(async () => {
    echo = await startFaultyServer({ tls: true });
    emulator = await startOwnEmulator({
      ...{ face: 'karapace', auth: 'basic', password: known.cluster },
      registry: { auth: 'basic', password: known.registry },
    });
    emulator.createTopic({ name: control });
    emulator.append(control, [{ key: 'k', value: control }, { value: body }]);
    const { info } = emulator;
    const caFile = join(folder, 'registry.pem');
    const trusted = [info.caFile ?? '', echo.caFile].map((each) => readFileSync(each));
    writeFileSync(caFile, trusted.join('\n'));
    const signIn = { kind: 'basic', username: 'kafka' };
    const cluster = { endpoint: info.endpoint, dialect: info.dialect, caFile, signIn };
    const { endpoint } = info.schemaRegistry ?? {};
    person = new Person();
    await api();
    // What other suites left in the settings is searched, too.
    const earlier = vscode.workspace.getConfiguration('kafkaRest').get<unknown[]>('clusters', []);
    await set('clusters', [
      ...earlier,
      { ...cluster, name: 'registered', schemaRegistry: { endpoint, signIn, caFile } },
      {
        ...{ ...cluster, name: 'echo-registered' },
        schemaRegistry: { endpoint: echo.origin, signIn, caFile },
      },
      { ...cluster, name: control },
    ]);
  });

  after(async () => {
    person.leave();
    await emulator.stop();
    await echo.close();
    console.log(control);
  });

  /** Runs a command, and returns all that it said. */
  async function run(command: string, argument?: unknown, answers?: Answers): Promise<string> {
    const said = await person.run(command, argument, answers);
    const needles = new Needles(Object.values(known));
    const documents = vscode.workspace.textDocuments.map((each) => each.getText());
    assert.equal(needles.find(command, JSON.stringify([said, documents])), undefined);
    return said.join('\n');
  }

  /** Enters the secret of the registry, or that of the cluster. */
  const enter = (cluster: string, whose: 'Schema registry' | 'REST proxy', secret: string) =>
    run(
      'replaceSecret',
      { cluster },
      {
        wizard: [[/What is the secret for/, whose]],
        typed: [[/Password of/, secret]],
      },
    );

  it('takes each secret for its own server', async () => {
    const cluster = 'registered';
    await enter(cluster, 'REST proxy', known.cluster);
    assert.match(await enter(cluster, 'Schema registry', known.wrong), /does not work yet/);
    assert.match(await enter(cluster, 'Schema registry', known.registry), /6 subjects/);
    assert.match(await run('testCluster', { cluster }), /Connected to/);
  });

  it('shows a schema', async () => {
    const schema = { cluster: 'registered', subject: 'visits-json-value', version: 1 };
    await run('openSchema', schema);
    const texts = vscode.workspace.textDocuments.map((each) => each.getText());
    assert.ok(texts.some((text) => text.includes('"title": "Visit"')));
  });

  it('never sends the secret of the cluster to its registry, which echoes what it gets', async () => {
    const cluster = 'echo-registered';
    await enter(cluster, 'REST proxy', known.cluster);
    for (const [what, behaviour] of Object.entries(echoes)) {
      echo.will(behaviour);
      assert.match(await enter(cluster, 'Schema registry', known.registry), /does not work/, what);
      await run('openSchema', { cluster, subject: 'visits-json-value', version: 1 });
    }
    assert.ok(echo.arrivals.length > 0);
    const arrived = JSON.stringify(echo.arrivals);
    assert.equal(new Needles([known.cluster]).find('the registry', arrived), undefined);
    const sent = echo.arrivals.map(({ headers }) => headers.authorization ?? '').join();
    assert.ok(sent.includes(Buffer.from(`kafka:${known.registry}`).toString('base64')));
  });

  it('leaves an export, and the viewer open', async () => {
    const all = { start: 'earliest', count: 100, partitions: 'all' };
    const topic = { ...all, cluster: 'registered', topic: control };
    const showSaveDialog = vscode.Uri.file(join(folder, 'registered.jsonl'));
    assert.match(await run('exportMessages', topic, { showSaveDialog }), /Exported 2 messages/);
    await run('viewMessages', topic);
  });
});
