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

/** A rule that every dialect must follow. */
export interface Check {
  readonly name: string;
  /** Whether the proxy offers what this checks; missing means always. */
  readonly applies?: ((proxy: KafkaProxy) => boolean) | undefined;
  readonly run: (trial: Trial) => Promise<void>;
}

/** The tools of a check. */
export interface Trial {
  readonly server: ContractServer;
  /** A client that never retries, so that each failure shows. Other checks use it too. */
  readonly proxy: KafkaProxy;
  /**
   * Opens a separate client that retries as the extension does. It is disposed of after the check.
   */
  readonly persistent: () => KafkaProxy;
  /** Makes a topic with a new name, and returns the name. */
  readonly topic: (options?: TopicOptions) => Promise<string>;
}

let topics = 0;

/** Runs a check, and then repairs the server. `proxy` is a client that never retries. */
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

/** Asserts that the promise rejects with a `KafkaError` of one of these kinds. */
export async function failsWith(
  promise: Promise<unknown>,
  ...kinds: readonly KafkaErrorKind[]
): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof KafkaError, `${String(error)} is not a KafkaError`);
    assert.ok(kinds.includes(error.kind), `${error.message}, expected ${kinds.join(' or ')}`);
    return true;
  });
}

/** Returns all pages of a range of partition 0. */
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

/** Returns all records of a range of partition 0. */
export async function recordsOf(
  ...given: Parameters<typeof pagesOf>
): Promise<readonly KafkaRecord[]> {
  return (await pagesOf(...given)).flatMap(({ records }) => records);
}

/** Returns a payload as hexadecimal bytes, so that text and bytes compare equal; `null` stays. */
export function bytes(payload: Payload | null | undefined): string | null {
  if (payload === null || payload === undefined) return null;
  return Buffer.from(payload).toString('hex');
}

/** Returns the offsets from `from` up to `until`, exclusive. */
export function offsets(from: number, until: number): readonly Offset[] {
  return Array.from({ length: until - from }, (_, index) => BigInt(from + index));
}
