import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Memory, type MemoryLimits } from '../../../../src/core/schemaRegistry/memory';

describe('What was loaded', () => {
  let loads: string[];
  let now: number;

  beforeEach(() => {
    loads = [];
    now = 0;
    mock.method(performance, 'now', () => now);
  });
  afterEach(() => {
    mock.restoreAll();
  });

  function open(limits: Partial<MemoryLimits<string>> = {}) {
    const memory = new Memory<string>({ maxEntries: 2, ...limits });
    const get = (key: string, value = key, signal?: AbortSignal) =>
      memory.get(
        key,
        () => {
          loads.push(key);
          return Promise.resolve(value);
        },
        signal,
      );
    const fail = (key: string, error: Error) =>
      memory.get(key, () => {
        loads.push(key);
        return Promise.reject(error);
      });
    return { memory, get, fail };
  }

  it('is remembered, and what was not used for longest is forgotten first', async () => {
    const { get } = open();
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) assert.equal(await get(key), key);
    assert.deepEqual(loads, ['a', 'b', 'c', 'b']);
  });

  it('is forgotten once all together are too large, and not kept at all if it is alone', async () => {
    const limits = { maxEntries: 9, maxBytes: 10, sizeOf: (text: string) => text.length };
    const { get } = open(limits);
    await get('a', '12345');
    await get('b', '12345');
    await get('a');
    await get('b');
    assert.deepEqual(loads, ['a', 'b']);
    await get('c', '1');
    await get('b');
    await get('a', '1234');
    assert.deepEqual(loads, ['a', 'b', 'c', 'a']);
    await get('huge', '12345678901');
    await get('huge', '1234567890');
    await get('huge');
    assert.deepEqual(loads.slice(4), ['huge', 'huge']);
  });

  it('counts for as long as it may', async () => {
    const { get } = open({ lifeMs: 100 });
    await get('a');
    now = 99;
    await get('a');
    assert.deepEqual(loads, ['a']);
    now = 100;
    await get('a');
    assert.deepEqual(loads, ['a', 'a']);
  });

  it('may be a failure, for a while', async () => {
    const [error, other] = [new Error('one'), new Error('other')];
    const { memory, get, fail } = open({ failureMs: 100 });
    await assert.rejects(fail('a', error), error);
    await assert.rejects(fail('a', other), error);
    now = 100;
    await assert.rejects(fail('a', other), other);
    memory.forgetFailures();
    assert.equal(await get('a'), 'a');
    memory.forgetFailures();
    assert.equal(await get('a'), 'a');
    assert.deepEqual(loads, ['a', 'a', 'a']);
  });

  it('is not a failure where each caller is to try anew, nor that someone gave up', async () => {
    const error = new Error('one');
    const never = open();
    await assert.rejects(never.fail('a', error), error);
    await assert.rejects(never.fail('a', error), error);
    assert.deepEqual(loads, ['a', 'a']);
    const { get, fail } = open({ failureMs: 100 });
    const abort = new DOMException('stopped', 'AbortError');
    await assert.rejects(fail('b', abort), { name: 'AbortError' });
    assert.equal(await get('b'), 'b');
  });

  it('is loaded once for all who want it at the same time', async () => {
    const { get } = open();
    assert.deepEqual(await Promise.all([get('a', '1'), get('a', '2')]), ['1', '1']);
    assert.deepEqual(loads, ['a']);
  });

  it('is not kept, and not joined, once everything was forgotten', async () => {
    const { memory, get } = open();
    const first = get('a', '1');
    memory.clear();
    const second = get('a', '2');
    assert.deepEqual(await Promise.all([first, second]), ['1', '2']);
    assert.equal(await get('a', '3'), '2');
    memory.clear();
    assert.equal(await get('a', '4'), '4');
  });

  it('is loaded anew after all who wanted it gave up', async () => {
    const { memory, get } = open();
    const abort = new AbortController();
    const reason = new Error('stopped');
    let aborted = false;
    const waiting = memory.get(
      'a',
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new Error('cut'));
          });
        }),
      abort.signal,
    );
    abort.abort(reason);
    await assert.rejects(waiting, reason);
    assert.equal(aborted, true);
    assert.equal(await get('a', '2'), '2');
    await assert.rejects(get('b', '', abort.signal), reason);
    assert.deepEqual(loads, ['a']);
  });
});
