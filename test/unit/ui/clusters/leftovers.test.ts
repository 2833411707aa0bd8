import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leftoversIn } from '../../../../src/ui/clusters/leftovers';

const ENDPOINT = 'https://bridge.example.com';

describe('leftovers', () => {
  let folder = '';
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'leftovers-')), 'instances');
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

  const of = (pid: number, running: readonly number[] = []) =>
    leftoversIn(folder, { pid, isRunning: (each) => running.includes(each) })(ENDPOINT);

  it('are found by a later process, until they are removed', async () => {
    await of(1).add('a');
    await of(1).add('b');
    const later = of(2);
    assert.deepEqual([...(await later.found())].sort(), ['a', 'b']);
    await later.remove('a');
    assert.deepEqual(await of(3).found(), ['b']);
  });

  it('are not found while their process runs, nor by that process itself', async () => {
    await of(1).add('a');
    assert.deepEqual(await of(2, [1]).found(), []);
    assert.deepEqual(await of(1).found(), []);
  });

  it('are gone once they were removed', async () => {
    const client = of(1);
    await client.add('a');
    await client.remove('a');
    assert.deepEqual(await readdir(folder), []);
  });

  it('belong to their endpoint', async () => {
    await of(1).add('a');
    const other = leftoversIn(folder, { pid: 2, isRunning: () => false })('https://other');
    assert.deepEqual(await other.found(), []);
  });

  it('hold the endpoint and the name, and nothing else', async () => {
    await of(1).add('a');
    const [file = ''] = await readdir(folder);
    const text = await readFile(join(folder, file), 'utf8');
    assert.deepEqual(JSON.parse(text), { endpoint: ENDPOINT, name: 'a' });
  });

  it('do without a folder, and without what is no note', async () => {
    assert.deepEqual(await of(1).found(), []);
    await of(1).remove('a');
    await of(1).add('a');
    await writeFile(join(folder, 'other.txt'), '');
    assert.deepEqual(await of(2).found(), ['a']);
    const nowhere = leftoversIn(join(folder, 'other.txt'))(ENDPOINT);
    await nowhere.add('a');
    assert.deepEqual(await nowhere.found(), []);
  });

  it('know whether a process runs', async () => {
    const mine = leftoversIn(folder, { pid: process.pid, isRunning: () => false })(ENDPOINT);
    await mine.add('a');
    assert.deepEqual(await leftoversIn(folder)(ENDPOINT).found(), []);
  });
});
