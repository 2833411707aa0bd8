import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import {
  accept,
  choose,
  connect,
  disconnect,
  nextInputBox,
  nextQuickPick,
  run,
  type Started,
  until,
} from '../support';

/** Waits until the list offers what begins like this, and returns its lines. */
async function lines(pick: vscode.QuickPick<vscode.QuickPickItem>, first: RegExp) {
  await until(() => !pick.busy && first.test(pick.items[0]?.label ?? ''), `${first} is offered`);
  return pick.items.map(({ label, description, detail }) =>
    [label, description, detail].filter(Boolean).join(' | '),
  );
}

/** Types into a question and answers it. */
async function answer(box: vscode.InputBox, text: string): Promise<void> {
  await until(() => !box.busy, 'the checks are ready');
  box.value = text;
  await accept();
}

describe('Creating a topic', () => {
  let emulator: Started;

  before(async () => {
    emulator = await connect('contoso', { samples: false }, (emulator) => {
      emulator.createTopic({ name: 'orders', partitions: 1 });
    });
  });

  after(async () => {
    await disconnect('contoso', emulator);
  });

  it('asks for the name and shows one page, and then offers what comes next', async () => {
    const asked = nextInputBox();
    const running = run('createTopic');
    const paged = nextQuickPick();
    await answer(await asked, 'short');
    assert.deepEqual(await lines(await paged, /^Create short/), [
      'Create short with the cluster’s defaults | contoso',
      'Name | short',
      'Partitions | the cluster’s default',
      'Replicas | the cluster’s default',
      'Properties | none',
    ]);
    await accept();
    const [said] = await running;
    assert.match(said ?? '', /^Created the topic short on contoso\./);

    const offered = nextQuickPick();
    void run('showResult', { click: true });
    const result = await offered;
    assert.deepEqual(await lines(result, /Produce/), ['Produce Message', 'Open Messages']);
    result.hide();
  });

  it('refuses a name that is taken, with the topics listed once', async () => {
    const lists = () => emulator.requests.filter(({ path }) => path.endsWith('/topics')).length;
    const before = lists();
    const taken = 'There is a topic orders on contoso already.';
    const paged = nextQuickPick();
    const running = run('createTopic', { cluster: 'contoso', topic: 'orders' });
    const pick = await paged;
    const first = `Create orders with the cluster’s defaults | contoso | ${taken}`;
    await until(async () => (await lines(pick, /^Create/))[0] === first, 'the page refuses it');
    const asked = nextInputBox();
    await choose(pick, 'Name');
    const box = await asked;
    assert.equal(box.value, 'orders');
    const told = () => {
      const { validationMessage } = box;
      return typeof validationMessage === 'object' ? validationMessage.message : validationMessage;
    };
    await until(() => told() === taken, 'it is refused before Enter');
    await accept();
    assert.equal(told(), taken);
    assert.equal(lists(), before + 1);
    const again = nextQuickPick();
    await answer(box, 'orders2');
    const changed = await again;
    assert.match((await lines(changed, /^Create orders2/))[0] ?? '', /defaults \| contoso$/);
    changed.hide();
    assert.deepEqual(await running, []);
  });

  it('keeps everything that was typed when it fails, and shows it to try again', async () => {
    const given = { cluster: 'contoso', topic: 'race', partitions: 3 };
    const paged = nextQuickPick();
    const running = run('createTopic', given, { showErrorMessage: 'Try Again' });
    await lines(await paged, /^Create race$/);
    emulator.createTopic({ name: 'race', partitions: 1 });
    const again = nextQuickPick();
    await accept();
    const said = await running;
    const pick = await again;
    assert.deepEqual((await lines(pick, /^Create race$/)).slice(0, 3), [
      'Create race | contoso | There is a topic race on contoso already.',
      'Name | race',
      'Partitions | 3',
    ]);
    pick.hide();
    assert.deepEqual(said, [
      'Could not create the topic: the topic race exists already. Choose another name.',
    ]);
  });
});
