import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  asSetting,
  cancelling,
  closeEditors,
  connect,
  disconnect,
  openUntitled,
  run,
  set,
  type Started,
  until,
} from '../support';

interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: string;
  readonly key: string | null;
  readonly value: unknown;
}

describe('Messages', () => {
  let emulator: Started;

  before(async () => {
    emulator = await connect('contoso', { samples: false });
  });

  afterEach(closeEditors);

  after(async () => {
    await disconnect('contoso', emulator);
  });

  /** A topic of its own for a test, with values to read. */
  function topicWith(name: string, partitions: number, values: readonly string[] = []): string {
    emulator.createTopic({ name, partitions });
    emulator.append(
      name,
      values.map((value, index) => ({ partition: index % partitions, value, timestamp: index })),
    );
    return name;
  }

  async function consume(argument: object): Promise<{ text: string; said: string[] }> {
    const said = await run('consume', {
      cluster: 'contoso',
      partitions: 'all',
      start: 'earliest',
      count: 100,
      ...argument,
    });
    return { text: vscode.window.activeTextEditor?.document.getText() ?? '', said };
  }

  function values(text: string): unknown[] {
    return (JSON.parse(text) as Message[]).map(({ value }) => value);
  }

  function editor(content: string): Promise<vscode.TextEditor> {
    return openUntitled('txt', content);
  }

  describe('consumed', () => {
    it('open in a read-only document that names the topic', async () => {
      const topic = topicWith('orders', 1, ['{"id":12345678901234567890,"price":1.50}', 'text']);
      const { text } = await consume({ topic });
      assert.equal(
        text,
        `[
  {
    "partition": 0,
    "offset": 0,
    "timestamp": "1970-01-01T00:00:00.000Z",
    "key": null,
    "value": {
      "id": 12345678901234567890,
      "price": 1.50
    }
  },
  {
    "partition": 0,
    "offset": 1,
    "timestamp": "1970-01-01T00:00:00.001Z",
    "key": null,
    "value": "text"
  }
]
`,
      );
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(
        document?.uri.toString(true),
        'kafkaRest-messages:/contoso/orders/orders@first-100.json',
      );
      assert.equal(document.languageId, 'json');
    });

    it('come from all partitions, merged by time', async () => {
      const topic = topicWith('merged', 3, ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
      assert.deepEqual(values((await consume({ topic })).text), 'abcdefg'.split(''));
    });

    it('are the latest ones of all partitions together', async () => {
      const topic = topicWith('latest', 3, ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
      const { text } = await consume({ topic, start: 'latest', count: 2 });
      assert.deepEqual(values(text), ['f', 'g']);
    });

    it('come from an offset, a range, and chosen partitions', async () => {
      const topic = topicWith('ranges', 2, ['a', 'b', 'c', 'd', 'e', 'f']);
      const from = await consume({ topic, start: 'offset', offset: 2 });
      assert.deepEqual(values(from.text), ['e', 'f']);
      const range = await consume({ topic, start: 'range', offset: 0, last: 1, partitions: [1] });
      assert.deepEqual(values(range.text), ['b', 'd']);
      const node = await consume({ topic, partition: 0, partitions: undefined });
      assert.deepEqual(values(node.text), ['a', 'c', 'e']);
    });

    it('tell when the log begins later than asked', async () => {
      const topic = topicWith('trimmed', 1, ['a', 'b', 'c']);
      emulator.trim(topic, 0, 2n);
      const { text, said } = await consume({ topic, start: 'offset', offset: 0 });
      assert.deepEqual(values(text), ['c']);
      assert.deepEqual(said, [
        'Read 1 message of trimmed on contoso: offset 2 of partition 0.',
        'Partition 0 begins at 2, not at 0.',
      ]);
    });

    it('that are not there can be looked for from the beginning, or followed', async () => {
      const topic = topicWith('ended', 1, ['a', 'b']);
      const offered: string[][] = [];
      const original = vscode.window.showInformationMessage;
      const showInformationMessage = (text: string, ...titles: string[]) => {
        offered.push([text, ...titles]);
        return Promise.resolve('Open from the Beginning');
      };
      Object.assign(vscode.window, { showInformationMessage });
      const argument = { cluster: 'contoso', topic, partitions: [0], count: 10, in: 'document' };
      try {
        await vscode.commands.executeCommand('kafkaRest.openMessages', {
          ...argument,
          start: 'offset',
          offset: 2,
        });
        const shown = () => vscode.window.activeTextEditor?.document.getText() ?? '[]';
        await until(() => values(shown()).length === 2, 'the messages open');
      } finally {
        Object.assign(vscode.window, { showInformationMessage: original });
      }
      assert.deepEqual(offered, [
        [
          'No messages in ended on contoso (from offset 2 on, partition 0).',
          'Open from the Beginning',
          'Follow',
        ],
      ]);
    });

    it('say so when there are none, and open nothing', async () => {
      const topic = topicWith('nothing', 1);
      const { text, said } = await consume({ topic });
      assert.equal(text, '');
      assert.deepEqual(said, ['No messages in nothing on contoso (from the beginning).']);
    });

    it('go on from where the document ends', async () => {
      const topic = topicWith('growing', 2, ['a', 'b', 'c', 'd']);
      await consume({ topic, count: 3 });
      await run('consumeMore');
      const { document } = vscode.window.activeTextEditor ?? {};
      await until(() => values(document?.getText() ?? '').length === 4, 'the fourth message');
      assert.deepEqual(await run('consumeMore'), ['No newer messages in growing on contoso.']);
      emulator.append(topic, [{ partition: 1, value: 'e' }]);
      await run('consumeMore');
      await until(() => values(document?.getText() ?? '').at(-1) === 'e', 'the new message');
    });

    it('are those that there are by now, also right after their tab was closed', async () => {
      const topic = topicWith('reopened', 1, ['a']);
      assert.deepEqual(values((await consume({ topic })).text), ['a']);
      await closeEditors();
      emulator.append(topic, [{ value: 'b' }]);
      assert.deepEqual(values((await consume({ topic })).text), ['a', 'b']);
    });

    it('can be read again where their document has got another language', async () => {
      const topic = topicWith('language', 1, ['a']);
      const first = await consume({ topic });
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document);
      await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
      assert.equal((await consume({ topic })).text, first.text);
    });

    it('are those of the last read, where two open the same document at once', async () => {
      const topic = topicWith('twice', 1, ['a']);
      const { openTextDocument } = vscode.workspace;
      let opening = 0;
      let open = (): void => undefined;
      const mayOpen = new Promise<void>((resolve) => (open = resolve));
      const held = async (uri: vscode.Uri) => {
        opening += 1;
        await mayOpen;
        return openTextDocument(uri);
      };
      Object.assign(vscode.workspace, { openTextDocument: held });
      try {
        const first = consume({ topic });
        await until(() => opening === 1, 'the first one opens');
        emulator.append(topic, [{ value: 'b' }]);
        const second = consume({ topic });
        await until(() => opening === 2, 'the second one opens');
        open();
        await first;
        assert.deepEqual(values((await second).text), ['a', 'b']);
      } finally {
        Object.assign(vscode.workspace, { openTextDocument });
      }
    });

    it('can be JSON Lines or plain text', async () => {
      const topic = topicWith('formats', 1, ['{"a":1}']);
      await set('consume.format', 'jsonl');
      const lines = await consume({ topic });
      await set('consume.format', 'text');
      const plain = await consume({ topic });
      await set('consume.format', undefined);
      assert.equal(
        lines.text,
        '{"partition":0,"offset":0,"timestamp":"1970-01-01T00:00:00.000Z","key":null,"value":{"a":1}}\n',
      );
      assert.equal(plain.text, '0:0 1970-01-01T00:00:00.000Z (null)\t{"a":1}\n');
    });

    it('go on in a new document when one is full', async () => {
      const big = 'x'.repeat(700_000);
      const topic = topicWith('full', 1, [big, big, 'last']);
      await set('consume.maxSize', 1);
      await consume({ topic, count: 2 });
      await run('consumeMore');
      await set('consume.maxSize', undefined);
      const document = vscode.window.activeTextEditor?.document;
      assert.match(document?.uri.path ?? '', /full@first-2-part2\.json$/);
      assert.deepEqual(values(document?.getText() ?? ''), ['last']);
    });

    it('that arrived before it was cancelled stay', async () => {
      const topic = topicWith('cancelled', 1, Array<string>(20).fill('x'.repeat(900_000)));
      const { text, said } = await cancelling(() => consume({ topic }));
      const count = values(text).length;
      assert.ok(count > 0 && count < 20, String(count));
      const amount = count === 1 ? '1 message' : `${count} messages`;
      const offsets = count === 1 ? 'offset 0' : `offsets 0 to ${count - 1}`;
      assert.deepEqual(said, [
        `Stopped after ${amount} of ${topic} on contoso: ${offsets} of partition 0.`,
      ]);
    });

    it('of a cluster whose secret is missing ask for it', async () => {
      const topic = topicWith('secret', 1, ['a']);
      const secret = emulator.info.clientSecret;
      await set('clusters', [asSetting('other', emulator)]);
      const argument = { cluster: 'other', topic, partitions: 'all', start: 'earliest', count: 1 };
      const said = await run('consume', argument, { showInputBox: secret });
      assert.deepEqual(said, [
        'showInputBox',
        'Read 1 message of secret on other: offset 0 of partition 0.',
      ]);
      assert.equal(vscode.window.activeTextEditor?.document.uri.path.split('/')[1], 'other');
      await run('removeCluster', { cluster: 'other' }, { showWarningMessage: 'Remove' });
      await set('clusters', [asSetting('contoso', emulator)]);
    });

    it('of an unknown topic are an error with a next step', async () => {
      const [said] = (await consume({ topic: 'missing' })).said;
      assert.match(said ?? '', /^Could not consume messages: it is not there \(.*\)\. .*\.$/);
    });
  });

  describe('produced', () => {
    const to = (topic: string) => ({ cluster: 'contoso', topic });

    it('are the selection, exactly as it is', async () => {
      const topic = topicWith('selection', 1);
      const active = await editor('before\r\n  half a "line"\t \r\nafter');
      active.selection = new vscode.Selection(1, 0, 2, 0);
      const said = await run('produceSelection', { ...to(topic), key: 'k', partition: 0 });
      assert.deepEqual(said, [
        'Produced 1 message to selection on contoso: partition 0, offset 0.',
      ]);
      const [message] = JSON.parse((await consume({ topic })).text) as Message[];
      assert.equal(message?.key, 'k');
      assert.equal(message.value, '  half a "line"\t \r\n');
    });

    it('are several from JSON Lines, each with its key and partition', async () => {
      const topic = topicWith('lines', 2);
      await editor('{"key":"a","value":{"n":1.0},"partition":1}\n\n{"value":"b","partition":0}\n');
      const said = await run('produceDocument', { ...to(topic), how: 'many' });
      assert.deepEqual(said, [
        'Produced 2 messages to lines on contoso: partition 0, offset 0; partition 1, offset 0.',
      ]);
      const { text } = await consume({ topic, partition: 1 });
      assert.match(text, /"key": "a",\s+"value": \{\s+"n": 1\.0\s+\}/);
    });

    it('are told of their headers before anything is sent', async () => {
      const topic = topicWith('headers', 1);
      await editor('{"value":1,"timestamp":5}\n{"value":2,"headers":{"a":"b"}}\n');
      assert.deepEqual(await run('produceDocument', { ...to(topic), how: 'many' }), [
        'Could not produce the document: message 2: the REST proxy of this cluster cannot carry headers. Nothing was sent.',
      ]);
      assert.deepEqual(emulator.records(topic, 0), []);
      await editor('{"value":1,"timestamp":5}\n{"value":2,"headers":[]}\n');
      await run('produceDocument', { ...to(topic), how: 'many' });
      assert.deepEqual(values((await consume({ topic })).text), [1, 2]);
    });

    it('are one each from several selections', async () => {
      const topic = topicWith('selections', 1);
      const active = await editor('one\ntwo\nthree');
      active.selections = [0, 2].map((line) => {
        const { range } = active.document.lineAt(line);
        return new vscode.Selection(range.start, range.end);
      });
      await run('produceSelection', to(topic));
      assert.deepEqual(values((await consume({ topic })).text), ['one', 'three']);
    });

    it('can be viewed from the message that tells of them', async () => {
      const topic = topicWith('viewed', 1, ['old']);
      await run(
        'produceMessage',
        { ...to(topic), text: 'new', key: '', partition: 0 },
        {
          showResult: 'View Messages',
        },
      );
      const document = () => vscode.window.activeTextEditor?.document;
      await until(() => document()?.uri.path.endsWith('viewed@new.json'), 'the document opens');
      assert.deepEqual(values(document()?.getText() ?? ''), ['new']);
    });

    it('to an unknown topic are refused before anything is sent', async () => {
      const [said] = await run('produceMessage', {
        ...to('missing'),
        text: 'x',
        key: '',
        partition: 0,
      });
      assert.match(said ?? '', /^Could not produce the message: it is not there/);
    });

    it('are refused as several where the text is not, and nothing is sent', async () => {
      await editor('text');
      const said = await run('produceDocument', { ...to('several'), how: 'many' });
      assert.deepEqual(said, [
        'Could not produce the document: line 1, column 1 is not an object with a “value”. Nothing was sent.',
      ]);
    });

    it('are refused where the proxy cannot carry one, and nothing is sent', async () => {
      const topic = topicWith('uncarried', 1);
      await editor('[{"value":"a"},{"value":null}]');
      const said = await run('produceDocument', { ...to(topic), how: 'many' });
      assert.deepEqual(said, [
        'Could not produce the document: message 2: the REST proxy of this cluster cannot carry a null value (a tombstone). Nothing was sent.',
      ]);
      assert.deepEqual(emulator.records(topic, 0), []);
    });

    it('need a selection', async () => {
      await editor('text');
      const [said] = await run('produceSelection', to('selection'));
      assert.match(said ?? '', /^Could not produce the selection: nothing is selected\. Select/);
    });
  });
});
