import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  accept,
  choose,
  closeEditors,
  connect,
  disconnect,
  nextInputBox,
  nextQuickPick,
  run,
  type Started,
  until,
} from '../support';

type Pick = vscode.QuickPick<vscode.QuickPickItem>;

describe('Open Messages', () => {
  let emulator: Started;

  before(async () => {
    emulator = await connect('contoso', { samples: false }, (emulator) => {
      for (const name of ['numbers', 'letters']) emulator.createTopic({ name, partitions: 1 });
      const values = Array.from({ length: 20 }, (_, n) => ({ partition: 0, value: `n${n}` }));
      emulator.append('numbers', values);
      emulator.append('letters', [{ partition: 0, value: 'a' }]);
    });
  });

  afterEach(closeEditors);

  after(async () => {
    await disconnect('contoso', emulator);
  });

  const numbers = { cluster: 'contoso', topic: 'numbers', in: 'document' };

  function shown(): readonly unknown[] {
    const text = vscode.window.activeTextEditor?.document.getText() ?? '[]';
    return (JSON.parse(text) as { readonly value: unknown }[]).map(({ value }) => value);
  }

  /** Runs the command, and returns its page and the end of the command. */
  async function page(argument?: unknown): Promise<{ pick: Pick; ends: Promise<string[]> }> {
    const asked = nextQuickPick();
    const ends = run('openMessages', argument);
    return { pick: await asked, ends };
  }

  /** Types into the question of a row, and returns the page that shows again. */
  async function change(pick: Pick, row: string, typed: string): Promise<Pick> {
    const asked = nextQuickPick();
    await choose(pick, row);
    const question = await asked;
    question.value = typed;
    const isActive = () => question.activeItems[0]?.label === typed;
    await until(isActive, `${typed} is understood`);
    const again = nextQuickPick();
    await accept();
    return again;
  }

  const row = ({ items }: Pick, label: string) =>
    items.find((item) => item.label === label)?.description;

  it('says what it will do, and does it on Enter', async () => {
    const { pick, ends } = await page({ ...numbers, start: 'latest' });
    await until(() => !pick.busy, 'the facts are there');
    const [first] = pick.items;
    assert.equal(first?.label, 'Open the latest 100 messages of numbers');
    assert.equal(first.description, 'all partitions · contoso · in a document');
    assert.equal(row(pick, 'How many'), 'at most 100 messages · the topic holds 20 messages');
    await accept();
    await ends;
    assert.equal(shown().length, 20);
  });

  it('asks for the topic only if it cannot know it, and begins with the last one used', async () => {
    await run('openMessages', { ...numbers, start: 'latest', count: 100, partitions: 'all' });
    await closeEditors();
    const { pick, ends } = await page();
    assert.match(pick.items[0]?.label ?? '', /of numbers$/);
    const asked = nextQuickPick();
    await choose(pick, 'Topic');
    const topics = await asked;
    const again = nextQuickPick();
    await choose(topics, 'letters');
    await choose(await again, 'Open the latest 100 messages of letters');
    await ends;
    assert.deepEqual(shown(), ['a']);
  });

  for (const [typed, opens, values] of [
    ['3', 'Open the latest 3 messages of numbers', ['n17', 'n18', 'n19']],
    ['5..7', 'Open offsets 5 to 7 of numbers', ['n5', 'n6', 'n7']],
    ['17..', 'Open all messages from offset 17 of numbers', ['n17', 'n18', 'n19']],
    ['..1', 'Open offsets 0 to 1 of numbers', ['n0', 'n1']],
  ] as const) {
    it(`understands ${typed} where it asks which messages`, async () => {
      const { pick, ends } = await page(numbers);
      await choose(await change(pick, 'Which messages', typed), opens);
      await ends;
      assert.deepEqual(shown(), values);
    });
  }

  it('says why a typed date is none', async () => {
    const { pick, ends } = await page(numbers);
    const asked = nextQuickPick();
    await choose(pick, 'Which messages');
    const list = await asked;
    list.value = '11/12/2026';
    await until(
      () => row(list, '11/12/2026')?.startsWith('This may be either of two days.'),
      'the date is questioned',
    );
    const again = nextQuickPick();
    list.hide();
    (await again).hide();
    await ends;
  });

  it('takes “all” as a number, and says which offsets there are', async () => {
    const { pick, ends } = await page({ ...numbers, start: 'latest', count: 2 });
    await until(() => !pick.busy, 'the facts are there');
    const offsets = nextQuickPick();
    await choose(pick, 'Which messages');
    const list = await offsets;
    assert.equal(row(list, 'By offset…'), 'partition 0: 0 to 19');
    const back = nextQuickPick();
    list.hide();
    const howMany = nextInputBox();
    await choose(await back, 'How many');
    const input = await howMany;
    input.value = 'all';
    const again = nextQuickPick();
    await accept();
    await choose(await again, 'Open all messages of numbers');
    await ends;
    assert.equal(shown().length, 20);
  });

  it('refuses a topic that is not there on the page, and reads nothing', async () => {
    const { pick, ends } = await page({ ...numbers, topic: 'nobody' });
    await until(() => pick.items[0]?.label === 'nobody cannot be read', 'it is refused');
    await accept();
    pick.hide();
    assert.deepEqual(await ends, []);
    assert.equal(vscode.window.activeTextEditor, undefined);
  });

  it('opens with the last range at once if no page is wanted, but takes no offsets along', async () => {
    await run('openMessages', { ...numbers, start: 'latest', count: 2, partitions: 'all' });
    assert.deepEqual(shown(), ['n18', 'n19']);
    await closeEditors();
    await run('openMessages', { ...numbers, ask: false });
    assert.deepEqual(shown(), ['n18', 'n19']);
    await closeEditors();
    const range = { start: 'range', offset: 1, last: 2, partitions: 'all' };
    await run('openMessages', { ...numbers, ...range });
    assert.deepEqual(shown(), ['n1', 'n2']);
    await closeEditors();
    await run('openMessages', { ...numbers, topic: 'letters', ask: false });
    assert.deepEqual(shown(), ['a']);
  });

  it('repeats the last read', async () => {
    await run('openMessages', { ...numbers, start: 'latest', count: 1, partitions: 'all' });
    assert.deepEqual(shown(), ['n19']);
    await closeEditors();
    emulator.append('numbers', [{ partition: 0, value: 'n20' }]);
    await run('repeatLast');
    assert.deepEqual(shown(), ['n20']);
  });

  it('remembers where it opened them', async () => {
    const { pick, ends } = await page({ ...numbers, start: 'latest', count: 1 });
    const again = nextQuickPick();
    await choose(pick, 'Open in');
    await choose(await again, 'Open the latest message of numbers');
    await ends;
    const isViewer = () =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview;
    await until(isViewer, 'a viewer is open');
    await closeEditors();
    await run('openMessages', { cluster: 'contoso', topic: 'letters', ask: false });
    await until(isViewer, 'a viewer is open again');
    await run('openMessages', { ...numbers, ask: false });
  });

  it('follows a topic from its new messages on', async () => {
    const asked = nextQuickPick();
    const ends = run('followMessages', { ...numbers, topic: 'letters' });
    const pick = await asked;
    await choose(pick, 'Follow letters: new messages as they arrive');
    await until(() => vscode.window.activeTextEditor, 'the document is open');
    emulator.append('letters', [{ partition: 0, value: 'b' }]);
    await until(() => shown().length === 1, 'the message is there');
    assert.deepEqual(shown(), ['b']);
    await closeEditors();
    await ends;
  });
});
