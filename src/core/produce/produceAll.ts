import { BatchLimit, encodedSize, type ProduceCapabilities } from './batchLimit';
import { KafkaError } from '../errors';
import type { KafkaProxy, NewRecord, Payload, ProduceResult } from '../kafka';
import { payloadText } from '../message/parse';
import { withGrace } from '../async/grace';

/** What a record needs that not every dialect can carry. */
export type ProduceFeature = 'headers' | 'timestamp' | 'tombstone' | 'binary';

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

/** What became of all records. Refused and unsent ones can be sent again without doubling any. */
export interface ProduceOutcome {
  readonly accepted: RecordGroup;
  readonly refused: RecordGroup;
  readonly unclear: RecordGroup;
  readonly unsent: RecordGroup;
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
 * other, and stops at the first batch that is not accepted as a whole. A batch that turns out too
 * large is halved; one record above the limit goes out alone, for the proxy has the last word.
 *
 * Always resolves, with what became of each record. If a record needs what the dialect cannot
 * carry, nothing is sent and the error is of kind `unsupported` with the feature as `detail`.
 * Aborting leaves the rest unsent, and what is cut off on its way unknown.
 */
export async function produceAll(
  proxy: KafkaProxy,
  topic: string,
  records: readonly NewRecord[],
  { signal, graceMs = 0, onProgress }: ProduceOptions = {},
): Promise<ProduceOutcome> {
  const results: ProduceResult[] = [];
  const outcome = (error?: KafkaError): ProduceOutcome => ({
    ...groups(results, records.length),
    results,
    ...(error && { error }),
    aborted: signal?.aborted ?? false,
  });

  const can = proxy.capabilities.produce;
  if (!can) return outcome(new KafkaError('unsupported'));
  const missing = records.map((record) => unsupportedFeature(record, can)).find(Boolean);
  if (missing) return outcome(new KafkaError('unsupported', { detail: missing }));

  const limit = new BatchLimit(can);
  const sizes = records.map((record) => encodedSize(record, can));
  while (results.length < records.length && !signal?.aborted) {
    const start = results.length;
    const end = start + limit.fit((index) => sizes[start + index]);
    const batch = records.slice(start, end);
    try {
      const sent = await withGrace(signal, graceMs, (late) =>
        proxy.produce(topic, batch, { signal: late }),
      );
      results.push(...sent);
      if (sent.some(({ status }) => status !== 'accepted')) break;
    } catch (error) {
      if (signal?.aborted && error === signal.reason) break;
      if (!(error instanceof KafkaError)) throw error;
      if (error.kind !== 'too-large' || !limit.shrink(sizes.slice(start, end))) {
        results.push(...batch.map(() => ({ status: 'refused', detail: error.detail }) as const));
        return outcome(error);
      }
      continue;
    }
    onProgress?.({ accepted: results.length, total: records.length });
  }
  return outcome();
}

/** The first thing about a record that the dialect cannot carry. */
export function unsupportedFeature(
  { key, value, headers, timestamp }: NewRecord,
  can: ProduceCapabilities,
): ProduceFeature | undefined {
  if (headers?.length && !can.headers) return 'headers';
  if (timestamp !== undefined && !can.timestamp) return 'timestamp';
  if (value === null && !can.tombstone) return 'tombstone';
  if (!can.binary && !(isText(key) && isText(value))) return 'binary';
  return undefined;
}

/** Whether a payload has a form in UTF-8: half a surrogate pair has none. */
function isText(payload: Payload | null | undefined): boolean {
  if (payload === null || payload === undefined) return true;
  return payloadText(payload)?.isWellFormed() ?? false;
}

/** Sorts the indexes of `total` records, of which the first have results, by fate. */
function groups(results: readonly ProduceResult[], total: number) {
  const fates = { accepted: group(), refused: group(), unclear: group(), unsent: group() };
  results.forEach(({ status }, index) => {
    add(fates[status], index, index + 1);
  });
  add(fates.unsent, results.length, total);
  return fates;
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
