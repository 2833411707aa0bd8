import assert from 'node:assert/strict';
import { KafkaError, type KafkaErrorKind } from '../../src/core/errors';
import type {
  KafkaProxy,
  KafkaRecord,
  Offset,
  PartitionRange,
  Payload,
  ReadFlow,
  RecordPage,
} from '../../src/core/kafka';
import type { ContractServer, TopicOptions } from './server';

/** One thing that every dialect keeps to. */
export interface Check {
  readonly name: string;
  /** Whether the proxy offers what this is about; missing: always. */
  readonly applies?: ((proxy: KafkaProxy) => boolean) | undefined;
  readonly run: (trial: Trial) => Promise<void>;
}

/** What a check works with. */
export interface Trial {
  readonly server: ContractServer;
  /** A client that repeats nothing, so that each failure shows; other checks use it too. */
  readonly proxy: KafkaProxy;
  /** A client of its own, which repeats as the extension does. It is disposed of after the check. */
  readonly persistent: () => KafkaProxy;
  /** Makes a topic with a new name, and returns that. */
  readonly topic: (options?: TopicOptions) => Promise<string>;
}

let topics = 0;

/** Runs a check, and mends the server after it. `proxy` is a client that repeats nothing. */
export async function runCheck(
  check: Check,
  server: ContractServer,
  proxy: KafkaProxy,
): Promise<void> {
  const opened: KafkaProxy[] = [];
  try {
    await check.run({
      server,
      proxy,
      persistent: () => {
        const client = server.open({ retries: 3 });
        opened.push(client);
        return client;
      },
      topic: async (options) => {
        const name = `contract-${(topics += 1)}`;
        await server.makeTopic(name, options);
        return name;
      },
    });
  } finally {
    await server.mend();
    await Promise.all(opened.map((client) => client.dispose()));
  }
}

/** Asserts that it rejects with a `KafkaError` of one of these kinds. */
export async function failsWith(
  promise: Promise<unknown>,
  ...kinds: readonly KafkaErrorKind[]
): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof KafkaError, `${String(error)} is no KafkaError`);
    assert.ok(kinds.includes(error.kind), `${error.message}, expected ${kinds.join(' or ')}`);
    return true;
  });
}

/** All pages of a range of partition 0. */
export async function pagesOf(
  proxy: KafkaProxy,
  topic: string,
  { from = 0n, until }: { readonly from?: Offset; readonly until: Offset },
  flow: ReadFlow = {},
): Promise<readonly RecordPage[]> {
  const pages: RecordPage[] = [];
  const range: PartitionRange = { topic, partition: 0, from, until };
  for await (const page of proxy.read(range, flow)) pages.push(page);
  return pages;
}

/** All records of a range of partition 0. */
export async function recordsOf(
  ...given: Parameters<typeof pagesOf>
): Promise<readonly KafkaRecord[]> {
  return (await pagesOf(...given)).flatMap(({ records }) => records);
}

/** A payload as bytes in hexadecimal, so that text and bytes compare; `null` stays. */
export function bytes(payload: Payload | null | undefined): string | null {
  if (payload === null || payload === undefined) return null;
  return Buffer.from(payload).toString('hex');
}

/** Offsets from `from` up to `until`, exclusive. */
export function offsets(from: number, until: number): readonly Offset[] {
  return Array.from({ length: until - from }, (_, index) => BigInt(from + index));
}
