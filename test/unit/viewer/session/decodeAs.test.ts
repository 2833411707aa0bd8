import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/core/phrase';
import { decodeWith, openDecoder } from '../../../../src/core/message/decoded';
import { BufferPool } from '../../../../src/viewer/store/bufferPool';
import type { ToWebview } from '../../../../src/viewer/protocol';
import { ViewerSession } from '../../../../src/viewer/session/session';
import { format } from '../../../support/formats';
import { MemoryProxy } from '../../../support/proxies/memoryProxy';
import { startFilterWorker } from '../../../support/viewer/filterWorker';
import { say } from '../../../support/viewer/viewerWords';

const MANY = 6_000;
const CHUNK_BYTES = 1024 * 1024;

/** Counts the memory that is in use, and tells when more is taken. */
class CountedPool extends BufferPool {
  used = 0;
  most = 0;
  taken = (): void => undefined;

  override take(bytes: number): SharedArrayBuffer {
    const buffer = super.take(bytes);
    this.used += buffer.byteLength;
    this.most = Math.max(this.most, this.used);
    if (bytes >= CHUNK_BYTES) this.taken();
    return buffer;
  }

  override give(buffer: SharedArrayBuffer): void {
    this.used -= buffer.byteLength;
    super.give(buffer);
  }
}

describe('Decoding what a viewer holds in another format', () => {
  const hex = { key: format('string'), value: format('string(hex)') };
  const never = new AbortController().signal;
  const proxy = new MemoryProxy();
  let session: ViewerSession;
  let posted: ToWebview[];
  /** Thrown by the decoders that are opened. */
  let failing: unknown;
  const fail = () => {
    throw failing;
  };

  before(async () => {
    await proxy.produce(
      'orders',
      ['one', 'two', 'three'].map((value) => ({ key: 'k', value })),
    );
    await proxy.produce(
      'many',
      Array.from({ length: MANY }, (_, n) => ({ key: 'k', value: `t${n}${'x'.repeat(1_000)}` })),
    );
  });

  beforeEach(() => open('orders', new BufferPool()));

  const open = async (topic: string, buffers: BufferPool) => {
    posted = [];
    session = new ViewerSession({
      proxy: () => Promise.resolve(proxy),
      definition: {
        cluster: 'dev',
        request: { topic, from: { at: 'earliest' } },
        range: '@all',
        filter: 't',
        sort: { column: 'offset', descending: true },
        span: null,
        columns: { hidden: [], widths: {} },
      },
      openDecoder: ({ formats }) =>
        failing ? decodeWith({ key: undefined, value: fail }) : openDecoder(formats, { topic }),
      limits: { maxMessages: 10_000, maxBytes: 100_000_000 },
      buffers,
      startWorker: startFilterWorker,
      timeContext: () => ({ now: Date.now(), zone: 'utc' }),
      wording: {
        failure: String,
        notices: () => [],
        filter: () => ({ message: 'wrong', at: 0, length: 1 }),
        say,
        decoding: ({ kind }) => kind,
        misfit: inEnglish,
      },
      remedies: () => [],
      post: (message) => posted.push(message),
    });
    await session.start();
    await session.handle({ type: 'sort', sort: { column: 'offset', descending: true } });
  };

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

  describe('while many messages take on their new texts', () => {
    let pool: CountedPool;

    beforeEach(async () => {
      await session.dispose();
      pool = new CountedPool();
      await open('many', pool);
    });

    const rows = (start: number) => {
      void session.handle({ type: 'rows', start, end: start + 1 });
      const last = posted.findLast((each) => each.type === 'rows');
      return last?.rows.map(({ sequence, value }) => `${sequence} ${JSON.stringify(value)}`);
    };

    it('holds little more than the larger of both', async () => {
      const before = pool.used;
      pool.most = 0;
      await session.decodeAs(hex, never, () => undefined);
      assert.ok(pool.used > 1.5 * before, 'hexadecimal digits take twice as much');
      assert.ok(pool.most <= pool.used + 3 * CHUNK_BYTES, `${pool.most} ${pool.used}`);
    });

    it('shows all rows, and at the end what was asked for meanwhile', async () => {
      const seen: (readonly (string | undefined)[])[] = [];
      let taken = 0;
      pool.taken = () => {
        taken += 1;
        // The first is for the new texts, and the next ones are for the messages.
        if (taken === 1) return;
        seen.push([...(rows(0) ?? []), ...(rows(MANY - 1) ?? [])]);
        void session.handle({ type: 'filter', text: '7430' });
      };
      await session.decodeAs(hex, never, () => undefined);
      pool.taken = () => undefined;
      assert.ok(seen.length > 4);
      for (const [newest, oldest] of seen) {
        assert.match(newest ?? '', /^5999 .*"t5999xx/);
        assert.match(oldest ?? '', /^0 .*"(?:t0xx|743078)/);
      }
      assert.deepEqual([...session.index.sequences()], [0]);
    });

    it('stays empty if it is cleared, and says that nothing was decoded', async () => {
      let taken = 0;
      pool.taken = () => {
        taken += 1;
        if (taken === 3) session.clear();
      };
      await assert.rejects(
        session.decodeAs(hex, never, () => undefined),
        { name: 'AbortError' },
      );
      while (session.index.length > 0) await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual([taken, session.store.held], [3, 0]);
      assert.equal(session.definition.formats, undefined);
      assert.deepEqual(rows(0), []);
    });
  });

  it('stays empty if it is cleared when all messages have moved', async () => {
    await session.dispose();
    const pool = new CountedPool();
    await open('orders', pool);
    let taken = 0;
    pool.taken = () => {
      taken += 1;
      // The first is for the new texts, and the next one for all messages.
      if (taken === 2) {
        queueMicrotask(() => {
          session.clear();
        });
      }
    };
    await assert.rejects(
      session.decodeAs(hex, never, () => undefined),
      { name: 'AbortError' },
    );
    assert.deepEqual([taken, session.store.held], [2, 0]);
    assert.equal(session.definition.formats, undefined);
  });

  it('tells problems as they are, with their cause', async () => {
    const cause = () => 'cannot be copied';
    await session.dispose();
    await open('orders', new BufferPool());
    failing = cause;
    await session.decodeAs(hex, never, () => undefined);
    failing = undefined;
    const [record] = session.records([1]);
    assert.deepEqual(record?.shown?.value?.problem, { kind: 'failed', cause });
  });
});
