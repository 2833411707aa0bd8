import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vsix } from '../../../support/host/processes';
import { whole } from '../amount';
import type { Benchmark } from '../benchmark';
import { startProbedServer } from './host';
import { compare, type Row } from '../rows';
import { onEmulator } from '../support';

/** What `treeProbe.ts` measures in one extension host, in milliseconds. */
export interface TreeTimes {
  /** The first time, with what has to be loaded, the token, and the connection. */
  readonly first: { readonly ours: number; readonly bare: number };
  readonly again: { readonly ours: readonly number[]; readonly bare: readonly number[] };
}

/**
 * Shows the topics of a cluster in the tree, 10 and 10,000 of them, in extension hosts of VS Code:
 * from asking the tree for them until each has its item. The yardstick fetches the same list with
 * bare calls in the same host, and parses it.
 */
export const benchTree: Benchmark = async ({ quick }) => [
  // A short run leaves out the few topics, as the many say about the same.
  ...(quick ? [] : await measureTree(10, quick)),
  ...(await measureTree(10_000, quick)),
];

async function measureTree(topics: number, quick: boolean): Promise<Row[]> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'kafka-rest-bench-'));
  try {
    return await onEmulator({ topics: emptyTopics(topics) }, async (emulator) => {
      const file = path.join(scratch, 'emulator.json');
      writeFileSync(file, JSON.stringify(emulator.info), { mode: 0o600 });
      const env = { KAFKA_REST_EMULATOR: file, BENCH_TOPICS: String(topics) };
      const folder = path.join(scratch, 'host');
      const probed = await startProbedServer({ folder, vsix, probe: 'treeProbe', quick, env });
      try {
        const times: TreeTimes[] = [];
        for (let n = 0; n < (quick ? 1 : 4); n += 1)
          times.push((await probed.measure()) as TreeTimes);
        return rowsOf(topics, times);
      } finally {
        await probed.server.stop();
      }
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function rowsOf(topics: number, times: readonly TreeTimes[]): Row[] {
  const row = (when: string, words: string, ours: number[], bare: number[]): Row => {
    const { value, ...rest } = compare(ours, bare);
    const what = `${whole(topics)} topics in the tree, ${words}`;
    const yardstick = { what: 'bare calls', value };
    return { name: `tree/${topics}/${when}`, what, unit: 'ms', ...rest, yardstick };
  };
  const [first, again] = [times.map((each) => each.first), times.map((each) => each.again)];
  return [
    row(
      'first',
      'with sign-in',
      first.map(({ ours }) => ours),
      first.map(({ bare }) => bare),
    ),
    row(
      'again',
      'again',
      again.flatMap(({ ours }) => ours),
      again.flatMap(({ bare }) => bare),
    ),
  ];
}

function emptyTopics(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `topic-${String(n).padStart(5, '0')}:1:0:1`);
}
