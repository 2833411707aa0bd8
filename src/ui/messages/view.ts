import type { KafkaRecord, Offset } from '../../core/kafka';
import type { RecordFormats } from '../../core/message/codec';
import type { ReadRequest } from '../../core/read/reader';

/** What VS Code calls the panels of viewers, and keeps their state under. */
export const viewerType = 'kafkaRest.viewer';

/** A read to show, to export or to copy. */
export interface View {
  readonly cluster: string;
  readonly request: ReadRequest;
  /** As what key and value are shown, where a block says so. */
  readonly formats?: RecordFormats;
  /** What a name says of it after the topic: "-0@120-219", "@latest-100". */
  readonly range: string;
}

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
  readonly records: readonly KafkaRecord[];
}
