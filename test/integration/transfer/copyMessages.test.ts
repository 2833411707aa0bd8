import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  accept,
  asSetting,
  choose,
  closeEditors,
  nextQuickPick,
  run,
  set,
  type Started,
  startOwnEmulator,
  until,
} from '../support';

interface Message {
  readonly partition: number;
  readonly key: string | null;
  readonly value: unknown;
}

describe('Copying messages', () => {
  let contoso: Started;
  let fabrikam: Started;

  before(async () => {
    contoso = await startOwnEmulator({ samples: false });
    fabrikam = await startOwnEmulator({ samples: false });
    await set('clusters', [asSetting('contoso', contoso), asSetting('fabrikam', fabrikam)]);
    for (const [cluster, { info }] of [
      ['contoso', contoso],
      ['fabrikam', fabrikam],
    ] as const) {
      await run('replaceSecret', { cluster }, { showInputBox: info.clientSecret });
    }
  });

  afterEach(closeEditors);

  after(async () => {
    for (const cluster of ['contoso', 'fabrikam']) {
      await run('removeCluster', { cluster }, { showWarningMessage: 'Remove' });
    }
    await set('clusters', undefined);
    await contoso.stop();
    await fabrikam.stop();
  });

  async function messages(cluster: string, topic: string): Promise<Message[]> {
    const argument = { cluster, topic, partitions: 'all', start: 'earliest', count: 10_000 };
    await run('consume', argument);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '[]';
    return JSON.parse(text) as Message[];
  }

  function copy(
    topic: string,
    to: object,
    more: object = {},
    answers: Parameters<typeof run>[2] = {},
  ): Promise<string[]> {
    const from = { cluster: 'contoso', topic, partitions: 'all', start: 'earliest', count: 10_000 };
    const how = { keepPartitions: false, onBad: 'stop', confirm: false };
    return run('copyMessages', { ...from, to, ...how, ...more }, answers);
  }

  it('to another cluster keeps keys, values and the order of each key', async () => {
    contoso.createTopic({ name: 'orders', partitions: 3 });
    contoso.append(
      'orders',
      Array.from({ length: 2500 }, (_, n) => ({
        key: n % 5 === 0 ? null : `k${n % 7}`,
        value: n === 0 ? '{"a": 1.0}' : String(n),
        timestamp: n,
      })),
    );
    fabrikam.createTopic({ name: 'copy', partitions: 2 });
    const said = await copy('orders', { cluster: 'fabrikam', topic: 'copy' });
    assert.match(said.join('\n'), /^Copied 2,500 messages of orders to copy on fabrikam\.$/);

    const [before, after] = [
      await messages('contoso', 'orders'),
      await messages('fabrikam', 'copy'),
    ];
    for (const key of ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6']) {
      const of = (all: readonly Message[]) =>
        all.filter((each) => each.key === key).map(({ value }) => value);
      assert.deepEqual(of(after), of(before));
    }
    const keyless = (all: readonly Message[]) => all.filter(({ key }) => key === null).length;
    assert.equal(keyless(after), keyless(before));
  });

  const pageOf = async (argument: object) => {
    const asked = nextQuickPick();
    const ends = run('copyMessages', argument);
    const pick = await asked;
    return { pick, ends };
  };

  it('says first what goes where, and what is lost', async () => {
    contoso.createTopic({ name: 'two', partitions: 2 });
    contoso.append('two', [{ value: 'x' }]);
    fabrikam.createTopic({ name: 'one', partitions: 1 });
    const from = { cluster: 'contoso', topic: 'two', partitions: 'all', start: 'earliest' };
    const argument = { ...from, count: 10, to: { cluster: 'fabrikam', topic: 'one' } };
    const { pick, ends } = await pageOf(argument);
    await until(() => pick.items[0]?.detail?.startsWith('Up to'), 'the messages are counted');
    const [first] = pick.items;
    assert.equal(first?.label, 'Copy the first 10 messages of two to one on fabrikam');
    assert.equal(first.detail, 'Up to 1 message, fewer if the log has gaps');
    assert.ok(pick.items.some(({ label }) => label === 'New timestamps'));
    const asked = nextQuickPick();
    await choose(pick, 'To which partition');
    const question = await asked;
    await until(
      () => question.items.some((item) => item.description === 'not possible: one has 1 partition'),
      'the partitions cannot be kept',
    );
    const again = nextQuickPick();
    await choose(question, 'By its key');
    (await again).hide();
    await ends;
    assert.deepEqual(await messages('fabrikam', 'one'), []);
  });

  it('takes two prompts: the target, and the page', async () => {
    contoso.createTopic({ name: 'prompts' });
    contoso.append('prompts', [{ value: 'x' }]);
    fabrikam.createTopic({ name: 'prompts-copy' });
    const { pick, ends } = await pageOf({ cluster: 'contoso', topic: 'prompts' });
    assert.equal(pick.placeholder, 'Copy messages of prompts to which topic?');
    const asked = nextQuickPick();
    await choose(pick, 'prompts-copy');
    const page = await asked;
    await until(() => page.items[0]?.detail?.startsWith('Up to 1'), 'the messages are counted');
    await accept();
    assert.match((await ends).join(), /^Copied 1 message of prompts to prompts-copy on fabrikam/);
  });

  it('refuses on the page what cannot be copied, and takes another target there', async () => {
    contoso.createTopic({ name: 'refused' });
    contoso.append('refused', [{ value: 'x' }]);
    fabrikam.createTopic({ name: 'refused-copy' });
    const from = { cluster: 'contoso', topic: 'refused' };
    const { pick, ends } = await pageOf({ ...from, to: from });
    const detail = () => pick.items[0]?.detail;
    await until(() => detail() === 'refused cannot be copied to itself', 'it is refused');
    await accept();
    const asked = nextQuickPick();
    await choose(pick, 'To');
    const question = await asked;
    const again = nextQuickPick();
    await choose(question, 'refused-copy');
    const page = await again;
    await until(() => page.items[0]?.detail?.startsWith('Up to 1'), 'the messages are counted');
    await accept();
    assert.match((await ends).join(), /^Copied 1 message of refused to refused-copy/);
  });

  it('copies several topics to those of the same names, or to others', async () => {
    for (const name of ['several-a', 'several-b']) {
      contoso.createTopic({ name });
      contoso.append(name, [{ value: name }]);
    }
    for (const name of ['several-a', 'other']) fabrikam.createTopic({ name });
    const topics = ['several-a', 'several-b'];
    const { pick, ends } = await pageOf({
      ...{ cluster: 'contoso', topics, to: { cluster: 'fabrikam' } },
    });
    await until(
      () => pick.items[0]?.detail === 'Choose another target below: several-b',
      'the missing target is found',
    );
    const asked = nextQuickPick();
    await choose(pick, 'several-b');
    const question = await asked;
    const again = nextQuickPick();
    await choose(question, 'other');
    const page = await again;
    await until(() => page.items.some((item) => item.description === 'to other'), 'it is chosen');
    await until(() => page.items[0]?.detail === undefined && !page.busy, 'nothing is refused');
    await accept();
    assert.deepEqual(await ends, ['Copied 2 messages of 2 topics to fabrikam.']);
    assert.deepEqual(
      (await messages('fabrikam', 'other')).map(({ value }) => value),
      ['several-b'],
    );
  });

  it('to a topic of the same cluster can keep the partitions', async () => {
    contoso.createTopic({ name: 'from', partitions: 3 });
    contoso.createTopic({ name: 'to', partitions: 3 });
    contoso.append('from', [
      { key: 'a', value: 'x', partition: 2 },
      { key: 'a', value: 'y', partition: 1 },
    ]);
    await copy('from', { cluster: 'contoso', topic: 'to' }, { keepPartitions: true });
    const [first, second] = (await messages('contoso', 'to')).sort(
      (a, b) => b.partition - a.partition,
    );
    assert.deepEqual([first?.partition, first?.value], [2, 'x']);
    assert.deepEqual([second?.partition, second?.value], [1, 'y']);
  });

  it('copies a range, and the latest of all partitions together', async () => {
    contoso.createTopic({ name: 'ranged', partitions: 2 });
    contoso.append(
      'ranged',
      Array.from({ length: 10 }, (_, n) => ({ value: `${n}`, partition: n % 2, timestamp: n })),
    );
    for (const name of ['range', 'latest']) fabrikam.createTopic({ name });
    const range = { start: 'range', offset: 1, last: 2 };
    await copy('ranged', { cluster: 'fabrikam', topic: 'range' }, range);
    await copy('ranged', { cluster: 'fabrikam', topic: 'latest' }, { start: 'latest', count: 3 });
    const values = async (topic: string) =>
      (await messages('fabrikam', topic)).map(({ value }) => value);
    assert.deepEqual(await values('range'), [2, 3, 4, 5]);
    assert.deepEqual(await values('latest'), [7, 8, 9]);
  });

  it('refuses to copy a topic to itself', async () => {
    contoso.createTopic({ name: 'self' });
    contoso.append('self', [{ value: 'x' }]);
    const said = await copy('self', { cluster: 'contoso', topic: 'self' });
    assert.deepEqual(said, [
      'Could not copy the messages: self cannot be copied to itself. Choose another topic, or ' +
        'produce single messages again.',
    ]);
    assert.equal((await messages('contoso', 'self')).length, 1);
  });

  it('stops at what cannot be carried, goes on with the rest, and doubles nothing', async () => {
    contoso.createTopic({ name: 'compacted' });
    contoso.append('compacted', [
      { key: 'a', value: '1' },
      { key: 'a', value: null },
      { key: 'b', value: '\ufffd' },
      { key: 'b', value: '2' },
    ]);
    fabrikam.createTopic({ name: 'stopped' });
    const to = { cluster: 'fabrikam', topic: 'stopped' };
    const [said] = await copy('compacted', to);
    assert.match(
      said ?? '',
      /^Copied 1 message of compacted to stopped on fabrikam[^.]*\. Stopped: partition 0, offset 1: .*tombstone/,
    );
    fabrikam.createTopic({ name: 'aside' });
    const report = { showWarningMessage: 'Open Report' };
    const aside = await copy('compacted', { ...to, topic: 'aside' }, { onBad: 'setAside' }, report);
    assert.match(
      aside.join('\n'),
      /^Copied 2 messages of compacted to aside on fabrikam.*\. 2 messages set aside\.$/,
    );
    const text = await until(() => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.uri.scheme === 'kafkaRest-report' ? document.getText() : '';
    }, 'the report is open');
    assert.match(
      text,
      /- partition 0, offset 1: .*tombstone.*\n- partition 0, offset 2: .*U\+FFFD/,
    );
    const values = (await messages('fabrikam', 'aside')).map(({ value }) => value);
    assert.deepEqual(values, [1, 2]);
  });

  it('goes on without what cannot be carried, where it stopped', async () => {
    contoso.createTopic({ name: 'long', partitions: 2 });
    contoso.append(
      'long',
      Array.from({ length: 5000 }, (_, n) => ({ key: `k${n % 9}`, value: `${n}`, timestamp: n })),
    );
    contoso.append('long', [{ key: 'k0', value: null, timestamp: 6000 }]);
    contoso.append(
      'long',
      Array.from({ length: 100 }, (_, n) => ({ key: 'k1', value: `${5000 + n}`, timestamp: 7000 })),
    );
    fabrikam.createTopic({ name: 'long', partitions: 3 });
    const to = { cluster: 'fabrikam', topic: 'long' };
    await copy('long', to, {}, { showWarningMessage: 'Set Aside and Go On' });
    const count = async () => (await messages('fabrikam', 'long')).length;
    await until(async () => (await count()) === 5100, 'all but the tombstone is copied');
  });
});
