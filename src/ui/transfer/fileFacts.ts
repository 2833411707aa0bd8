import { countImport, type ImportCount } from '../../transfer/bulk/countImport';
import { previewImport } from '../../transfer/import/guess/guessImport';
import type { Imported } from '../../transfer/import/imported';
import { importRecords } from '../../transfer/import/importRecords';
import { encodeImported } from '../../transfer/bulk/encodeImported';
import { needsEncoding } from '../produce/draft';
import type { OpenFormats } from '../produce/openFormats';
import type { FileJob, FileServices } from './fileJob';
import type { OpenedFile } from './layout/openFile';

/** How many of the first messages are shown. */
const SHOWN = 20;
const REFRESH_MS = 300;

/** One of the first messages, and what it is encoded as, if it is and that is known. */
export interface FirstMessage {
  readonly item: Imported;
  readonly encoded?: Imported | undefined;
}

/** What is found out about the messages of a file before they are sent. */
export interface FileFacts {
  readonly first: readonly FirstMessage[];
  /** The counts so far. */
  readonly count: ImportCount;
  /** Whether the whole file was counted, or cannot be. */
  readonly isComplete: boolean;
  /** What is in the file and is not sent. */
  readonly leftOut: readonly string[];
  readonly statusLines: number;
  /** The schemas by which the messages are encoded, in words, as far as they have been found. */
  readonly schemas?: OpenFormats['schemas'] | undefined;
  /** Why the messages cannot be sent as things stand. */
  readonly error?: unknown;
}

const NOTHING: ImportCount = { records: 0, beforeBad: 0, bad: 0, examples: [] };

/**
 * Reads the first messages of a file and counts all of them. `show` gets what is known so far. A
 * topic that cannot be looked up and bytes that the encoding does not have are facts, too.
 */
export async function findFacts(
  { connections, formats }: FileServices,
  job: FileJob,
  { head }: OpenedFile,
  signal: AbortSignal,
  show: (facts: FileFacts) => void,
): Promise<FileFacts> {
  const { cluster, topic, file, options } = job;
  const leftOut = new Set<string>();
  let statusLines = 0;
  let count = NOTHING;
  const shown = await previewImport(head, options, SHOWN);
  let first: readonly FirstMessage[] = shown.map((item) => ({ item }));
  let schemas: FileFacts['schemas'];
  const facts = (isComplete: boolean): FileFacts => ({
    ...{ first, count, isComplete, statusLines, schemas },
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
    const open = needsEncoding(job) ? await formats.open(job, can.binary, signal) : undefined;
    const encode = async (items: readonly Imported[]) =>
      open ? encodeImported(items, open, { signal }) : items;
    if (open) {
      const encoded = await encode(shown);
      first = shown.map((item, index) => ({ item, encoded: encoded[index] }));
      schemas = open.schemas;
      show(facts(false));
    }
    const batches = encodedBatches(importRecords(file.read(), options, extras), encode);
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

async function* encodedBatches(
  batches: AsyncIterable<readonly Imported[]>,
  encode: (items: readonly Imported[]) => Promise<readonly Imported[]>,
): AsyncGenerator<readonly Imported[], void, undefined> {
  for await (const batch of batches) yield await encode(batch);
}
