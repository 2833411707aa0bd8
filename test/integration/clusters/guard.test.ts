import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  accept,
  agreeTo,
  asSetting,
  children,
  childNodes,
  closeEditors,
  connect,
  disconnect,
  nextInputBox,
  openUntitled,
  run,
  set,
  type Started,
  text,
  tooltipOf,
  until,
} from '../support';

type Answers = Parameters<typeof run>[2];

/** Something that writes to `guarded` on contoso. */
interface Verb {
  readonly what: string;
  /** What the person is asked to agree to. */
  readonly prompt: string;
  /** What is said when it is done. */
  readonly says: RegExp;
  readonly run: (answers?: Answers) => Promise<string[]>;
}

describe('A cluster that is', () => {
  let emulator: Started;
  let folder: string;
  let file: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-guard-'));
    file = path.join(folder, 'lines.txt');
    await writeFile(file, 'a\nb\n');
    emulator = await connect('contoso', { samples: false }, (emulator) => {
      for (const name of ['guarded', 'source']) emulator.createTopic({ name });
      emulator.append('source', [{ value: 'x' }]);
    });
  });

  afterEach(closeEditors);

  after(async () => {
    await disconnect('contoso', emulator);
    await rm(folder, { recursive: true });
  });

  async function protect(protection: string): Promise<void> {
    await set('clusters', [{ ...asSetting('contoso', emulator), protection }]);
  }

  /** The requests so far that change something. */
  function writes(): readonly string[] {
    return emulator.requests
      .filter(({ server, method }) => server === 'proxy' && method !== 'GET')
      .map(({ method, path: where }) => `${method} ${where}`);
  }

  async function open(ending: string, ...lines: readonly string[]): Promise<void> {
    const editor = await openUntitled(ending, lines.join('\n'));
    const { document } = editor;
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    editor.selection = new vscode.Selection(all.start, document.validateRange(all).end);
    const isActive = () => vscode.window.activeTextEditor?.document === document;
    await until(() => isActive() && !editor.selection.isEmpty, 'all is selected');
  }

  const to = { cluster: 'contoso', topic: 'guarded' };
  // Whatever else an argument says, it leads around no question.
  const one = { ...to, key: '', partition: 0, how: 'one', confirm: false, protection: 'none' };
  const block = ['PRODUCER', 'topic: guarded', 'hello', '###'];
  let topics = 0;

  const verbs: readonly Verb[] = [
    {
      what: 'a message',
      prompt: 'Produce 1 message to guarded on contoso',
      says: /^Produced /,
      run: (answers) => run('produceMessage', { ...one, text: 'x' }, answers),
    },
    {
      what: 'a selection',
      prompt: 'Produce 1 message to guarded on contoso',
      says: /^Produced /,
      run: async (answers) => {
        await open('txt', 'text');
        return run('produceSelection', one, answers);
      },
    },
    {
      what: 'a document',
      prompt: 'Produce 2 messages to guarded on contoso',
      says: /^Produced /,
      run: async (answers) => {
        await open('txt', '{"value": 1}', '{"value": 2}');
        return run('produceDocument', { ...to, how: 'many' }, answers);
      },
    },
    {
      what: 'a file',
      prompt: 'Produce lines.txt to guarded on contoso',
      says: /^Produced /,
      run: (answers) => {
        const how = { file, format: 'lines', onBad: 'stop', preview: false };
        return run('produceFile', { ...to, ...how }, answers);
      },
    },
    {
      what: 'a copy',
      prompt: 'Copy messages of source to guarded on contoso',
      says: /^Copied /,
      run: (answers) => {
        const from = { cluster: 'contoso', topic: 'source', partitions: 'all', start: 'earliest' };
        const how = { count: 10, keepPartitions: false, onBad: 'stop', confirm: false };
        return run('copyMessages', { ...from, to, ...how }, answers);
      },
    },
    {
      what: 'a new topic',
      prompt: 'Create the topic new-',
      says: /^Created /,
      run: (answers) => {
        const topic = `new-${++topics}`;
        const how = { partitions: '1', replicas: '1', properties: '' };
        return run('createTopic', { cluster: 'contoso', topic, ...how }, answers);
      },
    },
    {
      what: 'a block',
      prompt: 'Produce 1 message to guarded on contoso',
      says: /^Produced /,
      run: async (answers) => {
        await open('kafka', ...block);
        return run('runBlock', undefined, answers);
      },
    },
    {
      what: 'several blocks',
      prompt: 'Produce the messages of 2 blocks on contoso',
      says: /^Produced /,
      run: async (answers) => {
        await open('kafka', ...block, ...block);
        return run('runBlocks', undefined, answers);
      },
    },
    {
      what: 'a block that goes on',
      prompt: 'Go on producing to guarded on contoso',
      says: /^(Stopped after |$)/,
      run: async (answers) => {
        await open('kafka', 'PRODUCER', 'topic: guarded', 'every: 1h', 'hello', '###');
        const before = writes().length;
        let ended = false;
        const started = run('startBlock', undefined, answers).finally(() => {
          ended = true;
        });
        await until(() => ended || writes().length > before, 'it has produced or ended');
        await run('stopBlock');
        return started;
      },
    },
  ];

  /** Runs something, types names where one is asked for, and dismisses the question after them. */
  async function typing(names: readonly string[], task: () => Promise<string[]>) {
    const refusals: string[] = [];
    const question = nextInputBox();
    const running = task();
    const box = await Promise.race([question, running]);
    assert.ok('prompt' in box, `it asked for nothing: ${JSON.stringify(box)}`);
    const { prompt = '' } = box;
    for (const name of names) {
      box.value = name;
      await accept();
      if (name === 'contoso') return { said: await running, prompt, refusals };
      refusals.push(text(await until(() => messageOf(box), 'the name is refused')));
    }
    box.hide();
    return { said: await running, prompt, refusals };
  }

  describe('production', () => {
    before(() => protect('production'));

    for (const verb of verbs) {
      it(`takes ${verb.what} once its name is typed, and only then`, async () => {
        const before = writes().length;
        const dismissed = await typing([], () => verb.run());
        assert.deepEqual(dismissed.said, []);
        assert.ok(dismissed.prompt.startsWith(verb.prompt), dismissed.prompt);
        assert.match(dismissed.prompt, /\. Type contoso to go on\.$/);
        const wrong = await typing(['', 'Contoso', 'fabrikam'], () => verb.run());
        assert.deepEqual(wrong.said, []);
        assert.equal(wrong.refusals.length, 3);
        const refusal = /^This is not the name of the cluster\. .+\. Type contoso to go on\.$/;
        assert.match(wrong.refusals[0] ?? '', refusal);
        assert.equal(writes().length, before);
        const { said } = await typing(['prod', 'contoso'], () => verb.run());
        assert.match(said.join(), verb.says);
        assert.ok(writes().length > before);
      });
    }

    it('refuses what was agreed to when its definition has changed meanwhile', async () => {
      const before = writes().length;
      const question = nextInputBox();
      const running = run('produceMessage', { ...one, text: 'x' });
      const box = await question;
      await set('clusters', [
        { ...asSetting('contoso', emulator), protection: 'production', scope: 'api://x/.default' },
      ]);
      box.value = 'contoso';
      await accept();
      const [said] = await running;
      await protect('production');
      assert.match(said ?? '', /^Could not produce the message: the definition of contoso has/);
      assert.equal(writes().length, before);
    });

    it('keeps its protection when its definition has changed while its name was asked for', async () => {
      const question = nextInputBox();
      const running = run('protectCluster', { cluster: 'contoso', protection: 'none' });
      const box = await question;
      await set('clusters', [{ ...asSetting('contoso', emulator), protection: 'readOnly' }]);
      box.value = 'contoso';
      await accept();
      const [said] = await running;
      const [cluster] = await children();
      await protect('production');
      assert.match(said ?? '', /the definition of contoso has changed meanwhile/);
      assert.match(text(cluster?.description), /^read-only · /);
    });

    it('sends what was agreed to when only another cluster has changed meanwhile', async () => {
      const before = writes().length;
      const question = nextInputBox();
      const running = run('produceMessage', { ...one, text: 'x' });
      const box = await question;
      const own = { ...asSetting('contoso', emulator), protection: 'production' };
      await set('clusters', [own, asSetting('other', emulator)]);
      box.value = 'contoso';
      await accept();
      const [said] = await running;
      await protect('production');
      assert.match(said ?? '', /^Produced 1 message to guarded/);
      assert.equal(writes().length, before + 1);
    });

    it('can be read without a question, and is marked in the tree, in words too', async () => {
      await run('consume', { ...to, partitions: 'all', start: 'latest', count: 1 });
      assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /guarded@latest-1/);
      const [cluster] = await children();
      assert.match(text(cluster?.description), /^production · 127\.0\.0\.1:/);
      const [node] = await childNodes();
      assert.ok(node);
      assert.match((await tooltipOf(node)).value, /contoso is a production cluster/);
      const spoken = cluster?.accessibilityInformation?.label ?? '';
      assert.match(spoken, /^contoso, production, (connected|not connected yet), 127\.0\.0\.1:/);
      assert.doesNotMatch(cluster?.contextValue ?? '', /\bno-createTopic\b/);
    });
  });

  describe('read-only', () => {
    before(() => protect('readOnly'));

    for (const verb of verbs) {
      it(`refuses ${verb.what} before anything is sent`, async () => {
        const before = writes().length;
        const said = await verb.run();
        assert.equal(said.length, 1);
        assert.match(
          said.join(),
          /^Could not .+: contoso is read-only\. Change its protection with “Kafka REST: Protect Cluster\.\.\.”\.$/,
        );
        assert.equal(writes().length, before);
      });
    }

    it('offers to change its protection, which asks for its name', async () => {
      const change = { showErrorMessage: 'Change Protection...' };
      const before = writes().length;
      await run('produceMessage', { ...one, text: 'x' }, change);
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      const lower = () => run('protectCluster', { cluster: 'contoso', protection: 'production' });
      const { said, prompt } = await typing(['x'], lower);
      assert.deepEqual(said, []);
      assert.equal(prompt, 'The protection of contoso becomes: Production. Type contoso to go on.');
      assert.equal(writes().length, before);
      assert.match((await children())[0]?.contextValue ?? '', /\bno-createTopic readOnly$/);
    });

    it('can be read and copied from, and is marked in the tree', async () => {
      await run('consume', {
        ...to,
        topic: 'source',
        partitions: 'all',
        start: 'latest',
        count: 1,
      });
      assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /source@latest-1/);
      const [cluster] = await children();
      assert.match(text(cluster?.description), /^read-only · /);
      assert.match(cluster?.contextValue ?? '', /\bcreateTopic\b.* no-createTopic readOnly$/);
      const [topic] = await children('contoso', 'Topics');
      assert.match(topic?.contextValue ?? '', /^topic .*\bconsume\b.* no-produce .*\breadOnly\b/);
      assert.doesNotMatch(topic?.contextValue ?? '', /inline-produce/);
    });

    it('has each of its nodes read out by what it shows, and by why it is marked', async () => {
      const spoken = async (...labels: readonly string[]) =>
        (await children(...labels)).map((item) => item.accessibilityInformation?.label);
      assert.deepEqual(await spoken('contoso'), [
        'Brokers, contoso: read-only',
        'Topics, contoso: read-only',
      ]);
      const [broker] = await spoken('contoso', 'Brokers');
      assert.match(broker ?? '', /^Broker 1001, .+, contoso: read-only$/);
      const [topic] = await spoken('contoso', 'Topics');
      assert.match(topic ?? '', /^guarded, (.+, )?contoso: read-only$/);
      const [partition] = await spoken('contoso', 'Topics', 'guarded');
      assert.match(partition ?? '', /^Partition 0, earliest offset .+, contoso: read-only$/);
    });
  });

  describe('defined by a trusted workspace', () => {
    const { Workspace } = vscode.ConfigurationTarget;
    const inWorkspace = (value: unknown) =>
      vscode.workspace.getConfiguration('kafkaRest').update('clusters', value, Workspace);

    before(async () => {
      await inWorkspace([asSetting('innocent', emulator)]);
      await agreeTo('innocent');
      const secret = emulator.info.clientSecret;
      await run('replaceSecret', { cluster: 'innocent' }, { showInputBox: secret });
    });

    after(async () => {
      await inWorkspace([asSetting('innocent', emulator)]);
      await agreeTo('innocent');
      await protect('none');
      await run('removeCluster', { cluster: 'innocent' }, { showWarningMessage: 'Remove' });
      await inWorkspace(undefined);
    });

    const produce = () => run('produceMessage', { ...one, cluster: 'innocent', text: 'x' });

    it('keeps the protection that the user gave its endpoint', async () => {
      const before = writes().length;
      await protect('readOnly');
      assert.match((await produce()).join(), /innocent is read-only/);
      await protect('production');
      const { said, prompt } = await typing(['contoso '.repeat(2)], produce);
      assert.deepEqual(said, []);
      assert.match(prompt, /Type innocent to go on\.$/);
      await inWorkspace([{ ...asSetting('innocent', emulator), protection: 'none' }]);
      await agreeTo('innocent');
      assert.deepEqual((await typing([], produce)).said, []);
      assert.equal(writes().length, before);
    });

    it('may be protected more', async () => {
      await protect('none');
      await inWorkspace([{ ...asSetting('innocent', emulator), protection: 'readOnly' }]);
      await agreeTo('innocent');
      assert.match((await produce()).join(), /innocent is read-only/);
      await inWorkspace([asSetting('innocent', emulator)]);
      assert.match((await produce()).join(), /^Produced 1 message/);
    });

    it('is protected by the person where both define it', async () => {
      const own = () => {
        const found = vscode.workspace.getConfiguration('kafkaRest').inspect('clusters');
        return JSON.stringify([found?.globalValue, found?.workspaceValue]);
      };
      await protect('none');
      await run('protectCluster', { cluster: 'innocent', protection: 'production' });
      assert.equal(own().match(/"protection":"production"/g)?.length, 2);
      assert.match(text((await children())[0]?.description), /^production · /);
      const question = nextInputBox();
      const running = run('protectCluster', { cluster: 'innocent', protection: 'none' });
      (await question).value = 'innocent';
      await accept();
      assert.deepEqual(await running, []);
      assert.ok(!own().includes('"protection":'), own());
    });

    it('uses plain http where the user’s own settings allow it, and nowhere else', async () => {
      const plain = { endpoint: 'http://kafka.example.com', allowHttp: true };
      await inWorkspace([{ ...asSetting('innocent', emulator), ...plain }]);
      const innocent = async () => (await children()).find(({ label }) => label === 'innocent');
      const refused = await innocent();
      assert.equal(
        refused?.description,
        'workspace · endpoint: A workspace cannot allow plain http. Set allowHttp in your own settings.',
      );
      await set('clusters', [{ ...asSetting('contoso', emulator), ...plain }]);
      await agreeTo('innocent');
      const marked = await innocent();
      assert.equal(marked?.description, 'not encrypted · workspace · kafka.example.com');
      assert.equal((marked.iconPath as vscode.ThemeIcon).id, 'warning');
    });
  });
});

function messageOf({ validationMessage: message }: vscode.InputBox): string | undefined {
  return typeof message === 'object' ? message.message : message;
}
