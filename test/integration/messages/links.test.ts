import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  answering,
  asSetting,
  childNodes,
  closeEditors,
  connect,
  disconnect,
  nextQuickPick,
  run,
  select,
  set,
  type Started,
  until,
} from '../support';

const { Workspace } = vscode.ConfigurationTarget;

describe('Links', () => {
  let emulator: Started;
  let base: string;

  before(async () => {
    emulator = await connect('contoso');
    emulator.createTopic({ name: 'linked', partitions: 2 });
    const keys = Array.from({ length: 20 }, (_, each) => String(each));
    emulator.append(
      'linked',
      keys.map((key) => ({ key, value: `a${key}` })),
    );
    // The tree may have been listed before.
    await run('refresh');
    base = `${vscode.env.uriScheme}://kafka-rest-explorer.kafka-rest-explorer/`;
  });

  afterEach(closeEditors);

  after(() => disconnect('contoso', emulator));

  /**
   * Opens a link as VS Code does when a person clicks on one, and waits for a viewer, or for a
   * message that matches `until`. Returns the messages with their details, which are answered with
   * `answer`.
   */
  async function open(link: string, expected?: RegExp, answer?: string): Promise<string> {
    const told: string[] = [];
    const { showWarningMessage, showErrorMessage, showInformationMessage } = vscode.window;
    const hear = (text: string, options: vscode.MessageOptions | string | undefined) => {
      told.push(text, (typeof options === 'object' && options.detail) || '');
      return Promise.resolve(answer);
    };
    const heard = {
      showWarningMessage: hear,
      showErrorMessage: hear,
      showInformationMessage: hear,
    };
    Object.assign(vscode.window, heard);
    const before = viewers().length;
    try {
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(link));
      await until(
        () => (expected ? expected.test(told.join('\n')) : viewers().length > before),
        `${link} is opened, after ${told.join()}`,
      );
    } finally {
      Object.assign(vscode.window, {
        showWarningMessage,
        showErrorMessage,
        showInformationMessage,
      });
    }
    return told.join('\n');
  }

  const reads = (topic = 'linked') =>
    emulator.requests.filter(({ path }) => path.includes(`/consumer/topics/${topic}/`)).length;

  const viewers = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview)
      .map(({ label }) => label);

  it('are copied from topics and partitions of the tree', async () => {
    const [first, second] = await childNodes('contoso', 'Topics', 'linked');
    await run('copyLink', first);
    const { endpoint } = emulator.info;
    const query = `cluster=contoso&endpoint=${encodeURIComponent(endpoint)}&topic=linked`;
    assert.equal(await vscode.env.clipboard.readText(), `${base}open?${query}&partitions=0`);
    const said = await answering({}, () =>
      vscode.commands.executeCommand('kafkaRest.copyLink', first, [first, second]),
    );
    assert.deepEqual(said, ['Copied 2 links.']);
    assert.equal((await vscode.env.clipboard.readText()).split('\n').length, 2);
  });

  it('are copied from a document, with the message at the caret', async () => {
    const given = { cluster: 'contoso', topic: 'linked', partitions: 'all', count: 4 };
    await run('consume', { ...given, start: 'latest' });
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    await select(editor, new vscode.Selection(2, 0, 2, 0));
    await run('copyLink');
    const query = () =>
      vscode.env.clipboard.readText().then((text) => new URLSearchParams(new URL(text).search));
    const relative = await query();
    assert.match(relative.get('message') ?? '', /^[01]@\d+$/);
    assert.equal(relative.get('newest'), null, 'the message stays where it is, the latest do not');
    assert.match(relative.get('from') ?? '', /^\d+$/);
  });

  it('are copied from a viewer, and open what it shows', async () => {
    const given = { cluster: 'contoso', topic: 'linked', partitions: [1] };
    await run('viewMessages', { ...given, start: 'earliest', count: 5 });
    await until(() => viewers().length === 1, 'the viewer opens');
    await run('copyLink');
    const link = await vscode.env.clipboard.readText();
    assert.match(link, /&partitions=1&from=earliest&max=5$/);
    await closeEditors();
    const before = reads();
    assert.equal(await open(link), '');
    assert.deepEqual(viewers(), ['linked-1@first-5']);
    await until(() => reads() > before, 'it is read');
  });

  it('tell if a message is gone, or hidden by the filter', async () => {
    const all = `${base}open?cluster=contoso&topic=linked&from=earliest`;
    await open(`${all}&message=0@999`, /^linked-0@999 is not among the messages/);
    await open(`${all}&message=0@0&filter=nonsense`, /^The filter of the link hides linked-0@0/);
  });

  it('show the page where they say no range', async () => {
    const asked = nextQuickPick();
    const opening = vscode.commands.executeCommand(
      'vscode.open',
      vscode.Uri.parse(`${base}open?cluster=contoso&topic=linked&partitions=1`),
    );
    const pick = await asked;
    await until(() => pick.items.some(({ label }) => /of linked$/.test(label)), 'the page shows');
    assert.match(pick.items.map(({ description }) => description).join(), /partition 1/);
    pick.hide();
    await opening;
  });

  it('find a cluster by its address, whatever its name, and add none', async () => {
    const address = encodeURIComponent(emulator.info.endpoint);
    await open(`${base}open?endpoint=${address}&topic=linked&from=earliest`);
    await open(`${base}open?cluster=theirs&endpoint=${address}&topic=linked&from=earliest`);
    const before = JSON.stringify(vscode.workspace.getConfiguration('kafkaRest').get('clusters'));
    const unknown = /cluster of the link is not known here: theirs · kafka\.example\.com\. Add it/;
    const elsewhere = encodeURIComponent('https://kafka.example.com/path');
    await open(`${base}open?cluster=theirs&endpoint=${elsewhere}&topic=linked`, unknown, 'Nothing');
    await open(`${base}open?endpoint=nonsense&topic=linked`, /is not known here: nonsense\./);
    const after = JSON.stringify(vscode.workspace.getConfiguration('kafkaRest').get('clusters'));
    assert.equal(after, before);
  });

  it('ask before they read from another address than they say, or from a protected cluster', async () => {
    // A topic of its own, because what the tests before have opened may still read for a moment.
    emulator.createTopic({ name: 'asked', partitions: 2 });
    emulator.append('asked', [{ value: 'a' }]);
    const view = 'topic=asked&from=latest-5&newest=5&filter=a';
    const elsewhere = `${base}open?cluster=contoso&endpoint=https%3A%2F%2Fother.example&${view}`;
    const question = /Open messages of asked on contoso, as a link asks\?/;
    const told = await open(elsewhere, question);
    assert.match(told, /made for another address: https:\/\/other\.example/);
    for (const protection of ['production', 'readOnly']) {
      await set('clusters', [{ ...asSetting('contoso', emulator), protection }]);
      const asked = await open(`${base}open?cluster=contoso&${view}`, question);
      assert.match(asked, /Cluster: contoso · (production|read-only) at 127\.0\.0\.1/);
      assert.match(asked, /Messages: the latest 5 messages · all partitions\nFilter: a/);
    }
    const relative = `${base}open?cluster=contoso&topic=asked&from=latest-2`;
    assert.match(await open(relative, question), /: the latest 2 messages of each partition · all/);
    assert.equal(reads('asked'), 0, 'nothing is read without an answer');
    assert.deepEqual(viewers(), []);
    await open(`${base}open?cluster=contoso&${view}`, question, 'Open Messages');
    await until(() => reads('asked') > 0, 'it is read');
    await set('clusters', [asSetting('contoso', emulator)]);
  });

  it('that are hostile are refused with the reason', async () => {
    const topic = 'cluster=contoso&topic=refused';
    for (const [link, reason] of [
      [`produce?${topic}`, /this kind of link is unknown here/],
      [`open?${topic}&secret=x`, /something that is unknown here: secret/],
      [`open?${topic}&topic=orders`, /has this twice: topic/],
      ['open?cluster=contoso&topic=a/../b', /a wrong value for this: topic/],
      ['open?cluster=con%E2%80%AEtoso&topic=refused', /a wrong value for this: cluster/],
      ['open?cluster=contoso', /lacks this: topic/],
      [`open?${topic}&from=earliest&filter=${'x'.repeat(9_000)}`, /the link is too long/],
    ] as const) {
      assert.match(await open(base + link, reason), /^Could not open the link: /);
    }
    assert.deepEqual(viewers(), []);
    assert.ok(!emulator.requests.some(({ path }) => path.includes('refused')));
  });

  it('use no cluster that the workspace only offers', async () => {
    const offered = [{ ...asSetting('theirs', emulator), scope: 'links/.default' }];
    const settings = vscode.workspace.getConfiguration('kafkaRest');
    await settings.update('clusters', offered, Workspace);
    const refused = /theirs of this workspace is not in use yet/;
    await open(`${base}open?cluster=theirs&topic=linked&from=earliest`, refused);
    await settings.update('clusters', undefined, Workspace);
  });
});
