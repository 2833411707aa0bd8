import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KafkaError } from '../../../src/core/errors';
import { follow } from '../../../src/core/read/follow';
import type { KafkaRecord } from '../../../src/core/kafka';
import { produceAll } from '../../../src/core/produce/produceAll';
import { openReader, type Reader, type ReadRequest } from '../../../src/core/read/reader';
import { readOn } from '../../../src/core/read/request';
import { localFolder } from '../../../src/transfer/bulk/localFolder';
import { openFileRun } from '../../../src/transfer/bulk/produceFile';
import { exportFile } from '../../../src/transfer/export/exportFile';
import { exportLayout } from '../../../src/transfer/export/exportFormats';
import { describeOutcome } from '../../../src/ui/produce/produceOutcome';
import { summarize } from '../../../src/ui/transfer/bulkOutcome';
import { describeLine } from '../../../src/ui/transfer/importProblem';
import { checkedFor } from '../../support/checked';
import type { On } from '../../support/faults/plans';
import { type Cell, TIMEOUTS } from './cell';

/** What an operation told the person. */
export interface Told {
  /** `ok`, `unclear`, `cancelled`, `refused` (for its own sake), or the kind of the error. */
  readonly outcome: string;
  /** Empty where all went well. */
  readonly message: string;
  /** Asserts that what was told is true, with the fault gone: see each operation. */
  readonly verify: () => Promise<void> | void;
}

export interface Operation {
  readonly name: string;
  /** The requests that faults are to strike, and from which one on, so that it is in its middle. */
  readonly strikes: On;
  readonly from: number;
  readonly run: (cell: Cell) => Promise<Told>;
}

/** Runs what throws if it fails, and words that as the product does. */
async function tell(
  cell: Cell,
  doing: string,
  task: () => Promise<void>,
  verify: Told['verify'] = () => undefined,
): Promise<Told> {
  try {
    await task();
    return { outcome: 'ok', message: '', verify };
  } catch (error) {
    const message = await cell.word(doing, error);
    if (cell.signal.aborted && error === cell.signal.reason) {
      return { outcome: 'cancelled', message, verify };
    }
    assert.ok(error instanceof KafkaError, String(error));
    const { kind } = error;
    return { outcome: kind === 'unclear' ? 'unclear' : kind, message, verify };
  }
}

const list: Operation = {
  name: 'list',
  strikes: 'metadata',
  from: 1,
  run: (cell) =>
    tell(cell, 'list the topics', async () => {
      const topics = await cell.proxy.topics({ signal: cell.signal });
      assert.ok(topics.some(({ name }) => name === cell.topic));
    }),
};

const describe: Operation = {
  name: 'describe',
  strikes: 'metadata',
  from: 1,
  run: (cell) =>
    tell(cell, 'list the partitions', async () => {
      const { signal } = cell;
      const partitions = await cell.proxy.partitions(cell.topic, { signal });
      assert.deepEqual(
        partitions.map(({ id }) => id),
        [0, 1],
      );
      assert.equal((await cell.proxy.partition(cell.topic, 1, { signal })).id, 1);
    }),
};

/** A topic that is said to be created is there, and one that is said not to be is not. */
const create: Operation = {
  name: 'create',
  strikes: 'create',
  from: 1,
  run: async (cell) => {
    const name = `${cell.topic}-new`;
    const exists = (): boolean => {
      try {
        return cell.emulator.records(name, 0).length === 0;
      } catch {
        return false;
      }
    };
    const { signal } = cell;
    const told = await tell(cell, 'create the topic', () =>
      cell.proxy.createTopic({ name, partitionCount: 1 }, { signal }),
    );
    return {
      ...told,
      verify: () => {
        const { outcome } = told;
        if (outcome !== 'unclear' && outcome !== 'cancelled') {
          assert.equal(exists(), outcome === 'ok', 'the topic');
        }
      },
    };
  },
};

type Fate = 'accepted' | 'failed' | 'unclear';

/** Compares record by record what was told with what is in the log. */
function verifyFates(cell: Cell, fates: ReadonlyMap<string, Fate>): void {
  const logged = cell.logged();
  const wrong = [...fates].filter(([value, fate]) => {
    const times = logged.get(value) ?? 0;
    return fate === 'unclear' ? times > 1 : times !== (fate === 'accepted' ? 1 : 0);
  });
  assert.deepEqual(wrong, [], 'records whose fate was not told truly');
  assert.ok([...logged.keys()].every((value) => fates.has(value)));
}

/** Two calls to the proxy, the second of which is struck. */
const produce: Operation = {
  name: 'produce',
  strikes: 'produce',
  from: 2,
  run: async (cell) => {
    const values = Array.from({ length: 1200 }, (_, n) => `${cell.topic}: ${n} ${'x'.repeat(50)}`);
    const records = values.map((value) => ({ value }));
    const checked = checkedFor(cell.proxy, records);
    const outcome = await produceAll(cell.proxy, cell.topic, checked, { signal: cell.signal });
    const { accepted, refused, unclear, unsent, error, aborted } = outcome;
    if (error) cell.errors.push(error);
    const fates = new Map<string, Fate>();
    const add = (fate: Fate, { ranges }: typeof accepted): void => {
      for (const { start, end } of ranges) {
        for (const value of values.slice(start, end)) fates.set(value, fate);
      }
    };
    add('accepted', accepted);
    add('failed', refused);
    add('failed', unsent);
    add('unclear', unclear);
    assert.equal(fates.size, values.length);
    const failure = unclear.count > 0 ? 'unclear' : (error?.kind ?? 'refused');
    const done = accepted.count === values.length;
    return {
      outcome: done ? 'ok' : aborted ? 'cancelled' : failure,
      message: done ? '' : describeOutcome(outcome, cell.topic, records).text,
      verify: () => {
        verifyFates(cell, fates);
      },
    };
  },
};

/** Each line of the source is in the log, in `.rest` or in `.unclear`: in exactly one of them. */
const bulk: Operation = {
  name: 'bulk produce',
  strikes: 'produce',
  from: 2,
  run: async (cell) => {
    const { signal, topic, folder } = cell;
    const name = 'source.jsonl';
    const values = Array.from({ length: 2200 }, (_, n) => `${topic}: ${n} ${'x'.repeat(50)}`);
    const path = (file: string): string => join(folder, file);
    await writeFile(path(name), values.map((value) => `${JSON.stringify({ value })}\n`).join(''));
    const source = {
      name,
      folder: localFolder(folder),
      read: () => createReadStream(path(name)),
    };
    let told: Omit<Told, 'verify'> | undefined;
    let accepted: number | undefined;
    const prepared = await tell(cell, 'produce the file', async () => {
      const partitions = (await cell.proxy.partitions(topic, { signal })).map(({ id }) => id);
      const options = {
        topic,
        partitions,
        signal,
        onBad: 'stop' as const,
        requests: 2,
        retryBudgetMs: TIMEOUTS.patience,
        pauseMs: 20,
        graceMs: TIMEOUTS.grace,
      };
      const { run } = await openFileRun(cell.proxy, source, { format: 'jsonl' }, options);
      const report = await run();
      const { end, files } = report;
      cell.errors.push(report);
      accepted = report.accepted;
      const summary = summarize({
        source: name,
        cluster: 'cell',
        topic,
        headline: `Produced ${report.accepted} messages of ${name} to ${topic}.`,
        report,
        files,
        describe: describeLine,
        place: ({ line }) => `line ${line}`,
      });
      const outcomes = { done: 'ok', item: 'refused', source: 'source', keep: 'keep' } as const;
      const outcome =
        end.kind === 'proxy'
          ? end.error.kind
          : end.kind === 'unclear' || end.kind === 'cancelled'
            ? end.kind
            : outcomes[end.kind];
      told = { outcome, message: outcome === 'ok' ? '' : summary.text };
    });
    const verify = async (): Promise<void> => {
      const lines = async (kind: string): Promise<readonly string[]> => {
        const text = await readFile(path(`source.${kind}.jsonl`), 'utf8').catch(() => '');
        return text
          .split('\n')
          .filter(Boolean)
          .map((line) => (JSON.parse(line) as { value: string }).value);
      };
      const [rest, unclear] = [await lines('rest'), await lines('unclear')];
      const nothingSent = accepted === undefined || accepted + unclear.length === 0;
      const fates = new Map<string, Fate>(
        values.map((value) => [value, nothingSent ? 'failed' : 'accepted']),
      );
      for (const value of rest) fates.set(value, 'failed');
      for (const value of unclear) fates.set(value, 'unclear');
      assert.equal(new Set([...rest, ...unclear]).size, rest.length + unclear.length);
      assert.equal(fates.size, values.length);
      const count = [...fates.values()].filter((fate) => fate === 'accepted').length;
      assert.equal(count, accepted ?? 0, 'as many as were said to be accepted');
      verifyFates(cell, fates);
      const expected = [name, ...['rest', 'unclear'].map((kind) => `source.${kind}.jsonl`)];
      const files = await readdir(folder);
      assert.deepEqual(
        files.filter((file) => !expected.includes(file)),
        [],
      );
    };
    return { ...(told ?? prepared), verify };
  },
};

const RECORDS = 120;
const PAGES = { pageBytes: 4096 };

function fill(cell: Cell, from: number, until: number): void {
  const values = Array.from({ length: until - from }, (_, n) => `${from + n}: ${'x'.repeat(50)}`);
  const now = Date.now();
  cell.emulator.append(
    cell.topic,
    values.map((value, n) => ({ value, partition: n % 2, timestamp: now + n })),
  );
}

/** Each record that is there was read exactly once, and each partition in its order. */
function verifyRead(cell: Cell, read: readonly KafkaRecord[]): void {
  for (const partition of [0, 1]) {
    const offsets = read
      .filter((record) => record.partition === partition)
      .map(({ offset }) => Number(offset));
    const there = cell.emulator.records(cell.topic, partition).length;
    assert.deepEqual(
      offsets,
      Array.from({ length: there }, (_, n) => n),
      `offsets of partition ${partition}`,
    );
  }
}

const read: Operation = {
  name: 'read',
  strikes: 'consume',
  from: 2,
  run: async (cell) => {
    const { proxy, signal, topic } = cell;
    fill(cell, 0, RECORDS);
    const request: ReadRequest = { topic, from: { at: 'earliest' } };
    const records: KafkaRecord[] = [];
    let reader: Reader | undefined;
    return tell(
      cell,
      'consume messages',
      async () => {
        reader = await openReader(proxy, request, { ...PAGES, signal });
        for await (const batch of reader) records.push(...batch);
      },
      async () => {
        const next = reader ? readOn(request, reader.position) : request;
        for await (const batch of await openReader(proxy, next)) records.push(...batch);
        verifyRead(cell, records);
      },
    );
  },
};

const followed: Operation = {
  name: 'follow',
  strikes: 'consume',
  from: 2,
  run: async (cell) => {
    const { proxy, topic } = cell;
    fill(cell, 0, RECORDS);
    const records: KafkaRecord[] = [];
    let reader: Reader | undefined;
    const opened = (next: Reader): void => {
      reader = next;
    };
    const request = (): ReadRequest => {
      const from: ReadRequest = { topic, from: { at: 'earliest' } };
      return reader ? readOn(from, reader.position) : from;
    };
    /** Follows until all that is to come has come. */
    const goOn = async (until: number, outer?: AbortSignal): Promise<void> => {
      const enough = new AbortController();
      const signal = outer ? AbortSignal.any([outer, enough.signal]) : enough.signal;
      const from = request();
      opened(await openReader(proxy, from, { ...PAGES, signal }));
      assert.ok(reader);
      try {
        for await (const batch of follow(proxy, from, reader, { signal, opened })) {
          records.push(...batch);
          if (records.length === RECORDS) fill(cell, RECORDS, until);
          if (records.length >= until) enough.abort();
        }
      } catch (error) {
        if (outer?.aborted) throw outer.reason;
        if (!enough.signal.aborted) throw error;
      }
    };
    return tell(
      cell,
      'follow the topic',
      () => goOn(RECORDS + 50, cell.signal),
      async () => {
        if (cell.logged().size === RECORDS) fill(cell, RECORDS, RECORDS + 50);
        if (records.length < RECORDS + 50) await goOn(RECORDS + 50);
        verifyRead(cell, records);
      },
    );
  },
};

/** A file that is said to be written holds each record once; otherwise there is no part of one. */
const exported: Operation = {
  name: 'export',
  strikes: 'consume',
  from: 2,
  run: async (cell) => {
    const { proxy, signal, topic, folder } = cell;
    fill(cell, 0, RECORDS);
    const file = join(folder, 'export.jsonl');
    const request: ReadRequest = { topic, from: { at: 'earliest' } };
    const write = async (stop?: AbortSignal): Promise<void> => {
      const options = { ...PAGES, ...(stop && { signal: stop }) };
      const reader = await openReader(proxy, request, options);
      await exportFile(reader, file, exportLayout('jsonl', topic), options);
    };
    const told = await tell(cell, 'export the messages', () => write(signal));
    return {
      ...told,
      verify: async () => {
        const files = await readdir(folder);
        assert.deepEqual(files, told.outcome === 'ok' ? ['export.jsonl'] : []);
        if (told.outcome !== 'ok') await write();
        const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
        const records = lines.map((line) => JSON.parse(line) as KafkaRecord);
        verifyRead(cell, records);
      },
    };
  },
};

export const operations: readonly Operation[] = [
  list,
  describe,
  create,
  produce,
  bulk,
  read,
  followed,
  exported,
];
