import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  accept,
  choose,
  closeEditors,
  nextQuickPick,
  run,
  set,
  type Started,
  startOwnEmulator,
  until,
} from '../support';

const TOPIC = 'purchases-avro';

interface Purchase {
  readonly value: { readonly id?: number };
}

describe('Copying messages to a cluster with another schema registry', () => {
  let contoso: Started;
  let fabrikam: Started;

  beforeEach(async () => {
    const options = { face: 'strimzi', auth: 'none' } as const;
    contoso = await startOwnEmulator(options);
    fabrikam = await startOwnEmulator({ ...options, samples: false });
    // So that the ids of both registries differ.
    fabrikam.schemas.register('own', { type: 'AVRO', text: '"int"', references: [] });
    fabrikam.createTopic({ name: TOPIC, partitions: 2 });
    await define();
  });

  afterEach(async () => {
    await closeEditors();
    await set('clusters', undefined);
    await contoso.stop();
    await fabrikam.stop();
  });

  async function define(registry: object = {}): Promise<void> {
    const signIn = { kind: 'none' };
    const setting = (name: string, { info }: Started, more: object = {}) => {
      const { endpoint, dialect, caFile, schemaRegistry } = info;
      const itsRegistry = { endpoint: schemaRegistry?.endpoint, caFile, signIn, ...more };
      return { name, endpoint, dialect, caFile, signIn, schemaRegistry: itsRegistry };
    };
    await set('clusters', [setting('contoso', contoso), setting('fabrikam', fabrikam, registry)]);
  }

  const from = { cluster: 'contoso', topic: TOPIC, partitions: 'all', start: 'earliest' };
  const to = { cluster: 'fabrikam', topic: TOPIC };
  const all = { ...from, count: 10_000, to, keepPartitions: false, onBad: 'stop' };
  const exchanging = { ...all, schemaIds: 'exchange', confirm: false };

  async function purchases(cluster: string): Promise<readonly Purchase[]> {
    await run('consume', { ...from, cluster, count: 10_000 });
    const text = vscode.window.activeTextEditor?.document.getText() ?? '[]';
    return (JSON.parse(text) as Purchase[]).sort((a, b) => Number(a.value.id) - Number(b.value.id));
  }

  /** The ids that the values of a topic begin with. */
  function ids(emulator: Started, partitions: number): ReadonlySet<number> {
    const records = Array.from({ length: partitions }, (_, id) =>
      emulator.records(TOPIC, id),
    ).flat();
    return new Set(
      records.map((json) => {
        const { value } = JSON.parse(json) as { value: { base64?: string } | string };
        const bytes =
          typeof value === 'string'
            ? Buffer.from(value)
            : Buffer.from(value.base64 ?? '', 'base64');
        return bytes.readUInt32BE(1);
      }),
    );
  }

  it('asks on its page which ids they get, and registers what is missing once agreed to', async () => {
    const asked = nextQuickPick();
    const ends = run('copyMessages', all, { showWarningMessage: 'Register All Missing Schemas' });
    const page = await asked;
    const row = () => page.items.find(({ label }) => label === 'Schema ids');
    await until(() => row()?.description === 'as they are', 'the ids can be chosen');
    const opened = nextQuickPick();
    await choose(page, 'Schema ids');
    const question = await opened;
    const again = nextQuickPick();
    await choose(question, 'Those of the schema registry of fabrikam');
    const changed = await again;
    await until(
      () =>
        changed.items.some(
          ({ description }) => description === 'those of the schema registry of fabrikam',
        ),
      'the ids of the target are chosen',
    );
    await until(() => changed.items[0]?.detail?.startsWith('Up to 300'), 'they are counted');
    await accept();
    const said = (await ends).join('\n');
    assert.match(
      said,
      /The messages need 2 schemas that the schema registry of fabrikam does not have\. Register\?/,
    );
    assert.match(
      said,
      /Copied 300 messages of purchases-avro to purchases-avro on fabrikam.*\. Ids of 2 schemas were exchanged; registered on fabrikam: 3\./,
    );
    assert.deepEqual(fabrikam.schemas.subjects, [
      'com.contoso.Customer',
      'own',
      'purchases-avro-value',
    ]);
    assert.deepEqual([...ids(fabrikam, 2)].sort(), [3, 4]);
    const [before, after] = [await purchases('contoso'), await purchases('fabrikam')];
    assert.equal(after.length, 300);
    assert.deepEqual(
      after.map(({ value }) => value),
      before.map(({ value }) => value),
    );
  });

  it('copies every byte as it is unless it is asked for', async () => {
    const said = await run('copyMessages', { ...all, confirm: false });
    assert.match(said.join('\n'), /^Copied 300 messages of [^.]*\.$/);
    assert.deepEqual(ids(fabrikam, 2), ids(contoso, 3));
    assert.deepEqual(fabrikam.schemas.subjects, ['own']);
  });

  it('writes nothing if nobody agrees, and does not ask where the registry is read-only', async () => {
    const said = await run('copyMessages', exchanging);
    assert.match(
      said.join('\n'),
      /Copied 0 messages .* Stopped: partition \d, offset 0: the schema purchases-avro-value is not registered on fabrikam/,
    );
    await define({ protection: 'readOnly' });
    const refused = await run('copyMessages', exchanging, { showWarningMessage: 'Register' });
    assert.doesNotMatch(refused.join('\n'), /Register\?/);
    assert.match(refused.join('\n'), /Stopped: .*the schema registry of fabrikam is read-only/i);
    assert.deepEqual(fabrikam.schemas.subjects, ['own']);
    assert.equal(ids(fabrikam, 2).size, 0);
  });

  it('goes on from where the registry failed, and doubles nothing', async () => {
    const answers = { showWarningMessage: 'Register All Missing Schemas' };
    await define({ endpoint: 'https://127.0.0.1:1' });
    const said = await run('copyMessages', exchanging);
    assert.match(said.join('\n'), /Copied 0 messages .* Stopped: /);
    assert.equal(ids(fabrikam, 2).size, 0);
    await define();
    await run('copyMessages', exchanging, answers);
    const [before, after] = [await purchases('contoso'), await purchases('fabrikam')];
    assert.equal(after.length, before.length);
  });
});
