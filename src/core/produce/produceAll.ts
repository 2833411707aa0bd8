import { onAbort } from '../async/onAbort';
import { KafkaError } from '../errors';
import type { KafkaProxy, ProduceResult } from '../kafka';
import type { Fate } from './fates';
import type { CheckedRecords } from './sendable';
import { Sender } from './sender';

/** Which records, by their index in what was given: `start` inclusive, `end` exclusive. */
export interface IndexRange {
  readonly start: number;
  readonly end: number;
}

/** How many records met a fate, and which; the ranges ascend and do not touch. */
export interface RecordGroup {
  readonly count: number;
  readonly ranges: readonly IndexRange[];
}

/** The fates of a selection: it is sent or stopped as a whole, so that nothing of it is set aside. */
type SelectionFate = Exclude<Fate, 'setAside'>;

/** What became of all records. Refused and unsent ones can be sent again without doubling any. */
export interface ProduceOutcome extends Readonly<Record<SelectionFate, RecordGroup>> {
  /** One result for each record up to the last one sent, in the order given. */
  readonly results: readonly ProduceResult[];
  /** Why it stopped early, where a call as a whole was refused. */
  readonly error?: KafkaError;
  readonly aborted: boolean;
}

export interface ProduceProgress {
  readonly accepted: number;
  readonly total: number;
}

export interface ProduceOptions {
  /** Ends it after the batch that is under way. */
  readonly signal?: AbortSignal;
  /** How long that batch may take then before it is cut off, in milliseconds; missing: no time. */
  readonly graceMs?: number;
  readonly onProgress?: (progress: ProduceProgress) => void;
}

/**
 * Sends any number of records in order, in batches within `capabilities.produce`, one after the
 * other, and stops at the first batch that is not accepted as a whole; nothing is tried again. A batch
 * that turns out too large is halved; one record above the limit goes out alone, because the proxy has
 * the last word.
 *
 * Resolves with what became of each record. Rejects for a mistake of ours, and with a `KafkaError` of
 * kind `unsupported` if the proxy cannot produce at all. Aborting leaves the rest unsent, and the fate
 * of what is cut off on its way unclear.
 */
export async function produceAll(
  proxy: KafkaProxy,
  topic: string,
  { records, sizes }: CheckedRecords,
  { signal, graceMs = 0, onProgress }: ProduceOptions = {},
): Promise<ProduceOutcome> {
  const can = proxy.capabilities.produce;
  if (!can) throw new KafkaError('unsupported');
  const { maxBatchRecords } = can;
  const total = records.length;
  const results: ProduceResult[] = [];
  let accepted = 0;
  let inLine = 0;
  let error: KafkaError | undefined;
  const sender = new Sender<undefined>({
    proxy,
    can,
    topic,
    requests: 1,
    retryBudgetMs: 0,
    pauseMs: 0,
    signal,
    graceMs,
    onRefused: 'stop',
    onRefusedCall: 'refuseAll',
    partial: () => true,
    // One lane sends in order, so that the results come in the order of the records.
    onSettled: (entries) => {
      results.push(...entries.flatMap(({ result }) => result ?? []));
      const written = entries.filter(({ result }) => result?.status === 'accepted').length;
      accepted += written;
      if (written > 0) onProgress?.({ accepted, total });
      putIntoLine();
    },
    onStop: (end) => {
      if (end.kind === 'proxy') error = end.error;
    },
  });
  /** Keeps as many records in line as fit into a call, so that few are held twice. */
  function putIntoLine(): void {
    const end = Math.min(total, results.length + maxBatchRecords);
    for (; inLine < end; inLine++) {
      const record = records[inLine];
      if (record) sender.add(undefined, { record, size: sizes[inLine] ?? 0 });
    }
  }
  const stop = (): void => {
    sender.stop();
  };
  await onAbort(signal, stop, () => {
    putIntoLine();
    sender.send();
    return sender.idle();
  });
  return outcomeOf(results, total, signal, error);
}

/** The records that were certainly not written, in order: they can be sent again. */
export function restOf(
  { records, sizes }: CheckedRecords,
  { refused, unsent }: Pick<ProduceOutcome, 'refused' | 'unsent'>,
): CheckedRecords {
  const ranges = [...refused.ranges, ...unsent.ranges].sort((a, b) => a.start - b.start);
  const pick = <T>(all: readonly T[]): readonly T[] =>
    ranges.flatMap(({ start, end }) => all.slice(start, end));
  return { records: pick(records), sizes: pick(sizes) };
}

/** Sorts the indexes of `total` records by fate; those without a result were not sent. */
function outcomeOf(
  results: readonly ProduceResult[],
  total: number,
  signal: AbortSignal | undefined,
  error: KafkaError | undefined,
): ProduceOutcome {
  const groups = { accepted: group(), refused: group(), unclear: group(), unsent: group() };
  results.forEach(({ status }, index) => {
    add(groups[status], index, index + 1);
  });
  add(groups.unsent, results.length, total);
  return { ...groups, results, ...(error && { error }), aborted: signal?.aborted ?? false };
}

function group(): { count: number; ranges: { start: number; end: number }[] } {
  return { count: 0, ranges: [] };
}

function add(to: ReturnType<typeof group>, start: number, end: number): void {
  if (start === end) return;
  to.count += end - start;
  const last = to.ranges.at(-1);
  if (last?.end === start) last.end = end;
  else to.ranges.push({ start, end });
}
