import assert from 'node:assert/strict';
import { openDecoder } from '../../../../src/core/message/decoded';
import { BufferPool } from '../../../../src/viewer/store/bufferPool';
import type { ToWebview } from '../../../../src/viewer/protocol';
import { ViewerSession } from '../../../../src/viewer/session/session';
import { format } from '../../../support/formats';
import { MemoryProxy } from '../../../support/proxies/memoryProxy';
import { startFilterWorker } from '../../../support/viewer/filterWorker';
import { say } from '../../../support/viewer/viewerWords';

describe('Decoding what a viewer holds in another format', () => {
  const hex = { key: format('string'), value: format('string(hex)') };
  const proxy = new MemoryProxy();
  let session: ViewerSession;
  let posted: ToWebview[];

  before(() =>
    proxy.produce(
      'orders',
      ['one', 'two', 'three'].map((value) => ({ key: 'k', value })),
    ),
  );

  beforeEach(async () => {
    posted = [];
    session = new ViewerSession({
      proxy: () => Promise.resolve(proxy),
      definition: {
        cluster: 'dev',
        request: { topic: 'orders', from: { at: 'earliest' } },
        range: '@all',
        filter: 't',
        sort: { column: 'offset', descending: true },
        span: null,
        columns: { hidden: [], widths: {} },
      },
      openDecoder: ({ formats, request: { topic } }) => openDecoder(formats, { topic }),
      limits: { maxMessages: 1_000, maxBytes: 1_000_000 },
      buffers: new BufferPool(),
      startWorker: startFilterWorker,
      timeContext: () => ({ now: Date.now(), zone: 'utc' }),
      wording: {
        failure: String,
        notices: () => [],
        filter: () => ({ message: 'wrong', at: 0, length: 1 }),
        say,
        decoding: ({ kind }) => kind,
      },
      remedies: () => [],
      post: (message) => posted.push(message),
    });
    await session.start();
    await session.handle({ type: 'sort', sort: { column: 'offset', descending: true } });
  });

  afterEach(() => session.dispose());

  const shown = () =>
    session
      .records(session.index.sequences())
      .map(({ raw, shown }) => shown?.value?.text ?? raw.value);
  const version = () => posted.findLast((each) => each.type === 'state')?.state.version;

  it('starts from what was read, and keeps numbers, filter and order', async () => {
    assert.deepEqual(shown(), ['three', 'two']);
    const told: (readonly [number, number])[] = [];
    const before = version();
    const done = session.decodeAs(hex, new AbortController().signal, (...each) => told.push(each));
    await done;
    assert.deepEqual(told, [[3, 3]]);
    // No text in hexadecimal digits has a "t".
    assert.deepEqual(shown(), []);
    await session.handle({ type: 'filter', text: '74' });
    assert.deepEqual(shown(), ['7468726565', '74776f']);
    assert.deepEqual([...session.index.sequences()], [2, 1]);
    assert.deepEqual(session.definition.formats, hex);
    assert.notEqual(version(), before);
    assert.equal(session.records([0])[0]?.raw.value, 'one');
  });

  it('leaves everything as it was when it is cancelled', async () => {
    const stop = AbortSignal.abort(new Error('cancelled'));
    await assert.rejects(
      session.decodeAs(hex, stop, () => undefined),
      /cancelled/,
    );
    assert.deepEqual(shown(), ['three', 'two']);
    assert.equal(session.definition.formats, undefined);
  });

  it('decodes what is read later in the same format', async () => {
    await session.decodeAs(hex, new AbortController().signal, () => undefined);
    await session.handle({ type: 'filter', text: '' });
    await proxy.produce('orders', [{ key: 'k', value: 'four' }]);
    const following = session.follow();
    while (session.store.held < 4) await new Promise((resolve) => setImmediate(resolve));
    await session.feed.stop();
    await following;
    assert.equal(session.records([3])[0]?.shown?.value?.text, '666f7572');
  });
});
