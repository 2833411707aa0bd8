import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  avroString,
  bytesField,
  framed,
  zigZag,
} from '../../../../src/emulator/registry/samples/bytes';
import {
  api,
  childNodes,
  set,
  type Started,
  startOwnEmulator,
  until,
} from '../../../integration/support';
import { leaveCanaries } from './leave';
import { control, newWord } from './marked';
import { type Answers, Person } from './person';

/** What the messages of this suite hold, and what its schemas say of themselves. */
const body = `Note-${newWord()}`;
const doc = `Schema-${newWord()}`;

const AVRO = JSON.stringify({
  ...{ type: 'record', name: 'Order', doc },
  fields: [
    { name: 'id', type: 'long' },
    { name: 'note', type: 'string', doc },
  ],
});
const PROTO = `syntax = "proto3";\n// ${doc}\nmessage Bill { string note = 1; }\n`;
/** Takes for ever to find that a text of many such letters does not fit. */
const SLOW = JSON.stringify({ type: 'string', title: doc, pattern: '^(a+)+$' });
const BROKEN = JSON.stringify({ type: 'string', title: doc, pattern: `(${doc}` });

describe('With marked messages and schemas', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const file = (name: string): string => join(folder, name);
  let contoso: Started;
  let fabrikam: Started;
  let person: Person;

  leaveCanaries('schemas', () => ({
    ...{ control, secrets: [], tokens: [], bodies: [body], schemas: [doc] },
  }));

  before(async () => {
    const options = { face: 'strimzi', auth: 'none', samples: false } as const;
    contoso = await startOwnEmulator(options);
    fabrikam = await startOwnEmulator(options);
    const { schemas } = contoso;
    const register = (subject: string, type: 'AVRO' | 'PROTOBUF' | 'JSON', text: string) =>
      schemas.register(subject, { type, text, references: [] }).id;
    // So that the ids of both registries differ.
    fabrikam.schemas.register('own', { type: 'AVRO', text: '"int"', references: [] });
    const avro = register('orders-value', 'AVRO', AVRO);
    const proto = register('bills-value', 'PROTOBUF', PROTO);
    const slow = register('slow-value', 'JSON', SLOW);
    register('broken-value', 'JSON', BROKEN);
    const order = Buffer.concat([zigZag(1), avroString(body)]);
    const orders = [
      framed(avro, order),
      framed(proto, Buffer.concat([Buffer.of(0), bytesField(1, body)])),
      // These fail: the data end too early, go on, or have a schema that is not there.
      framed(avro, order.subarray(0, -1)),
      framed(avro, Buffer.concat([order, Buffer.from(body)])),
      framed(4_242, Buffer.from(body)),
    ];
    const encoded = framed(avro, order).toString('base64');
    const held = framed(slow, Buffer.from(JSON.stringify(`${'a'.repeat(40)}!${body}`)));
    for (const [name, values] of [
      ['orders', orders],
      ['encoded', [encoded]],
      ['slow', [held]],
      ['broken', []],
      [control, [control]],
    ] as const) {
      contoso.createTopic({ name, partitions: 1 });
      contoso.append(
        name,
        values.map((value) => ({ value })),
      );
    }
    fabrikam.createTopic({ name: 'orders', partitions: 1 });
    person = new Person();
    await api();
    const earlier = vscode.workspace.getConfiguration('kafkaRest').get<unknown[]>('clusters', []);
    await set('clusters', [
      ...earlier,
      cluster('decoding', contoso),
      cluster('other', fabrikam),
      { ...cluster('named', contoso), name: control },
    ]);
    await set('decoders', [{ cluster: 'decoding', topic: 'written', value: 'avro(orders-value)' }]);
    contoso.createTopic({ name: 'written', partitions: 1 });
  });

  after(async () => {
    person.leave();
    await contoso.stop();
    await fabrikam.stop();
    console.log(control);
  });

  function cluster(name: string, { info }: Started): Record<string, unknown> {
    const { dialect, endpoint, caFile: ca } = info;
    const caFile = file(`${name}.pem`);
    writeFileSync(caFile, readFileSync(ca ?? ''));
    const common = { caFile, signIn: { kind: 'none' } };
    const schemaRegistry = { ...common, endpoint: info.schemaRegistry?.endpoint };
    return { ...common, name, endpoint, dialect, schemaRegistry };
  }

  /** Runs a command, and returns all that it said. */
  async function run(command: string, argument?: unknown, answers?: Answers): Promise<string> {
    return (await person.run(command, argument, answers)).join('\n');
  }

  const shown = () => vscode.window.activeTextEditor?.document.getText() ?? '';
  const range = { start: 'earliest', count: 100, partitions: 'all' };
  const view = (topic: string) => ({ ...range, cluster: 'decoding', topic });

  /** Waits until the viewer shows a text, and leaves that open as a document. */
  async function untilViewed(text: string): Promise<void> {
    await until(
      async () => {
        await run('openAsDocument');
        return shown().includes(text);
      },
      `the viewer shows ${text.slice(0, 4)}`,
    );
  }

  it('shows them decoded, and those that cannot be with the reason', async () => {
    await run('consume', view('orders'));
    assert.equal(shown().match(/"note": ?"Note-/g)?.length, 2);
    assert.match(shown(), /it does not fit its schema/);
    assert.match(shown(), /the registry has no schema/);
    await run('openInViewer');
    const part = { part: 'value', json: JSON.stringify(body) };
    await run('showAsColumn', { ...part, path: ['note'] });
    await untilViewed(body);
    for (const [name, content] of [
      ['decoded.jsonl', 'Decoded'],
      ['both.jsonl', 'Both'],
    ] as const) {
      const said = await run('exportMessages', undefined, {
        showSaveDialog: vscode.Uri.file(file(name)),
        wizard: [[/What should be written/, content]],
      });
      assert.match(said, /Exported 5 messages/);
      assert.ok(readFileSync(file(name), 'utf8').includes(body));
    }
  });

  it('decodes them as a person says', async () => {
    await run('viewMessages', view('encoded'));
    await untilViewed(body);
    const wizard = [
      [/should be decoded differently/, 'Values'],
      [/The format of the values/, 'auto'],
    ] as const;
    const said = await run('decodeAs', { cluster: 'decoding', topic: 'encoded' }, { wizard });
    assert.match(said, /Values of encoded are decoded from now on/);
    await untilViewed(body);
  });

  it('gives up on one that holds up the worker', async () => {
    await run('viewMessages', view('slow'));
    await untilViewed('it is too large to be decoded');
  });

  it('produces by a schema, and refuses what does not fit', async () => {
    const block = (topic: string, format: string, value: unknown) => [
      'PRODUCER',
      `topic: ${topic}`,
      `value-format: ${format}`,
      JSON.stringify(value),
      '###',
    ];
    const { uri } = await vscode.workspace.openTextDocument({
      language: 'kafkarest',
      content: [
        '-- @cluster: decoding',
        ...block('orders', 'avro', { id: 1, note: body }),
        ...block('orders', 'avro', { id: body, note: body }),
        ...block('broken', 'json-schema', body),
      ].join('\n'),
    });
    const lens = (line: number) => run('runBlock', { uri: uri.toString(), line });
    assert.match(await lens(1), /Produced 1 message to orders/);
    assert.match(await lens(6), /Could not .*line 10/);
    assert.match(await lens(11), /Could not/);
  });

  it('produces on the page, and a file of what fits and what does not', async () => {
    const to = { cluster: 'decoding', topic: 'written' };
    const text = JSON.stringify({ id: 2, note: body });
    const message = { ...to, text, key: '', partition: 0 };
    const wizard = [
      [/Press Enter to produce/, 'Produce 1 message to written on decoding'],
    ] as const;
    const said = await run('produceMessage', message, { wizard });
    assert.match(said, /Produced 1 message to written/);
    writeFileSync(file('written.jsonl'), `${text}\n{"id": "${body}"}\n`);
    const job = { ...to, file: file('written.jsonl'), format: 'jsonl', preview: false };
    const sent = await run('produceFile', { ...job, onBad: 'stop', confirm: false });
    assert.match(sent, /Stopped|Produced/);
  });

  it('says why a schema can be used for nothing', async () => {
    const to = { cluster: 'decoding', topic: 'broken' };
    await run('newSchemaMessage', { ...to, subject: 'broken-value' });
    await set('decoders', [{ ...to, value: 'json-schema(broken-value)' }]);
    writeFileSync(file('broken.jsonl'), `"${body}"\n`);
    const job = { ...to, file: file('broken.jsonl'), format: 'jsonl', preview: false };
    await run('produceFile', { ...job, onBad: 'stop', confirm: false });
    assert.equal(contoso.records('broken', 0).length, 0);
  });

  it('checks a file against a schema', async () => {
    const uri = vscode.Uri.file(file('written.jsonl'));
    await vscode.window.showTextDocument(uri);
    const wizard = [
      [/Which schema should its messages be checked/, 'A subject of a schema registry...'],
      [/Which cluster/, 'decoding'],
      [/Which subject/, 'orders-value'],
    ] as const;
    await run('checkFile', undefined, { wizard });
    await until(
      () => vscode.languages.getDiagnostics(uri).some(({ code }) => code === 'type-wrong'),
      'what does not fit is underlined',
    );
  });

  it('copies them, with other ids of schemas', async () => {
    const copy = { ...view('orders'), to: { cluster: 'other', topic: 'orders' } };
    const how = { keepPartitions: false, onBad: 'setAside', confirm: false, schemaIds: 'exchange' };
    const answers = { showWarningMessage: 'Register All That Are Missing' };
    assert.match(await run('copyMessages', { ...copy, ...how }, answers), /Copied \d+ messages/);
    assert.ok(fabrikam.schemas.subjects.includes('orders-value'));
  });

  it('shows a schema, and keeps a draft of one that the registry refuses', async () => {
    const subject = { cluster: 'decoding', subject: 'orders-value' };
    await run('openSchema', { ...subject, version: 1 });
    assert.ok(shown().includes(doc));
    await run('registerSchema', subject);
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.ok(document);
    const edit = new vscode.WorkspaceEdit();
    // VS Code itself logs, at level trace, the text of an edit.
    const at = document.getText().indexOf('"long"');
    const [from, to] = [document.positionAt(at), document.positionAt(at + '"long"'.length)];
    edit.replace(document.uri, new vscode.Range(from, to), '"boolean"');
    await vscode.workspace.applyEdit(edit);
    assert.ok(await document.save());
    await run('saveSchema');
    assert.equal(contoso.schemas.versions('orders-value').length, 1);
  });

  it('leaves an export, and the viewer open', async () => {
    const showSaveDialog = vscode.Uri.file(file('control.jsonl'));
    assert.match(await run('exportMessages', view(control), { showSaveDialog }), /Exported 1 /);
    const topics = await childNodes('decoding', 'Topics');
    await run(
      'pinTopic',
      topics.find(({ name }) => name === control),
    );
    await run('viewMessages', view(control));
  });
});
