import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import * as vscode from 'vscode';
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
