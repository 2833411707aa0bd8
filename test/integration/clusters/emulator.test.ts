import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as vscode from 'vscode';
import { dialects } from '../../../src/core/dialects/registry';
import { faceNames, faces } from '../../../src/emulator/server';
import {
  asSetting,
  children,
  choose,
  labels,
  nextQuickPick,
  run,
  set,
  startOwnEmulator,
  until,
} from '../support';

/** Where emulators of this computer keep their certificates. */
async function folders(): Promise<readonly string[]> {
  const all = await readdir(tmpdir());
  return all.filter((name) => name.startsWith('kafka-rest-emulator-')).sort();
}

describe('The built-in emulator', () => {
  after(() => run('stopEmulator'));

  it('appears as a cluster like any other, and goes when it is stopped', async () => {
    await run('startEmulator');
    const [cluster] = await children();
    assert.equal(cluster?.label, 'Emulator');
    assert.match(cluster.contextValue ?? '', /^emulator /);
    assert.ok(labels(await children('Emulator', 'Topics')).includes('orders'));
    await run('stopEmulator');
    assert.deepEqual(await children(), []);
  });

  it('is started once', async () => {
    await run('startEmulator');
    await run('startEmulator');
    assert.equal((await children()).length, 1);
  });

  it('is started once, also by two clicks, and goes as a whole', async () => {
    await run('stopEmulator');
    const before = await folders();
    await Promise.all([run('startEmulator'), run('startEmulator')]);
    assert.equal((await folders()).length, before.length + 1);
    await run('stopEmulator');
    assert.deepEqual(await folders(), before);
  });

  it('takes nobody else’s name, and nobody else gets its messages', async () => {
    await run('stopEmulator');
    const other = await startOwnEmulator({ samples: false });
    try {
      await set('clusters', [asSetting('Emulator', other)]);
      const secret = other.info.clientSecret;
      await run('replaceSecret', { cluster: 'Emulator' }, { showInputBox: secret });
      assert.ok(!labels(await children('Emulator', 'Topics')).includes('orders'));
      await run('startEmulator');
      assert.deepEqual(labels(await children()), ['Emulator']);
      assert.ok(labels(await children('Emulator', 'Topics')).includes('orders'));
      await run('stopEmulator');
      assert.deepEqual(labels(await children()), ['Emulator']);
      assert.ok(!labels(await children('Emulator', 'Topics')).includes('orders'));
    } finally {
      await run('removeCluster', { cluster: 'Emulator' }, { showWarningMessage: 'Remove' });
      await set('clusters', undefined);
      await other.stop();
    }
  });

  it('asks before it stops with what the person produced, and not without', async () => {
    await run('startEmulator');
    const one = { cluster: 'Emulator', topic: 'orders', key: '', partition: 0, text: 'x' };
    await run('produceMessage', one);
    const [question] = await run('stopEmulator');
    assert.equal(question, 'Stop the emulator?');
    assert.deepEqual(labels(await children()), ['Emulator']);
    await run('stopEmulator', undefined, { showWarningMessage: 'Stop' });
    assert.deepEqual(await children(), []);
    await run('startEmulator');
    assert.deepEqual(await run('stopEmulator'), []);
    assert.deepEqual(await children(), []);
  });

  it('has a menu that says what it holds, copies its endpoint and starts it again empty', async () => {
    const [refused] = await run('emulatorMenu');
    assert.match(refused ?? '', /the emulator is not running/);
    await run('startEmulator');
    const fromMenu = async (label: string) => {
      const asked = nextQuickPick();
      const running = run('emulatorMenu');
      const pick = await asked;
      const { placeholder } = pick;
      await choose(pick, label);
      await running;
      return placeholder ?? '';
    };
    const held =
      /^The emulator runs at https:\/\/127\.0\.0\.1:\d+, with \d+ topics and [\d,]+ messages$/;
    assert.match(await fromMenu('Copy Endpoint'), held);
    assert.match(await vscode.env.clipboard.readText(), /^https:\/\/127\.0\.0\.1:\d+$/);
    await fromMenu('Restart Empty');
    assert.ok(!labels(await children('Emulator', 'Topics')).includes('orders'));
    assert.match(await fromMenu('Stop Emulator'), /, with 0 topics and 0 messages$/);
    assert.deepEqual(await children(), []);
  });

  it('starts any kind of REST proxy, each as a cluster of its own', async () => {
    const asked = nextQuickPick();
    const starting = run('startEmulatorOf');
    const pick = await asked;
    assert.match(pick.placeholder ?? '', /^Which kind of REST proxy\?/);
    await until(() => pick.items.length > 0, 'the kinds');
    const kinds = pick.items.map(({ label }) => label);
    pick.hide();
    await starting;
    const known = faceNames.filter((face) =>
      dialects.some(({ kind }) => kind === faces[face].dialect),
    );
    assert.equal(new Set(kinds).size, known.length);
    for (const face of known) await run('startEmulatorOf', { face });
    const expected = kinds.map((kind, n) => (n === 0 ? 'Emulator' : `Emulator (${kind})`));
    assert.deepEqual(labels(await children()), expected);
    for (const name of expected) {
      assert.ok(labels(await children(name, 'Topics')).includes('orders'), name);
    }
    for (const name of expected) await run('stopEmulator', { cluster: name });
    assert.deepEqual(await children(), []);
  });

  it('leaves no trace in the settings, and cannot be edited', async () => {
    await run('startEmulator');
    assert.deepEqual(vscode.workspace.getConfiguration('kafkaRest').get('clusters'), []);
    const [said] = await run('editCluster', { cluster: 'Emulator' });
    assert.match(
      said ?? '',
      /the emulator is not a cluster of the settings\. Add a cluster of your own/,
    );
  });
});

describe('A topic that was just created', () => {
  it('is shown as being created until the proxy lists it', async () => {
    const emulator = await startOwnEmulator({ samples: false, metadataDelay: 1500 });
    try {
      await set('clusters', [asSetting('slow', emulator)]);
      const secret = emulator.info.clientSecret;
      await run('replaceSecret', { cluster: 'slow' }, { showInputBox: secret });
      const said = await run('createTopic', {
        cluster: 'slow',
        topic: 'fresh',
        partitions: 4,
        replicas: 3,
        properties: 'retention.ms=3600000',
      });
      assert.match(
        said.join(),
        /^Created the topic fresh on slow\. It can take half a minute to show up\.$/,
      );
      const topics = () => children('slow', 'Topics');
      const [pending] = await topics();
      assert.equal(pending?.contextValue, 'pendingTopic');
      assert.equal(pending.description, 'being created…');
      await until(
        async () => (await topics())[0]?.contextValue?.startsWith('topic '),
        'it is listed',
      );
      assert.equal((await children('slow', 'Topics', 'fresh')).length, 4);
    } finally {
      await run('removeCluster', { cluster: 'slow' }, { showWarningMessage: 'Remove' });
      await set('clusters', undefined);
      await emulator.stop();
    }
  });
});
