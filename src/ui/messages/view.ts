import type { Offset } from '../../core/kafka';
import type { RecordFormats } from '../../core/message/codec';
import type { DecodedRecord } from '../../core/message/decoded';
import type { View } from '../../core/read/view';

/** What VS Code calls the panels of viewers, and keeps their state under. */
export const VIEWER_TYPE = 'kafkaRest.viewer';

/** Where a document's messages came from, and where the next ones begin. */
export interface Origin extends View {
  /** The next offset of each partition. */
  readonly position: ReadonlyMap<number, Offset>;
}

/** Shows views by itself, for those who want no documents. */
export interface Display {
  /** Opens the view and begins to read. */
  show(view: View): void;
  /** Shows what is there and what comes, until the signal aborts or the person closes it. */
  follow(view: View, signal: AbortSignal): Promise<void>;
}

/** Messages that were picked, and where they are from. */
export interface Picked {
  readonly cluster: string;
  readonly topic: string;
  /** As what they are shown; see `View`. */
  readonly formats?: RecordFormats;
  readonly records: readonly DecodedRecord[];
}
