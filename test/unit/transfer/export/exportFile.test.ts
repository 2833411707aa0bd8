import assert from 'node:assert/strict';
import promises, {
  chmod,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { type Exported, exportFile } from '../../../../src/transfer/export/exportFile';
import { exportLayout } from '../../../../src/transfer/export/exportFormats';

const jsonl = exportLayout('jsonl', 'orders');

function batch(count: number, value = 'x'): KafkaRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    partition: 0,
    offset: BigInt(at),
    key: null,
    value,
  }));
}

async function* batches(...all: KafkaRecord[][]): AsyncGenerator<KafkaRecord[], void, undefined> {
  for (const each of all) {
    await setImmediate();
    yield each;
  }
}

describe('exporting to a file', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-export-'));
    file = path.join(folder, 'orders.jsonl');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('writes all batches and tells how far it is', async () => {
    const told: Exported[] = [];
    const onProgress = (exported: Exported) => told.push(exported);
    const result = await exportFile(batches(batch(2), batch(3)), file, jsonl, { onProgress });
    const text = await readFile(file, 'utf8');
    assert.equal(text.split('\n').length, 6);
    assert.deepEqual(result, { records: 5, bytes: Buffer.byteLength(text), leftOut: 0 });
    assert.deepEqual(
      told.map(({ records }) => records),
      [2, 5, 5],
    );
    assert.deepEqual(await readdir(folder), ['orders.jsonl']);
  });

  it('replaces a former file at the end, and not before', async () => {
    await writeFile(file, 'former');
    async function* watched() {
      yield batch(1);
      assert.equal(await readFile(file, 'utf8'), 'former');
      assert.equal((await readdir(folder)).length, 2);
      yield batch(1);
    }
    await exportFile(watched(), file, jsonl);
    assert.match(await readFile(file, 'utf8'), /^{.*}\n{.*}\n$/);
    assert.deepEqual(await readdir(folder), ['orders.jsonl']);
  });

  it('keeps who may read a former file', async () => {
    if (process.platform === 'win32') return;
    await writeFile(file, 'former');
    await chmod(file, 0o600);
    await exportFile(batches(batch(1)), file, jsonl);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('replaces what a link stands for', async () => {
    if (process.platform === 'win32') return;
    const link = path.join(folder, 'link');
    await writeFile(file, 'former');
    await symlink(file, link);
    await exportFile(batches(batch(1)), link, jsonl);
    assert.notEqual(await readFile(file, 'utf8'), 'former');
    assert.deepEqual((await readdir(folder)).sort(), ['link', 'orders.jsonl']);
  });

  it('leaves everything as it was where there is nothing to write', async () => {
    await writeFile(file, 'former');
    const result = await exportFile(batches([]), file, jsonl);
    assert.deepEqual(result, { records: 0, bytes: 0, leftOut: 0 });
    assert.equal(await readFile(file, 'utf8'), 'former');
    assert.deepEqual(await readdir(folder), ['orders.jsonl']);
  });

  it('leaves no file when it is cancelled, and rejects with the reason', async () => {
    const abort = new AbortController();
    const reason = new Error('cancelled');
    let closed = false;
    async function* endless() {
      try {
        for (;;) {
          await setImmediate();
          yield batch(10);
        }
      } finally {
        closed = true;
      }
    }
    const onProgress = ({ records }: Exported) => {
      if (records > 100) abort.abort(reason);
    };
    const { signal } = abort;
    await assert.rejects(exportFile(endless(), file, jsonl, { signal, onProgress }), reason);
    assert.deepEqual(await readdir(folder), []);
    assert.ok(closed);
  });

  it('leaves no file when it is cancelled after the last message', async () => {
    const abort = new AbortController();
    const reason = new Error('cancelled');
    async function* last() {
      yield batch(1);
      await setImmediate();
      abort.abort(reason);
    }
    await assert.rejects(exportFile(last(), file, jsonl, { signal: abort.signal }), reason);
    assert.deepEqual(await readdir(folder), []);
  });

  it('leaves no file, and the former one, when reading fails', async () => {
    await writeFile(file, 'former');
    async function* failing() {
      yield* batches(batch(3));
      throw new Error('connection');
    }
    await assert.rejects(exportFile(failing(), file, jsonl), /connection/);
    assert.equal(await readFile(file, 'utf8'), 'former');
    assert.deepEqual(await readdir(folder), ['orders.jsonl']);
  });

  it('fails, and reads nothing, where it cannot write', async () => {
    let asked = false;
    async function* watched() {
      asked = true;
      yield* batches(batch(1));
    }
    const missing = path.join(folder, 'missing', 'orders.jsonl');
    await assert.rejects(exportFile(watched(), missing, jsonl), { code: 'ENOENT' });
    assert.equal(asked, false);
  });

  it('leaves no part behind where a folder has the name', async () => {
    await assert.rejects(exportFile(batches(batch(1)), folder, jsonl), (error: unknown) => {
      return error instanceof Error && 'code' in error;
    });
    const beside = await readdir(path.dirname(folder));
    assert.deepEqual(
      beside.filter((name) => name.startsWith('.kafka-rest-') && name.endsWith('.part')),
      [],
    );
  });

  describe('while the disk fails', () => {
    const failing = Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
    const fail = (name: 'realpath' | 'rm' | 'stat') => {
      mock.method(promises, name, () => Promise.reject(failing));
    };

    afterEach(() => {
      mock.restoreAll();
    });

    it('is done once the file is there', async () => {
      fail('rm');
      assert.equal((await exportFile(batches(batch(2)), file, jsonl)).records, 2);
      mock.restoreAll();
      assert.deepEqual(await readdir(folder), ['orders.jsonl']);
    });

    it('tells what went wrong first', async () => {
      fail('rm');
      async function* broken() {
        yield* batches(batch(3));
        throw new Error('connection');
      }
      await assert.rejects(exportFile(broken(), file, jsonl), /connection/);
    });

    for (const name of ['realpath', 'stat'] as const) {
      it(`replaces no file of which it does not know what it is: ${name}`, async () => {
        await writeFile(file, 'former', { mode: 0o600 });
        fail(name);
        await assert.rejects(exportFile(batches(batch(1)), file, jsonl), failing);
        mock.restoreAll();
        assert.equal(await readFile(file, 'utf8'), 'former');
        assert.deepEqual(await readdir(folder), ['orders.jsonl']);
      });
    }
  });

  it('tells how many messages have no PRODUCER block', async () => {
    const all = [...batch(2), ...batch(1, ''), ...batch(3, '\ud800')];
    const kafka = exportLayout('kafka', 'orders');
    const result = await exportFile(batches(batch(1, ''), all), file, kafka);
    assert.equal(result.records, 4);
    assert.equal(result.leftOut, 3);
    assert.equal((await readFile(file, 'utf8')).match(/^PRODUCER$/gm)?.length, 4);
  });
});
