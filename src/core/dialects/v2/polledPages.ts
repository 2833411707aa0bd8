import type { KafkaRecord, PartitionRange, RecordPage } from '../../kafka';
import type { ResponseRecords } from '../recordList';

/** The response to a poll. */
export interface Polled {
  readonly records: ResponseRecords;
  readonly bytes: number;
  readonly body: Buffer;
  /** The first few records, which were decoded already. */
  readonly first: readonly KafkaRecord[];
}

/**
 * Yields the records of a poll that lie in a range, in pages of about `pageBytes`. An empty page
 * leads to the end of the range if the records go beyond it.
 */
export function* pagesOf(
  { records, bytes, first }: Polled,
  { from, until }: Pick<PartitionRange, 'from' | 'until'>,
  pageBytes = Infinity,
): Generator<RecordPage, void, undefined> {
  const { count, last, take } = records;
  const share = bytes / Math.max(1, count);
  const most = Math.max(1, Math.floor(pageBytes / share));
  let taken = 0;
  for (let part: readonly KafkaRecord[] | undefined = first; part; part = take()) {
    taken += part.length;
    const fitting = part.filter(({ offset }) => offset >= from && offset < until);
    for (let at = 0; at < fitting.length; at += most) {
      const page = fitting.slice(at, at + most);
      const end = page.at(-1)?.offset ?? from;
      yield { records: page, next: end + 1n, bytes: share * page.length };
    }
  }
  // The rest of the range is before the next record that there is.
  if (taken > 0 && last !== undefined && last >= until) {
    yield { records: [], next: until, bytes: 0 };
  }
}
