import { KafkaError } from '../errors';
import type {
  KafkaRecord,
  Offset,
  Partition,
  RangeRequest,
  RecordPage,
  SkippedOffsets,
} from '../kafka';
import { wait } from '../retry';

/** What one consume call gave. */
export interface ConsumeAnswer {
  readonly records: readonly KafkaRecord[];
  /** What the header `NextOffset` says, if it says an offset. */
  readonly nextOffset: Offset | undefined;
  readonly bytes: number;
}

/** The calls that reading a range takes. */
export interface RangeCalls {
  readonly consume: (offset: Offset, count: number) => Promise<ConsumeAnswer>;
  readonly partition: () => Promise<Partition>;
}

const PAGE_BYTES = 2 * 1024 * 1024;
/** The proxy ends an answer at 6 MB anyway, says its reference. */
const MAX_PAGE_BYTES = 6 * 1024 * 1024;
/** What a record is thought to take before one was seen: rather too much than too little. */
const FIRST_RECORD_BYTES = 16 * 1024;
/** By how much a page may be asked to have more records than the one before had. */
const GROWTH = 16;
const MAX_COUNT = 2 ** 31 - 1;
/** Waits before an answer without records is asked for again. */
const EMPTY_WAITS_MS = [100, 400];

/**
 * The pages of a range. The count asked for follows the size of the records seen, so that a page is
 * about `pageBytes` (default 2 MiB). An answer without records is asked for again; if it stays so, or
 * the offset is refused, the partition tells whether retention has moved `earliest` past it.
 */
export async function* readPages(
  { from, until, pageBytes = PAGE_BYTES }: RangeRequest,
  calls: RangeCalls,
  signal: AbortSignal,
): AsyncGenerator<RecordPage, void, undefined> {
  const size = Math.min(pageBytes, MAX_PAGE_BYTES);
  let count = Math.ceil(size / FIRST_RECORD_BYTES);
  for (let at = from; at < until;) {
    const left = until - at;
    const page = await readPage(at, until, left < count ? Number(left) : count, calls, signal);
    yield page;
    at = page.next;
    const { length } = page.records;
    if (length > 0) {
      const fitting = Math.floor((size * length) / page.bytes);
      count = Math.max(1, Math.min(fitting, GROWTH * length, MAX_COUNT));
    }
  }
}

async function readPage(
  at: Offset,
  until: Offset,
  count: number,
  { consume, partition }: RangeCalls,
  signal: AbortSignal,
): Promise<RecordPage> {
  for (const pause of [...EMPTY_WAITS_MS, undefined]) {
    try {
      const page = toPage(await consume(at, count), at, until);
      if (page.next > at) return page;
    } catch (error) {
      // 404 also stands for an unknown topic; asking for the partition then fails likewise.
      if (!(error instanceof KafkaError && [400, 404].includes(error.status ?? 0))) throw error;
      const { earliest } = await partition();
      if (earliest <= at) throw error;
      return skip(at, earliest < until ? earliest : until, 'retention');
    }
    if (pause !== undefined) await wait(pause, signal);
  }
  const { earliest } = await partition();
  if (earliest <= at) return skip(at, until, 'empty');
  return skip(at, earliest < until ? earliest : until, 'retention');
}

/** What of an answer lies in the range; `next` is `at` if it leads no further. */
function toPage(
  { records, nextOffset, bytes }: ConsumeAnswer,
  at: Offset,
  until: Offset,
): RecordPage {
  const inRange = records.filter(({ offset }) => offset >= at && offset < until);
  const last = records.at(-1)?.offset;
  let next = last !== undefined && last >= at ? last + 1n : at;
  if (nextOffset !== undefined && nextOffset > next) next = nextOffset;
  return { records: inRange, next: next < until ? next : until, bytes };
}

function skip(from: Offset, to: Offset, reason: SkippedOffsets['reason']): RecordPage {
  return { records: [], next: to, bytes: 0, skipped: { from, to, reason } };
}
