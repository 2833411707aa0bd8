import assert from 'node:assert/strict';
import { Remembered } from '../../../../../src/ui/tree/memory/remembered';

const owner = {};
const { signal } = new AbortController();

describe('what the tree remembers', () => {
  const settled: string[] = [];
  const make = () => {
    settled.length = 0;
    return new Remembered<string, object>(
      (failure) => !/gone/.test(String(failure)),
      (_, failure) => settled.push(failure instanceof Error ? failure.message : 'well'),
    );
  };
  const give = (value: string) => () => Promise.resolve(value);
  const fail = (failure: string) => () => Promise.reject<string>(new Error(failure));
  const never = () => Promise.reject<string>(new Error('it was asked'));

  it('is fetched anew each time', async () => {
    const list = make();
    assert.equal((await list.fetch('a', owner, signal, give('1'))).value, '1');
    assert.equal((await list.fetch('a', owner, signal, give('2'))).value, '2');
  });

  it('is given again once, without a request, after a recall', async () => {
    const list = make();
    await list.fetch('a', owner, signal, give('1'));
    await list.fetch('a/b', owner, signal, give('below'));
    list.recall('a', () => true);
    assert.equal((await list.fetch('a', owner, signal, never)).value, '1');
    assert.equal((await list.fetch('a/b', owner, signal, never)).value, 'below');
    assert.equal((await list.fetch('a', owner, signal, give('2'))).value, '2');
  });

  it('is not recalled for nodes that are closed, have never been fetched, or are to be renewed', async () => {
    const list = make();
    await list.fetch('a', owner, signal, give('1'));
    list.recall('b', () => true);
    assert.equal((await list.fetch('b', owner, signal, give('new'))).value, 'new');
    list.recall('a', () => false);
    assert.equal((await list.fetch('a', owner, signal, give('2'))).value, '2');
    list.recall('a', () => true);
    list.renew('a');
    assert.equal((await list.fetch('a', owner, signal, give('3'))).value, '3');
  });

  it('outlasts a failure, with the time at which it was true', async () => {
    const list = make();
    const { at } = await list.fetch('a', owner, signal, give('1'));
    const kept = await list.fetch('a', owner, signal, fail('away'));
    assert.equal(kept.value, '1');
    assert.equal(kept.at, at);
    assert.match(String(kept.failure), /away/);
    const again = await list.fetch('a', owner, signal, give('2'));
    assert.equal(again.failure, undefined);
  });

  it('does not outlast a failure that proves it wrong', async () => {
    const list = make();
    await list.fetch('a', owner, signal, give('1'));
    await assert.rejects(list.fetch('a', owner, signal, fail('gone')), /gone/);
    assert.equal(list.get('a', owner), undefined);
  });

  it('repeats a failure after a recall, because a redrawn row is no reason to ask again', async () => {
    const list = make();
    await assert.rejects(list.fetch('a', owner, signal, fail('away')), /away/);
    list.recall('a', () => true);
    await assert.rejects(list.fetch('a', owner, signal, never), /away/);
    assert.equal((await list.fetch('a', owner, signal, give('1'))).value, '1');
  });

  it('is worth nothing to another owner, nor once it is forgotten', async () => {
    const list = make();
    await list.fetch('a', owner, signal, give('1'));
    assert.equal(list.get('a', {}), undefined);
    await assert.rejects(list.fetch('a', {}, signal, fail('away')), /away/);
    await list.fetch('a', owner, signal, give('1'));
    list.forget('a');
    await assert.rejects(list.fetch('a', owner, signal, fail('away')), /away/);
  });

  it('keeps nothing of a fetch that was aborted', async () => {
    const list = make();
    await list.fetch('a', owner, signal, give('1'));
    const aborted = AbortSignal.abort();
    await assert.rejects(list.fetch('a', owner, aborted, fail('away')), { name: 'AbortError' });
    assert.equal(list.get('a', owner)?.failure, undefined);
  });

  it('is not recalled while a refresh has not come to it yet', async () => {
    const list = make();
    await list.fetch('a', owner, signal, give('1'));
    await list.fetch('a/b', owner, signal, give('below'));
    list.renew();
    await list.fetch('a', owner, signal, give('2'));
    list.recall('a', () => true);
    assert.equal((await list.fetch('a', owner, signal, never)).value, '2');
    assert.equal((await list.fetch('a/b', owner, signal, give('new below'))).value, 'new below');
  });

  it('tells how each request has ended, and nothing of what is only recalled', async () => {
    const list = make();
    await list.fetch('a', owner, signal, give('1'));
    await list.fetch('a', owner, signal, fail('away'));
    list.recall('a', () => true);
    await list.fetch('a', owner, signal, never);
    assert.deepEqual(settled, ['well', 'away']);
  });
});
