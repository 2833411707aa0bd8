import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { schemaUri } from '../../../src/ui/schemas/schemaUri';
import {
  accept,
  answering,
  choose,
  childNodes,
  closeEditors,
  nextInputBox,
  nextQuickPick,
  openUntitled,
  run,
  set,
  type Started,
  until,
} from '../support';
import {
  connectWithRegistry,
  define,
  id,
  note,
  order,
  retype,
  rows,
  shownDocument,
  total,
} from './support';

const orders = { cluster: 'contoso', subject: 'orders-value' };
const draft = schemaUri({ ...orders, type: 'AVRO' });

describe('Schemas as documents', () => {
  let emulator: Started;
  const versions = () => emulator.schemas.versions('orders-value').length;

  before(async () => {
    emulator = await connectWithRegistry('contoso');
    const add = (subject: string, text: string) =>
      emulator.schemas.register(subject, { type: 'AVRO', text, references: [] });
    add('orders-value', order(id));
    add('orders-value', order(id, note));
    emulator.schemas.register('money.proto', {
      type: 'PROTOBUF',
      text: 'syntax = "proto3";\nmessage Money { int64 cents = 1; }\n',
      references: [],
    });
    emulator.schemas.register('bills-value', {
      type: 'PROTOBUF',
      text: 'syntax = "proto3";\nimport "money.proto";\nmessage Bill { Money sum = 1; }\n',
      references: [{ name: 'money.proto', subject: 'money.proto', version: 1 }],
    });
  });

  afterEach(closeEditors);

  after(async () => {
    await set('clusters', undefined);
    await emulator.stop();
  });

  it('open read-only, laid out, and named after subject and version', async () => {
    await run('openSchema', orders);
    const document = shownDocument();
    assert.match(document.getText(), /^\{\n {2}"type": "record",\n {2}"name": "Order",/);
    assert.equal(document.languageId, 'json');
    assert.match(document.uri.path, /^\/contoso\/orders-value@2\.avsc$/);
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'orders-value@2.avsc');
    const { permissions } = await vscode.workspace.fs.stat(document.uri);
    assert.equal(permissions, vscode.FilePermission.Readonly);
    const lenses = await lensesOf(document.uri);
    assert.deepEqual(lenses, [
      'Version 2 (latest) · id 2 · Avro · BACKWARD',
      'Compare with Previous Version',
      'Register New Version...',
    ]);
  });

  it('open from a version of the tree, and from a topic', async () => {
    const [, first] = await childNodes('contoso', 'Schemas', 'orders-value');
    await run('openSchema', first);
    assert.match(shownDocument().uri.path, /orders-value@1\.avsc$/);
    await run('openValueSchema', { cluster: 'contoso', topic: 'orders' });
    assert.match(shownDocument().uri.path, /orders-value@2\.avsc$/);
    const asked = nextQuickPick();
    const opening = run('openKeySchema', { cluster: 'contoso', topic: 'orders' });
    const pick = await asked;
    assert.equal(pick.placeholder, 'There is no subject orders-key. Which one is it?');
    await choose(pick, 'bills-value');
    await opening;
    assert.equal(shownDocument().languageId, 'kafkarest-protobuf');
  });

  it('link to what they refer to', async () => {
    await run('openSchema', { cluster: 'contoso', subject: 'bills-value' });
    const { uri } = shownDocument();
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      uri,
    );
    assert.deepEqual(
      links.map(({ target, range }) => [target?.path, range.start.line, range.start.character]),
      [['/contoso/money.proto@1.proto', 1, 8]],
    );
  });

  it('are compared with the version before, or as they were selected', async () => {
    await run('compareWithPrevious', orders);
    assert.deepEqual(diffed(), ['orders-value: version 1 ↔ version 2', '@1.avsc', '@2.avsc']);
    const [second, first] = await childNodes('contoso', 'Schemas', 'orders-value');
    await vscode.commands.executeCommand('kafkaRest.compareSchemas', second, [second, first]);
    assert.deepEqual(diffed(), ['orders-value: version 1 ↔ version 2', '@1.avsc', '@2.avsc']);
    const said = await run('compareWithPrevious', { ...orders, version: 1 });
    assert.match(said.join(), /orders-value has no earlier version/);
  });

  it('are copied, and so is their id', async () => {
    await run('copySchema', { ...orders, version: 1 });
    assert.match(await vscode.env.clipboard.readText(), /^\{\n {2}"type": "record"/);
    await run('copySchemaId', { ...orders, version: 1 });
    assert.equal(await vscode.env.clipboard.readText(), '1');
    const [latest] = await childNodes('contoso', 'Schemas', 'orders-value');
    await run('copyName', latest);
    assert.equal(await vscode.env.clipboard.readText(), 'orders-value@2');
  });

  it('are not registered if they do not fit, and the draft stays', async () => {
    await run('registerSchema', orders);
    const document = shownDocument();
    assert.equal(document.uri.toString(), draft.toString());
    await retype(document, order(id, note, total));
    const said = await answering({}, () => vscode.commands.executeCommand('kafkaRest.saveSchema'));
    assert.deepEqual(said, [
      'The schema does not fit the earlier versions of orders-value (BACKWARD). Nothing was registered.',
    ]);
    assert.equal(versions(), 2);
    assert.equal(shownDocument().uri.toString(), draft.toString());
  });

  it('keep what was typed into a draft, until it is registered', async () => {
    await run('registerSchema', orders);
    const document = shownDocument();
    assert.match(document.getText(), /"total"/);
    const more = { name: 'more', type: 'string', default: '' };
    await retype(document, JSON.stringify(JSON.parse(order(id, note, more)), undefined, 4));
    const checked = await run('checkSchema');
    assert.deepEqual(checked, ['The schema fits orders-value: it can become version 3']);
    assert.equal(versions(), 2);
    const said = await run('saveSchema');
    assert.deepEqual(said, ['Registered version 3 of orders-value on contoso, with id 5']);
    assert.equal(versions(), 3);
    assert.match(shownDocument().uri.path, /orders-value@3\.avsc$/);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.ok(!tabs.some(({ label }) => label.includes('@new')));
    await until(
      async () => (await rows('contoso', 'Schemas', 'orders-value')).length === 3,
      'the tree shows it',
    );
  });

  it('are not registered again if nothing has changed', async () => {
    await run('registerSchema', orders);
    const said = await run('saveSchema');
    assert.deepEqual(said, ['orders-value on contoso already has this schema, as version 3']);
    assert.equal(versions(), 3);
  });

  it('are registered from a file, with the references that it needs', async () => {
    const typed = 'syntax = "proto3";\nimport "money.proto";\nmessage Tip { Money sum = 1; }\n';
    const { document } = await openUntitled('proto', typed);
    await until(
      () => vscode.window.activeTextEditor?.document === document,
      'the file is in the active editor',
    );
    const sourceAsked = nextQuickPick();
    const running = run('registerSchema', { cluster: 'contoso', subject: 'tips-value' });
    const source = await sourceAsked;
    const referenceAsked = nextQuickPick();
    await choose(source, `The text of ${document.uri.path.slice(1)}`);
    const reference = await referenceAsked;
    assert.equal(reference.placeholder, 'The schema refers to money.proto. Which subject is it?');
    const versionAsked = nextQuickPick();
    await choose(reference, 'money.proto');
    await choose(await versionAsked, 'Version 1');
    await running;
    const { schema } = emulator.schemas.version('tips-value', 1);
    assert.deepEqual(schema.references, [
      { name: 'money.proto', subject: 'money.proto', version: 1 },
    ]);
    assert.equal(schema.text, typed);
  });

  it('begin with a template for a new subject', async () => {
    const nameAsked = nextInputBox();
    const running = run('newSubject', { cluster: 'contoso' });
    const name = await nameAsked;
    await until(() => !name.busy, 'the subjects are listed');
    name.value = 'orders-value';
    await accept();
    await until(() => name.validationMessage, 'it says that the name is taken');
    name.value = 'returns-value';
    const typeAsked = nextQuickPick();
    await accept();
    await choose(await typeAsked, 'JSON Schema');
    await running;
    const document = shownDocument();
    assert.match(document.uri.path, /returns-value@new\.json$/);
    assert.match(document.getText(), /"title": "Returns"/);
    await run('saveSchema');
    assert.equal(emulator.schemas.versions('returns-value').length, 1);
    assert.match(shownDocument().uri.path, /returns-value@1\.json$/);
  });

  it('are registered for production only by typing, and not where nothing may be written', async () => {
    await define('contoso', emulator, { protection: 'production' });
    await run('registerSchema', orders);
    await retype(shownDocument(), order(id, note));
    const asked = nextInputBox();
    const running = run('saveSchema');
    const name = await asked;
    assert.match(
      name.prompt ?? '',
      /^Register version 4 of orders-value on contoso\. Type contoso/,
    );
    name.hide();
    await running;
    assert.equal(versions(), 3);
    await define('contoso', emulator, { protection: 'readOnly' });
    // Not even whether it fits is asked then.
    await retype(shownDocument(), '"int"');
    const said = await run('saveSchema');
    assert.match(said.join(), /read-only/);
    assert.equal(versions(), 3);
  });
});

async function lensesOf(uri: vscode.Uri): Promise<readonly string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    10,
  );
  return lenses.map(({ command }) => command?.title ?? '');
}

/** The title of the diff that shows, and the ends of its addresses. */
function diffed(): readonly string[] {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
  const ends = [tab.input.original, tab.input.modified].map(({ path }) => path.slice(-7));
  return [tab.label, ...ends];
}
