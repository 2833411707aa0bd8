import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  accept,
  activate,
  answering,
  closeEditors,
  nextQuickPick,
  openUntitled,
  run,
  set,
  startOwnEmulator,
  type Started,
  until,
} from '../support';
import { define } from './support';

const password = 'pencil-and-paper';
const TOPIC = 'purchases-avro';
const OFFER = 'Messages of contoso cannot be decoded: its schema registry needs a sign-in.';
const purchase =
  '{"purchaseId": 1, "customer": {"id": 7, "name": "Ann"}, "status": "PAID", "amount": 1.00, ' +
  '"placedAt": "2026-01-31T10:15:30.000Z"}';

type Pick = vscode.QuickPick<vscode.QuickPickItem>;

describe('A schema registry that nobody is signed in to', () => {
  let emulator: Started;

  before(async () => {
    const registry = { auth: 'basic', password } as const;
    emulator = await startOwnEmulator({ face: 'confluent', auth: 'none', registry });
  });

  beforeEach(async () => {
    await define('contoso', emulator, { signIn: { kind: 'basic', username: 'kafka' } });
  });

  afterEach(async () => {
    await set('decoders', undefined);
    await set('consume.openIn', undefined);
    await closeEditors();
    // Its secrets go with it.
    await run('removeCluster', { cluster: 'contoso' }, { showWarningMessage: 'Remove' });
  });

  after(async () => {
    await set('clusters', undefined);
    await emulator.stop();
  });

  async function block(...lines: readonly string[]) {
    const { document } = await openUntitled('kafka', lines.join('\n'));
    return { uri: document.uri.toString(), line: 0 };
  }

  const reading = () => block('CONSUMER', `topic: ${TOPIC}`, 'from: earliest', 'count: 5', '###');

  function shown(): readonly { readonly value: unknown; readonly problem?: string }[] {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.uri.scheme !== 'kafkaRest-messages') return [];
    return JSON.parse(document.getText()) as { readonly value: unknown }[];
  }

  const count = () => emulator.totals().records;

  it('does not stop a read, and is offered once', async () => {
    const said = await run('runBlock', await reading());
    assert.equal(shown().length, 5);
    assert.match(
      shown()[0]?.problem ?? '',
      /^value: nobody is signed in to the schema registry \(schema \d+\); sign in/,
    );
    const undecoded =
      /^Read 5 messages of [^:]+ on contoso, 5 of them not decoded: .*Nobody is signed in/;
    assert.ok(
      said.some((text) => undecoded.test(text)),
      said.join('; '),
    );
    assert.deepEqual(
      said.filter((text) => text === OFFER),
      [OFFER],
    );
    const again = await run('runBlock', await reading());
    assert.ok(!again.includes(OFFER), again.join('; '));
  });

  it('is signed in to from there, and what a viewer holds is decoded', async () => {
    await set('consume.openIn', 'viewer');
    const argument = await reading();
    const answers = { showInformationMessage: 'Sign In', showInputBox: password };
    const said = await answering(answers, async () => {
      await vscode.commands.executeCommand('kafkaRest.runBlock', argument);
      await until(async () => {
        await vscode.commands.executeCommand('kafkaRest.openAsDocument');
        return JSON.stringify(shown()).includes('"purchaseId"');
      }, 'the viewer shows what the schemas tell');
    });
    assert.ok(said.includes(OFFER), said.join('; '));
    assert.ok(said.includes('Signed in to the schema registry of contoso.'), said.join('; '));
  });

  it('is asked for before a message is produced in the format of the setting', async () => {
    await set('decoders', [{ topic: TOPIC, value: 'avro' }]);
    const asked = nextQuickPick();
    const answers: { showInputBox?: string } = {};
    const given = { cluster: 'contoso', topic: TOPIC, text: purchase, key: '', partition: 0 };
    const said = answering(answers, () =>
      vscode.commands.executeCommand('kafkaRest.produceMessage', given),
    );
    const pick = await asked;
    await loaded(pick);
    const [first, second] = pick.items;
    assert.equal(
      `${first?.detail ?? ''} ${second?.label ?? ''}`,
      'The messages cannot be encoded: the schema registry of contoso needs a sign-in. ' +
        'Sign in, or choose another format.',
    );

    answers.showInputBox = password;
    await activate(pick, 'Sign In');
    const next = nextQuickPick();
    await accept();
    const again = await next;
    await loaded(again);
    assert.equal(again.items[0]?.label, `Produce 1 message to ${TOPIC} on contoso`);
    assert.equal(again.items[0].detail, undefined);
    await accept();
    assert.match((await said).at(-1) ?? '', /Encoded by purchases-avro-value@\d/);
  });

  it('is asked for before a block is run that needs it', async () => {
    const before = count();
    const producing = await block(
      'PRODUCER',
      `topic: ${TOPIC}`,
      'value-format: avro',
      purchase,
      '###',
    );
    await run('runBlock', producing);
    assert.equal(count(), before);
    const [asked, ...said] = await run('runBlock', producing, { showInputBox: password });
    assert.match(asked ?? '', /showInputBox/);
    assert.match(said.join(), /Produced 1 message/);
    assert.equal(count(), before + 1);
  });

  async function loaded(pick: Pick): Promise<void> {
    await until(() => pick.items.length > 0 && !pick.busy, 'the page is complete');
  }
});
