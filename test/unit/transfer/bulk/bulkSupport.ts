import { setImmediate } from 'node:timers/promises';
import type { KafkaProxy, NewRecord } from '../../../../src/core/kafka';
import type { BulkOptions } from '../../../../src/transfer/bulk/bulkOptions';
import { BulkProducer } from '../../../../src/transfer/bulk/bulkProduce';
import type { SinkName } from '../../../../src/transfer/bulk/sink';
import type { EmulatedProxy } from '../../../support/emulatedProxy';
import { bounded } from '../../../support/proxies/bounded';
import { meddledProxy } from '../../../support/proxies/meddledProxy';

export type Item =
  | { readonly kind: 'record'; readonly line: number; readonly record: NewRecord }
  | { readonly kind: 'bad'; readonly line: number };

/** Records whose values are the numbers of their lines, counted from 1. */
export function numbered(
  count: number,
  rest: (line: number) => Omit<NewRecord, 'value'> = () => ({}),
): Item[] {
  return Array.from({ length: count }, (_, index) => {
    const line = index + 1;
    return { kind: 'record', line, record: { value: String(line), ...rest(line) } };
  });
}

/** A source that gives items in batches, and tells how many it gave and whether it was left. */
export class Source {
  pulled = 0;
  closed = false;

  constructor(
    private readonly items: readonly Item[],
    private readonly batchSize = 10,
  ) {}

  readonly open = async function* (this: Source): AsyncGenerator<readonly Item[]> {
    try {
      for (let at = 0; at < this.items.length; at += this.batchSize) {
        const batch = this.items.slice(at, at + this.batchSize);
        this.pulled += batch.length;
        yield await Promise.resolve(batch);
      }
    } finally {
      this.closed = true;
    }
  }.bind(this);
}

/** Remembers the lines of what is kept. */
export class Kept {
  readonly lines: Record<SinkName, number[]> = { rest: [], unclear: [], setAside: [] };
  readonly items: Record<SinkName, Item[]> = { rest: [], unclear: [], setAside: [] };

  readonly keep = (place: SinkName, items: readonly Item[]): Promise<void> => {
    this.items[place].push(...items);
    this.lines[place].push(...items.map(({ line }) => line));
    return Promise.resolve();
  };
}

/** The lines that stand in each partition of a topic, in the order of the log. */
export async function logged(proxy: KafkaProxy, topic: string): Promise<number[][]> {
  const logs: number[][] = [];
  for (const { id, earliest, latest } of (await proxy.partitions(topic)).map(bounded)) {
    const lines: number[] = [];
    const range = { topic, partition: id, from: earliest, until: latest };
    for await (const { records } of proxy.read(range)) {
      for (const { value } of records) lines.push(Number(value));
    }
    logs.push(lines);
  }
  return logs;
}

/** The numbers from `first` to `last`, inclusive. */
export function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

export function sorted(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b);
}

/** Lets everything happen that waits for no server. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await setImmediate();
}

type Meddle = Parameters<typeof meddledProxy>;

/** Returns a producer of batches of ten into a new topic. */
export function producerOf(
  emulated: EmulatedProxy,
  partitions: number,
  options: Partial<BulkOptions<Item>> & Pick<BulkOptions<Item>, 'keep'>,
  meddle: Meddle[1] = (records, produce) => produce(records),
  limits: Meddle[2] = {},
): BulkProducer<Item> {
  emulated.emulator.createTopic({ name: 't', partitions });
  const proxy = meddledProxy(emulated.proxy, meddle, { maxBatchRecords: 10, ...limits });
  return new BulkProducer(proxy, {
    topic: 't',
    partitions: span(0, partitions - 1),
    onBad: 'setAside',
    pauseMs: 1,
    ...options,
  });
}
