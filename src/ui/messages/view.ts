import type { Offset } from '../../core/kafka';
import type { RecordFormats } from '../../core/message/codec';
import type { DecodedRecord } from '../../core/message/decoded';
import type { View } from '../../core/read/view';

/** The view type under which VS Code keeps the panels of viewers and their state. */
export const VIEWER_TYPE = 'kafkaRest.viewer';

/** Where messages can be opened. */
export const places = ['document', 'viewer'] as const;
export type Place = (typeof places)[number];

/** Where the messages of a document came from, and where the next ones begin. */
export interface Origin extends View {
  /** The next offset of each partition. */
  readonly position: ReadonlyMap<number, Offset>;
}

/** Shows views in viewers, for users who do not want documents. */
export interface Display {
  /** Opens the view and begins to read. */
  show(view: View): void;
  /** Shows existing and new messages, until the signal aborts or the person closes it. */
  follow(view: View, signal: AbortSignal): Promise<void>;
}

/** Selected messages, and where they came from. */
export interface Picked {
  readonly cluster: string;
  readonly topic: string;
  /** The formats in which they are shown; see `View`. */
  readonly formats?: Partial<RecordFormats>;
  readonly records: readonly DecodedRecord[];
}
