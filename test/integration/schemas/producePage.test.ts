import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { nextQuickPick, run, set, type Started, until } from '../support';
import { connectWithRegistry } from './support';

type Pick = vscode.QuickPick<vscode.QuickPickItem>;

const TOPIC = 'orders';
const SUBJECT = `${TOPIC}-value`;
const SYMBOLS = ['RECEIVED', 'PAID', 'PACKED', 'SHIPPED', 'DELIVERED', 'RETURNED'];

describe('The page of Produce, for a topic with a schema', () => {
  let emulator: Started;

  before(async () => {
    emulator = await connectWithRegistry('contoso');
    emulator.createTopic({ name: TOPIC, partitions: 1 });
    const text = JSON.stringify({ type: 'enum', name: 'Status', symbols: SYMBOLS });
    emulator.schemas.register(SUBJECT, { type: 'AVRO', text, references: [] });
  });

  afterEach(() => set('decoders', undefined));

  after(async () => {
    await set('clusters', undefined);
    await emulator.stop();
  });

  async function open(text: string): Promise<{ pick: Pick; said: Promise<string[]> }> {
    const asked = nextQuickPick();
    const said = run('produceMessage', { cluster: 'contoso', topic: TOPIC, text });
    return { pick: await loaded(asked), said };
  }

  async function loaded(asked: Promise<Pick>): Promise<Pick> {
    const pick = await asked;
    await until(() => pick.items.length > 0 && !pick.busy, 'the list is complete');
    return pick;
  }

  it('shows in full why a message does not fit, on as many rows as it takes', async () => {
    await set('decoders', [{ topic: TOPIC, value: `avro(${SUBJECT})` }]);
    const { pick, said } = await open('"SOLD"');
    const [first, ...others] = pick.items;
    const rows = others.slice(
      0,
      others.findIndex(({ label }) => label === 'Topic'),
    );
    assert.equal(
      [first?.detail, ...rows.map(({ label }) => label)].join(' '),
      `The value does not fit avro(${SUBJECT}): expected one of ` +
        `${SYMBOLS.map((each) => JSON.stringify(each)).join(', ')}, found "SOLD".`,
    );
    assert.ok(rows.length > 0);
    pick.hide();
    assert.deepEqual(await said, []);
  });
});
