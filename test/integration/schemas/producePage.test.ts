import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { accept, activate, nextQuickPick, run, set, type Started, until } from '../support';
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

  async function choose(pick: Pick, label: string): Promise<Pick> {
    await activate(pick, label);
    const next = nextQuickPick();
    await accept();
    return loaded(next);
  }

  const active = ({ activeItems }: Pick) => activeItems[0]?.label;

  it('proposes its schema where nobody has chosen a format', async () => {
    const { pick, said } = await open('"PAID"');
    const formats = await choose(pick, 'Format of values');
    await until(() => active(formats) === `base64(avro(${SUBJECT}))`, 'the schema is active');
    const page = await choose(formats, `base64(avro(${SUBJECT}))`);
    await activate(page, 'Produce 1 message to orders on contoso');
    await accept();
    assert.match((await said).join(), new RegExp(`Encoded by ${SUBJECT}@1 \\(id \\d+\\)\\.$`));
  });

  it('keeps what was chosen', async () => {
    await set('decoders', [{ topic: TOPIC, value: 'string(hex)' }]);
    const { pick, said } = await open('4142');
    const formats = await choose(pick, 'Format of values');
    await until(() => active(formats) === 'string(hex)', 'the format of the setting is active');
    const page = await choose(formats, 'text, as it is');
    const again = await choose(page, 'Format of values');
    await until(() => active(again) === 'text, as it is', 'the text is active');
    const back = nextQuickPick();
    again.hide();
    (await loaded(back)).hide();
    assert.deepEqual(await said, []);
  });

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
