import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Uri } from 'vscode';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { follow } from '../../../../src/core/read/follow';
import { type ReadRequest, type Reader, openReader } from '../../../../src/core/read/reader';
import { readOn } from '../../../../src/core/read/request';
import { exportLayout } from '../../../../src/transfer/export/exportFormats';
import { writeExport } from '../../../../src/ui/transfer/export/exportTarget';
import type { Cell } from '../cell';
import { type Operation, tell } from './operation';

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

export const read: Operation = {
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

export const followed: Operation = {
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
export const exported: Operation = {
  name: 'export',
  strikes: 'consume',
  from: 2,
  run: async (cell) => {
    const { proxy, signal, topic, folder } = cell;
    fill(cell, 0, RECORDS);
    const file = join(folder, 'export.jsonl');
    const request: ReadRequest = { topic, from: { at: 'earliest' } };
    const write = async (stop = new AbortController().signal): Promise<void> => {
      const reader = await openReader(proxy, request, { ...PAGES, signal: stop });
      await writeExport(reader, Uri.file(file), exportLayout('jsonl', topic), stop);
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
