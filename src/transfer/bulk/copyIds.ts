import type { CallOptions } from '../../core/kafka';
import type { RecordIds } from '../schemaIds/exchangeIds';
import type { CopyItem } from './copyRecords';

/**
 * Puts the ids of another registry into records that are copied, in the same order. One that has no
 * id there is bad, with the reason. Rejects as `RecordIds.exchange`.
 */
export async function withOtherIds(
  items: readonly CopyItem[],
  ids: Pick<RecordIds, 'exchange'>,
  options: CallOptions,
): Promise<readonly CopyItem[]> {
  const origins = items.flatMap(({ kind, origin }) => (kind === 'record' ? origin : []));
  const exchanged = (await ids.exchange(origins, options)).values();
  return items.map((item): CopyItem => {
    if (item.kind === 'bad') return item;
    const { record, problem } = exchanged.next().value ?? { record: item.origin };
    if (problem) return { kind: 'bad', origin: item.origin, problem };
    const { key, value, headers } = record;
    return { ...item, record: { ...item.record, key, value, ...(headers && { headers }) } };
  });
}
