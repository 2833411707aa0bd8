import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { undecoded } from '../../../../src/core/message/decoded';
import { FilterError } from '../../../../src/viewer/filter/filterError';
import { parseFilter } from '../../../../src/viewer/filter/filterParser';
import { makeHistogram, withMatched } from '../../../../src/viewer/index/histogram';
import { IndexError } from '../../../../src/viewer/index/indexError';
import type { IndexView } from '../../../../src/viewer/index/indexTask';
import {
  MessageIndex,
  type StartWorker,
  type ViewRequest,
} from '../../../../src/viewer/index/messageIndex';
import { MessageStore, type StoreLimits } from '../../../../src/viewer/store/messageStore';
import { startFilterWorker } from '../../../support/viewer/filterWorker';
import { matches, records, shown, views } from '../model';

const timeContext = { now: 0, zone: 'utc' } as const;
const LIMITS = { maxMessages: 1e9, maxBytes: 1e12 };

function view(filter = '', more: Partial<ViewRequest> = {}): ViewRequest {
  return { filter, timeContext, span: null, sort: null, ...more };
}

function numbered(count: number, from = 0): KafkaRecord[] {
  return Array.from({ length: count }, (_, n) => ({
    partition: 0,
    offset: BigInt(from + n),
    timestamp: from + n,
    key: null,
    value: `message ${from + n}`,
  }));
}

const filters = [
  '',
  'a',
  's',
  '-ß',
  'key:null',
  'partition:1 or value:k',
  'offset:>20 -/^a/',
  'as',
];

/** A pattern that tries 2^n ways on n letters, and a message on which it would take for ever. */
const exploding = '/(a+)+$/';
const hopeless = { partition: 0, offset: 0n, key: null, value: `${'a'.repeat(60)}!` };

/** Messages that keep that pattern busy for some milliseconds, each for a few. */
function slowFor(milliseconds: number): KafkaRecord[] {
  const slow = { ...hopeless, value: `${'a'.repeat(19)}!` };
  let fastest = Infinity;
  for (let round = 0; round < 10; round += 1) {
    const start = performance.now();
    assert.doesNotMatch(slow.value, /(a+)+$/);
    fastest = Math.min(fastest, performance.now() - start);
  }
  return Array.from({ length: Math.ceil(milliseconds / fastest) }, () => slow);
}

const isKind = (kind: IndexError['kind']) => (error: unknown) =>
  error instanceof IndexError && error.kind === kind;
const isAbort = { name: 'AbortError' };

/** Makes a worker have no memory for what it is given. */
function takingNothing(worker: Worker): Worker {
  worker.postMessage = () => {
    throw new DOMException('Data cannot be cloned, out of memory.', 'DataCloneError');
  };
  return worker;
}

describe('The message index', () => {
  const indexes: MessageIndex[] = [];

  afterEach(() => {
    for (const index of indexes.splice(0)) index.dispose();
  });

  interface Options {
    readonly stepMs?: number;
    readonly startWorker?: StartWorker;
    readonly limits?: StoreLimits;
  }

  function open({ stepMs = 300, startWorker = startFilterWorker, limits = LIMITS }: Options = {}) {
    const store = new MessageStore(limits);
    const workers: Worker[] = [];
    const start = () => {
      const worker = startWorker();
      workers.push(worker);
      return worker;
    };
    const index = new MessageIndex(store, start, { stepMs });
    indexes.push(index);
    return { store, index, workers };
  }

  it('shows nothing where nothing is', async () => {
    const { index } = open();
    await index.show(view('a', { sort: { column: 'key', descending: false } }));
    await index.update();
    assert.equal(index.length, 0);
    assert.equal(index.sequenceAt(0), undefined);
    assert.equal(index.rowOf(0), undefined);
    assert.equal(index.histogram, null);
    assert.deepEqual([...index.sequences()], []);
  });

  it('follows the store in any view, as a naive model does', async () => {
    const { store, index } = open();
    const all: KafkaRecord[] = [];
    let current: IndexView = { filter: null, span: null, sort: null };
    /** The rows and their version, as they were last. */
    let last = { version: index.version, rows: [...index.sequences()] };

    const check = () => {
      const messages = all
        .map((record, sequence) => ({ record, sequence }))
        .filter(({ sequence }) => sequence >= store.first);
      const rows = shown(messages, current);
      assert.deepEqual([...index.sequences()], rows);
      assert.equal(index.length, rows.length);
      for (const [row, sequence] of rows.entries()) {
        assert.equal(index.sequenceAt(row), sequence);
        assert.equal(index.rowOf(sequence), row);
      }
      assert.equal(index.sequenceAt(rows.length), undefined);
      assert.equal(index.rowOf(store.first - 1), undefined);
      const times = (list: typeof messages) =>
        Float64Array.from(list, ({ record }) => record.timestamp ?? NaN);
      const { filter } = current;
      const matched = messages.filter(({ record }) => !filter || matches(filter, record));
      const total = makeHistogram(times(messages));
      assert.deepEqual(index.histogram, total && withMatched(total, times(matched)));
      if (index.version === last.version) {
        assert.deepEqual(rows.slice(0, last.rows.length), last.rows);
      }
      last = { version: index.version, rows };
    };
    type Operation =
      | { readonly append: readonly KafkaRecord[] }
      | { readonly filter: string; readonly view: IndexView }
      | { readonly keepNewest: number };
    const operations = fc.oneof<fc.Arbitrary<Operation>[]>(
      fc.record({ append: fc.array(records, { maxLength: 12 }) }),
      fc.record({ append: fc.array(records, { maxLength: 12 }) }),
      fc.record({ filter: fc.constantFrom(...filters), view: views }),
      fc.record({ keepNewest: fc.integer({ min: 1, max: 60 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(operations, { maxLength: 12 }), async (list) => {
        for (const operation of list) {
          if ('append' in operation) {
            store.append(undecoded(operation.append));
            all.push(...operation.append);
            await index.update();
          } else if ('view' in operation) {
            const { span, sort } = operation.view;
            await index.show(view(operation.filter, { span, sort }));
            current = { filter: parseFilter(operation.filter, timeContext), span, sort };
          } else {
            store.keepNewest(operation.keepNewest);
            await index.update();
          }
          check();
        }
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('leaves its rows alone between updates', async () => {
    const { store, index } = open();
    store.append(undecoded(numbered(10)));
    await index.show(view('message'));
    store.append(undecoded(numbered(3, 10)));
    store.keepNewest(5);
    assert.deepEqual([index.length, index.sequenceAt(0)], [10, 0]);
    const { version } = index;
    await index.update();
    assert.deepEqual([index.length, index.sequenceAt(0)], [5, 8]);
    assert.notEqual(index.version, version);
  });

  it('narrows what it shows, and takes in what has come and gone since', async () => {
    const { store, index } = open();
    store.append(undecoded(numbered(30)));
    await index.show(view('message 1'));
    assert.equal(index.length, 12);
    store.append(undecoded(numbered(3, 110)));
    store.keepNewest(20);
    await index.show(view('message 1 11'));
    assert.deepEqual(Array.from(index.sequences()), [30, 31, 32]);
  });

  it('keeps its version while rows are only added', async () => {
    const { store, index } = open();
    store.append(undecoded(numbered(10)));
    await index.show(view('message'));
    const { version } = index;
    store.append(undecoded(numbered(10, 10)));
    await index.update();
    assert.deepEqual([index.length, index.version], [20, version]);
  });

  it('leaves the worker alone while nothing is new', async () => {
    const { store, index, workers } = open();
    store.append(undecoded(numbered(10)));
    await index.show(view('message'));
    let answers = 0;
    workers[0]?.on('message', () => (answers += 1));
    await index.update();
    assert.equal(answers, 0);
    store.append(undecoded(numbered(1, 10)));
    await index.update();
    assert.equal(answers, 1);
  });

  it('shows what was asked for last, whatever goes on meanwhile', async () => {
    const { store, index } = open();
    const running: Promise<void>[] = [];
    for (let round = 0; round < 30; round += 1) {
      store.append(undecoded(numbered(1000, round * 1000)));
      running.push(index.update());
      running.push(
        index.show(view(`"message ${round}"`)).catch((error: unknown) => {
          assert.ok(error instanceof Error && error.name === 'AbortError', String(error));
        }),
      );
    }
    await Promise.all(running);
    await index.show(view('"message 29"'));
    assert.equal(index.length, 1111);
    assert.equal(
      index.histogram?.total.reduce((sum, count) => sum + count),
      30_000,
    );
  });

  it('has the memory of dropped messages used again', async () => {
    const { store, index } = open({ limits: { ...LIMITS, maxBytes: 5_000_000 } });
    await index.show(view('7', { sort: { column: 'size', descending: true } }));
    const buffers = new Set<SharedArrayBuffer>();
    for (let batch = 0; batch < 50; batch += 1) {
      store.append(undecoded(numbered(1000).map((each) => ({ ...each, key: 'x'.repeat(1000) }))));
      for (const { buffer } of store.chunks) buffers.add(buffer);
      await index.update();
    }
    assert.ok(buffers.size < 10, `${buffers.size} chunks`);
    assert.equal(
      index.length,
      index.histogram?.matched.reduce((sum, count) => sum + count),
    );
  });

  it('gives a call up for a later one at once', async () => {
    const { store, index } = open({ stepMs: 60_000 });
    store.append(undecoded([hopeless]));
    await index.update();
    const running = assert.rejects(index.show(view(exploding)), isAbort);
    const waiting = assert.rejects(index.show(view(exploding)), isAbort);
    await index.show(view('aaa'));
    await Promise.all([running, waiting]);
    assert.equal(index.length, 1);
  });

  it('gives up what runs already', async () => {
    const { store, index, workers } = open({ stepMs: 60_000 });
    store.append(undecoded([hopeless, ...numbered(10)]));
    const running = assert.rejects(index.show(view(exploding)), isAbort);
    await setImmediate();
    // With this it tells that it has started.
    await once(workers[0] ?? assert.fail(), 'message');
    await index.show(view('7'));
    await running;
    assert.deepEqual([...index.sequences()], [8]);
  });

  it('finishes an update that a bad filter has interrupted', async () => {
    const { store, index } = open();
    await index.show(view(`message or ${exploding}`));
    store.append(undecoded([...slowFor(300), ...numbered(10)]));
    const updated = index.update();
    // The worker has its task by then.
    await setImmediate();
    await assert.rejects(index.show(view('$.b[c]')), FilterError);
    await updated;
    assert.equal(index.length, 10);
  });

  it('keeps what it shows where a filter is bad', async () => {
    const { store, index } = open();
    store.append(undecoded(numbered(10)));
    await index.show(view('7'));
    await assert.rejects(index.show(view('(')), FilterError);
    await assert.rejects(
      index.show(view('a $.b[c]')),
      (error) => error instanceof FilterError && error.at === 6 && error.fault.kind === 'path',
    );
    assert.deepEqual([...index.sequences()], [7]);
    store.append(undecoded(numbered(1, 17)));
    await index.update();
    assert.deepEqual([...index.sequences()], [7, 10]);
  });

  it('gives up a regular expression that explodes, and goes on with the next filter', async () => {
    const { store, index, workers } = open();
    store.append(undecoded([...numbered(10), hopeless]));
    await index.show(view('message'));
    const ended = once(workers[0] ?? assert.fail(), 'exit');
    await assert.rejects(index.show(view(exploding)), isKind('too-slow'));
    await ended;
    assert.equal(index.length, 10);
    await index.show(view('7'));
    assert.deepEqual([...index.sequences()], [7]);
  });

  it('lets a filter take its time as long as it goes on', async () => {
    const { store, index } = open();
    // Three times as long as one step may take.
    store.append(undecoded(slowFor(900)));
    await index.show(view(exploding));
    assert.equal(index.length, 0);
  });

  it('takes no more in after a new message was too slow, until something else is shown', async () => {
    const { store, index } = open();
    store.append(undecoded(numbered(10)));
    await index.show(view(exploding));
    store.append(undecoded([hopeless]));
    await assert.rejects(index.update(), isKind('too-slow'));
    store.append(undecoded(numbered(10, 10)));
    await index.update();
    assert.equal(index.length, 0);
    await index.show(view('message'));
    assert.equal(index.length, 20);
    store.append(undecoded(numbered(10, 20)));
    await index.update();
    assert.equal(index.length, 30);
  });

  it('gets a new worker when one dies, and tells', async () => {
    const broken = [
      () => new Worker('process.exit(3);', { eval: true }),
      () => new Worker('throw new Error("broken");', { eval: true }),
      () => new Worker('/no/such/worker.js'),
      () => {
        throw new Error('EAGAIN');
      },
      () => takingNothing(startFilterWorker()),
    ];
    const { store, index } = open({ startWorker: () => (broken.shift() ?? startFilterWorker)() });
    store.append(undecoded(numbered(10)));
    for (let count = broken.length; count > 0; count -= 1) {
      await assert.rejects(index.show(view('7')), isKind('worker-died'));
    }
    await index.show(view('7'));
    assert.deepEqual([...index.sequences()], [7]);
  });

  it('gives a new worker all messages when one had no memory for the new ones', async () => {
    const { store, index, workers } = open();
    store.append(undecoded(numbered(10)));
    await index.show(view('7'));
    const [worker] = workers;
    if (worker) takingNothing(worker);
    store.append(undecoded(numbered(10, 10)));
    await assert.rejects(index.update(), isKind('worker-died'));
    await index.show(view('7'));
    assert.deepEqual([...index.sequences()], [7, 17]);
  });

  it('gets a new worker when one ended between two tasks', async () => {
    const { store, index, workers } = open();
    store.append(undecoded(numbered(10)));
    await index.show(view('7'));
    await workers[0]?.terminate();
    store.append(undecoded(numbered(10, 10)));
    await index.update();
    assert.deepEqual([...index.sequences()], [7, 17]);
    assert.equal(workers.length, 2);
  });

  it('ends what is under way when it is disposed', async () => {
    const { store, index } = open({ stepMs: 60_000 });
    store.append(undecoded([hopeless]));
    const shows = assert.rejects(index.show(view(exploding)), isAbort);
    const updates = assert.rejects(index.update(), isAbort);
    index.dispose();
    await Promise.all([shows, updates]);
    await assert.rejects(index.show(view()), isAbort);
    await assert.rejects(index.update(), isAbort);
  });
});
