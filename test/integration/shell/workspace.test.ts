import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { answer, type FaultyServer, startFaultyServer } from '../../support/faultyServer';
import {
  agreeTo,
  asSetting,
  children,
  closeEditors,
  connect,
  disconnect,
  labels,
  openUntitled,
  run,
  type Started,
  text,
  until,
} from '../support';

const { Workspace } = vscode.ConfigurationTarget;

/** The settings of the workspace, which anybody may have written, against those of the user. */
describe('A workspace that is trusted', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  let emulator: Started;
  let trap: FaultyServer;
  let own: Record<string, unknown>;

  before(async () => {
    // While the tree shows, it would go on to ask the cluster of the person.
    await vscode.commands.executeCommand('workbench.view.explorer');
    emulator = await connect('contoso');
    trap = await startFaultyServer({ tls: true });
    trap.will(answer(200, '{"topics":["trapped"]}'));
    const authorities = [emulator.info.caFile ?? '', trap.caFile].map((each) => readFileSync(each));
    writeFileSync(join(folder, 'trap.pem'), authorities.join('\n'));
    own = asSetting('contoso', emulator);
  });

  afterEach(async () => {
    await closeEditors();
    await offer(undefined);
  });

  after(async () => {
    await trap.close();
    await disconnect('contoso', emulator);
  });

  /** Has the workspace define the cluster with these changes. */
  async function offer(change: Record<string, unknown> | undefined): Promise<void> {
    const value = change && [{ ...own, ...change }];
    await vscode.workspace.getConfiguration('kafkaRest').update('clusters', value, Workspace);
  }

  /** As `offer`, and the person agrees to use it. */
  async function define(change: Record<string, unknown>): Promise<void> {
    await offer(change);
    const { name } = { ...own, ...change };
    await agreeTo(typeof name === 'string' ? name : '');
  }

  /** The name of the cluster that the workspace defines. */
  async function nameInWorkspace(): Promise<string> {
    const all = await children();
    const theirs = all.find(({ description }) => String(description).startsWith('workspace · '));
    return text(theirs?.label);
  }

  const given = {
    cluster: 'contoso',
    topic: 'orders',
    partitions: 'all',
    start: 'earliest',
    count: 1,
  };

  const changes: Record<string, () => Record<string, unknown>> = {
    'another endpoint': () => ({ endpoint: trap.origin, caFile: join(folder, 'trap.pem') }),
    'another path behind the endpoint': () => ({ endpoint: `${emulator.info.endpoint}/trap` }),
    'another authority': () => ({ authority: trap.origin, caFile: join(folder, 'trap.pem') }),
    'another tenant': () => ({ tenantId: '00000000-0000-4000-8000-000000000000' }),
    'another client': () => ({ clientId: '00000000-0000-4000-8000-000000000000' }),
    'another scope': () => ({ scope: 'https://graph.microsoft.com/.default' }),
    'another CA file': () => ({ caFile: join(folder, 'trap.pem') }),
    'a CA file that it reads from elsewhere': () => ({ caFile: '//trap.example/share/ca.pem' }),
    'another name': () => ({ name: 'contoso-prod' }),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`gets no secret and no token to ${what}`, async () => {
      assert.ok(labels(await children('contoso', 'Topics')).includes('orders'), 'a token is there');
      await define(change());
      const before = emulator.requests.length;
      const name = await nameInWorkspace();
      const [problem] = await children(name, 'Topics');
      assert.equal(problem?.label, 'The client secret is not stored here');
      await run('consume', { ...given, cluster: name });
      await run('testCluster', { cluster: name });
      const later = emulator.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
      assert.deepEqual(later, []);
      assert.deepEqual(trap.arrivals, []);
      await offer(undefined);
      assert.ok(labels(await children('contoso', 'Topics')).includes('orders'));
    });
  }

  it('only offers a cluster, once, and sends nothing to it before the person agrees', async () => {
    const change = {
      endpoint: trap.origin,
      caFile: join(folder, 'trap.pem'),
      scope: 'only/offered',
    };
    const told: string[] = [];
    const { showInformationMessage } = vscode.window;
    const hear = (text: string) => {
      told.push(text.replace(/:\d+/, ''));
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showInformationMessage: hear });
    const offering = (name: string) =>
      `This workspace defines the cluster ${name} at 127.0.0.1. Nothing is sent to it before you agree to use it.`;
    await offer(change);
    await until(() => told.length > 0, 'it is offered');
    assert.deepEqual(told, [offering('contoso')]);
    const [mine, theirs] = await children();
    assert.match(text(mine?.description), /^127\.0\.0\.1/);
    assert.match(text(theirs?.description), /^Use this cluster\? · workspace · 127\.0\.0\.1/);
    assert.ok(
      labels(await children('contoso', 'Topics')).includes('orders'),
      'theirs hides nothing',
    );
    await run('consume', given);
    assert.deepEqual(trap.arrivals, []);

    let detail = '';
    const { showWarningMessage } = vscode.window;
    Object.assign(vscode.window, {
      showWarningMessage: (_: string, options: vscode.MessageOptions) => {
        detail = options.detail ?? '';
        return Promise.resolve(undefined);
      },
    });
    const { command = '', arguments: [node] = [] } = theirs?.command ?? {};
    await vscode.commands.executeCommand(command, node);
    Object.assign(vscode.window, { showWarningMessage });
    for (const shown of [trap.origin, join(folder, 'trap.pem'), 'only/offered', own['authority']]) {
      assert.ok(detail.includes(String(shown)), `${String(shown)} in ${detail}`);
    }
    assert.match(detail, /takes the place of your own cluster/);
    assert.equal((await children()).length, 2, 'who dismisses the dialog agrees to nothing');

    await offer(undefined);
    await offer(change);
    await offer({ ...change, name: 'another' });
    await until(() => told.length > 1, 'another one is offered');
    assert.deepEqual(told, [offering('contoso'), offering('another')], 'each is told once');
    Object.assign(vscode.window, { showInformationMessage });
  });

  it('asks again once a definition has changed that the person agreed to', async () => {
    const change = { name: 'theirs', scope: 'first/.default' };
    await define(change);
    const of = async () => (await children()).map(({ description }) => text(description));
    const uses = async () => (await of()).some((each) => /^(production · )?workspace/.test(each));
    assert.ok(await uses());
    await offer({ ...change, scope: 'second/.default' });
    assert.ok(!(await uses()));
    const said = await run('consume', { ...given, cluster: 'theirs' });
    assert.match(said.join(), /theirs of this workspace is not in use yet/);
    await offer(change);
    assert.ok(await uses(), 'the agreement is remembered');
    await run('protectCluster', { cluster: 'theirs', protection: 'production' });
    assert.ok(await uses(), 'what the person changes needs no agreement');
    await offer(change);
    assert.ok(!(await uses()), 'the weaker one is not the one that the person wanted last');
  });

  it('has the person told where a secret would go', async () => {
    await define({ authority: 'https://login.trap.example', endpoint: 'https://trap.example' });
    let prompt = '';
    const { showInputBox } = vscode.window;
    const hear = (options: vscode.InputBoxOptions) => {
      prompt = options.prompt ?? '';
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showInputBox: hear });
    await vscode.commands.executeCommand('kafkaRest.consume', given);
    Object.assign(vscode.window, { showInputBox });
    assert.match(prompt, /sent to login\.trap\.example, to sign in for trap\.example/);
  });

  it('has a .kafka file send nothing where it has no secret', async () => {
    await define({ endpoint: trap.origin, caFile: join(folder, 'trap.pem') });
    const text = '-- @cluster: contoso\nPRODUCER\ntopic: \nhello\n###\n';
    const { document } = await openUntitled('kafka', text);
    const at = new vscode.Position(2, 7);
    await until(async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      return list.items.length > 0 || list.isIncomplete !== undefined;
    }, 'the language server answers');
    await run('runBlock', { uri: document.uri.toString(), line: 1 });
    assert.deepEqual(trap.arrivals, []);
  });

  it('cannot name a CA file that depends on the folder', async () => {
    await offer({ caFile: 'trap.pem' });
    const all = await children();
    assert.match(all.map(({ description }) => String(description)).join('\n'), /caFile: Enter the/);
  });

  it('cannot have the log hold the text of .kafka files', async () => {
    const get = (name: string) => vscode.workspace.getConfiguration('kafkaRest').get(name);
    const before = get('consume.count');
    const file = join(folder, '.vscode/settings.json');
    mkdirSync(join(folder, '.vscode'), { recursive: true });
    const settings = { 'kafkaRest.trace.server': 'verbose', 'kafkaRest.consume.count': 7 };
    writeFileSync(file, JSON.stringify(settings));
    await until(() => get('consume.count') === 7, 'the settings of the workspace count');
    assert.equal(get('trace.server'), 'messages');
    writeFileSync(file, '{}');
    await until(() => get('consume.count') === before, 'they are gone');
  });
});
