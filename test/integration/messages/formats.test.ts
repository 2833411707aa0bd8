import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { KafkaRecord } from '../../../src/core/kafka';
import { type DecodedRecord, openDecoder } from '../../../src/core/message/decoded';
import { parsePayload } from '../../../src/core/message/parse';
import type { Picked } from '../../../src/ui/messages/view';
import { MessageDocuments, MESSAGE_SCHEME } from '../../../src/ui/messages/messageDocuments';
import { MessageActions, toDocument } from '../../../src/ui/viewer/messageActions';
import { format } from '../../support/formats';
import {
  accept,
  choose,
  closeEditors,
  connect,
  disconnect,
  nextInputBox,
  nextQuickPick,
  openUntitled,
  run,
  select,
  set,
  type Started,
  until,
} from '../support';

/** A value that each format fits, and what is shown of it. */
const fitting = {
  string: ['text', 'text'],
  'string(base64)': ['\0\x01\x02', 'AAEC'],
  'string(hex)': ['\0\x01\x02', '000102'],
  long: ['\0\0\0\0\0\0\0*', 42],
  integer: ['\0\0\0*', 42],
  short: ['\0*', 42],
  float: ['?\0\0\0', 0.5],
  double: ['@\0\0\0\0\0\0\0', 2],
  none: ['hidden', ''],
} as const;

/** Fits none of the numbers; was changed by the proxy; and looks like a sentence of ours. */
const others = ['abc', 'x\ufffd', '(3 bytes, where the format has 8)'];

describe('Messages that are shown in a format', () => {
  let emulator: Started;
  let folder: string;

  before(async () => {
    emulator = await connect('contoso', { samples: false });
    folder = await mkdtemp(join(tmpdir(), 'kafka-rest-formats-'));
  });

  afterEach(async () => {
    await set('consume.openIn', undefined);
    await run('stopBlock');
    await closeEditors();
  });

  after(async () => {
    await disconnect('contoso', emulator);
    await rm(folder, { recursive: true });
  });

  let topics = 0;
  /** How many requests of the emulator were looked at. */
  let seen = 0;

  function topicWith(values: readonly string[]): string {
    const name = `formats-${++topics}`;
    emulator.createTopic({ name, partitions: 1 });
    emulator.append(
      name,
      values.map((value) => ({ key: value, value })),
    );
    return name;
  }

  async function runBlock(command: string, topic: string, format: string): Promise<void> {
    const lines = ['CONSUMER', `topic: ${topic}`, 'from: earliest'];
    const formats = [`key-format: ${format}`, `value-format: ${format}`];
    const { document } = await openUntitled('kafka', [...lines, ...formats, '###'].join('\n'));
    const done = run(command, { uri: document.uri.toString(), line: 0 });
    if (command === 'runBlock') await done;
  }

  /** Exports what the active document or viewer shows; the keys and values of the file. */
  async function exported(): Promise<readonly unknown[]> {
    const file = join(folder, `${++topics}.jsonl`);
    // Where something is decoded, it asks what to write.
    const question = nextQuickPick().then((pick) => choose(pick, 'As They Were Read'));
    const done = run('exportMessages', undefined, { showSaveDialog: vscode.Uri.file(file) });
    await Promise.race([done, question]);
    await done;
    const text = await readFile(file, 'utf8').catch(() => '');
    return (parsePayload(text, 'many').records ?? []).flatMap(({ key, value }) => [key, value]);
  }

  /** What the active viewer exports, once it has read the topic and shows that many payloads. */
  async function allExported(topic: string, count: number): Promise<readonly unknown[]> {
    const isRead = () =>
      emulator.requests.slice(seen).some(({ path }) => path.includes(`/${topic}/`));
    await until(isRead, 'the viewer reads');
    seen = emulator.requests.length;
    let all: readonly unknown[] = [];
    const isAll = async () => {
      all = await exported();
      return all.length === count;
    };
    await until(isAll, 'the viewer shows all messages');
    return all;
  }

  function active(): readonly { readonly value: unknown; readonly problem?: string }[] {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.uri.scheme !== MESSAGE_SCHEME) return [];
    return JSON.parse(document.getText()) as { readonly value: unknown }[];
  }

  function twice(values: readonly string[]): readonly string[] {
    return values.flatMap((value) => [value, value]);
  }

  for (const [format, [value, shown]] of Object.entries(fitting)) {
    it(`come out of a document as they were read: ${format}`, async () => {
      const values = [value, ...others];
      const topic = topicWith(values);
      await runBlock('runBlock', topic, format);
      assert.deepEqual(active()[0]?.value, shown);
      assert.deepEqual(await exported(), twice(values));

      emulator.append(topic, [{ key: value, value }]);
      await run('consumeMore');
      assert.deepEqual(active().at(-1)?.value, shown);
      assert.deepEqual(await exported(), twice([...values, value]));

      const editor = vscode.window.activeTextEditor;
      assert.ok(editor);
      const text = editor.document.getText();
      const blocks: string[] = [];
      for (const offset of values.keys()) {
        const at = editor.document.positionAt(text.indexOf(`"offset": ${offset}`));
        await select(editor, new vscode.Selection(at, at));
        await run('copyAsProducerBlock');
        blocks.push(await vscode.env.clipboard.readText());
      }
      const file = await openUntitled('kafka', blocks.join('\n'));
      const { lineCount } = file.document;
      await select(file, new vscode.Selection(0, 0, lineCount - 1, 0));
      await run('runBlocks');
      const again = emulator.records(topic, 0).slice(-values.length).flatMap(payloadsOf);
      assert.deepEqual(again, twice(values));
    });

    it(`come out of a viewer as they were read: ${format}`, async () => {
      const values = [value, ...others];
      const topic = topicWith(values);
      await set('consume.openIn', 'viewer');
      await runBlock('runBlock', topic, format);
      assert.deepEqual(await allExported(topic, 2 * values.length), twice(values));

      await run('openAsDocument');
      assert.deepEqual(active()[0]?.value, shown);
      assert.deepEqual(await exported(), twice(values));

      emulator.append(topic, [{ key: value, value }]);
      await run('consumeMore');
      assert.deepEqual(active().at(-1)?.value, shown);

      seen = emulator.requests.length;
      await run('openInViewer');
      const next = await allExported(topic, 2 * values.length + 2);
      assert.deepEqual(next, twice([...values, value]));
    });

    it(`are produced again, copied and opened from a viewer: ${format}`, async () => {
      const values = [value, ...others];
      const picked = {
        cluster: 'contoso',
        topic: topicWith([]),
        records: await decoded(values, format),
        ...formatsOf(format),
      };
      const given: Picked[] = [];
      const actions = messageActions((each) => given.push(each));
      await actions.produceAgain(picked);
      assert.deepEqual(given, [picked]);

      await actions.copyWhole(picked);
      const { records = [] } = parsePayload(await vscode.env.clipboard.readText(), 'many');
      assert.deepEqual(
        records.flatMap(({ key, value: copied }) => [key, copied]),
        twice(values),
      );
      await actions.copy('value', { ...picked, records: picked.records.slice(0, 1) });
      const copied = await vscode.env.clipboard.readText();
      assert.equal(copied, format === 'none' ? value : String(shown));

      const { origin, body } = toDocument(picked);
      assert.deepEqual(origin.formats, picked.formats);
      const [first] = JSON.parse(`[${body}]`) as { readonly value: unknown }[];
      assert.deepEqual(first?.value, shown);
    });
  }

  it('say why they are not shown in it', async () => {
    const topic = topicWith(['abc']);
    await runBlock('runBlock', topic, 'long');
    const [message] = active();
    assert.equal(message?.value, 'abc');
    const why = '3 bytes, where the format has 8';
    assert.equal(message.problem, `key: ${why}; value: ${why}`);
  });

  it('keep it when they are followed, and in another range of their viewer', async () => {
    const [value, shown] = fitting.long;
    const topic = topicWith([value]);
    await set('consume.openIn', 'viewer');
    await runBlock('followBlock', topic, 'long');
    emulator.append(topic, [{ value }]);
    const shows = async (count: number) => {
      await run('openAsDocument');
      return active().length === count && active();
    };
    const followed = await until(() => shows(2), 'the messages have come');
    assert.deepEqual(followed && followed.map((each) => each.value), [shown, shown]);

    const page = nextQuickPick();
    const changed = run('changeRange');
    const howMany = nextInputBox();
    await choose(await page, 'How many');
    const count = await howMany;
    count.value = '1';
    const again = nextQuickPick();
    await accept();
    await choose(await again, `Show the first message of ${topic} in this viewer`);
    const other = await until(() => shows(1), 'the other range is shown');
    assert.deepEqual(other && other.map((each) => each.value), [shown]);
    await changed;
  });

  it('keep it while they come to a document', async () => {
    const [value, shown] = fitting.short;
    const topic = topicWith([value]);
    await runBlock('followBlock', topic, 'short');
    const came = await until(
      () => vscode.window.activeTextEditor?.document.getText().includes('"offset": 0'),
      'the message has come',
    );
    assert.ok(came);
    assert.deepEqual(active()[0]?.value, shown);
    assert.deepEqual(await exported(), [value, value]);
  });

  function messageActions(produce: (picked: Picked) => void): MessageActions {
    const documents = new MessageDocuments();
    documents.dispose();
    return new MessageActions(documents, (picked) => {
      produce(picked);
      return Promise.resolve();
    });
  }
});

/** Key and value of a record as the emulator keeps it. */
function payloadsOf(json: string): readonly unknown[] {
  const record: unknown = JSON.parse(json);
  assert.ok(typeof record === 'object' && record && 'key' in record && 'value' in record);
  return [record.key, record.value];
}

function formatsOf(name: string) {
  return { formats: { key: format(name), value: format(name) } };
}

function decoded(values: readonly string[], name: string): Promise<readonly DecodedRecord[]> {
  const records: KafkaRecord[] = values.map((value, n) => ({
    partition: 0,
    offset: BigInt(n),
    key: value,
    value,
  }));
  return openDecoder(formatsOf(name).formats, { topic: 'numbers' })(records);
}
