import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { undecoded } from '../../../../src/core/message/decoded';
import { MessageIndex, type ViewRequest } from '../../../../src/viewer/index/messageIndex';
import { MessageStore, type StoreLimits } from '../../../../src/viewer/store/messageStore';
import type { SortColumn } from '../../../../src/viewer/columns';
import { whole } from '../amount';
import type { Benchmark } from '../benchmark';
import { memoryRow } from '../memory';
import { alternate, compare, type Row } from '../rows';
import { milliseconds } from '../support';

/** Of a message's key and value. */
export const MESSAGE_BYTES = 200;
/** Neither UTF-8 nor what separates messages has this byte. */
const NEVER = 0xfe;

const FILTERS = {
  rare: ['a rare text', 'order-0077777'],
  frequent: ['a text in nine of ten', 'shipped'],
  scripts: ['texts in other cases and scripts', 'GRÜSSE or Ωmega'],
  pattern: ['a regular expression', '/order-\\d*77777\\b/'],
  'path-text': ['a JSON path compared with a text', '$.state == "lost"'],
  'path-number': ['a JSON path compared with a number', '$.customer.id == 4711'],
} as const;
/** About the same field as another one. */
const OTHER_NUMBER = '$.customer.id == 4712';
const ALL: ViewRequest = {
  filter: '',
  span: null,
  sort: null,
  timeContext: { now: Date.now(), zone: 'utc' },
};
const SORTED: readonly SortColumn[] = ['timestamp', 'value'];
const FIELD: SortColumn = 'value$.customer.id';

/**
 * Filters and sorts a million messages in the viewer's worker as it is packed, from `show` to its
 * end. The yardstick of a filter is a native search of the same shared memory for a byte that never
 * occurs, which is as fast as memory is read; that of a sort is to sort as many numbers with
 * `Float64Array.sort`. A worker that is new has not looked at any field yet.
 */
export const benchFilter: Benchmark = async ({ quick }) => {
  const messages = quick ? 200_000 : 1_000_000;
  const rounds = quick ? 3 : 7;
  const store = fillStore(messages);
  let index = openIndex(store);
  const measure = async (
    name: string,
    what: string,
    view: Partial<ViewRequest>,
    [yardstick, bare]: Yardstick,
    { anew = false, before = ALL }: { readonly anew?: boolean; readonly before?: ViewRequest } = {},
  ): Promise<Row> => {
    const ways = {
      ours: async () => {
        if (anew) {
          index.dispose();
          index = openIndex(store);
        }
        await index.show(before);
        return milliseconds(() => index.show({ ...ALL, ...view }));
      },
      bare: () => milliseconds(bare),
    };
    const series = await alternate(ways, { rounds });
    const { value, ...rest } = compare(series.ours, series.bare);
    return {
      name: `filter/${name}`,
      what: `viewer, ${whole(messages)} × ${MESSAGE_BYTES} B: ${what}`,
      unit: 'ms',
      ...rest,
      yardstick: { what: yardstick, value },
    };
  };
  const texts = [...store.chunks.ranges(store.first, store.end)].map(({ chunk, to }) =>
    chunk.bytes.subarray(0, chunk.end(to - 1)),
  );
  const search: Yardstick = [
    'search for a byte',
    () => {
      for (const bytes of texts) bytes.indexOf(NEVER);
    },
  ];
  const numbers = Float64Array.from({ length: messages }, (_, n) => (n * 7919) % 1_000_003);
  const sort: Yardstick = ['Float64Array.sort', () => numbers.slice().sort()];
  try {
    const rows: Row[] = [];
    for (const [name, [what, filter]] of Object.entries(FILTERS)) {
      rows.push(await measure(name, what, { filter }, search, { anew: name === 'path-number' }));
    }
    const again = 'a JSON path compared with a number again';
    rows.push(await measure('path-number-again', again, { filter: OTHER_NUMBER }, search));
    const narrower = { filter: FILTERS.rare[1] };
    const before = { ...ALL, filter: narrower.filter.slice(0, -2) };
    rows.push(await measure('narrower', 'a text typed to its end', narrower, search, { before }));
    for (const column of SORTED) {
      const view = { sort: { column, descending: true } };
      rows.push(await measure(`sort-${column}`, `sorting by ${column}`, view, sort));
    }
    const byField = { sort: { column: FIELD, descending: true } };
    const first = 'sorting by a field for the first time';
    rows.push(await measure('sort-field', first, byField, sort, { anew: true }));
    rows.push(await measure('sort-field-again', 'sorting by a field again', byField, sort));
    return rows;
  } finally {
    index.dispose();
  }
};

/** What memory a viewer takes that holds them, all of them filtered once. */
export const memoryOfViewer: Benchmark = async ({ quick }) => {
  const messages = quick ? 200_000 : 1_000_000;
  const show = async (count: number) => {
    const index = openIndex(fillStore(count));
    try {
      await index.show({ ...ALL, filter: 'shipped' });
    } finally {
      index.dispose();
    }
  };
  return [
    await memoryRow({
      name: 'memory-viewer',
      what: `viewer that holds ${whole(messages)} × ${MESSAGE_BYTES} B`,
      bytes: messages * MESSAGE_BYTES,
      warmUp: () => show(1000),
      run: () => show(messages),
      // The next one would come before the garbage of this one has gone.
      runs: 1,
    }),
  ];
};

function openIndex(store: MessageStore): MessageIndex {
  const worker = path.resolve('dist/filterWorker.js');
  // A busy machine is to give a bad figure, not none.
  return new MessageIndex(store, () => new Worker(worker), { stepMs: 60_000 });
}

/** What it is called, and what it does. */
type Yardstick = readonly [string, () => unknown];

/** A viewer's store that got so many messages of 200 bytes. It holds all of them by default. */
export function fillStore(
  messages: number,
  limits: StoreLimits = { maxMessages: messages, maxBytes: Infinity },
): MessageStore {
  const store = new MessageStore(limits);
  for (let next = 0; next < messages; next += 1000) {
    store.append(undecoded(Array.from({ length: 1000 }, (_, n) => message(next + n))));
    // No worker reads it yet.
    store.reuseDropped();
  }
  return store;
}

function message(n: number): KafkaRecord {
  const key = `order-${String(n).padStart(7, '0')}`;
  const state = n % 10 === 0 ? 'open' : 'shipped';
  const start = `{"customer":{"id":${(n * 7919) % 100_003},"name":"Ada Lovelace"},"state":"${state}","note":"`;
  const note = `${(n * 2_654_435_761).toString(36)} `.repeat(20);
  const value = `${start}${note.slice(0, MESSAGE_BYTES - key.length - start.length - 2)}"}`;
  return { partition: n % 8, offset: BigInt(n >> 3), timestamp: 1.76e12 + 25 * n, key, value };
}
