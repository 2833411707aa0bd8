import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import * as vscode from 'vscode';
import { type FoundSchema, SchemaError } from '../../../src/core/schemaRegistry/lookup';
import { phrase } from '../../../src/core/phrase';
import { RegistryWatch } from '../../../src/ui/decoding/registryWatch';
import {
  choose,
  closeEditors,
  nextQuickPick,
  run,
  set,
  type Started,
  startOwnEmulator,
  until,
} from '../support';

const topic = { cluster: 'contoso', topic: 'purchases-avro' };
const COUNT = 6;

/** Passes connections on while it is open, and refuses them otherwise. */
class Gate {
  readonly #open = new Set<net.Socket>();
  readonly #server: net.Server;
  #port = 0;

  constructor(to: number) {
    this.#server = net.createServer((socket) => {
      const onward = net.connect(to, '127.0.0.1');
      for (const each of [socket, onward]) {
        this.#open.add(each);
        each.on('error', () => each.destroy());
        each.on('close', () => this.#open.delete(each));
      }
      socket.pipe(onward).pipe(socket);
    });
  }

  get port(): number {
    return this.#port;
  }

  async open(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address ? address.port : 0;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#open) socket.destroy();
    await closed;
  }
}

describe('Messages of a topic whose schema registry is down', () => {
  let emulator: Started;
  let gate: Gate;

  before(async () => {
    emulator = await startOwnEmulator({
      face: 'strimzi',
      auth: 'none',
      registry: { auth: 'none' },
    });
    const { info } = emulator;
    const registry = new URL(info.schemaRegistry?.endpoint ?? '');
    gate = new Gate(Number(registry.port));
    await gate.open();
    registry.port = String(gate.port);
    await gate.close();
    const { endpoint, dialect, caFile } = info;
    const common = { caFile, signIn: { kind: 'none' } };
    const schemaRegistry = { ...common, endpoint: registry.href };
    await set('clusters', [{ ...common, name: topic.cluster, endpoint, dialect, schemaRegistry }]);
  });

  after(async () => {
    await closeEditors();
    await set('decoders', undefined);
    await set('clusters', undefined);
    await gate.close();
    await emulator.stop();
  });

  /** What the viewer shows, as a document, once that holds a text. */
  const shownWith = async (wanted: string): Promise<string> => {
    let text = '';
    await until(async () => {
      await run('openAsDocument');
      text = vscode.window.activeTextEditor?.document.getText() ?? '';
      return text.includes(wanted);
    }, `the messages with ${wanted}`);
    return text;
  };

  const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const reads = (): number => emulator.requests.filter(({ path }) => /records/.test(path)).length;

  it('are read and shown as bytes, with the reason, and decoded later without reading again', async () => {
    await run('viewMessages', { ...topic, start: 'earliest', count: COUNT, partitions: 'all' });
    const raw = await shownWith('the schema registry does not respond');
    assert.equal(count(raw, /"offset":/g), COUNT);
    assert.equal(count(raw, /the schema registry does not respond/g), COUNT);
    assert.equal(count(raw, /purchaseId/g), 0);

    await gate.open();
    const before = reads();
    const asked = nextQuickPick();
    const decoding = run('decodeAs', topic);
    const part = await asked;
    const formatAsked = nextQuickPick();
    await choose(part, 'Values');
    await choose(await formatAsked, 'auto');
    await decoding;
    const decoded = await shownWith('purchaseId');
    assert.equal(count(decoded, /"offset":/g), COUNT);
    assert.equal(count(decoded, /purchaseId/g), COUNT);
    assert.equal(count(decoded, /does not respond/g), 0);
    assert.equal(reads(), before);
  });
});

describe('What a schema registry answers while messages are decoded', () => {
  const use = { topic: topic.topic, part: 'value' } as const;
  const FOUND = { schema: { type: 'AVRO', text: '"long"', parts: [] } } as unknown as FoundSchema;

  function watch() {
    const down = new Set<number>();
    let decoded = 0;
    const registries = () => Promise.reject(new Error('nobody signs in here'));
    const reporter = {
      run: async (action: { run(): unknown }) => {
        await action.run();
      },
      tell: () => Promise.resolve(),
    };
    const decodeAgain = () => Promise.resolve(++decoded > 0);
    const lookup = new RegistryWatch(registries, reporter, decodeAgain).watched('contoso', {
      find: (address) =>
        address.by === 'id' && down.has(address.id)
          ? Promise.reject(new SchemaError('unreachable', phrase('it is not valid')))
          : Promise.resolve(FOUND),
    });
    const ask = (id: number) => lookup.find({ by: 'id', id }, use).catch(() => undefined);
    return { down, ask, decoded: () => decoded };
  }

  it('has what is shown decoded again, once, when a schema is found that could not be asked for', async () => {
    const { down, ask, decoded } = watch();
    down.add(1);
    await ask(1);
    await ask(1);
    assert.equal(decoded(), 0);
    down.clear();
    await ask(1);
    await ask(1);
    assert.equal(decoded(), 1);
  });

  it('does not take a schema for news that was known all the time', async () => {
    const { down, ask, decoded } = watch();
    await ask(2);
    down.add(1);
    await ask(1);
    await ask(2);
    assert.equal(decoded(), 0);
  });
});
