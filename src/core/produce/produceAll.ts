import { onAbort } from '../async/onAbort';
import { KafkaError, type KafkaErrorKind } from '../errors';
import type { KafkaProxy, ProduceResult } from '../kafka';
import type { Fate } from './fates';
import type { CheckedRecords } from './sendable';
import { Sender } from './sender';

/** A range of the given records by their indexes: `start` inclusive, `end` exclusive. */
export interface IndexRange {
  readonly start: number;
  readonly end: number;
}

/** The records that met one fate. The ranges ascend and do not touch. */
export interface RecordGroup {
  readonly count: number;
  readonly ranges: readonly IndexRange[];
}

/** The fates of records in a selection. None is set aside, because a bad one stops the whole. */
type SelectionFate = Exclude<Fate, 'setAside'>;

/** What became of all records. Refused and unsent ones can be sent again without duplicates. */
export interface ProduceOutcome extends Readonly<Record<SelectionFate, RecordGroup>> {
  /** One result for each record up to the last one sent, in the order given. */
  readonly results: readonly ProduceResult[];
  /** Why sending stopped, if a call was refused as a whole. */
  readonly error?: KafkaError;
  readonly aborted: boolean;
}

export interface ProduceProgress {
  readonly accepted: number;
  readonly total: number;
}

export interface ProduceOptions {
  /** Stops after the batch that is under way. */
  readonly signal?: AbortSignal;
  /** How long that batch may then take before it is cut off, in milliseconds. Default: 0. */
  readonly graceMs?: number;
  readonly onProgress?: (progress: ProduceProgress) => void;
}

/**
 * Sends any number of records in order, in batches within `capabilities.produce`, one after the
 * other. Stops at the first batch that is not accepted as a whole; nothing is repeated. A batch
 * that turns out to be too large is halved. A record above the limit is sent alone, because the
 * proxy decides about it.
 *
 * Resolves with what became of each record. Rejects with a `KafkaError` of kind `unsupported` if
 * the proxy cannot produce at all, and otherwise only because of a bug. Aborting leaves the
 * remaining records unsent; records that are cut off under way are unclear.
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
  /** Queues no more records than fit into a call, so that few are in memory twice. */
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

/** Returns the records that were certainly not written, in order. They can be sent again. */
export function restOf(
  { records, sizes }: CheckedRecords,
  { refused, unsent }: Pick<ProduceOutcome, 'refused' | 'unsent'>,
): CheckedRecords {
  const ranges = [...refused.ranges, ...unsent.ranges].sort((a, b) => a.start - b.start);
  const pick = <T>(all: readonly T[]): readonly T[] =>
    ranges.flatMap(({ start, end }) => all.slice(start, end));
  return { records: pick(records), sizes: pick(sizes) };
}

/** The failures that may pass by themselves, so that the same records may be written later. */
const PASSING: ReadonlySet<KafkaErrorKind> = new Set([
  'connection',
  'host-not-found',
  'http-proxy-refused',
  'throttled',
  'timeout',
  'unavailable',
  'closed',
]);

/**
 * Whether there are records that were certainly not written, and that may be written if they are
 * sent again as they are. What the proxy refused, it would refuse again.
 */
export function canSendRest({
  aborted,
  error,
  refused,
  unsent,
}: Pick<ProduceOutcome, 'aborted' | 'error' | 'refused' | 'unsent'>): boolean {
  if (refused.count + unsent.count === 0) return false;
  if (error) return PASSING.has(error.kind);
  return aborted || refused.count === 0;
}

/** Groups the indexes of `total` records by fate. Records without a result were not sent. */
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
