import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { registryOwner, SecretStore } from '../../../../src/auth/secretStore';
import { SchemaError } from '../../../../src/core/schemaRegistry/lookup';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { Agreements } from '../../../../src/ui/clusters/agreements';
import { ClusterStore } from '../../../../src/ui/clusters/clusters';
import { openRegistries } from '../../../../src/ui/clusters/registry/registries';
import { ClusterSecrets } from '../../../../src/ui/clusters/secrets';
import { explain } from '../../../../src/ui/words/report';
import { accept, answering, memento, nextInputBox, set, until } from '../../support';

const password = 'pencil-and-paper';
const use = { topic: 'purchases-avro', part: 'value' } as const;

describe('The schema registries of the clusters', () => {
  const changes = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  const clusters = new ClusterStore(new Agreements(memento()));
  const stored = new Map<string, string>();
  const storage = {
    keys: () => Promise.resolve([...stored.keys()]),
    get: (key: string) => Promise.resolve(stored.get(key)),
    store: (key: string, secret: string) => Promise.resolve(void stored.set(key, secret)),
    delete: (key: string) => Promise.resolve(void stored.delete(key)),
  };
  const secrets = new ClusterSecrets(clusters, new SecretStore(storage), changes.event);
  const registries = openRegistries(clusters, secrets, () => ({ retries: 0 }));
  let emulator: Emulator;

  /** Defines the cluster anew, with these members of its registry. */
  const define = async (more: object = {}): Promise<void> => {
    const { schemaRegistry } = emulator.info;
    const registry = {
      endpoint: schemaRegistry?.endpoint,
      signIn: { kind: 'basic', username: 'kafka' },
      ...more,
    };
    const before = clusters.get('contoso')?.definition;
    const cluster = { name: 'contoso', endpoint: emulator.info.endpoint, dialect: 'karapace' };
    await set('clusters', [{ ...cluster, signIn: { kind: 'none' }, schemaRegistry: registry }]);
    await until(() => {
      const { definition } = clusters.get('contoso') ?? {};
      return definition !== undefined && definition !== before;
    }, 'the cluster is defined');
  };

  before(async () => {
    const registry = { auth: 'basic', password } as const;
    emulator = await startEmulator({ face: 'karapace', auth: 'none', tls: false, registry });
  });

  beforeEach(() => {
    stored.clear();
  });

  afterEach(() => set('clusters', undefined));

  after(async () => {
    registries.dispose();
    secrets.dispose();
    clusters.dispose();
    changes.dispose();
    await emulator.stop();
  });

  it('ask nothing until a person wants something, and then for what is missing', async () => {
    await define();
    const silent = await registries.registryOf('contoso');
    await assert.rejects(silent.subjects(), { kind: 'secret-missing' });
    await answering({ showInputBox: password }, () => registries.ready('contoso'));
    const registry = await registries.registryOf('contoso');
    assert.ok((await registry.subjects()).includes('purchases-avro-value'));
    assert.equal(stored.size, 1);
  });

  it('find the schemas of messages, with what they refer to', async () => {
    await define();
    const { definition } = clusters.require('contoso');
    const owner = registryOwner(definition);
    assert.ok(owner);
    await secrets.set(owner, { password });
    const [first] = emulator.stored('purchases-avro', 0);
    const id = Buffer.from(first?.value ?? '').readUInt32BE(1);
    const found = await registries.lookupOf('contoso').find({ by: 'id', id }, use);
    assert.equal(found.subject, 'purchases-avro-value');
    assert.equal(found.version, 1);
    assert.deepEqual(
      found.schema.imports.map(({ name }) => name),
      ['com.contoso.Customer'],
    );
  });

  it('say that there is none, and that one does not respond, without stopping a read', async () => {
    const cluster = { name: 'contoso', endpoint: 'http://127.0.0.1:1', signIn: { kind: 'none' } };
    await set('clusters', [cluster]);
    await until(() => clusters.get('contoso'), 'the cluster is defined');
    const lookup = registries.lookupOf('contoso');
    const kindOf = async () => {
      try {
        await lookup.find({ by: 'id', id: 1 }, use);
        return 'found';
      } catch (error) {
        return error instanceof SchemaError ? error.kind : error;
      }
    };
    assert.equal(await kindOf(), 'no-registry');
    await assert.rejects(registries.registryOf('contoso'), /has no schema registry/);
    const schemaRegistry = { endpoint: 'http://127.0.0.1:1' };
    await set('clusters', [{ ...cluster, schemaRegistry }]);
    await until(() => registries.has('contoso'), 'the cluster has a registry');
    assert.equal(await kindOf(), 'unreachable');
  });

  it('are asked again once the person has seen to it that they are ready', async () => {
    let isReady = false;
    const server = createServer((_, response) => {
      response.writeHead(isReady ? 200 : 503, { 'Content-Type': 'application/json' });
      response.end(isReady ? '{"schema":"\\"int\\""}' : '{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await define({ endpoint: `http://127.0.0.1:${port}`, signIn: { kind: 'none' } });
    const find = () => registries.lookupOf('contoso').find({ by: 'id', id: 1 }, use);
    await assert.rejects(find(), { kind: 'unreachable' });
    isReady = true;
    // A failure is remembered, so that not each message asks.
    await assert.rejects(find(), { kind: 'unreachable' });
    await registries.ready('contoso');
    assert.equal((await find()).schema.text, '"int"');
    server.close();
  });

  it('are written to only as their protection allows it', async () => {
    const schema = { type: 'AVRO', text: '"int"', references: [] } as const;
    await define({ protection: 'readOnly' });
    const what = 'Register version 1 of numbers';
    await assert.rejects(registries.toWrite('contoso', what), /is read-only/);
    await define({ protection: 'production' });
    const { definition } = clusters.require('contoso');
    const owner = registryOwner(definition);
    assert.ok(owner);
    await secrets.set(owner, { password });
    const question = nextInputBox();
    const writing = registries.toWrite('contoso', what);
    const box = await question;
    assert.equal(box.prompt, `${what}. Type contoso to go on.`);
    box.value = 'contoso';
    await accept();
    const agreed = await writing;
    await agreed.register('numbers', schema);
    assert.deepEqual(emulator.schemas.versions('numbers').length, 1);
    await define({ protection: 'readOnly' });
    await assert.rejects(agreed.register('numbers', { ...schema, text: '"long"' }), {
      kind: 'closed',
    });
  });

  it('are closed when the definition or a secret changes', async () => {
    await define();
    const before = await registries.registryOf('contoso');
    const closed: string[] = [];
    const listener = registries.onDidChange((name) => closed.push(name));
    clusters.announce('contoso');
    assert.deepEqual(closed, ['contoso']);
    await assert.rejects(before.subjects(), { kind: 'closed' });
    assert.notEqual(await registries.registryOf('contoso'), before);
    listener.dispose();
  });

  it('explain their failures as those of a registry', async () => {
    await define({ signIn: { kind: 'none' } });
    const registry = await registries.registryOf('contoso');
    const error: unknown = await registry.subjects().catch((reason: unknown) => reason);
    const { reason, next } = explain(error);
    assert.match(reason, /^a sign-in is required by the schema registry 127\.0\.0\.1:\d+$/);
    assert.deepEqual(next, ['setSchemaRegistry', 'tryAgain']);
  });
});
