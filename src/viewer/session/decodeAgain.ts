import type { DecodeRecords } from '../../core/message/decoded';
import type { MessageStore } from '../store/messageStore';
import type { Table } from './table';

/** Decodes so many messages at once, so that progress can be told and work be cancelled. */
const BATCH = 500;
/** But at most about so many bytes of them. */
const BATCH_BYTES = 4 * 1024 * 1024;

/** Is told how many of how many messages are done. */
export type TellProgress = (done: number, all: number) => void;

/**
 * Decodes the messages that a table holds anew, from what was read, and shows them. Rejects with the
 * reason of the signal; then everything stays as it was.
 */
export async function decodeAgain(
  table: Table,
  decode: DecodeRecords,
  signal: AbortSignal,
  tell: TellProgress,
): Promise<void> {
  const store = table.emptyCopy();
  try {
    await refill(table.store, store, decode, signal, tell);
    signal.throwIfAborted();
  } catch (error) {
    store.dispose();
    throw error;
  }
  await table.replace(store);
}

async function refill(
  from: MessageStore,
  to: MessageStore,
  decode: DecodeRecords,
  signal: AbortSignal,
  tell: TellProgress,
): Promise<void> {
  const { first, end } = from;
  for (let next = first; next < end;) {
    const batch = [];
    for (let size = 0; next < end && batch.length < BATCH && size < BATCH_BYTES; next += 1) {
      const record = from.record(next)?.raw;
      if (!record) continue;
      batch.push(record);
      size += (record.key?.length ?? 0) + (record.value?.length ?? 0);
    }
    const decoded = await decode(batch, signal);
    signal.throwIfAborted();
    to.append(decoded);
    tell(next - first, end - first);
  }
}
