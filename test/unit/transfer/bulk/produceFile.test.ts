import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHttp } from '../../../../src/core/http/client';
import type { KafkaProxy } from '../../../../src/core/kafka';
import { openProxy } from '../../../../src/core/dialects/open';
import type { ImportOptions } from '../../../../src/transfer/import/imported';
import { localFolder } from '../../../../src/transfer/bulk/localFolder';
import { type FileReport, openFileRun } from '../../../../src/transfer/bulk/produceFile';
import type { EmulatedProxy } from '../../../support/emulatedProxy';
import { startEmulatedProxy } from '../../../support/emulatedProxy';
import { answer, forward, startFaultyServer } from '../../../support/faultyServer';
import { type Passed, type Relay, startRelay } from '../../../support/network/relay';
import { logged, sorted, span } from './bulkSupport';

const RECORDS = 5_000;
const PARTITIONS = 3;

describe('Producing a file', () => {
  let emulated: EmulatedProxy;
  let folder: string;
  const open: (() => Promise<unknown>)[] = [];

  before(async () => {
    emulated = await startEmulatedProxy();
  });
  after(() => emulated.close());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'produce-'));
    emulated.emulator.createTopic({ name: 't', partitions: PARTITIONS });
    await writeLines(span(1, RECORDS));
  });
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
    await rm(folder, { recursive: true });
  });

  function lineOf(line: number): string {
    const key = line % 2 === 0 ? { key: `key-${line % 50}` } : {};
    return JSON.stringify({ ...key, value: line });
  }

  async function writeLines(lines: readonly number[]): Promise<void> {
    await writeFile(join(folder, 'orders.jsonl'), lines.map((n) => `${lineOf(n)}\n`).join(''));
  }

  /** A client of the emulator behind an address. */
  function proxyAt(endpoint: string): KafkaProxy {
    const { caFile } = emulated.emulator.info;
    const http = openHttp({ ...(caFile !== null && { caFile }), retries: 0 });
    const proxy = openProxy({ endpoint, http });
    open.push(() => proxy.dispose());
    return proxy;
  }

  /** A client whose connections to the emulator break where `cut` says so. */
  async function throughRelay(cut: (passed: Passed) => boolean) {
    const relay: Relay = await startRelay(
      Number(new URL(emulated.emulator.info.endpoint).port),
      cut,
    );
    open.push(() => relay.close());
    return { relay, proxy: proxyAt(`https://127.0.0.1:${relay.port}`) };
  }

  /** A client to which a server speaks that passes on what it does not answer itself. */
  async function throughServer() {
    const plain = await startEmulatedProxy({ tls: false });
    plain.emulator.createTopic({ name: 't', partitions: PARTITIONS });
    const server = await startFaultyServer();
    open.push(
      () => plain.close(),
      () => server.close(),
    );
    const pass = forward(plain.emulator.info.endpoint);
    return { server, pass, proxy: proxyAt(server.origin) };
  }

  async function produce(
    proxy: KafkaProxy,
    name = 'orders.jsonl',
    format: ImportOptions = { format: 'jsonl' },
    signal = new AbortController().signal,
  ): Promise<FileReport> {
    const file = {
      name,
      folder: localFolder(folder),
      read: () => createReadStream(join(folder, name)),
    };
    const partitions = span(0, PARTITIONS - 1);
    const options = { topic: 't', partitions, onBad: 'setAside', pauseMs: 1, signal } as const;
    return (await openFileRun(proxy, file, format, options)).run();
  }

  /** The numbers of the records in a file that was written. */
  async function linesIn(name: string | undefined): Promise<number[]> {
    if (name === undefined) return [];
    const text = await readFile(join(folder, name), 'utf8');
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const number = Number(/"value":(\d+)/.exec(line)?.[1]);
        assert.equal(line, lineOf(number));
        return number;
      });
  }

  const written = async (): Promise<number[]> => (await logged(emulated.proxy, 't')).flat();

  it('writes all of it, in order in each partition, and no other file', async () => {
    const report = await produce(emulated.proxy);
    assert.deepEqual([report.end.kind, report.accepted, report.files], ['done', RECORDS, {}]);
    const logs = await logged(emulated.proxy, 't');
    assert.deepEqual(sorted(logs.flat()), span(1, RECORDS));
    // Records with and without a key come to the same partitions in the order of the file.
    for (const lines of logs) assert.deepEqual(lines, sorted(lines));
    assert.deepEqual(await readdir(folder), ['orders.jsonl']);
  });

  it('tries again when the connection breaks before anything was sent', async () => {
    let refusals = 3;
    const { relay, proxy } = await throughRelay(({ sent }) => sent === 0 && refusals-- > 0);
    const report = await produce(proxy);
    assert.deepEqual([report.end.kind, report.accepted, relay.cuts], ['done', RECORDS, 3]);
    assert.deepEqual(sorted(await written()), span(1, RECORDS));
  });

  // Bytes after which the handshake is over and a part of a body is under way, or an answer is.
  const breaks = {
    'in the middle of a body': ({ sent }: Passed) => sent > 30_000,
    'after the body, before the answer': (() => {
      let whole = 0;
      return ({ sent, received }: Passed) => {
        const answering = received > whole && sent > 30_000;
        whole = received;
        return answering;
      };
    })(),
  };
  for (const [when, cut] of Object.entries(breaks)) {
    it(`doubles and loses nothing when the connection breaks ${when}`, async () => {
      let cuts = 0;
      const { relay, proxy } = await throughRelay(
        (passed) => cuts === 0 && cut(passed) && ++cuts > 0,
      );
      const report = await produce(proxy);
      assert.equal(relay.cuts, 1);
      assert.equal(report.end.kind, 'unclear');
      const rest = await linesIn(report.files.rest);
      const unclear = await linesIn(report.files.unclear);
      assert.deepEqual([unclear.length, rest.length], [report.unclear, report.unsent]);
      assert.ok(unclear.length > 0 && rest.length > 0);

      const first = await written();
      const accepted = first.filter((line) => !unclear.includes(line));
      assert.equal(accepted.length, report.accepted);
      assert.deepEqual(sorted([...accepted, ...unclear, ...rest]), span(1, RECORDS));

      // The rest as it is, over a connection that works.
      const second = await produce(emulated.proxy, report.files.rest);
      assert.deepEqual([second.end.kind, second.accepted], ['done', rest.length]);
      assert.deepEqual(sorted(await written()), sorted([...first, ...rest]));
    });
  }

  it('gets to the end through a connection that breaks again and again', async function () {
    this.timeout(30_000);
    const count = 15_000;
    await writeLines(span(1, count));
    let pieces = 0;
    let before = 0;
    const { relay, proxy } = await throughRelay(({ sent }) => {
      // A piece of a body on its way; the handshake has fewer bytes.
      const isPiece = sent !== before && sent > 3_000;
      before = sent;
      return isPiece && ++pieces % 4 === 0;
    });
    let name: string | undefined = 'orders.jsonl';
    const unclear: number[] = [];
    while (name !== undefined) {
      const report: FileReport = await produce(proxy, name);
      unclear.push(...(await linesIn(report.files.unclear)));
      if (report.accepted + report.unclear > 0) name = report.files.rest;
    }
    assert.ok(relay.cuts > 2);
    const all = await written();
    assert.equal(new Set(all).size, all.length, 'none is doubled');
    const missing = span(1, count).filter((line) => !all.includes(line));
    assert.deepEqual(
      missing.filter((line) => !unclear.includes(line)),
      [],
      'none is lost',
    );
  });

  it('waits after 429, and sends less at once after 413', async () => {
    const { server, pass, proxy } = await throughServer();
    server.will(answer(429), answer(413), answer(429), pass);
    const report = await produce(proxy);
    assert.deepEqual([report.end.kind, report.accepted], ['done', RECORDS]);
    const sizes = server.arrivals.map(({ body }) => body.split('"value"').length - 1);
    // Those that were on their way by then, twice those that had to wait.
    assert.ok(sizes.filter((size) => size > 600).length <= 6, sizes.join());
  });

  it('takes 503 for an unclear outcome, as a gateway may say it after the work was done', async () => {
    const { server, pass, proxy } = await throughServer();
    server.will(pass, answer(503), pass);
    const report = await produce(proxy);
    assert.equal(report.end.kind, 'unclear');
    assert.equal((await linesIn(report.files.unclear)).length, report.unclear);
    assert.equal(
      report.accepted + report.unclear + (await linesIn(report.files.rest)).length,
      RECORDS,
    );
  });

  it('sets bad lines aside, with their numbers', async () => {
    const lines = span(1, 100).map(lineOf);
    lines[16] = '{"value":';
    lines[50] = '{"valeu":1}';
    await writeFile(join(folder, 'orders.jsonl'), lines.join('\n'));
    const report = await produce(emulated.proxy);
    assert.deepEqual([report.end.kind, report.accepted, report.setAside], ['done', 98, 2]);
    assert.deepEqual(
      report.examples.setAside.map(({ item }) => item.line),
      [17, 51],
    );
    const name = report.files.setAside ?? '';
    assert.equal(await readFile(join(folder, name), 'utf8'), '{"value":\n{"valeu":1}\n');
  });

  it('leaves nothing behind when nothing could be sent', async () => {
    const { server, proxy } = await throughServer();
    server.will(answer(403));
    const report = await produce(proxy);
    assert.deepEqual([report.end.kind, report.files], ['proxy', {}]);
    assert.deepEqual(await readdir(folder), ['orders.jsonl']);
  });

  it('sends each record once, whenever it is cancelled', async () => {
    let name: string | undefined = 'orders.jsonl';
    for (let after = 1; name !== undefined; after++) {
      const cancel = new AbortController();
      let answers = 0;
      const { proxy } = await throughRelay(({ received, sent }) => {
        if (sent > 2_000 && received > 0 && ++answers > after) cancel.abort();
        return false;
      });
      const report: FileReport = await produce(proxy, name, { format: 'jsonl' }, cancel.signal);
      assert.equal(report.unclear, 0);
      if (report.accepted > 0) name = report.files.rest;
    }
    assert.deepEqual(sorted(await written()), span(1, RECORDS));
  });

  it('refuses a folder that cannot be written before it sends anything', async () => {
    const file = {
      name: 'orders.jsonl',
      folder: localFolder(join(folder, 'missing')),
      read: () => createReadStream(join(folder, 'orders.jsonl')),
    };
    const options = { topic: 't', partitions: [0], onBad: 'stop' } as const;
    const run = openFileRun(emulated.proxy, file, { format: 'jsonl' }, options);
    await assert.rejects(run, { code: 'ENOENT' });
    assert.deepEqual(await written(), []);
  });
});
