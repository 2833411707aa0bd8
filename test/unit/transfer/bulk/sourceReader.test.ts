import assert from 'node:assert/strict';
import { type Read, SourceReader } from '../../../../src/transfer/bulk/sourceReader';

async function* numbers(): AsyncGenerator<readonly number[]> {
  yield await Promise.resolve([1, 2]);
  yield [3];
}

describe('SourceReader', () => {
  it('reads batch by batch to the end', async () => {
    const reader = new SourceReader(numbers());
    assert.deepEqual(await reader.next(), { kind: 'items', items: [1, 2] });
    assert.deepEqual(await reader.next(), { kind: 'items', items: [3] });
    assert.deepEqual([reader.isOpen, reader.mayHaveMore], [true, true]);
    assert.deepEqual(await reader.next(), { kind: 'ended' });
    assert.deepEqual([reader.isOpen, reader.mayHaveMore], [false, false]);
  });

  it('reads ahead, and tells what came', async () => {
    const reader = new SourceReader(numbers());
    const taken: Read<number>[] = [];
    reader.readAhead((read) => taken.push(read));
    assert.deepEqual([reader.isReading, taken], [true, []]);
    await reader.settled();
    assert.deepEqual([reader.isReading, taken], [false, [{ kind: 'items', items: [1, 2] }]]);
  });

  it('knows of more where the source fails, and does not read on', async () => {
    const broken = new Error('unplugged');
    const reader = new SourceReader<number>({ next: () => Promise.reject(broken) });
    assert.deepEqual(await reader.next(), { kind: 'failed', error: broken });
    assert.deepEqual([reader.isOpen, reader.mayHaveMore], [false, true]);
  });

  it('fails where what came cannot be taken', async () => {
    const bug = new Error('bug');
    const reader = new SourceReader(numbers());
    const kinds: string[] = [];
    reader.readAhead(({ kind }) => {
      kinds.push(kind);
      if (kind === 'items') throw bug;
    });
    await reader.settled();
    assert.deepEqual([kinds, reader.isOpen], [['items', 'failed'], false]);
  });

  it('leaves a source that was not read to its end', async () => {
    let left = 0;
    const source = async function* (): AsyncGenerator<readonly number[]> {
      try {
        yield await Promise.resolve([1]);
      } finally {
        left++;
      }
    };
    const reader = new SourceReader(source());
    await reader.next();
    await reader.close();
    assert.equal(left, 1);
  });
});
