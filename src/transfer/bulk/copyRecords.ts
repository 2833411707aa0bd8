import type { KafkaRecord, NewRecord, Payload } from '../../core/kafka';
import { headerBytes } from '../../core/message/headers';
import { exportLayout } from '../export/exportFormats';
import type { Sink, SinkName } from './sink';
import type { RestLayout } from './restFiles';

/** A record on its way to another topic. `bad`: a proxy has replaced bytes of it, see `copyItem`. */
export type CopyItem =
  | { readonly kind: 'record'; readonly record: NewRecord; readonly origin: KafkaRecord }
  | { readonly kind: 'bad'; readonly origin: KafkaRecord };

export interface CopyOptions {
  /** Whether each record goes to the partition that it came from; else its key decides. */
  readonly keepPartitions: boolean;
  /** Whether the target takes timestamps; else records get new ones. */
  readonly timestamps: boolean;
}

/** What a proxy that deals in text puts in place of bytes that are not text. */
const REPLACEMENT = '\ufffd';

/**
 * A record as it is to be sent. One whose text holds U+FFFD is bad: it has most likely lost bytes when
 * it was read, and would be written differently.
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

/** Keeps in memory what was not accepted, up to so many bytes of keys, values and headers. */
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
      return Promise.reject(new RangeError(`more than ${this.maxBytes} bytes`));
    }
    for (const item of items) this.#items[name].push(item);
    return Promise.resolve();
  };

  of(name: SinkName): readonly CopyItem[] {
    return this.#items[name];
  }
}

/** How records are written down so that producing the file copies them: JSON Lines. */
export function copyLayout({ keepPartitions }: CopyOptions): RestLayout<CopyItem> {
  const { begin, separator, end, records } = exportLayout('jsonl', '');
  return {
    begin: () => begin,
    separator,
    end,
    source: ({ origin }) => {
      const json = records([origin]);
      // In the target it may be another one, or there may be none of that number.
      return keepPartitions ? json : json.replace(/^\{"partition":\d+,/, '{');
    },
  };
}
