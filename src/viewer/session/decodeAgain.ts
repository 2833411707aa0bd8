import { setImmediate } from 'node:timers/promises';
import type { DecodedRecord, DecodeRecords } from '../../core/message/decoded';
import type { MessageStore } from '../store/messageStore';
import { CompressedShown } from './compressedShown';
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
 *
 * Until all are decoded, the table needs what it shows, so that the new texts are kept compressed.
 * Then the messages move to another store, and give up their memory as they do.
 */
export async function decodeAgain(
  table: Table,
  decode: DecodeRecords,
  signal: AbortSignal,
  tell: TellProgress,
): Promise<void> {
  const shown = new CompressedShown(table.store.buffers);
  try {
    await decodeAll(table.store, shown, decode, signal, tell);
    await table.replace((from, to) => move(from, to, shown));
  } finally {
    shown.dispose();
  }
}

async function decodeAll(
  from: MessageStore,
  shown: CompressedShown,
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
    await shown.add(decoded);
    tell(next - first, end - first);
  }
  signal.throwIfAborted();
}

/** Rejects with an `AbortError` if the messages are removed meanwhile. */
async function move(from: MessageStore, to: MessageStore, shown: CompressedShown): Promise<void> {
  const { first } = from;
  for await (const parts of shown.take()) {
    const records: DecodedRecord[] = [];
    for (const part of parts) {
      const raw = from.record(to.end + records.length)?.raw;
      if (!raw) throw gone();
      records.push(part ? { raw, shown: part } : { raw });
    }
    to.append(records);
    from.handOver(to);
    // The window may ask for rows.
    await setImmediate();
    // Those that have moved already must not come back.
    if (from.first !== first) throw gone();
  }
}

function gone(): DOMException {
  return new DOMException('The messages are gone', 'AbortError');
}
