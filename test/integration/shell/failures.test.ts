import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { KafkaError, type KafkaErrorKind } from '../../../src/core/errors';
import { SchemaError } from '../../../src/core/schemaRegistry/lookup';
import { chooseAfterResult, showResult } from '../../../src/ui/dialogs/result';
import { type FailureContext, remediesOf, withRemedies } from '../../../src/ui/words/remedies';
import { UserError } from '../../../src/ui/words/report';
import { Reporter } from '../../../src/ui/words/reporter';
import { clause, sentences } from '../../../src/ui/words/sentences';
import { phrase } from '../../../src/core/phrase';
import { answering, nextQuickPick } from '../support';

/** Collects what a failure shows: the message, its buttons, and what is in the log. */
async function failing(
  error: unknown,
  fallback: FailureContext = {},
  choose: (title: string) => boolean = () => false,
) {
  const log: string[] = [];
  const shown: (readonly string[])[] = [];
  const reporter = new Reporter(
    {
      info: (line) => log.push(`info: ${line}`),
      error: (line) => log.push(`error: ${line}`),
      show: () => undefined,
    },
    (cluster) => cluster !== 'fixed',
  );
  const original = vscode.window.showErrorMessage;
  Object.assign(vscode.window, {
    showErrorMessage: (...texts: string[]) => {
      shown.push(texts);
      const [, ...titles] = texts;
      return Promise.resolve(shown.length > 1 ? undefined : titles.find(choose));
    },
  });
  try {
    await reporter.failure('list the topics', error, fallback);
  } finally {
    Object.assign(vscode.window, { showErrorMessage: original });
  }
  return { log, shown };
}

const again = () => undefined;
const orders: FailureContext = { cluster: 'dev', topic: 'orders', again };

describe('A failure', () => {
  const buttons: readonly (readonly [
    KafkaErrorKind,
    facts: { readonly signIn?: string; readonly dialect?: string },
    titles: readonly string[],
  ])[] = [
    ['host-not-found', {}, ['Try Again', 'Edit Cluster', 'Show Log']],
    ['connection', {}, ['Try Again', 'Edit Cluster', 'Open Settings']],
    ['tls', {}, ['Choose CA File', 'Try Again', 'Show Log']],
    ['tls-name', {}, ['Edit Cluster', 'Try Again', 'Show Log']],
    ['http-proxy-refused', {}, ['Open Settings', 'Try Again', 'Show Log']],
    ['timeout', {}, ['Try Again', 'Open Settings', 'Show Log']],
    ['unclear', {}, ['Open Messages', 'Show Log']],
    ['unauthorized', {}, ['Edit Cluster', 'Try Again', 'Show Log']],
    ['unauthorized', { signIn: 'basic' }, ['Enter Secret', 'Edit Cluster', 'Try Again']],
    ['unauthorized', { signIn: 'clientSecret' }, ['Edit Cluster', 'Try Again', 'Open Setup Guide']],
    ['unauthorized', { signIn: 'none' }, ['Edit Cluster', 'Try Again', 'Show Log']],
    ['forbidden', {}, ['Try Again', 'Show Log']],
    ['forbidden', { signIn: 'clientSecret' }, ['Open Setup Guide', 'Try Again', 'Show Log']],
    ['forbidden', { signIn: 'azureCli' }, ['Open Setup Guide', 'Try Again', 'Sign In']],
    ['consent-missing', { signIn: 'azureCli' }, ['Sign In', 'Try Again', 'Open Setup Guide']],
    ['consent-missing', { signIn: 'account' }, ['Edit Cluster', 'Sign In', 'Open Setup Guide']],
    ['tenant-unknown', { signIn: 'azureCli' }, ['Edit Cluster', 'Try Again', 'Open Setup Guide']],
    ['not-found', {}, ['Create Topic', 'Try Again', 'Show Log']],
    ['not-found', { dialect: 'hdinsight-v1' }, ['Create Topic', 'Try Again', 'Show Log']],
    ['rejected', {}, ['Try Again', 'Show Log']],
    ['too-large', {}, ['Show Log']],
    ['throttled', {}, ['Try Again', 'Show Log']],
    ['unavailable', {}, ['Try Again', 'Show Log']],
    ['unavailable', { dialect: 'hdinsight-v1' }, ['Try Again', 'Show Log']],
    ['redirect', {}, ['Edit Cluster', 'Try Again', 'Show Log']],
    ['response-too-large', {}, ['Open Settings', 'Try Again', 'Show Log']],
    ['protocol', {}, ['Edit Cluster', 'Try Again', 'Show Log']],
    ['closed', {}, ['Try Again', 'Show Log']],
    ['read-only', {}, ['Change Protection...', 'Show Log']],
    ['unsupported', {}, ['Try Again', 'Show Log']],
    ['ca-file', {}, ['Choose CA File', 'Try Again', 'Show Log']],
    ['client-certificate-unusable', {}, ['Try Again', 'Edit Cluster', 'Show Log']],
    ['client-certificate-refused', {}, ['Try Again', 'Edit Cluster', 'Show Log']],
    ['secret-missing', {}, ['Enter Secret', 'Show Log']],
    ['secret-missing', { signIn: 'clientSecret' }, ['Enter Secret', 'Show Log']],
    ['secret-wrong', { signIn: 'clientSecret' }, ['Enter Secret', 'Try Again', 'Open Setup Guide']],
    [
      'secret-expired',
      { signIn: 'clientSecret' },
      ['Enter Secret', 'Open Setup Guide', 'Show Log'],
    ],
    [
      'client-unknown',
      { signIn: 'clientSecret' },
      ['Edit Cluster', 'Try Again', 'Open Setup Guide'],
    ],
    [
      'tenant-unknown',
      { signIn: 'clientSecret' },
      ['Edit Cluster', 'Try Again', 'Open Setup Guide'],
    ],
    [
      'scope-unknown',
      { signIn: 'clientSecret' },
      ['Edit Cluster', 'Try Again', 'Open Setup Guide'],
    ],
    [
      'sign-in-failed',
      { signIn: 'clientSecret' },
      ['Try Again', 'Edit Cluster', 'Open Setup Guide'],
    ],
  ];
  for (const [kind, facts, titles] of buttons) {
    it(`offers the next steps: ${[kind, ...Object.values(facts)].join(', ')}`, async () => {
      const error = new KafkaError(kind, { host: 'a.example', status: 500, ...facts });
      const { shown } = await failing(error, orders);
      assert.deepEqual(shown[0]?.slice(1), titles);
    });
  }

  it('to reach a cluster of HDInsight leads to the step of the guide that mends it', async () => {
    const facts = { host: 'contoso-kafkarest.azurehdinsight.net', dialect: 'hdinsight-v1' };
    const titles = async (kind: KafkaErrorKind) => {
      const { shown } = await failing(new KafkaError(kind, facts), orders);
      return shown[0]?.slice(1);
    };
    assert.deepEqual(await titles('host-not-found'), [
      'Try Again',
      'Edit Cluster',
      'Open Setup Guide',
    ]);
    for (const kind of ['connection', 'timeout'] as const) {
      assert.deepEqual(await titles(kind), ['Try Again', 'Open Setup Guide', 'Open Settings']);
    }
  });

  it('offers no step whose cluster, topic or task is not known', async () => {
    const titles = async (kind: KafkaErrorKind, context: FailureContext) => {
      const { shown } = await failing(new KafkaError(kind), context);
      return shown[0]?.slice(1);
    };
    assert.deepEqual(await titles('tls', {}), ['Show Log']);
    assert.deepEqual(await titles('not-found', { cluster: 'dev', again }), [
      'Try Again',
      'Show Log',
    ]);
    assert.deepEqual(await titles('not-found', { ...orders, cluster: 'fixed' }), [
      'Try Again',
      'Show Log',
    ]);
  });

  it('of a person offers the steps that its advice names, and is no error in the log', async () => {
    const error = new UserError('there is no cluster', 'Add one', 'addCluster', 'startEmulator');
    const { shown, log } = await failing(error, orders);
    assert.deepEqual(shown, [
      ['Could not list the topics: there is no cluster. Add one.', 'Add Cluster', 'Start Emulator'],
    ]);
    assert.deepEqual(log, ['info: Could not list the topics: there is no cluster']);
  });

  it('of a person that quotes a message is logged without it', async () => {
    const reason = {
      shown: 'line 3: expected a number, found "Ada"',
      logged: 'line 3: not-in-schema',
    };
    const { shown, log } = await failing(new UserError(reason, 'Nothing was sent'), orders);
    assert.match(String(shown[0]), /found "Ada"/);
    assert.deepEqual(log, ['info: Could not list the topics: line 3: not-in-schema']);
  });

  it('of a command without any cluster offers to add one or to start the emulator', async () => {
    const shown: string[][] = [];
    const original = vscode.window.showErrorMessage;
    const showErrorMessage = (...texts: string[]) => {
      shown.push(texts);
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showErrorMessage });
    try {
      await vscode.commands.executeCommand('kafkaRest.createTopic');
    } finally {
      Object.assign(vscode.window, { showErrorMessage: original });
    }
    assert.deepEqual(shown, [
      [
        'Could not create the topic: there is no cluster yet. Add one, or start the emulator to try things out.',
        'Add Cluster',
        'Start Emulator',
      ],
    ]);
  });

  it('of a command on a node that is gone by then acts on nothing that it would guess', async () => {
    const said = await answering({}, () =>
      vscode.commands.executeCommand('kafkaRest.produceMessage', undefined, undefined),
    );
    assert.deepEqual(said, [
      'Could not produce the message: the sidebar was being refreshed at that moment. Do it again.',
    ]);
  });

  it('names the size of what is too large', async () => {
    const told = async (kind: KafkaErrorKind) => {
      const { shown } = await failing(new KafkaError(kind, { bytes: 7.2 * 1024 * 1024 }));
      return shown[0]?.[0];
    };
    assert.match((await told('too-large')) ?? '', /too large for the REST proxy: 7\.2 MB\. Send/);
    assert.match((await told('response-too-large')) ?? '', /larger than 7\.2 MB, which is the/);
  });

  it('of a schema that is none is logged without what is quoted of it', async () => {
    const { shown, log } = await failing(
      new SchemaError('invalid', phrase('no pattern: {0}', '/Ada(/')),
      orders,
    );
    assert.match(String(shown[0]), /Ada/);
    assert.deepEqual(log, ['error: Could not list the topics: no schema · invalid']);
  });

  it('that nobody expected keeps its stack in the log', async () => {
    const { shown, log } = await failing(new TypeError('x is undefined'), orders);
    assert.deepEqual(shown[0]?.slice(1), ['Show Log']);
    assert.match(
      log.join(),
      /^error: Could not list the topics: TypeError: x is undefined\n +.*at /,
    );
  });

  it('is not told or logged if the person cancelled', async () => {
    assert.deepEqual(await failing(new vscode.CancellationError()), { log: [], shown: [] });
  });

  it('remembers what it was about, the inner context first, each task its own', async () => {
    const shared = new KafkaError('not-found', { detail: 'no topic' });
    const fail = () => Promise.reject(shared);
    const thrown = async (topic: string) => {
      const inner = { topic, again: () => topic };
      const outer = { cluster: 'dev', topic: 'other', again: () => 'outer' };
      const nested = withRemedies(outer, () => withRemedies(inner, fail));
      return nested.catch((error: unknown) => error);
    };
    const errors = [await thrown('a'), await thrown('b')];
    for (const [at, error] of errors.entries()) {
      assert.ok(error instanceof KafkaError);
      assert.deepEqual([error.kind, error.detail], ['not-found', 'no topic']);
      const actions = remediesOf(error, { again: () => 'fallback' });
      assert.deepEqual(
        actions.map(({ title }) => title),
        ['Create Topic', 'Try Again'],
      );
      assert.equal(actions[1]?.run(), ['a', 'b'][at]);
    }
  });

  it('of the next try is told as the first one was', async () => {
    const fail = () => Promise.reject(new UserError('the name is taken', ''));
    const error = new KafkaError('timeout', { host: 'a.example' });
    const chosen = (title: string) => title === 'Try Again';
    const { shown } = await failing(error, { again: fail }, chosen);
    assert.deepEqual(shown[1], ['Could not list the topics: the name is taken.']);
  });

  it('has no double full stops', () => {
    assert.equal(
      sentences('No such topic.', 'Look', '', 'Try again?'),
      'No such topic. Look. Try again?',
    );
    assert.equal(clause(' Topic not found. '), 'Topic not found');
    assert.equal(clause('and so on...'), 'and so on...');
    assert.equal(sentences('and so on…'), 'and so on…');
  });
});

describe('A result', () => {
  const items: vscode.StatusBarItem[] = [];
  const { createStatusBarItem } = vscode.window;

  beforeEach(() => {
    items.length = 0;
    Object.assign(vscode.window, {
      createStatusBarItem: (id: string) => {
        const item = createStatusBarItem(id);
        items.push(item);
        return item;
      },
    });
  });

  afterEach(() => {
    Object.assign(vscode.window, { createStatusBarItem });
  });

  it('stands in the status bar as a whole for screen readers and the mouse', () => {
    const text = `Created ${'x'.repeat(150)} $(zap) on dev.`;
    showResult(text, [{ title: 'Open Messages', run: again }]);
    const [item] = items;
    assert.equal(item?.name, 'Kafka REST Result');
    assert.match(item.text, /^\$\(check\) Created x{71}… · Open Messages$/);
    assert.equal(item.tooltip, `${text.replace('$(', '$ (')}\n\nOpen Messages`);
    assert.deepEqual(item.accessibilityInformation, {
      label: `${text.replace('$(', '$ (')} Next: Open Messages`,
      role: 'alert',
    });
  });

  it('makes room for the next one', () => {
    const disposed: number[] = [];
    showResult('one');
    const [first] = items;
    assert.ok(first);
    Object.assign(first, { dispose: () => disposed.push(1) });
    showResult('two');
    assert.deepEqual([items.length, disposed], [2, [1]]);
  });

  it('runs its only action on a click, and offers several', async () => {
    const action = { title: 'Open Messages', run: again };
    showResult('one', [action]);
    assert.equal(await chooseAfterResult(true), action);

    showResult('two', [action, { title: 'Produce Message', run: again }]);
    const asked = nextQuickPick();
    const answer = chooseAfterResult(true);
    const pick = await asked;
    assert.deepEqual(
      [pick.placeholder, pick.items.map(({ label }) => label)],
      ['two', ['Open Messages', 'Produce Message']],
    );
    pick.hide();
    assert.equal(await answer, undefined);
  });

  it('says in a row of its own where things went', async () => {
    showResult(
      'Produced 3 messages to orders on dev: partition 0, offset 5; partition 1, offset 3.',
      [{ title: 'View Messages', run: again }],
    );
    assert.match(items.at(-1)?.text ?? '', / · View Messages$/);
    const asked = nextQuickPick();
    const answer = chooseAfterResult(false);
    const pick = await asked;
    assert.deepEqual(
      [pick.placeholder, pick.items.map(({ label }) => label)],
      [
        'Produced 3 messages to orders on dev',
        ['View Messages', 'partition 0, offset 5; partition 1, offset 3.'],
      ],
    );
    pick.hide();
    assert.equal(await answer, undefined);
  });

  it('is shown in full, however long it is', async () => {
    const schema = 'Encoded by com.contoso.warehouse.orders: all-value@12 (id 100047).';
    const topic = 'orders-of-the-northern-warehouse-by-customer-and-day';
    const beginning = `Produced 3 messages to ${topic} on contoso`;
    const places = 'partition 0, offset 5; partition 1, offset 3.';
    showResult(`${beginning}: ${places} ${schema}`, [{ title: 'View Messages', run: again }]);
    const asked = nextQuickPick();
    const answer = chooseAfterResult(false);
    const pick = await asked;
    const [action, ...lines] = pick.items.map(({ label }) => label);
    assert.equal(action, 'View Messages');
    assert.equal(lines.join(' '), `${beginning} ${places} ${schema}`);
    assert.ok(lines.length > 2 && lines.every(({ length }) => length <= 75), lines.join('\n'));
    pick.hide();
    await answer;
  });

  it('can be read again without the mouse', async () => {
    showResult('Saved dev.');
    const asked = nextQuickPick();
    const answer = chooseAfterResult(false);
    const pick = await asked;
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      ['Saved dev.'],
    );
    pick.hide();
    await answer;
  });

  it('of a command that reports is quiet if it is good, and reports an action that fails', async () => {
    const reporter = new Reporter({ info: again, error: again, show: again });
    const fail = () => Promise.reject(new UserError('contoso is read-only', ''));
    const said = await answering({}, async () => {
      await reporter.tell('information', 'Done.', [{ title: 'Open', run: fail }]);
      const action = await chooseAfterResult(true);
      if (action) await reporter.run(action);
    });
    assert.deepEqual(said, ['Done.', 'Could not do “Open”: contoso is read-only.']);
  });
});
