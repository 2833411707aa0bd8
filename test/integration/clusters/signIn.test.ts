import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EmulatorOptions } from '../../../src/emulator/server';
import { type Answers, Person } from '../../promises/canary/host/person';
import {
  children,
  choose,
  labels,
  nextQuickPick,
  run,
  set,
  type Started,
  startOwnEmulator,
  text,
  until,
} from '../support';

type Wizard = NonNullable<Answers['wizard']>;

/** The ways of signing in beside that of HDInsight, each through the whole of the product. */
describe('A cluster that is signed in to', () => {
  const password = ' gr\u00fc\u00df:e "x" ';
  let emulator: Started | undefined;

  afterEach(async () => {
    await run('removeCluster', { cluster: 'contoso' }, { showWarningMessage: 'Remove' });
    await set('clusters', undefined);
    await emulator?.stop();
    emulator = undefined;
  });

  async function start(options: EmulatorOptions): Promise<Started> {
    return (emulator = await startOwnEmulator(options));
  }

  /** Runs a command that asks in a wizard, and returns all that was shown. */
  async function walk(command: string, argument: unknown, wizard: Wizard): Promise<string> {
    const person = new Person();
    try {
      return (await person.run(command, argument, { wizard })).join('\n');
    } finally {
      person.leave();
    }
  }

  /** The questions of the wizard, with `signIn` in the middle. */
  function questions({ info }: Started, signIn: Wizard): Wizard {
    return [
      [/You have begun/, 'Start Over'],
      [/or choose its kind/, 'Azure HDInsight'],
      [/The address of/, info.endpoint],
      ...signIn,
      [/defaults fit/, 'Name'],
      [/A name for/, 'contoso'],
      [/defaults fit/, 'CA file'],
      [/A PEM file/, info.caFile ?? ''],
      [/defaults fit/, 'Test the connection and save'],
    ];
  }

  function saved(): Record<string, unknown> | undefined {
    const clusters: unknown = vscode.workspace.getConfiguration('kafkaRest').get('clusters');
    return (clusters as Record<string, unknown>[])[0];
  }

  /** The node of the cluster in the tree. */
  async function ownNode(): Promise<vscode.TreeItem | undefined> {
    return (await children()).find(({ label }) => label === 'contoso');
  }

  /** Lists, produces and consumes. */
  async function use(): Promise<void> {
    assert.ok(labels(await children('contoso', 'Topics')).includes('orders'));
    const to = { cluster: 'contoso', topic: 'orders', key: '', partition: 0, text: 'hello' };
    const [said = ''] = await run('produceMessage', to);
    assert.match(said, /^Produced 1 message to orders on contoso: partition 0, offset \d+\.$/);
  }

  it('with a user name and a password', async () => {
    const started = await start({ auth: 'basic', password });
    const said = await walk('addCluster', undefined, [
      ...questions(started, [
        [/How does the REST proxy know/, 'User name and password'],
        [/user name that the REST proxy/, 'kafka'],
        [/The password\. It is kept/, 'wrong'],
      ]),
      [/not work yet/, 'Change: Password'],
      [/The password\. It is kept/, password],
    ]);
    assert.match(said, /Sign-in: user name and password are not accepted by 127\.0\.0\.1:\d+/);
    assert.match(said, /Connected to contoso: \d+ topics, 3 brokers/);
    assert.deepEqual(saved()?.['signIn'], { kind: 'basic', username: 'kafka' });
    assert.ok(!JSON.stringify(saved()).includes('wrong'));
    await use();
  });

  it('with a password that is not stored here, and is asked for by its name', async () => {
    const { info } = await start({ auth: 'basic', password });
    const signIn = { kind: 'basic', username: 'kafka' };
    const { endpoint, caFile } = info;
    await set('clusters', [{ name: 'contoso', endpoint, caFile, signIn }]);
    const [problem] = await children('contoso', 'Topics');
    assert.equal(problem?.label, 'The password is not stored here');
    await run('replaceSecret', problem.command?.arguments?.[0], { showInputBox: password });
    await use();
    assert.match((await ownNode())?.contextValue ?? '', /\breplaceSecret\b/);
    await run('replaceSecret', { cluster: 'contoso' }, { showInputBox: 'wrong' });
    const [refused] = await children('contoso', 'Topics');
    assert.match(text(refused?.label), /^User name and password are not accepted by /);
    assert.equal(refused?.command?.command, 'kafkaRest.replaceSecret');
    await run('replaceSecret', refused.command.arguments?.[0], { showInputBox: password });
    await use();
    await set('clusters', [
      { name: 'contoso', endpoint, caFile, signIn: { ...signIn, username: 'other' } },
    ]);
    const [other] = await children('contoso', 'Topics');
    assert.equal(other?.label, 'The password is not stored here');
    await set('clusters', [{ name: 'contoso', endpoint, caFile, signIn }]);
  });

  it('with several secrets, of which one can be replaced alone once all are stored', async () => {
    const { info } = await start({ auth: 'basic', password });
    const { endpoint, caFile, username } = info;
    const signIn = { kind: 'basic', username, headers: 'X-Api-Key' };
    await set('clusters', [{ name: 'contoso', endpoint, caFile, signIn }]);
    const [problem] = await children('contoso', 'Topics');
    const argument: unknown = problem?.command?.arguments?.[0];
    await run('replaceSecret', argument, { showInputBox: 'a value' });
    const asked = nextQuickPick();
    const running = run('replaceSecret', { cluster: 'contoso' }, { showInputBox: password });
    const pick = await asked;
    await until(() => pick.items.length > 0, 'the secrets');
    assert.deepEqual(
      pick.items.map(({ label, description = '' }) => [label, description]),
      [
        ['Password', 'stored'],
        ['X-Api-Key', 'stored'],
        ['All', ''],
      ],
    );
    await choose(pick, 'Password');
    await running;
    await use();
  });

  it('with a passphrase, which an empty input removes', async () => {
    const { info } = await start({ auth: 'mutualTls' });
    const { endpoint, caFile, certificateFile, keyFile, keyPassphrase } = info;
    const signIn = { kind: 'mutualTls', certificateFile, keyFile };
    await set('clusters', [{ name: 'contoso', endpoint, caFile, signIn }]);
    const own = { cluster: 'contoso' };
    const stored = await run('replaceSecret', own, { showInputBox: keyPassphrase });
    assert.match(stored.join('\n'), /The new secret of contoso is stored and works/);
    await use();
    const person = new Person();
    const removed = await person
      .run('replaceSecret', own, { typed: [[/Leave it empty to remove the stored one\./, '']] })
      .finally(() => {
        person.leave();
      });
    assert.match(
      removed.join('\n'),
      /The secret of contoso is removed, and signing in does not work/,
    );
    const [problem] = await children('contoso', 'Topics');
    assert.equal(problem?.label, 'The passphrase of the encrypted private key is not stored here');
  });

  it('not at all, without a question for a secret', async () => {
    const started = await start({ auth: 'none' });
    await walk(
      'addCluster',
      undefined,
      questions(started, [[/How does the REST proxy know/, 'No sign-in']]),
    );
    assert.deepEqual(saved()?.['signIn'], { kind: 'none' });
    await use();
    assert.match(
      (await run('testCluster', { cluster: 'contoso' })).join(),
      /^Connected to contoso:/,
    );
    assert.match(
      (await run('replaceSecret', { cluster: 'contoso' }, { showInputBox: 'x' })).join(),
      /contoso signs in without a secret/,
    );
    assert.doesNotMatch((await ownNode())?.contextValue ?? '', /replaceSecret/);
    assert.ok(started.requests.every(({ authorized }) => !authorized));
  });

  it('in another way, once it is edited', async () => {
    const started = await start({ auth: 'none' });
    const { endpoint, caFile } = started.info;
    await set('clusters', [
      {
        name: 'contoso',
        endpoint,
        caFile,
        tenantId: 'contoso.com',
        clientId: '3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21',
        scope: 'api://x/.default',
        colour: 'red',
      },
    ]);
    await walk('editCluster', { cluster: 'contoso' }, [
      [/to be changed/, 'Sign-in'],
      [/How does the REST proxy know/, 'No sign-in'],
      [/to be changed/, 'Test the connection and save'],
    ]);
    assert.deepEqual(saved(), {
      name: 'contoso',
      endpoint,
      signIn: { kind: 'none' },
      caFile,
      colour: 'red',
    });
    await use();
  });

  it('as an entry in the old form says, and keeps its secret when it is edited', async () => {
    const started = await start({});
    const { endpoint, caFile, tenantId, clientId, clientSecret } = started.info;
    const authority = new URL(started.info.authority ?? '').origin;
    const flat = { name: 'contoso', endpoint, caFile, tenantId, clientId, authority };
    await set('clusters', [{ ...flat, colour: 'red' }]);
    await run('replaceSecret', { cluster: 'contoso' }, { showInputBox: clientSecret });
    await use();
    await walk('editCluster', { cluster: 'contoso' }, [
      [/to be changed/, 'Client secret'],
      [/keep the stored one/, ''],
      [/to be changed/, 'Test the connection and save'],
    ]);
    assert.deepEqual(saved(), {
      name: 'contoso',
      endpoint,
      signIn: { kind: 'clientSecret', tenantId, clientId, authority },
      caFile,
      colour: 'red',
    });
    await use();
  });
});
