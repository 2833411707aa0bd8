import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/core/phrase';
import { once } from 'node:events';
import type { PartitionRange, ReadFlow, ReadingProxy } from '../../../../src/core/kafka';
import type { ReadRequest } from '../../../../src/core/read/reader';
import { openDecoder } from '../../../../src/core/message/decoded';
import { here } from '../../../../src/core/message/decoders/here';
import type { MessagePlace } from '../../../../src/core/read/viewLink';
import { BufferPool } from '../../../../src/viewer/store/bufferPool';
import type { ToWebview, ViewerState } from '../../../../src/viewer/protocol';
import { readDefinition, type ViewerDefinition } from '../../../../src/viewer/session/definition';
import { ViewerSession } from '../../../../src/viewer/session/session';
import { changed, type EmulatedProxy, startEmulatedProxy } from '../../../support/emulatedProxy';
import { format } from '../../../support/formats';
import { startFilterWorker } from '../../../support/viewer/filterWorker';
import { MemoryProxy } from '../../../support/proxies/memoryProxy';
import { say } from '../../../support/viewer/viewerWords';

const definition: ViewerDefinition = {
  cluster: 'dev',
  request: { topic: 'filled', from: { at: 'earliest' } },
  range: '@all',
  filter: '',
  sort: null,
  span: null,
  columns: { hidden: [], widths: {} },
};

const newest = (count: number): ReadRequest => ({
  topic: 'filled',
  from: { at: 'earliest' },
  newest: count,
});

/** Yields 20 records, and the others once `opened` has resolved. */
async function* slowly(
  opened: Promise<void>,
  proxy: ReadingProxy,
  range: PartitionRange,
  flow: ReadFlow = {},
) {
  const first = range.from + 20n;
  yield* proxy.read({ ...range, until: first }, flow);
  await Promise.race([opened, flow.signal && once(flow.signal, 'abort')]);
  yield* proxy.read({ ...range, from: first }, flow);
}

describe('A viewer session', () => {
  let emulated: EmulatedProxy;
  const sessions: ViewerSession[] = [];

  before(async () => {
    emulated = await startEmulatedProxy({
      topics: [{ name: 'filled', partitions: 3, records: 300, bytes: 40 }],
    });
  });

  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.dispose();
  });

  after(() => emulated.close());

  it('reads, and tells how much it holds', async () => {
    const { session, state } = open();
    await session.start();
    const { counts, status } = await state(({ counts: { matched } }) => matched === 300);
    assert.equal(status, 'done');
    assert.deepEqual(counts, { received: 300, held: 300, matched: 300, dropped: 0 });
  });

  it('hands out the rows that are asked for', async () => {
    const { session, posted, state } = open({ sort: { column: 'offset', descending: true } });
    await session.start();
    await state(({ counts: { matched } }) => matched === 300);
    await session.handle({ type: 'rows', start: 298, end: 400 });
    const [answer] = posted.filter(({ type }) => type === 'rows');
    assert.ok(answer?.type === 'rows');
    assert.equal(answer.start, 298);
    assert.deepEqual(
      answer.rows.map(({ offset }) => offset),
      ['0', '0'],
    );
    assert.equal(answer.version, session.index.version);
  });

  it('points at the message of a link while the table shows it', async () => {
    const { session, state } = open({}, { pointed: { partition: 1, offset: 7n } });
    await session.start();
    const { pointed } = await state(({ counts: { matched } }) => matched === 300);
    const record = pointed === null ? undefined : session.records([pointed])[0];
    assert.deepEqual([record?.raw.partition, record?.raw.offset], [1, 7n]);
    assert.equal(await session.pointer.isShown(), true);
    await session.handle({ type: 'filter', text: '$.n == -1' });
    assert.equal((await state()).pointed, null);
    assert.equal(await session.pointer.isShown(), false);
    session.clear();
    assert.equal(await session.pointer.isShown(), undefined);
  });

  it('says if the message of a link was not read', async () => {
    const { session } = open({}, { pointed: { partition: 1, offset: 1_000n } });
    await session.start();
    assert.equal(await session.pointer.isShown(), undefined);
  });

  it('filters, and keeps what it showed where a filter is wrong', async () => {
    const { session, state } = open();
    await session.start();
    await session.handle({ type: 'filter', text: '$.n == 17' });
    assert.equal((await state()).counts.matched, 1);
    await session.handle({ type: 'filter', text: 'partition:x' });
    const { counts, filter } = await state();
    assert.equal(counts.matched, 1);
    assert.deepEqual(filter, {
      text: 'partition:x',
      problem: { message: 'wrong', at: 0, length: 1 },
      busy: false,
      understood: '',
      advice: null,
    });
    await session.handle({ type: 'filter', text: '' });
    assert.equal((await state()).filter.problem, null);
    assert.equal((await state()).counts.matched, 300);
  });

  it('says what a filter that matches nothing was understood as, and what may be meant', async () => {
    const { session, state } = open();
    await session.start();
    await session.handle({ type: 'filter', text: 'partion:0' });
    assert.deepEqual((await state()).filter, {
      text: 'partion:0',
      problem: null,
      busy: false,
      understood: 'the text “partion:0” in the key or the value',
      advice: { suggestion: 'partition:0', lacksHeaders: false },
    });
    await session.handle({ type: 'filter', text: 'header:trace $.N == "17"' });
    const { understood, advice } = (await state()).filter;
    assert.equal(understood, 'the header “trace” is there, and $.N in the value is “17”');
    assert.deepEqual(advice, { suggestion: 'header:trace $.n == "17"', lacksHeaders: true });
    await session.handle({ type: 'filter', text: '$.n == "17"' });
    assert.equal((await state()).filter.advice?.suggestion, '$.n == 17');
    await session.handle({ type: 'filter', text: '$.n == 17' });
    assert.equal((await state()).filter.advice, null);
  });

  it('offers what may be typed in the filter', async () => {
    const { session, posted, state } = open();
    await session.start();
    await state(({ counts: { matched } }) => matched === 300);
    await session.handle({ type: 'complete', text: 'x $.t', caret: 5 });
    const [response] = posted.filter(({ type }) => type === 'completion');
    assert.deepEqual(response, {
      type: 'completion',
      text: 'x $.t',
      caret: 5,
      completion: { from: 2, isEager: true, items: [{ insert: '$.text', kinds: ['text'] }] },
    });
  });

  it('shows the last of several filters that follow each other', async () => {
    const { session, state } = open();
    await session.start();
    const texts = ['$.n == 1', '$.n < 100', '/7/', 'partition:1'];
    await Promise.all(texts.map((text) => session.handle({ type: 'filter', text })));
    const { filter, counts } = await state();
    assert.deepEqual(filter, {
      text: 'partition:1',
      problem: null,
      busy: false,
      understood: 'the partition is 1',
      advice: null,
    });
    assert.equal(counts.matched, 100);
  });

  it('keeps the newest ones, and counts no others, where only these were asked for', async () => {
    const { session, state } = open({
      request: { topic: 'filled', from: { latestMinus: 10n }, newest: 10 },
    });
    await session.start();
    const { counts } = await state(({ counts: { matched } }) => matched === 10);
    assert.deepEqual(counts, { received: 10, held: 10, matched: 10, dropped: 0 });
  });

  it('shows the newest ones so far while it reads, and goes on with them after a stop', async () => {
    let letOn = (): void => undefined;
    const opened = new Promise<void>((resolve) => (letOn = resolve));
    const held = changed(emulated.proxy, {
      read: (what, flow) => slowly(opened, emulated.proxy, what, flow),
    });
    const { session, state } = open({ request: newest(10) }, {}, () => Promise.resolve(held));
    const started = session.start();
    const during = await state(({ counts: { matched } }) => matched === 10);
    assert.equal(during.status, 'reading');
    await session.handle({ type: 'stop' });
    await started;
    const stopped = await state(({ status }) => status === 'stopped');
    assert.deepEqual(stopped.counts, during.counts);
    letOn();
    await session.handle({ type: 'resume' });
    const { counts } = await state(({ status }) => status === 'done');
    assert.deepEqual(counts, { received: 10, held: 10, matched: 10, dropped: 0 });
    const offsets = session.records(session.index.sequences()).map(({ raw }) => raw.offset);
    assert.ok(
      offsets.every((offset) => offset >= 90n),
      offsets.join(),
    );
  });

  it('keeps what comes after the newest ones', async () => {
    emulated.emulator.createTopic({ name: 'grows', partitions: 1 });
    const append = (...values: string[]) => {
      emulated.emulator.append(
        'grows',
        values.map((value) => ({ value })),
      );
    };
    append('a', 'b', 'c');
    const request = { ...newest(1), topic: 'grows' };
    const { session, state } = open({ request });
    const followed = session.follow();
    await state(
      ({ counts: { matched }, progress }) => matched === 1 && progress[0]?.position === '3',
    );
    append('d', 'e');
    const { counts } = await state(({ counts: { matched } }) => matched === 3);
    assert.deepEqual(counts, { received: 3, held: 3, matched: 3, dropped: 0 });
    await session.handle({ type: 'stop' });
    await followed;
  });

  it('tells what left the memory, also of the newest ones', async () => {
    const { session, state } = open({ request: newest(150) }, { maxMessages: 100 });
    await session.start();
    const { counts } = await state(({ counts: { matched } }) => matched === 100);
    assert.deepEqual(counts, { received: 150, held: 100, matched: 100, dropped: 50 });
  });

  it('tells what left the memory', async () => {
    const { session, state } = open({}, { maxMessages: 100 });
    await session.start();
    const { counts } = await state(({ counts: { matched } }) => matched === 100);
    assert.deepEqual(counts, { received: 300, held: 100, matched: 100, dropped: 200 });
  });

  it('gives details, but not of what has left the memory', async () => {
    const { session, posted } = open({}, { maxMessages: 100 });
    await session.start();
    for (const sequence of [0, 299]) await session.handle({ type: 'detail', sequence });
    const details = posted.flatMap((message) => (message.type === 'detail' ? [message] : []));
    assert.equal(details[0]?.detail, null);
    assert.equal(details[1]?.detail?.value.kind, 'text');
  });

  it('lets go of all messages, and goes on with new ones', async () => {
    const { session, state } = open({}, { maxMessages: 200 });
    await session.start();
    await state(({ counts: { matched } }) => matched === 200);
    assert.ok(session.store.bytes > 0);
    await session.handle({ type: 'filter', text: 'partition:1' });
    await session.handle({ type: 'clear' });
    const { counts, cleared } = await state(({ histogram }) => histogram === null);
    assert.deepEqual(counts, { received: 0, held: 0, matched: 0, dropped: 0 });
    assert.deepEqual([cleared, session.store.bytes], [true, 0]);
    const followed = session.handle({ type: 'follow' });
    await state(({ status }) => status === 'following');
    await session.handle({ type: 'stop' });
    await followed;
  });

  it('shows what comes after everything was removed', async () => {
    emulated.emulator.createTopic({ name: 'cleared', partitions: 1 });
    const append = (value: string) => {
      emulated.emulator.append('cleared', [{ value }]);
    };
    const { session, state } = open({ request: { topic: 'cleared', from: { at: 'earliest' } } });
    append('a');
    const followed = session.follow();
    await state(({ counts: { matched } }) => matched === 1);
    session.clear();
    await state(({ counts: { held } }) => held === 0);
    append('b');
    const after = await state(({ counts: { matched } }) => matched === 1);
    assert.deepEqual(after.counts, { received: 1, held: 1, matched: 1, dropped: 0 });
    assert.deepEqual([after.cleared, after.followed], [false, true]);
    await session.handle({ type: 'stop' });
    await followed;
  });

  it('counts the rows that there have been, whatever left the memory', async () => {
    emulated.emulator.createTopic({ name: 'counted', partitions: 1 });
    const append = (...values: string[]) => {
      emulated.emulator.append(
        'counted',
        values.map((value) => ({ value })),
      );
    };
    append('a1', 'b1', 'a2');
    const request: ReadRequest = { topic: 'counted', from: { at: 'earliest' } };
    const { session, state } = open({ request }, { maxMessages: 3 });
    await session.handle({ type: 'filter', text: 'a' });
    const followed = session.follow();
    assert.equal((await state(({ counts: { matched } }) => matched === 2)).arrived, 2);
    append('a3', 'a4');
    const { counts } = await state(({ arrived }) => arrived === 4);
    assert.deepEqual(counts, { received: 5, held: 3, matched: 3, dropped: 2 });
    await session.handle({ type: 'sort', sort: { column: 'value', descending: true } });
    append('a5');
    await state(({ arrived }) => arrived === 5);
    await session.handle({ type: 'filter', text: '' });
    assert.equal((await state()).arrived, 3);
    await session.handle({ type: 'stop' });
    await followed;
  });

  it('narrows the filter that it shows, even while a wrong one is typed', async () => {
    const { session, state } = open();
    await session.start();
    await session.handle({ type: 'filter', text: 'partition:0 or partition:1' });
    await session.handle({ type: 'filter', text: 'partition:x' });
    await session.narrow('$.n == 3');
    const { filter } = await state();
    assert.equal(filter.text, '(partition:0 or partition:1) $.n == 3');
    assert.equal(filter.problem, null);
  });

  it('waits for consent, and then reads', async () => {
    const { session, state } = open({ filter: 'partition:1' });
    await session.wait();
    const { status, counts } = await state();
    assert.deepEqual([status, counts.held], ['waiting', 0]);
    await session.handle({ type: 'resume' });
    assert.equal((await state(({ counts: { matched } }) => matched === 100)).status, 'done');
  });

  it('says how it can be restored', async () => {
    const { session, state } = open();
    await session.handle({ type: 'filter', text: 'x' });
    const restored = readDefinition((await state()).definition);
    assert.deepEqual(restored, { ...definition, filter: 'x' });
  });

  it('hands out what is shown, in its order', async () => {
    const { session, state } = open({
      filter: 'partition:2',
      sort: { column: 'offset', descending: true },
    });
    await session.start();
    await state(({ counts: { matched } }) => matched === 100);
    const offsets = [...session.shown()].flat().map(({ raw }) => raw.offset);
    assert.deepEqual(
      offsets,
      Array.from({ length: 100 }, (_, n) => BigInt(99 - n)),
    );
  });

  it('filters and shows what its formats make of messages, and hands out what was read', async () => {
    const values = ['\0\0\0\x05', '\0\0\0\x2a', 'abc', '\0\0\0\x2b'];
    emulated.emulator.createTopic({ name: 'numbers', partitions: 1 });
    emulated.emulator.append(
      'numbers',
      values.map((value) => ({ value })),
    );
    const { session, posted, state } = open({
      request: { topic: 'numbers', from: { at: 'earliest' } },
      formats: { key: format('none'), value: format('integer') },
    });
    await session.start();
    await state(({ counts: { matched } }) => matched === 4);
    const shown = () => [...session.shown()].flat();
    assert.deepEqual(
      shown().map(({ raw }) => raw.value),
      values,
    );
    await session.handle({ type: 'rows', start: 0, end: 4 });
    const rows = posted.flatMap((message) => (message.type === 'rows' ? message.rows : []));
    assert.deepEqual(
      rows.map(({ value, size }) => [value, size]),
      [
        ['5', 4],
        ['42', 4],
        ['(wrong-size) abc', 3],
        ['43', 4],
      ],
    );
    await session.handle({ type: 'filter', text: 'value:/^4/' });
    assert.deepEqual(
      shown().map(({ raw }) => raw.value),
      [values[1], values[3]],
    );
  });

  it('shows headers where the cluster can read them, and says so', async () => {
    const memory = new MemoryProxy();
    const headers = [{ name: 'trace', value: Buffer.from('7f') }];
    await memory.produce('traced', [
      { key: null, value: 'a', headers },
      { key: null, value: 'b' },
    ]);
    const request = { topic: 'traced', from: { at: 'earliest' } } as const;
    const { session, posted, state } = open({ request }, {}, () => Promise.resolve(memory));
    assert.equal((await state()).headers, false);
    await session.start();
    assert.equal((await state(({ counts: { matched } }) => matched === 2)).headers, true);
    await session.handle({ type: 'rows', start: 0, end: 2 });
    const rows = posted.flatMap((message) => (message.type === 'rows' ? message.rows : []));
    assert.deepEqual(
      rows.map((row) => row.headers),
      ['trace=7f', null],
    );
  });

  it('says why it could not read, and can try again', async () => {
    let works = false;
    const { session, state } = open({}, {}, () =>
      works ? Promise.resolve(emulated.proxy) : Promise.reject(new Error('no such cluster')),
    );
    await session.start();
    assert.equal((await state()).problem, 'no such cluster');
    works = true;
    await session.handle({ type: 'resume' });
    const { status, problem } = await state(({ counts: { matched } }) => matched === 300);
    assert.deepEqual({ status, problem }, { status: 'done', problem: null });
  });

  function open(
    changed: Partial<ViewerDefinition> = {},
    { pointed, ...limits }: { maxMessages?: number; pointed?: MessagePlace } = {},
    proxy = (): Promise<ReadingProxy> => Promise.resolve(emulated.proxy),
  ) {
    const posted: ToWebview[] = [];
    let told = (): void => undefined;
    const session = new ViewerSession({
      proxy,
      definition: { ...definition, ...changed },
      openDecoder: ({ formats, request: { topic } }) =>
        openDecoder(formats, { topic, worker: here }),
      ...(pointed && { pointed }),
      limits: { maxMessages: 1_000, maxBytes: 1_000_000, ...limits },
      buffers: new BufferPool(),
      startWorker: startFilterWorker,
      timeContext: () => ({ now: Date.now(), zone: 'utc' }),
      wording: {
        failure: (error) => (error instanceof Error ? error.message : ''),
        notices: () => [],
        filter: () => ({ message: 'wrong', at: 0, length: 1 }),
        say,
        decoding: ({ kind }) => kind,
        misfit: inEnglish,
      },
      remedies: () => ['Add Cluster'],
      post: (message) => {
        posted.push(message);
        told();
      },
    });
    sessions.push(session);
    /** The first state, of those to come, that meets the condition. */
    const state = async (condition: (state: ViewerState) => boolean = () => true) => {
      await session.handle({ type: 'ready' });
      for (;;) {
        const last = posted.findLast((message) => message.type === 'state');
        if (last && condition(last.state)) return last.state;
        await new Promise<void>((resolve) => (told = resolve));
      }
    };
    return { session, posted, state };
  }
});
