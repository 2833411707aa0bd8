import { comparable, type Context } from './compare';
import type { Operation, OtherRecord, Programme } from './operation';
import { BIG_TOPICS, LEADERLESS } from './prepared';
import type { Side, SideResponse } from './side';

/** The first responses of a programme that are not equal. */
export interface Difference {
  /** The index of the operation. */
  readonly at: number;
  readonly operation: Operation;
  /** What each side says, in the order of the sides. */
  readonly said: readonly [string, string];
}

export type Sides = readonly [Side, Side];

/** When this process began, in epoch milliseconds. The clocks of brokers are the same. */
const began = Date.now() - 1_000;

let runs = 0;
let bigTopics = 0;

/** Runs a programme against both sides. Returns the first difference, if there is one. */
export async function runProgramme(
  { seed, operations }: Programme,
  sides: Sides,
): Promise<Difference | undefined> {
  runs += 1;
  const context: Context = { prefix: `cmp-${seed}-${runs}-`, began };
  const usesBig = operations.some((operation) => JSON.stringify(operation).includes('@big'));
  const big = BIG_TOPICS[usesBig ? bigTopics++ % BIG_TOPICS.length : 0] ?? '';
  for (const [at, operation] of operations.entries()) {
    const said = await new Step(sides, context).run(named(operation, context.prefix, big));
    if (said && said[0] !== said[1]) return { at, operation, said };
  }
  return undefined;
}

/** Returns the operation with the names of topics, and with long texts written out. */
function named(operation: Operation, prefix: string, big: string): Operation {
  const text = JSON.stringify(operation)
    .replaceAll('@big', big)
    .replaceAll('@leaderless', LEADERLESS)
    .replace(/@(?=\d)/g, prefix)
    .replace(/#(\d+)#/g, (_, length: string) => 'x'.repeat(Number(length)));
  return JSON.parse(text) as Operation;
}

type Said = readonly [string, string];

/** Carries out one operation on both sides. */
class Step {
  constructor(
    private readonly sides: Sides,
    private readonly context: Context,
  ) {}

  /** Returns what each side says, or nothing if the operation has no response. */
  async run(operation: Operation): Promise<Said | undefined> {
    switch (operation.kind) {
      case 'request':
        return this.#send(operation.method, operation.path, operation.body);
      case 'read': {
        const { topic, partition, near, plus, count } = operation;
        const range = await this.#range(topic, partition);
        const offset = (range?.[near] ?? 0n) + BigInt(plus);
        const path = `/v1/consumer/topics/${topic}/partitions/${partition}/offsets/${offset}`;
        return this.#send('GET', count === undefined ? path : `${path}?count=${count}`);
      }
      case 'append':
      case 'commit':
      case 'abort':
        return this.#write(operation.topic, operation.records, operation.kind);
      case 'trim': {
        const { topic, partition, plus } = operation;
        const range = await this.#range(topic, partition);
        if (!range) return undefined;
        const wanted = range.earliest + BigInt(plus);
        const earliest = wanted < range.latest ? wanted : range.latest;
        return this.#both((side) => side.trim(topic, partition, earliest));
      }
      case 'compact':
        return this.#compact(operation.topic, operation.partition);
    }
  }

  async #send(method: string, path: string, body?: string): Promise<Said> {
    const [one, other] = this.sides;
    const responses = await Promise.all([
      one.send(method, path, body),
      other.send(method, path, body),
    ]);
    const text = (response: SideResponse): string => comparable(response, this.context);
    return [text(responses[0]), text(responses[1])];
  }

  async #both(change: (side: Side) => Promise<void>): Promise<undefined> {
    await Promise.all(this.sides.map(change));
    return undefined;
  }

  /** Writes the records whose partitions exist: in a programme made smaller, not all do. */
  async #write(
    topic: string,
    records: readonly OtherRecord[],
    kind: 'append' | 'commit' | 'abort',
  ): Promise<undefined> {
    const ids = [...new Set(records.map(({ partition }) => partition))];
    const ranges = await Promise.all(ids.map((id) => this.#range(topic, id)));
    const writable = records.filter(({ partition }) => ranges[ids.indexOf(partition)]);
    if (writable.length === 0) return undefined;
    return this.#both((side) =>
      kind === 'append' ? side.append(topic, writable) : side.transaction(topic, writable, kind),
    );
  }

  /**
   * Compacts: a later record with the same key makes one superfluous, but for the newest segment,
   * which consists of the record that is written here.
   */
  async #compact(topic: string, partition: number): Promise<undefined> {
    if (!(await this.#range(topic, partition))) return undefined;
    const path = `/v1/consumer/topics/${topic}/partitions/${partition}/offsets`;
    const { earliest } = (await this.#range(topic, partition)) ?? { earliest: 0n };
    const { body } = await this.sides[0].send('GET', `${path}/${earliest}?count=1000`);
    const seen = new Set<string>();
    const gone: bigint[] = [];
    const records = [...body.matchAll(/\{"key":(null|"(?:[^"\\]|\\.)*"),.*?"offset":(\d+),/gs)];
    for (const [, key = '', offset = ''] of records.reverse()) {
      if (seen.has(key)) gone.push(BigInt(offset));
      seen.add(key);
    }
    await this.#both((side) =>
      side.append(topic, [{ partition, key: 'newest', value: 'segment' }]),
    );
    return this.#both((side) => side.compact(topic, partition, gone));
  }

  /** Returns the offsets of a partition of the first side, if it exists. */
  async #range(
    topic: string,
    partition: number,
  ): Promise<{ earliest: bigint; latest: bigint } | undefined> {
    const path = `/v1/metadata/topics/${topic}/partitions/${partition}`;
    const { body } = await this.sides[0].send('GET', path);
    const found = /"earliest_offset":(\d+),"latest_offset":(\d+)/.exec(body);
    return found ? { earliest: BigInt(found[1] ?? 0), latest: BigInt(found[2] ?? 0) } : undefined;
  }
}
