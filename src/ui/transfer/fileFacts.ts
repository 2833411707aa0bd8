import { countImport, type ImportCount } from '../../transfer/bulk/countImport';
import { previewImport } from '../../transfer/import/guess/guessImport';
import type { Imported } from '../../transfer/import/imported';
import { importRecords } from '../../transfer/import/importRecords';
import type { Connections } from '../clusters/connections';
import type { FileJob } from './fileJob';
import type { OpenedFile } from './layout/openFile';

/** How many of the first messages are shown. */
const SHOWN = 20;
const REFRESH_MS = 300;

/** What is found out about the messages of a file before they are sent. */
export interface FileFacts {
  readonly first: readonly Imported[];
  /** The counts so far. */
  readonly count: ImportCount;
  /** Whether the whole file was counted, or cannot be. */
  readonly isComplete: boolean;
  /** What is in the file and is not sent. */
  readonly leftOut: readonly string[];
  readonly statusLines: number;
  /** Why the messages cannot be sent as things stand. */
  readonly error?: unknown;
}

const NOTHING: ImportCount = { records: 0, beforeBad: 0, bad: 0, examples: [] };

/**
 * Reads the first messages of a file and counts all of them. `show` gets what is known so far. A
 * topic that cannot be looked up and bytes that the encoding does not have are facts, too.
 */
export async function findFacts(
  connections: Connections,
  job: FileJob,
  { head }: OpenedFile,
  signal: AbortSignal,
  show: (facts: FileFacts) => void,
): Promise<FileFacts> {
  const { cluster, topic, file, options } = job;
  const leftOut = new Set<string>();
  let statusLines = 0;
  let count = NOTHING;
  const first = await previewImport(head, options, SHOWN);
  const facts = (isComplete: boolean): FileFacts => ({
    ...{ first, count, isComplete, statusLines },
    leftOut: [...leftOut],
  });
  show(facts(false));
  try {
    const proxy = await connections.proxy(cluster);
    const partitions = await proxy.partitions(topic, { signal });
    const can = proxy.capabilities.produce;
    if (!can) return facts(true);
    const extras = {
      leftOut: (member: string) => leftOut.add(member),
      statusLine: () => (statusLines += 1),
    };
    const batches = importRecords(file.read(), options, extras);
    let told = performance.now();
    for await (count of countImport(batches, can, new Set(partitions.map(({ id }) => id)))) {
      signal.throwIfAborted();
      if (performance.now() - told < REFRESH_MS) continue;
      told = performance.now();
      show(facts(false));
    }
    return facts(true);
  } catch (error) {
    signal.throwIfAborted();
    return { ...facts(true), error };
  }
}
