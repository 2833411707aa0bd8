import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { EmulatorInfo, EmulatorOptions } from '../../../../src/emulator/server';
import { api, set, type Started, startOwnEmulator } from '../../../integration/support';
import { fakeAzureCli, tokenOutput } from '../../../support/signIn/fakeAzureCli';
import { jwtOf } from '../../../support/signIn/jwt';
import { Needles } from '../needles';
import { leaveCanaries } from './leave';
import { body, control, newSecret, newWord } from './marked';
import { type Answers, Person } from './person';

const RESOURCE = 'https://hib.azurehdinsight.net';

type Typed = NonNullable<Answers['typed']>;

/** A way to sign in with secrets that a person types, in each box of *Replace Secret*. */
interface Way {
  readonly name: string;
  readonly emulator: EmulatorOptions;
  readonly signIn: (info: EmulatorInfo) => Readonly<Record<string, unknown>>;
  readonly right: (info: EmulatorInfo) => Typed;
  /** What is typed into the last of these boxes by mistake. */
  readonly wrong: string;
}

const known = {
  secret: newSecret(),
  token: jwtOf({ exp: 4_000_000_000, jti: newWord() }),
  password: newSecret(),
  header: newWord(),
  passphrase: newSecret(),
};
const wrong = { secret: newSecret(), token: jwtOf({ exp: 4e9, jti: newWord() }), word: newWord() };
const tokens: string[] = [];
/** The keys and passphrases that the emulator makes. */
const made: string[] = [];

const entra = ({ tenantId, clientId, scope, authority }: EmulatorInfo) => ({
  ...{ tenantId, clientId, scope, authority: new URL(authority ?? '').origin },
});

const ways: readonly Way[] = [
  {
    name: 'way-certificate',
    emulator: { auth: 'certificate' },
    signIn: (info) => ({ kind: 'clientCertificate', ...entra(info), certFile: info.certFile }),
    right: ({ certKeyFile, certPassphrase }) => [
      [/"Private Key of/, readFileSync(certKeyFile ?? '', 'utf8')],
      [/Passphrase of/, certPassphrase ?? ''],
    ],
    wrong: wrong.word,
  },
  {
    name: 'way-oauth',
    emulator: { auth: 'oauth', clientSecret: known.secret },
    signIn: ({ issuer, clientId, scope }) => ({ kind: 'oauth', issuer, clientId, scope }),
    right: () => [[/Secret of/i, known.secret]],
    wrong: wrong.secret,
  },
  {
    name: 'way-token',
    emulator: { auth: 'bearer', token: known.token },
    signIn: () => ({ kind: 'bearerToken' }),
    right: () => [[/Token of/i, known.token]],
    wrong: wrong.token,
  },
  {
    name: 'way-extras',
    emulator: {
      auth: 'basic',
      password: known.password,
      clientCertificates: true,
      keyPassphrase: known.passphrase,
      headers: { 'X-Api-Key': known.header },
    },
    signIn: ({ username, certificateFile, keyFile }) => ({
      ...{ kind: 'basic', username, certificateFile, keyFile, headers: 'X-Api-Key' },
    }),
    right: () => [
      [/Password of/i, known.password],
      [/Passphrase of/i, known.passphrase],
      [/X-Api-Key/, known.header],
    ],
    wrong: wrong.word,
  },
];

const withoutSecrets = {
  'way-assertion': { auth: 'assertion' },
  'way-identity': { auth: 'identity' },
  'way-azureCli': { auth: 'entra' },
  'way-account': { auth: 'entra' },
} as const satisfies Readonly<Record<string, EmulatorOptions>>;

describe('With a marked secret, in each way to sign in', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const emulators = new Map<string, Started>();
  const az = fakeAzureCli();
  const { getSession } = vscode.authentication;
  /** What VS Code's account does. */
  let account = (): Promise<unknown> => Promise.resolve(undefined);
  let person: Person;

  const secrets = () => [...Object.values(known), ...Object.values(wrong), ...made];
  leaveCanaries('ways', () => ({ control, secrets: secrets(), tokens, bodies: [body] }));

  const infoOf = (name: string): EmulatorInfo => {
    const emulator = emulators.get(name);
    assert.ok(emulator, name);
    return emulator.info;
  };

  before(async () => {
    const all = [
      ...ways.map(({ name, emulator }) => [name, emulator] as const),
      ...Object.entries(withoutSecrets),
    ];
    for (const [name, options] of all) {
      const onToken = (token: string) => tokens.push(token);
      const emulator = await startOwnEmulator({ ...options, samples: false, onToken });
      emulators.set(name, emulator);
      for (const topic of ['orders', control]) emulator.createTopic({ name: topic });
      emulator.append('orders', [{ key: 'k', value: control }, { value: body }]);
      noteSecrets(emulator.info);
    }
    const caFile = join(folder, 'ways.pem');
    const trusted = [...emulators.values()].map(({ info }) => info.caFile ?? '');
    writeFileSync(caFile, trusted.map((each) => readFileSync(each)).join('\n'));
    process.env['AZURE_POD_IDENTITY_AUTHORITY_HOST'] = infoOf('way-identity').identityHost ?? '';
    Object.assign(vscode.authentication, { getSession: () => account() });
    person = new Person();
    await api();
    await set('azureCli.path', az.path);
    const people = infoOf('way-account');
    const { assertionFile } = infoOf('way-assertion');
    const signIns: Readonly<Record<string, object>> = {
      ...Object.fromEntries(ways.map(({ name, signIn }) => [name, signIn(infoOf(name))])),
      'way-assertion': {
        ...{ kind: 'federatedAssertion', ...entra(infoOf('way-assertion')), assertionFile },
      },
      'way-identity': { kind: 'managedIdentity' },
      'way-azureCli': { kind: 'azureCli' },
      'way-account': { kind: 'account', ...entra(people) },
    };
    const clusters = Object.entries(signIns).map(([name, signIn]) => {
      const { endpoint, dialect } = infoOf(name);
      return { name, endpoint, dialect, caFile, signIn };
    });
    const earlier = vscode.workspace.getConfiguration('kafkaRest').get<unknown[]>('clusters', []);
    const [first = {}] = clusters;
    await set('clusters', [...earlier, ...clusters, { ...first, name: control }]);
  });

  after(async () => {
    person.leave();
    Object.assign(vscode.authentication, { getSession });
    delete process.env['AZURE_POD_IDENTITY_AUTHORITY_HOST'];
    await set('azureCli.path', undefined);
    az.remove();
    for (const emulator of emulators.values()) await emulator.stop();
    console.log(control);
  });

  function noteSecrets(info: EmulatorInfo): void {
    const { clientSecret, certKeyFile, certPassphrase, assertionFile } = info;
    if (clientSecret !== null) made.push(clientSecret);
    if (certKeyFile !== null && certPassphrase !== null) {
      const key = createPrivateKey({ key: readFileSync(certKeyFile), passphrase: certPassphrase });
      made.push(certPassphrase, key.export({ type: 'pkcs8', format: 'der' }).toString('base64'));
    }
    if (assertionFile !== null) made.push(readFileSync(assertionFile, 'utf8').split('.')[2] ?? '');
  }

  /** Runs a command, and returns all that it said, which holds no secret. */
  async function run(command: string, argument: object, answers?: Answers): Promise<string> {
    const said = await person.run(command, argument, answers);
    const documents = vscode.workspace.textDocuments.map((each) => each.getText());
    const needles = new Needles([...secrets(), ...tokens]);
    assert.equal(needles.find(command, JSON.stringify([said, documents])), undefined);
    return said.join('\n');
  }

  async function reads(cluster: string): Promise<void> {
    assert.match(await run('testCluster', { cluster }), /Connected to/);
    const all = { topic: 'orders', start: 'earliest', count: 100, partitions: 'all' };
    await run('consume', { ...all, cluster });
    assert.ok(vscode.window.activeTextEditor?.document.getText().includes(body));
    const showSaveDialog = vscode.Uri.file(join(folder, `${cluster}-out.jsonl`));
    const said = await run('exportMessages', { ...all, cluster }, { showSaveDialog });
    assert.match(said, /Exported \d+ messages/);
  }

  for (const { name, right, wrong: mistake } of ways) {
    it(`reads by ${name}, after a wrong secret`, async () => {
      const typed = right(infoOf(name));
      const last = typed.at(-1);
      assert.ok(last);
      const mistyped: Typed = [...typed.slice(0, -1), [last[0], mistake]];
      const said = await run('replaceSecret', { cluster: name }, { typed: mistyped });
      assert.match(said, /does not work yet/);
      assert.match(await run('testCluster', { cluster: name }), /Could not/);
      // Asked if there are several, and all are stored by now.
      const wizard = [[/Which secret do you want/, 'All']] as const;
      await run('replaceSecret', { cluster: name }, { typed, wizard });
      await reads(name);
    });
  }

  for (const name of ['way-assertion', 'way-identity']) {
    it(`reads by ${name}`, () => reads(name));
  }

  it('reads by the Azure CLI, after it has shown a token in an error', async () => {
    az.will({ stdout: tokenOutput(known.token, 0), stderr: `ERROR: ${known.token}`, code: 1 });
    assert.match(await run('testCluster', { cluster: 'way-azureCli' }), /Could not/);
    az.will({ issuer: issuerOf(infoOf('way-azureCli')) });
    await reads('way-azureCli');
  });

  it('reads by VS Code’s account, after it has shown a token in an error', async () => {
    account = () => Promise.reject(new Error(`The token ${known.token} is not valid.`));
    assert.match(await run('testCluster', { cluster: 'way-account' }), /Could not/);
    az.will({ issuer: issuerOf(infoOf('way-account')) });
    const question = ['account', 'get-access-token', `--resource=${RESOURCE}`];
    const { stdout } = await promisify(execFile)(az.path, question);
    const { accessToken } = JSON.parse(stdout) as { accessToken: string };
    account = () => Promise.resolve({ accessToken });
    await reads('way-account');
  });

  it('leaves the viewer open', async () => {
    const all = { start: 'earliest', count: 100, partitions: 'all' };
    await run('viewMessages', { ...all, cluster: 'way-account', topic: control });
  });
});

function issuerOf({ authority, clientId, clientSecret, caFile }: EmulatorInfo) {
  return {
    authority: authority ?? '',
    clientId: clientId ?? '',
    clientSecret: clientSecret ?? '',
    resource: RESOURCE,
    caFile: caFile ?? '',
  };
}
