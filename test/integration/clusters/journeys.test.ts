import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type FaceName, faceNames } from '../../../src/emulator/server';
import {
  children,
  closeEditors,
  labels,
  openUntitled,
  run,
  select,
  set,
  startOwnEmulator,
  until,
} from '../support';

/** A REST proxy that is shown as a cluster. */
interface Place {
  /** The name of its cluster. */
  readonly cluster: string;
  readonly createTopic: (name: string) => unknown;
  readonly leave: () => Promise<void>;
}

async function emulatorOf(face: FaceName): Promise<Place> {
  const emulator = await startOwnEmulator({ face, auth: 'none', samples: false });
  const { endpoint, caFile, dialect } = emulator.info;
  const cluster = `journey-${face}`;
  await set('clusters', [{ name: cluster, endpoint, caFile, dialect, signIn: { kind: 'none' } }]);
  return {
    cluster,
    createTopic: (name) => {
      emulator.createTopic({ name, partitions: 1 });
    },
    leave: async () => {
      await run('removeCluster', { cluster }, { showWarningMessage: 'Remove' });
      await set('clusters', undefined);
      await emulator.stop();
    },
  };
}

async function gatewayTo(brokers: string): Promise<Place> {
  const cluster = `Gateway to ${brokers}`;
  assert.deepEqual(await run('startGateway', { brokers }), [`${cluster} is running.`]);
  return {
    cluster,
    createTopic: async (topic) =>
      run('createTopic', { cluster, topic, partitions: 1, replicas: 1, properties: '' }),
    leave: async () => {
      await run('stopEmulator', { cluster });
    },
  };
}

/** `run.ts` starts a Kafka where there can be one, and gives its address. */
const brokers = process.env['KAFKA_BOOTSTRAP'];

const places: readonly (readonly [name: string, enter: () => Promise<Place>])[] = [
  ...faceNames.map((face) => [`an emulator of ${face}`, () => emulatorOf(face)] as const),
  ...(brokers === undefined
    ? []
    : [['a gateway before a real Kafka', () => gatewayTo(brokers)] as const]),
];

for (const [name, enter] of places) {
  describe(`A journey through ${name}`, () => {
    let place: Place;
    let folder: string;
    const topic = 'journey';

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'kafka-rest-journey-'));
      place = await enter();
      for (const each of [topic, 'copied']) await place.createTopic(each);
    });

    afterEach(async () => {
      await run('stopBlock');
      // A document that was not saved asks before it closes.
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await closeEditors();
    });

    after(async () => {
      await place.leave();
      await rm(folder, { recursive: true });
    });

    const all = (of = topic) => ({
      ...{ cluster: place.cluster, topic: of, partitions: 'all', start: 'earliest', count: 100 },
    });
    const activeText = () => vscode.window.activeTextEditor?.document.getText() ?? '';
    const valuesIn = (text: string) =>
      (JSON.parse(text) as readonly { readonly value: unknown }[]).map(({ value }) => value);

    it('browses to a topic without messages', async () => {
      assert.ok(labels(await children(place.cluster, 'Topics')).includes(topic));
      const under = await children(place.cluster, 'Topics', topic);
      assert.ok(under.some(({ description }) => /empty|0/.test(String(description))));
    });

    it('produces a selection and consumes it', async () => {
      const { document } = await openUntitled('txt', '{"value":"a"}\n{"value":"b"}');
      const editor = await vscode.window.showTextDocument(document);
      const end = document.lineAt(document.lineCount - 1).range.end;
      await select(editor, new vscode.Selection(new vscode.Position(0, 0), end));
      const to = { cluster: place.cluster, topic, how: 'many' };
      assert.match((await run('produceSelection', to)).join(), /^Produced 2 messages to journey/);
      await run('consume', all());
      assert.deepEqual(valuesIn(activeText()), ['a', 'b']);
    });

    it('runs a block, and follows what it produces', async () => {
      const lines = [
        ...['PRODUCER', `topic: ${topic}`, 'key: k', '{"n": 9007199254740993}', '###'],
        ...['CONSUMER', `topic: ${topic}`, 'from: earliest'],
      ];
      const { document } = await openUntitled('kafka', lines.join('\n'));
      const producer = { uri: document.uri.toString(), line: 0 };
      const consumer = { ...producer, line: 5 };
      const ended = run('followBlock', consumer);
      const followed = () => {
        const { textDocuments } = vscode.workspace;
        return textDocuments.find(({ uri }) => uri.path.endsWith(`/${topic}@follow.json`));
      };
      await until(() => followed()?.getText().includes('"b"'), 'what there is');
      assert.match((await run('runBlock', producer)).join(), /^Produced 1 message to journey/);
      await until(() => followed()?.getText().includes('9007199254740993'), 'what was produced');
      await run('stopBlock', consumer);
      await ended;
    });

    it('shows messages in a viewer', async () => {
      await run('viewMessages', all());
      await until(async () => {
        await run('openAsDocument');
        return activeText().includes('9007199254740993');
      }, 'the viewer has read');
      assert.equal(
        activeText()
          .match(/"offset": \d+/g)
          ?.join(),
        '"offset": 0,"offset": 1,"offset": 2',
      );
    });

    it('copies and exports them', async () => {
      const how = { keepPartitions: false, onBad: 'stop', confirm: false };
      const to = { cluster: place.cluster, topic: 'copied' };
      const said = await run('copyMessages', { ...all(), to, ...how });
      assert.match(said.join(), /Copied 3 messages of journey to copied/);
      const file = join(folder, 'copied.jsonl');
      const answers = { showSaveDialog: vscode.Uri.file(file) };
      const exported = await run('exportMessages', all('copied'), answers);
      assert.match(exported.join(), /Exported 3 messages of copied/);
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
      assert.deepEqual(lines.map((line) => /"value":(.*?)[,}]/.exec(line)?.[1]).slice(0, 2), [
        '"a"',
        '"b"',
      ]);
      assert.match(lines[2] ?? '', /9007199254740993/);
    });
  });
}
