import type { KafkaRecord, NewRecord, Payload } from '../../core/kafka';
import { headerBytes } from '../../core/message/headers';
import type { IdProblem } from '../schemaIds/problem';
import { exportLayout } from '../export/exportFormats';
import type { Sink, SinkName } from './sink';
import type { RestLayout } from './restFiles';

/**
 * A record on its way to another topic. `bad`: its schema has no id where it goes, or a proxy has
 * replaced bytes of it, see `copyItem`.
 */
export type CopyItem =
  | { readonly kind: 'record'; readonly record: NewRecord; readonly origin: KafkaRecord }
  | { readonly kind: 'bad'; readonly origin: KafkaRecord; readonly problem?: IdProblem };

export interface CopyOptions {
  /** Whether each record goes to the partition that it came from; else its key decides. */
  readonly keepPartitions: boolean;
  /** Whether the target takes timestamps; else records get new ones. */
  readonly timestamps: boolean;
}

/** The character with which a proxy that carries only text replaces bytes that are not text. */
const REPLACEMENT = '\ufffd';

/**
 * Returns a record as it is to be sent. A record whose text contains U+FFFD is bad: it most
 * likely lost bytes when it was read, and the copy would differ.
 */
export function copyItem(
  origin: KafkaRecord,
  { keepPartitions, timestamps }: CopyOptions,
): CopyItem {
  const { key, value, partition, timestamp, headers } = origin;
  if (isLossy(key) || isLossy(value)) return { kind: 'bad', origin };
  const record: NewRecord = {
    key,
    value,
    ...(keepPartitions && { partition }),
    ...(headers && { headers }),
    ...(timestamps && timestamp !== undefined && { timestamp }),
  };
  return { kind: 'record', record, origin };
}

function isLossy(payload: Payload | null): boolean {
  return typeof payload === 'string' && payload.includes(REPLACEMENT);
}

/** Says that records that were not accepted take more memory than they may, in bytes. */
export class KeptTooMuchError extends Error {
  constructor(readonly maxBytes: number) {
    super(`more than ${maxBytes} bytes`);
    this.name = 'KeptTooMuchError';
  }
}

/** Keeps records that were not accepted in memory, up to `maxBytes` of keys, values and headers. */
export class KeptRecords {
  readonly #items: Readonly<Record<SinkName, CopyItem[]>> = { rest: [], unclear: [], setAside: [] };
  #bytes = 0;

  constructor(private readonly maxBytes: number) {}

  readonly keep: Sink<CopyItem> = (name, items) => {
    for (const { origin } of items) {
      const { key, value, headers = [] } = origin;
      this.#bytes += (key?.length ?? 0) + (value?.length ?? 0) + headerBytes(headers);
    }
    if (this.#bytes > this.maxBytes) {
      return Promise.reject(new KeptTooMuchError(this.maxBytes));
    }
    for (const item of items) this.#items[name].push(item);
    return Promise.resolve();
  };

  of(name: SinkName): readonly CopyItem[] {
    return this.#items[name];
  }
}

/** Returns the JSON Lines layout of a file that completes the copy when it is produced. */
export function copyLayout({ keepPartitions }: CopyOptions): RestLayout<CopyItem> {
  const { begin, separator, end, records } = exportLayout('jsonl', '');
  return {
    begin: () => begin,
    separator,
    end,
    source: ({ origin }) => {
      const json = records([origin]);
      // The target may choose another partition, or may not have one of that number.
      return keepPartitions ? json : json.replace(/^\{"partition":\d+,/, '{');
    },
  };
}
