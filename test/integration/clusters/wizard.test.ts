import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Answers, Person } from '../../promises/canary/host/person';
import {
  accept,
  agreeTo,
  beginAdding,
  beginFresh,
  children,
  choose,
  nextInputBox,
  nextQuickPick,
  run,
  set,
  type Started,
  startOwnEmulator,
  text,
  until,
} from '../support';

type Wizard = NonNullable<Answers['wizard']>;
type Entry = Record<string, unknown>;

const { Global, Workspace } = vscode.ConfigurationTarget;
const guid = '1a2b3c4d-0000-4000-8000-00000000abcd';

describe('The wizard for clusters', () => {
  let emulator: Started | undefined;

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await inSettings(Workspace, undefined);
    await set('clusters', undefined);
    await emulator?.stop();
    emulator = undefined;
  });

  async function start(): Promise<Started> {
    return (emulator = await startOwnEmulator({ auth: 'none', tls: false }));
  }

  async function inSettings(target: vscode.ConfigurationTarget, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration('kafkaRest').update('clusters', value, target);
  }

  function saved(target = Global): readonly Entry[] {
    const found = vscode.workspace
      .getConfiguration('kafkaRest')
      .inspect<readonly Entry[]>('clusters');
    return (target === Global ? found?.globalValue : found?.workspaceValue) ?? [];
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

  /** Answers the kind, the endpoint and the way to sign in; the page with all fields is next. */
  function toPage({ info }: Started): Wizard {
    return [
      [/You have begun/, 'Start Over'],
      [/or choose its kind/, 'Azure HDInsight'],
      [/The address of/, info.endpoint],
      [/How does the REST proxy know/, 'No sign-in'],
    ];
  }

  const messageOf = ({ validationMessage: message }: vscode.InputBox) =>
    typeof message === 'object' ? message.message : (message ?? '');

  it('derives a name from the endpoint that is not taken', async () => {
    const started = await start();
    const entry = { endpoint: started.info.endpoint, signIn: { kind: 'none' } };
    await set('clusters', [{ ...entry, name: '127.0.0.1' }]);
    const said = await walk('addCluster', undefined, [
      ...toPage(started),
      [/defaults fit/, 'Test the connection and save'],
    ]);
    assert.match(said, /Connected to 127\.0\.0\.1-2: \d+ topics, 3 brokers, 1 hidden topic/);
    assert.deepEqual(saved(), [
      { ...entry, name: '127.0.0.1' },
      { ...entry, name: '127.0.0.1-2' },
    ]);
  });

  it('refuses a name that exists on the page that asks for it', async () => {
    const started = await start();
    const entry = { endpoint: started.info.endpoint, signIn: { kind: 'none' } };
    await set('clusters', [{ ...entry, name: 'contoso' }]);
    await inSettings(Workspace, [{ name: 'broken' }]);
    const asked = nextInputBox();
    const running = run('editCluster', { cluster: 'contoso', field: 'name' });
    const box = await asked;
    box.value = 'broken';
    await accept();
    await until(() => /already a cluster with this name/.test(messageOf(box)), 'it is refused');
    box.hide();
    await running;
  });

  it('saves for the person, or for the workspace where that is chosen', async () => {
    const started = await start();
    await walk('addCluster', undefined, [
      ...toPage(started),
      [/defaults fit/, 'Saved in'],
      [/Who is the cluster for/, 'For this workspace'],
      [/defaults fit/, 'Test the connection and save'],
    ]);
    assert.deepEqual(saved(), []);
    assert.deepEqual(
      saved(Workspace).map(({ name }) => name),
      ['127.0.0.1'],
    );
    const [node] = await children();
    assert.match(text(node?.description), /^workspace · 127\.0\.0\.1:\d+$/);
  });

  it('changes a cluster where it stands', async () => {
    const { info } = await start();
    const entry = { endpoint: info.endpoint, signIn: { kind: 'none' } };
    await set('clusters', [{ ...entry, name: 'mine' }]);
    await inSettings(Workspace, [{ ...entry, name: 'theirs', colour: 'red' }]);
    await agreeTo('theirs');
    await walk('editCluster', { cluster: 'theirs' }, [
      [/to be changed/, 'Name'],
      [/A name for/, 'ours'],
      [/to be changed/, 'Test the connection and save'],
    ]);
    assert.deepEqual(saved(Workspace), [{ ...entry, name: 'ours', colour: 'red' }]);
    await run('protectCluster', { cluster: 'ours', protection: 'production' });
    assert.equal(saved(Workspace)[0]?.['protection'], 'production');
    await run('removeCluster', { cluster: 'ours' }, { showWarningMessage: 'Remove' });
    assert.deepEqual(saved(Workspace), []);
    assert.deepEqual(
      saved().map(({ name }) => name),
      ['mine'],
    );
  });

  it('opens the question for one field, and saves after it', async () => {
    const { info } = (emulator = await startOwnEmulator({ auth: 'none' }));
    const { endpoint, caFile } = info;
    const entry = { name: 'contoso', endpoint, signIn: { kind: 'none' } };
    await set('clusters', [entry]);
    const said = await walk('editCluster', { cluster: 'contoso', field: 'caFile' }, [
      [/A PEM file/, caFile ?? ''],
    ]);
    assert.match(said, /Connected to contoso/);
    assert.deepEqual(saved(), [{ ...entry, caFile }]);
  });

  it('asks with a list for a field that has few values', async () => {
    const { info } = (emulator = await startOwnEmulator({
      face: 'strimzi',
      auth: 'none',
      tls: false,
    }));
    const entry = { name: 'bridge', endpoint: info.endpoint, signIn: { kind: 'none' } };
    await set('clusters', [{ ...entry, dialect: 'strimzi' }]);
    const said = await walk('editCluster', { cluster: 'bridge', field: 'dialect.isolation' }, [
      [/read_uncommitted/, 'read_committed'],
    ]);
    assert.match(said, /Connected to bridge/);
    const dialect = { kind: 'strimzi', isolation: 'read_committed' };
    assert.deepEqual(saved(), [{ ...entry, dialect }]);
  });

  it('continues where the person gave up, with what was typed, or starts over', async () => {
    const { info } = await start();
    const { endpoint, running: given } = await beginAdding();
    const question = nextQuickPick();
    endpoint.value = info.endpoint;
    await accept();
    const second = nextInputBox();
    await choose(await question, 'User name and password');
    const username = await second;
    username.value = 'kaf:ka';
    await accept();
    await until(() => /colon/.test(messageOf(username)), 'it is refused');
    username.hide();
    await given;

    const offer = nextQuickPick();
    const again = run('addCluster');
    const pick = await offer;
    await until(() => pick.activeItems.length > 0, 'the offer');
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      ['Continue with 127.0.0.1', 'Start Over'],
    );
    const third = nextInputBox();
    await accept();
    const resumed = await third;
    assert.equal(resumed.value, 'kaf:ka');
    resumed.hide();
    await again;

    const started = emulator;
    assert.ok(started);
    const said = await walk('addCluster', undefined, [
      ...toPage(started),
      [/defaults fit/, 'Test the connection and save'],
    ]);
    assert.match(said, /Connected to 127\.0\.0\.1/);
    const fresh = nextQuickPick();
    const after = run('addCluster');
    const list = await fresh;
    assert.equal(list.value, '');
    list.hide();
    await after;
  });

  it('keeps what was changed in a cluster and given up, until it is changed elsewhere', async () => {
    const { info } = await start();
    const entry = { name: 'contoso', endpoint: info.endpoint, signIn: { kind: 'none' } };
    await set('clusters', [entry]);
    const edit = () => run('editCluster', { cluster: 'contoso' });
    const fields = nextQuickPick();
    const first = edit();
    const page = await fields;
    const asked = nextInputBox();
    await choose(page, 'Name');
    const name = await asked;
    const after = nextQuickPick();
    await until(() => name.enabled && !name.busy, 'the question is ready');
    name.value = 'fabrikam';
    await accept();
    const renamed = await after;
    const half = nextInputBox();
    await choose(renamed, 'CA file');
    const file = await half;
    const left = nextQuickPick();
    await until(() => file.enabled && !file.busy, 'the question is ready');
    file.value = 'relative.pem';
    await accept();
    await until(() => messageOf(file) !== '', 'it is refused');
    file.hide();
    (await left).hide();
    assert.deepEqual(await first, []);
    assert.deepEqual(saved(), [entry]);

    const offered = nextQuickPick();
    const again = edit();
    const offer = await offered;
    assert.equal(offer.placeholder, 'You have begun to edit contoso');
    const resumed = nextQuickPick();
    await choose(offer, 'Continue with fabrikam');
    const typed = nextInputBox();
    await choose(await resumed, 'CA file');
    const kept = await typed;
    assert.equal(kept.value, 'relative.pem');
    const end = nextQuickPick();
    kept.hide();
    (await end).hide();
    await again;

    // A cluster that was changed is edited as it is now.
    await set('clusters', [{ ...entry, signIn: { kind: 'basic', username: 'kafka' } }]);
    const fresh = nextQuickPick();
    const last = edit();
    const list = await fresh;
    assert.equal(list.placeholder, 'What is to be changed?');
    list.hide();
    await last;
  });

  it('begins with a pasted address as well, and says what is wrong with it', async () => {
    const { info, requests } = await start();
    const { first, running } = await beginFresh();
    const type = async (text: string) => {
      first.value = text;
      await until(() => first.activeItems[0]?.label === text, 'the text can be chosen');
      return first.activeItems[0]?.detail ?? '';
    };
    assert.match(await type('broker:9092'), /Kafka’s own protocol/);
    const pasted = `${info.endpoint}/v1/metadata/topics`;
    const detail = await type(pasted);
    assert.equal(detail, `Find out which kind of REST proxy is at ${info.endpoint}`);
    const signIn = nextQuickPick();
    await accept();
    const question = await signIn;
    const second = nextQuickPick();
    await choose(question, 'No sign-in');
    const page = await second;
    await until(() => page.items.length > 3, 'the page');
    const described = new Map(page.items.map(({ label, description }) => [label, description]));
    assert.equal(described.get('Endpoint'), info.endpoint);
    assert.ok(requests.every(({ method }) => method === 'GET'));
    assert.ok(requests.length > 0, 'something was looked at');
    page.hide();
    await running;
  });

  it('knows the cluster in an address of Confluent Cloud, and asks for it otherwise', async () => {
    const cloud = 'https://pkc-1.eu.azure.confluent.cloud';
    for (const [text, id] of [
      [`${cloud}/kafka/v3/clusters/lkc-1a2b/topics`, 'lkc-1a2b'],
      [cloud, ''],
    ] as const) {
      const { first, running } = await beginFresh();
      first.value = text;
      await until(() => first.activeItems[0]?.label === text, 'the text can be chosen');
      const asked = nextInputBox();
      await accept();
      const question = await asked;
      assert.match(question.prompt ?? '', /^The ID of the Kafka cluster/);
      assert.equal(question.value, id);
      const signIn = nextQuickPick();
      await until(() => question.enabled && !question.busy, 'the question is ready');
      question.value = 'lkc-1a2b';
      await accept();
      const ways = await signIn;
      await until(
        () => ways.activeItems[0]?.label === 'User name and password',
        'the usual way is active',
      );
      ways.hide();
      await running;
    }
  });

  it('asks for the scope of Entra ID where that of HDInsight does not fit', async () => {
    const { info } = (emulator = await startOwnEmulator({
      face: 'strimzi',
      auth: 'none',
      tls: false,
    }));
    const { first, running } = await beginFresh();
    const asked = nextInputBox();
    await choose(first, 'Strimzi');
    const endpoint = await asked;
    const answer = async (question: vscode.InputBox, value: string) => {
      await until(() => question.enabled && !question.busy, 'the question is ready');
      question.value = value;
      await accept();
    };
    const ways = nextQuickPick();
    await answer(endpoint, info.endpoint);
    let next = nextInputBox();
    await choose(await ways, 'Microsoft Entra ID: client secret');
    for (const value of [guid, guid.replace('1a', '1b'), 'a secret']) {
      const question = await next;
      next = nextInputBox();
      await answer(question, value);
    }
    const scope = await next;
    assert.match(scope.prompt ?? '', /Application ID URI/);
    assert.equal(scope.value, `api://${guid.replace('1a', '1b')}/.default`);
    const paged = nextQuickPick();
    await answer(scope, 'api://proxy/.default');
    const page = await paged;
    await until(() => page.items.length > 3, 'the page');
    const described = new Map(page.items.map(({ label, description }) => [label, description]));
    assert.equal(described.get('Scope'), 'api://proxy/.default');
    page.hide();
    await running;
  });

  it('opens the question for the endpoint with a pasted text that is no address', async () => {
    const { first, running } = await beginFresh();
    first.value = 'broker:9092';
    await until(() => first.activeItems[0]?.label === 'broker:9092', 'the text can be chosen');
    const question = nextInputBox();
    await accept();
    const endpoint = await question;
    assert.equal(endpoint.value, 'broker:9092');
    endpoint.hide();
    await running;
  });

  it('questions what is likely a mistake, and takes it the second time', async () => {
    const { endpoint, running } = await beginAdding();
    endpoint.value = 'https:/kafka.example.com';
    await accept();
    await until(
      () =>
        messageOf(endpoint) === 'Do you mean https://kafka.example.com? Press Enter again if so.',
      'it is questioned',
    );
    endpoint.value = 'https://kafka.example.com:9092';
    await accept();
    await until(() => /Kafka’s own protocol/.test(messageOf(endpoint)), 'it is questioned too');
    const signIn = nextQuickPick();
    await accept();
    const pick = await signIn;
    await until(() => pick.activeItems.length > 0, 'the ways of signing in');
    const next = nextInputBox();
    await accept();
    const tenant = await next;
    tenant.value = `https://login.microsoftonline.us/${guid}/v2.0`;
    const after = nextInputBox();
    await accept();
    const client = await after;
    client.value = `{${guid}}`;
    await accept();
    await until(() => /have the same ID/.test(messageOf(client)), 'the client is questioned');
    const last = nextInputBox();
    await accept();
    const secret = await last;
    secret.value = guid;
    await accept();
    await until(() => /ID of the secret/.test(messageOf(secret)), 'the secret is questioned');
    assert.ok(!messageOf(secret).includes(guid));
    const page = nextQuickPick();
    await accept();
    const all = await page;
    await until(() => all.items.length > 3, 'the page');
    const described = new Map(all.items.map(({ label, description }) => [label, description]));
    assert.equal(described.get('Tenant ID'), guid);
    assert.equal(described.get('Client ID'), guid);
    assert.equal(described.get('Authority'), 'https://login.microsoftonline.us');
    assert.equal(described.get('Client secret'), 'entered');
    assert.equal(described.get('Name'), 'kafka.example.com');
    all.hide();
    await running;
  });

  it('finds the CA file with a dialog', async () => {
    const { info } = await start();
    await set('clusters', [{ name: 'contoso', endpoint: info.endpoint, signIn: { kind: 'none' } }]);
    const { createInputBox, showOpenDialog } = vscode.window;
    const file = vscode.Uri.file('/certificates/ca.pem');
    const pressed = new vscode.EventEmitter<vscode.QuickInputButton>();
    const boxes: vscode.InputBox[] = [];
    const options: (vscode.OpenDialogOptions | undefined)[] = [];
    Object.assign(vscode.window, {
      createInputBox: () => {
        const box = Object.assign(createInputBox(), { onDidTriggerButton: pressed.event });
        boxes.push(box);
        return box;
      },
      showOpenDialog: (given?: vscode.OpenDialogOptions) => {
        options.push(given);
        return Promise.resolve([file]);
      },
    });
    try {
      const running = run('editCluster', { cluster: 'contoso', field: 'caFile' });
      await until(() => boxes.length > 0, 'the question');
      const [box] = boxes;
      assert.ok(box);
      const [button] = box.buttons;
      assert.equal(button?.tooltip, 'Browse...');
      box.value = 'certificates';
      await accept();
      await until(() => /whole path/.test(messageOf(box)), 'it is shown');
      box.value = '/certificates';
      pressed.fire(button);
      await until(() => boxes.length > 1, 'the question again');
      const [, again] = boxes;
      assert.ok(again);
      assert.equal(again.value, file.fsPath);
      assert.equal(options[0]?.defaultUri?.fsPath, '/certificates');
      again.hide();
      await running;
    } finally {
      Object.assign(vscode.window, { createInputBox, showOpenDialog });
      pressed.dispose();
    }
  });

  it('offers the next steps after a failure, and leads back to all fields', async () => {
    const started = await start();
    const asked = await walk('addCluster', undefined, [
      [/You have begun/, 'Start Over'],
      [/or choose its kind/, 'Azure HDInsight'],
      [/The address of/, 'http://127.0.0.1:9'],
      [/How does the REST proxy know/, 'No sign-in'],
      [/defaults fit/, 'Test the connection and save'],
      [/not work yet/, 'Change: Endpoint'],
      [/The address of/, started.info.endpoint],
    ]);
    for (const label of ['Test again', 'Save all the same', 'Show Log']) {
      assert.ok(asked.includes(`"label":"${label}"`), label);
    }
    assert.match(asked, /Connected to 127\.0\.0\.1/);
  });
});
