import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { KafkaError } from '../../../src/core/errors';
import { notify } from '../../../src/ui/dialogs/notify';
import { withProgress } from '../../../src/ui/dialogs/progress';
import { explain } from '../../../src/ui/words/report';
import { BulkRuns } from '../../../src/ui/transfer/runs/bulkRuns';
import { ProblemNode } from '../../../src/ui/tree/nodes/problem';
import { TopicNode } from '../../../src/ui/tree/nodes/topic';
import { toTreeItem } from '../../../src/ui/tree/treeItem';
import { askPick } from '../../../src/ui/dialogs/questions';
import {
  accept,
  answering,
  children,
  childNodes,
  closeEditors,
  connect,
  disconnect,
  labels,
  run,
  type Started,
  tooltipOf,
} from '../support';

/** What hides, turns, ends lines, or would be a link or an icon. */
const ACTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]|\]\(|\$\(/u;

/** Names that no topic of Kafka has, but that a hostile proxy may list. */
const evil = {
  link: '[Sign in again](command:workbench.action.quit)',
  icon: '$(sync~spin) busy',
  turned: 'orders\u202egnp.exe',
  lines: 'a\r\n###\r\nPRODUCER\r\ntopic: b',
  terminal: '\u001b]8;;http://evil\u0007x\u009b31m',
  path: '../../../etc/cron.d/evil',
  windows: 'a\\b:c<d>|e?*"',
  long: 'x'.repeat(300),
} as const;

describe('A hostile cluster', () => {
  let emulator: Started;

  before(async () => {
    emulator = await connect('contoso', { samples: false }, (emulator) => {
      for (const name of [...Object.values(evil), 'CON']) {
        emulator.createTopic({ name, partitions: 1 });
      }
      emulator.append('CON', [
        { partition: 0, value: '\u202e\u001b[31m[x](command:y) <img src=x>', key: '$(zap)' },
        { partition: 0, value: '{"a\\u202e":"\u202e\u2028"}' },
        { partition: 0, value: `${'['.repeat(100_000)}1${']'.repeat(100_000)}` },
        { partition: 0, value: '\\ud800 "\\ud800"' },
      ]);
    });
  });

  afterEach(closeEditors);

  after(async () => {
    await disconnect('contoso', emulator);
  });

  const all = { cluster: 'contoso', partitions: 'all', start: 'earliest', count: 100 };

  it('is shown in the tree with nothing that hides or acts, each topic apart', async () => {
    const topics = await children('contoso', 'Topics');
    assert.equal(topics.length, Object.keys(evil).length + 1);
    assert.equal(new Set(topics.map(({ id }) => id)).size, topics.length);
    for (const label of labels(topics)) {
      assert.doesNotMatch(String(label), ACTIVE);
      assert.ok(String(label).length < 300);
    }
    assert.ok(labels(topics).includes('orders⟨U+202E⟩gnp.exe'));
  });

  it('is shown in tooltips with nothing that acts, and nothing that is trusted', async () => {
    for (const node of await childNodes('contoso', 'Topics')) {
      const tooltip = await tooltipOf(node);
      assert.doesNotMatch(tooltip.value.replaceAll('\n', ''), ACTIVE);
      assert.doesNotMatch(tooltip.value, /(?<!\\)[<[`]/);
      assert.ok(!tooltip.isTrusted && !tooltip.supportHtml && !tooltip.supportThemeIcons);
    }
  });

  it('is shown in a failure of the tree', () => {
    const detail = `${evil.link} ${evil.turned}\n${evil.terminal}`;
    const error = new KafkaError('rejected', { status: 400, detail });
    const node = new ProblemNode(new TopicNode('topics', evil.icon, evil.lines), error);
    const item = toTreeItem(node);
    assert.match(explain(error).reason, ACTIVE);
    const tooltip = node.tooltip().value.replaceAll('\n', '');
    for (const text of [item.label, tooltip, item.accessibilityInformation?.label]) {
      assert.ok(typeof text === 'string', 'a text');
      assert.doesNotMatch(text, ACTIVE);
    }
  });

  for (const [what, name] of Object.entries(evil)) {
    it(`is read and named safely in documents and messages: ${what}`, async () => {
      const said = await run('consume', { ...all, topic: name });
      const again = await run('exportMessages', { ...all, topic: name });
      for (const text of [...said, ...again]) assert.doesNotMatch(text, ACTIVE);
      assert.ok(said.length + again.length > 0);
    });
  }

  it('gives files no place but the folder of the workspace or the home of the person', async () => {
    const asked: vscode.Uri[] = [];
    const original = vscode.window.showSaveDialog;
    const showSaveDialog: typeof original = (options) => {
      if (options?.defaultUri) asked.push(options.defaultUri);
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showSaveDialog });
    try {
      for (const topic of [...Object.values(evil), 'CON', '.', '-rf']) {
        await vscode.commands.executeCommand('kafkaRest.exportMessages', { ...all, topic });
      }
    } finally {
      Object.assign(vscode.window, { showSaveDialog: original });
    }
    const folders = new Set(asked.map((uri) => vscode.Uri.joinPath(uri, '..').path));
    assert.equal(folders.size, 1, [...folders].join());
    assert.equal(new Set(asked.map(String)).size, asked.length);
    for (const { path } of asked) {
      const name = path.split('/').at(-1) ?? '';
      assert.doesNotMatch(name, /[<>:"|?*\\\p{Cc}\p{Cf}]|^[.-]|[. ]$|^con\./iu);
      assert.ok(Buffer.byteLength(name) <= 255);
    }
  });

  it('cannot be written as blocks of a .kafka file where its name would be other blocks', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kafka-rest-hostile-'));
    try {
      const showSaveDialog = vscode.Uri.file(join(folder, 'x.kafka'));
      const argument = { ...all, topic: evil.lines };
      const said = await run('exportMessages', argument, { showSaveDialog });
      assert.match(said.at(-1) ?? '', /^Could not export.*a block cannot name this topic/);
      assert.deepEqual(await readdir(folder), []);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('gives messages to documents that mean the same, with nothing that hides', async () => {
    await run('consume', { ...all, topic: 'CON' });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(
      document?.uri.toString(true),
      'kafkaRest-messages:/contoso/%43ON/CON@first-100.json',
    );
    const text = document.getText();
    assert.ok(text.length < 6_000_000);
    assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Surrogate}]/u);
    const messages = JSON.parse(text) as { readonly key: unknown; readonly value: unknown }[];
    assert.equal(messages[0]?.value, '\u202e\u001b[31m[x](command:y) <img src=x>');
    assert.equal(messages[0].key, '$(zap)');
    assert.deepEqual(messages[1]?.value, { 'a\u202e': '\u202e\u2028' });
    assert.equal(messages[3]?.value, '\\ud800 "\\ud800"');
  });

  it('gives messages to files exactly', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kafka-rest-hostile-'));
    try {
      const showSaveDialog = vscode.Uri.file(join(folder, 'x.jsonl'));
      await run('exportMessages', { ...all, topic: 'CON' }, { showSaveDialog });
      const text = await readFile(join(folder, 'x.jsonl'), 'utf8');
      const lines = text.split('\n').filter((line) => line !== '');
      assert.equal(lines.length, 4);
      const values = lines.map((line) => (JSON.parse(line) as { value: unknown }).value);
      assert.equal(values[1], '{"a\\u202e":"\u202e\u2028"}');
      assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}]/u);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says what no document can hold, and opens the others', async () => {
    emulator.createTopic({ name: 'large', partitions: 1 });
    emulator.append('large', [
      { partition: 0, value: 'x'.repeat(50 * 1024 * 1024) },
      { partition: 0, value: 'small' },
    ]);
    const said = await run('consume', { ...all, topic: 'large' });
    assert.match(
      said.join(),
      /Left out because .* offset 0 of partition 0 \(50 MB\)\. .*“Export Messages”/,
    );
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    const messages = JSON.parse(text) as { readonly value: unknown }[];
    assert.deepEqual(
      messages.map(({ value }) => value),
      ['small'],
    );
  });
});

describe('Foreign text', () => {
  const foreign = Object.values(evil).join(' ');
  const counts = {
    ...{ accepted: 1, refused: 0, unclear: 0, setAside: 0, unsent: 0 },
    ...{ read: 1, bytes: 1, rate: 0, secondsLeft: undefined },
  };

  it('is a text alone in notifications', async () => {
    const said = await answering({}, () => notify('warning', `Look: ${foreign}`));
    assert.equal(said.length, 1);
    assert.doesNotMatch(said[0] ?? '', ACTIVE);
  });

  it('is a text alone in progress', async () => {
    const original = vscode.window.withProgress;
    const shown: unknown[] = [];
    const replaced: typeof original = (options, task) => {
      shown.push(options.title);
      const report = ({ message }: { message?: string }) => shown.push(message);
      return task({ report }, new vscode.CancellationTokenSource().token);
    };
    Object.assign(vscode.window, { withProgress: replaced });
    try {
      await withProgress(foreign, (_, progress) => {
        progress.report({ message: foreign });
        return Promise.resolve();
      });
    } finally {
      Object.assign(vscode.window, { withProgress: original });
    }
    assert.equal(shown.length, 2);
    for (const text of shown) assert.doesNotMatch(String(text), ACTIVE);
  });

  it('is a text alone in the status bar while it is sent', async () => {
    const original = vscode.window.createStatusBarItem;
    const items: vscode.StatusBarItem[] = [];
    const create = (id: string) => {
      const item = original(id);
      items.push(item);
      return item;
    };
    Object.assign(vscode.window, { createStatusBarItem: create });
    const error = new KafkaError('unavailable', { detail: foreign });
    const producer = {
      progress: { ...counts, state: 'waiting', waiting: { attempt: 2, error } },
      pause: () => undefined,
      resume: () => undefined,
      leaveRest: () => undefined,
    } as const;
    try {
      await new BulkRuns().show({ title: foreign, label: foreign }, () => {
        const run = (): Promise<void> => {
          return Promise.resolve();
        };
        return Promise.resolve({ producer, total: undefined, run });
      });
    } finally {
      Object.assign(vscode.window, { createStatusBarItem: original });
    }
    const [item] = items;
    const label = item?.accessibilityInformation?.label;
    const shown = item?.text.replace('$(sync~spin)', '');
    assert.ok(typeof item?.tooltip === 'string');
    // The action and the progress stand on a line each.
    const lines = item.tooltip.split('\n');
    assert.equal(lines.length, 2);
    for (const text of [item.name, label, shown, ...lines]) {
      assert.ok(typeof text === 'string');
      assert.doesNotMatch(text, ACTIVE);
    }
  });

  it('is a text alone in lists, and chosen exactly', async () => {
    const original = vscode.window.createQuickPick;
    const picks: vscode.QuickPick<vscode.QuickPickItem>[] = [];
    const create = () => {
      const pick = original();
      picks.push(pick);
      return pick;
    };
    Object.assign(vscode.window, { createQuickPick: create });
    try {
      const context = { title: foreign, step: 1, totalSteps: 1, canGoBack: false };
      const choices = [{ label: foreign, description: foreign, detail: foreign, choice: foreign }];
      const answer = askPick(context, { placeholder: foreign, choices });
      const [pick] = picks;
      assert.ok(pick);
      const [item] = pick.items;
      for (const text of [
        pick.title,
        pick.placeholder,
        item?.label,
        item?.description,
        item?.detail,
      ]) {
        assert.ok(text);
        assert.doesNotMatch(text, ACTIVE);
      }
      await accept();
      assert.equal(await answer, foreign);
    } finally {
      Object.assign(vscode.window, { createQuickPick: original });
    }
  });
});
