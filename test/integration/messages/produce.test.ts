import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Exchange } from '../../support/faults/fault';
import { responds } from '../../support/faults/faults';
import { type FaultProxy, startFaultProxy } from '../../support/faults/faultProxy';
import { rules } from '../../support/faults/plans';
import {
  accept,
  activate,
  asSetting,
  closeEditors,
  connect,
  nextInputBox,
  nextQuickPick,
  openUntitled,
  run,
  select,
  set,
  type Started,
  until,
} from '../support';

interface Sent {
  readonly value: string;
}

type Pick = vscode.QuickPick<vscode.QuickPickItem>;

/** The next question for a text, with hands for what VS Code lets no test do. */
function nextInput() {
  const pressed = new vscode.EventEmitter<vscode.QuickInputButton>();
  const changed = new vscode.EventEmitter<string>();
  const create = vscode.window.createInputBox;
  return new Promise<{
    readonly box: vscode.InputBox;
    type(text: string): void;
    press(tooltip: RegExp): void;
  }>((resolve) => {
    const createInHand = () => {
      Object.assign(vscode.window, { createInputBox: create });
      const box = create();
      Object.defineProperty(box, 'onDidTriggerButton', { value: pressed.event });
      Object.defineProperty(box, 'onDidChangeValue', { value: changed.event });
      resolve({
        box,
        type: (text) => {
          box.value = text;
          changed.fire(text);
        },
        press: (tooltip) => {
          const button = box.buttons.find((each) => tooltip.test(each.tooltip ?? ''));
          assert.ok(button);
          pressed.fire(button);
        },
      });
      return box;
    };
    Object.assign(vscode.window, { createInputBox: createInHand });
  });
}

describe('The page before producing', () => {
  let emulator: Started;
  let proxy: FaultProxy;
  let topics = 0;

  before(async () => {
    emulator = await connect('contoso', { samples: false });
    proxy = await startFaultProxy(emulator);
    await set('clusters', [proxied()]);
    const secret = { showInputBox: emulator.info.clientSecret };
    await run('replaceSecret', { cluster: 'contoso' }, secret);
  });

  afterEach(async () => {
    proxy.plan = () => undefined;
    await set('produce.finalLineBreak', undefined);
    // A document that was not saved asks before it closes.
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeEditors();
  });

  after(async () => {
    await run('removeCluster', { cluster: 'contoso' }, { showWarningMessage: 'Remove' });
    await set('clusters', undefined);
    await proxy.close();
    await emulator.stop();
  });

  const proxied = () => asSetting('contoso', { info: proxy.info });

  /** A topic of its own for a test, as an argument of a command. */
  function target(partitions = 1): { readonly cluster: string; readonly topic: string } {
    const topic = `page-${++topics}`;
    emulator.createTopic({ name: topic, partitions });
    return { cluster: 'contoso', topic };
  }

  /** Opens a document and selects all of it. */
  async function open(text: string): Promise<vscode.TextEditor> {
    const editor = await openUntitled('txt', text);
    const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
    const { start, end } = editor.document.validateRange(all);
    await select(editor, new vscode.Selection(start, end));
    return editor;
  }

  /** Waits for the page that `task` shows, with what the topic holds. */
  async function page(
    task: () => Promise<string[]>,
  ): Promise<{ pick: Pick; said: Promise<string[]> }> {
    const asked = nextQuickPick();
    const said = task();
    const pick = await asked;
    await loaded(pick);
    return { pick, said };
  }

  async function loaded(pick: Pick): Promise<void> {
    await until(() => pick.items.length > 0 && !pick.busy, 'the page is complete');
  }

  const look = ({ label, description, detail }: vscode.QuickPickItem) =>
    [label, description, detail].filter(Boolean).join(' | ');
  const lines = ({ items }: Pick) => items.map(look);

  /** Chooses a line, and returns the page that shows again after it. */
  async function choose(pick: Pick, label: string): Promise<Pick> {
    await activate(pick, label);
    const next = nextQuickPick();
    await accept();
    return next;
  }

  async function go({ said }: { pick: Pick; said: Promise<string[]> }): Promise<string[]> {
    await accept();
    return said;
  }

  const values = ({ topic }: { topic: string }, partition = 0) =>
    emulator.records(topic, partition).map((json) => (JSON.parse(json) as Sent).value);

  it('says what will happen to a selection, and Enter does it', async () => {
    const to = target();
    await open('hello');
    const shown = await page(() => run('produceSelection', to));
    assert.deepEqual(lines(shown.pick), [
      `Produce 1 message to ${to.topic} on contoso`,
      `Topic | ${to.topic} on contoso · 1 partition`,
      'Text | As one message, exactly as it is',
      'Key | none',
      'Partition | automatic: by the key, or spread evenly without one',
      'Preview | hello',
    ]);
    const isFirst = () => shown.pick.activeItems[0] === shown.pick.items[0];
    await until(isFirst, 'the first row is active');
    assert.deepEqual(await go(shown), [
      `Produced 1 message to ${to.topic} on contoso: partition 0, offset 0.`,
    ]);
  });

  it('is the only question if a topic was used before', async () => {
    const to = target();
    await run('produceMessage', { ...to, text: 'x', key: '', partition: 0 });
    await open('hello');
    const shown = await page(() => run('produceSelection'));
    assert.equal(lines(shown.pick)[0], `Produce 1 message to ${to.topic} on contoso`);
    await go(shown);
    assert.deepEqual(values(to), ['x', 'hello']);
  });

  it('does not show where all is given', async () => {
    const to = target();
    await open('{"value":1}\n{"value":2}');
    await run('produceSelection', { ...to, how: 'many' });
    await run('produceSelection', { ...to, how: 'one', key: 'k', partition: 0 });
    assert.equal(values(to).length, 3);
  });

  it('takes a text that looks like several messages as these, or as one', async () => {
    const to = target();
    await open('{"value":1}\n{"value":2}');
    const { pick, said } = await page(() => run('produceSelection', to));
    assert.equal(lines(pick)[0], `Produce 2 messages to ${to.topic} on contoso`);
    const how = await choose(pick, 'Text');
    await loaded(how);
    const again = await choose(how, 'As one message, exactly as it is');
    await loaded(again);
    assert.equal(lines(again)[0], `Produce 1 message to ${to.topic} on contoso`);
    await go({ pick: again, said });
    assert.deepEqual(values(to), ['{"value":1}\n{"value":2}']);
  });

  it('changes the key and the partition, with the offsets that exist', async () => {
    const to = target(2);
    emulator.append(to.topic, [{ partition: 1, value: 'old', timestamp: 0 }]);
    await open('hello');
    const { pick, said } = await page(() => run('produceSelection', to));
    await activate(pick, 'Key');
    const asked = nextInput();
    await accept();
    const input = await asked;
    const next = nextQuickPick();
    input.type('k');
    await accept();
    const again = await next;
    await loaded(again);
    assert.ok(lines(again).includes('Key | k'));
    const question = await choose(again, 'Partition');
    await loaded(question);
    assert.deepEqual(lines(question), [
      'Automatic | by the key, or spread evenly without one',
      'Partition 0 | empty, the next offset is 0',
      'Partition 1 | offsets 0 to 0',
    ]);
    const last = await choose(question, 'Partition 1');
    await loaded(last);
    assert.ok(lines(last).includes('Partition | 1 · the next offset is 1'));
    assert.deepEqual(await go({ pick: last, said }), [
      `Produced 1 message to ${to.topic} on contoso: partition 1, offset 1.`,
    ]);
    assert.deepEqual(values(to, 1), ['old', 'hello']);
  });

  it('encodes in the format of the setting once all fits, or sends the text after all', async () => {
    const to = target();
    const setting = [{ topic: to.topic, value: 'string(hex)' }];
    await set('decoders', setting);
    try {
      await open('4142');
      // All is given, but what becomes of it is to be seen.
      const given = { ...to, how: 'one', key: '', partition: 0 };
      const shown = await page(() => run('produceSelection', given));
      const format = 'Format of values | string(hex) (by kafkaRest.decoders)';
      assert.ok(lines(shown.pick).includes(format));
      assert.ok(lines(shown.pick).includes('Preview | 4142'));
      await go(shown);
      assert.deepEqual(values(to), ['AB']);
      const typed = { ...to, text: 'hello', key: '', partition: 0 };
      const { pick, said } = await page(() => run('produceMessage', typed));
      const why = 'The value does not fit string(hex): its text cannot be read in this format.';
      assert.equal(lines(pick)[0], `Produce to ${to.topic} on contoso | ${why}`);
      const question = await choose(pick, 'Format of values');
      await loaded(question);
      const again = await choose(question, 'text, as it is');
      await loaded(again);
      await go({ pick: again, said });
      assert.deepEqual(values(to), ['AB', 'hello']);
    } finally {
      await set('decoders', undefined);
    }
  });

  it('names what the cluster cannot carry, and sends the others', async () => {
    const to = target(2);
    await open('{"value":1}\n{"value":null}\n{"value":3,"partition":7}\n{"value":4,"partition":0}');
    const shown = await page(() => run('produceSelection', to));
    const all = lines(shown.pick);
    assert.equal(
      all[0],
      `Produce the other 2 messages to ${to.topic} on contoso | without messages 2, 3`,
    );
    assert.deepEqual(all.slice(-2), [
      'Message 2 | cannot be sent: the REST proxy of this cluster cannot carry a null value (a tombstone)',
      'Message 3 | cannot be sent: the topic has no partition 7',
    ]);
    const [said = ''] = await go(shown);
    assert.match(said, /^Produced 2 messages to /);
    assert.deepEqual([...values(to, 0), ...values(to, 1)].sort(), ['1', '4']);
  });

  it('refuses, and does nothing on Enter, where no message can be sent', async () => {
    const to = target();
    await open('{"value":null}');
    const { pick, said } = await page(() => run('produceSelection', to));
    assert.match(lines(pick)[0] ?? '', /^Produce to .+ \| Cannot be sent: .+tombstone/);
    await accept();
    assert.ok(pick.items.length > 0);
    pick.hide();
    assert.deepEqual(await said, []);
    assert.deepEqual(values(to), []);
  });

  it('names a message that is larger than Kafka takes by default, and can leave it out', async () => {
    const to = target();
    const large = JSON.stringify({ value: 'x'.repeat(1.5 * 1024 * 1024) });
    await openUntitled('txt', `{"value":1}\n${large}`);
    const { pick, said } = await page(() => run('produceDocument', to));
    assert.equal(lines(pick)[0], `Produce 2 messages to ${to.topic} on contoso`);
    assert.match(
      lines(pick).at(-1) ?? '',
      /^Message 2 is 1\.5 MB \| Kafka accepts at most 1 MB by default/,
    );
    const again = await choose(pick, 'Message 2 is 1.5 MB');
    await loaded(again);
    assert.equal(
      lines(again)[0],
      `Produce the other message to ${to.topic} on contoso | without message 2`,
    );
    await go({ pick: again, said });
    assert.deepEqual(values(to), ['1']);
  });

  it('finds a topic that is not there, offers to create it, and looks again', async () => {
    await open('hello');
    const to = { cluster: 'contoso', topic: `page-${topics + 1}` };
    const { pick, said } = await page(() => run('produceSelection', to));
    assert.match(lines(pick)[0] ?? '', new RegExp(`There is no topic ${to.topic} on contoso`));
    assert.ok(lines(pick).includes('Create Topic'));
    target();
    const again = await choose(pick, 'Try Again');
    await loaded(again);
    assert.equal(lines(again)[0], `Produce 1 message to ${to.topic} on contoso`);
    assert.ok(!lines(again).includes('Create Topic'));
    await go({ pick: again, said });
    assert.deepEqual(values(to), ['hello']);
  });

  describe('of a document', () => {
    it('leaves out the final line break, and says so', async () => {
      const to = target();
      await openUntitled('txt', 'a\nb\n');
      const shown = await page(() => run('produceDocument', to));
      const row = 'Final line break | is left out (choose this line to send it)';
      assert.ok(lines(shown.pick).includes(row), lines(shown.pick).join('; '));
      await go(shown);
      assert.deepEqual(values(to), ['a\nb']);
    });

    it('sends it if the line or the setting says so', async () => {
      const to = target();
      await openUntitled('txt', 'a\n');
      const { pick, said } = await page(() => run('produceDocument', to));
      const again = await choose(pick, 'Final line break');
      await loaded(again);
      await go({ pick: again, said });
      await set('produce.finalLineBreak', true);
      await run('produceDocument', { ...to, key: '', partition: 0 });
      assert.deepEqual(values(to), ['a\n', 'a\n']);
    });
  });

  describe('of a typed message', () => {
    /** Types a message, and returns the page that follows. */
    async function type(to: object, text: string) {
      const asking = nextInput();
      const said = run('produceMessage', to);
      const input = await asking;
      const offered = input.box.value;
      input.type(text);
      const asked = nextQuickPick();
      await accept();
      const pick = await asked;
      await loaded(pick);
      return { pick, said, offered };
    }

    it('takes two questions, and offers what was typed until it is produced', async () => {
      const to = target();
      const asking = nextInput();
      const given = run('produceMessage', to);
      const input = await asking;
      input.type('dismissed');
      input.box.hide();
      assert.deepEqual(await given, []);
      const shown = await type(to, 'typed');
      assert.equal(shown.offered, 'dismissed');
      assert.ok(lines(shown.pick).includes('Message | typed'));
      await go(shown);
      assert.deepEqual(values(to), ['typed']);
      const next = nextInputBox();
      const last = run('produceMessage', to);
      const empty = await next;
      assert.equal(empty.value, '');
      empty.hide();
      await last;
    });

    it('goes on in an editor, from which it is produced to the same topic', async () => {
      const to = target();
      const asking = nextInput();
      const given = run('produceMessage', to);
      const input = await asking;
      input.type('{"a": 1}');
      input.press(/Several Lines/);
      assert.deepEqual(await given, []);
      await until(() => vscode.window.activeTextEditor !== undefined, 'the editor opens');
      const editor = vscode.window.activeTextEditor;
      assert.ok(editor);
      const { document } = editor;
      assert.equal(document.getText(), '{"a": 1}');
      assert.equal(document.languageId, 'json');
      await editor.edit((edit) => {
        edit.insert(document.lineAt(0).range.end, '\n');
      });
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      const { title, command, arguments: parameters = [] } = lenses[0]?.command ?? {};
      assert.equal(title, `$(play) Produce to ${to.topic} on contoso`);
      assert.equal(command, 'kafkaRest.produceDocument');
      const shown = await page(() => run('produceDocument', parameters[0]));
      assert.equal(lines(shown.pick)[0], `Produce 1 message to ${to.topic} on contoso`);
      await go(shown);
      assert.deepEqual(values(to), ['{"a": 1}']);
      const named = await page(() => run('produceDocument'));
      assert.equal(lines(named.pick)[0], `Produce 1 message to ${to.topic} on contoso`);
      named.pick.hide();
      await named.said;
    });
  });

  describe('after a failure', () => {
    /** Produces with all given, and returns the titles of the buttons of the failure. */
    async function buttons(
      to: object,
      given: object = {},
      choice?: string,
    ): Promise<readonly string[]> {
      const shown: (readonly string[])[] = [];
      const names = ['showErrorMessage', 'showWarningMessage'] as const;
      const originals = names.map((name) => [name, vscode.window[name]] as const);
      const show = (...texts: string[]) => {
        shown.push(texts);
        return Promise.resolve(shown.length === 1 ? choice : undefined);
      };
      Object.assign(vscode.window, Object.fromEntries(names.map((name) => [name, show])));
      try {
        const argument = { ...to, text: 'kept', key: 'k', partition: 0, ...given };
        await vscode.commands.executeCommand('kafkaRest.produceMessage', argument);
        await until(() => shown.length > 0, 'the failure is shown');
      } finally {
        Object.assign(vscode.window, Object.fromEntries(originals));
      }
      return shown[0]?.slice(1) ?? [];
    }

    it('shows the messages first where the outcome is unclear, and sends nothing again', async () => {
      const fault = {
        name: 'cut off',
        act: async (exchange: Exchange) => {
          await exchange.forward();
          exchange.breakOff();
        },
      };
      proxy.plan = rules({ fault, on: 'produce' });
      assert.deepEqual(await buttons(target()), ['View Messages', 'Show Log']);
    });

    it('offers to send the rest where that can help', async () => {
      proxy.plan = rules({ fault: responds('slow down', 429), on: 'produce' });
      assert.deepEqual(await buttons(target()), ['Send the Rest', 'Show Log']);
    });

    it('offers the page again where the same would be refused again', async () => {
      proxy.plan = rules({ fault: responds('no', 422), on: 'produce' });
      assert.deepEqual(await buttons(target()), ['Try Again', 'Show Log']);
      const text = 'x'.repeat(5 * 1024 * 1024);
      proxy.plan = () => undefined;
      assert.deepEqual(await buttons(target(), { text }), ['Try Again', 'Show Log']);
    });

    it('shows the page with all that was given', async () => {
      const to = target(2);
      proxy.plan = rules({ fault: responds('no', 422), on: 'produce', times: 1 });
      const asked = nextQuickPick();
      await buttons(to, { partition: 1 }, 'Try Again');
      const pick = await asked;
      await loaded(pick);
      for (const row of [
        `Produce 1 message to ${to.topic} on contoso`,
        'Message | kept',
        'Key | k',
        'Partition | 1 · the next offset is 0',
      ]) {
        assert.ok(lines(pick).includes(row), lines(pick).join('; '));
      }
      await accept();
      await until(() => values(to, 1).length > 0, 'it is produced');
    });

    it('offers to create a topic that is not there', async () => {
      const missing = { cluster: 'contoso', topic: 'nowhere' };
      const titles = await buttons(missing);
      assert.deepEqual(titles, ['Create Topic', 'Try Again', 'Show Log']);
    });

    it('asks again for the name of a production cluster before the rest is sent', async () => {
      const to = target();
      await set('clusters', [{ ...proxied(), protection: 'production' }]);
      try {
        proxy.plan = rules({ fault: responds('slow down', 429), on: 'produce' });
        const first = nextInputBox();
        const failed = buttons(to, {}, 'Send the Rest');
        const box = await first;
        const second = nextInputBox();
        box.value = 'contoso';
        await accept();
        await failed;
        const again = await second;
        assert.match(
          again.prompt ?? '',
          new RegExp(`^Produce 1 message to ${to.topic} on contoso`),
        );
        again.hide();
      } finally {
        await set('clusters', [proxied()]);
      }
      assert.deepEqual(values(to), []);
    });

    it('says why what is chosen cannot be done', async () => {
      const to = target();
      proxy.plan = rules({ fault: responds('slow down', 429), on: 'produce' });
      const said: string[] = [];
      const original = vscode.window.showErrorMessage;
      const showErrorMessage = async (message: string) => {
        if (said.push(message) > 1) return undefined;
        await set('clusters', [{ ...proxied(), protection: 'readOnly' }]);
        return 'Send the Rest';
      };
      Object.assign(vscode.window, { showErrorMessage });
      try {
        const argument = { ...to, text: 'x', key: '', partition: 0 };
        await vscode.commands.executeCommand('kafkaRest.produceMessage', argument);
        await until(() => said.length === 2, 'the failure is told');
      } finally {
        Object.assign(vscode.window, { showErrorMessage: original });
        await set('clusters', [proxied()]);
      }
      assert.match(said[0] ?? '', /^Produced 0 of 1 message to page-\d+ on contoso\./);
      assert.match(said[1] ?? '', /^Could not do “Send the Rest”: contoso is read-only\. Change/);
    });

    it('finds a partition that is not there before anything is sent', async () => {
      const to = target();
      const [said] = await run('produceMessage', { ...to, text: 'x', key: '', partition: 9 });
      assert.equal(
        said,
        'Could not produce the message: the topic has no partition 9. Nothing was sent.',
      );
      assert.ok(
        !emulator.requests.some(
          ({ method, path }) => method === 'POST' && path.endsWith(`/topics/${to.topic}`),
        ),
      );
    });
  });
});
