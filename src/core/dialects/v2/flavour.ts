import type { KafkaError } from '../../errors';

/** How the consumer instances of one proxy differ from those of the others. */
export interface V2Flavour {
  /** The members of the body that creates an instance, besides its name and format. */
  readonly create: Readonly<Record<string, string | number | boolean>>;
  /** How long a poll waits for the first record, in milliseconds. */
  readonly pollMs: number;
  /**
   * How long each further poll waits after one without records, in milliseconds. If the last one
   * has no records either, there are none.
   */
  readonly emptyPollMs: readonly number[];
  /**
   * The same for an instance that has had records since its position was set, which shows that it
   * has found the partition and its broker. Missing: `emptyPollMs`.
   */
  readonly emptyPollMsAfterRecords?: readonly number[];
  /** What a poll asks for besides its time, such as `max_bytes=1`. Missing: nothing. */
  readonly pollQuery?: string;
  /**
   * Whether the proxy may leave out records. The reader then polls again from where records are
   * missing, and believes in a gap only if they still are.
   */
  readonly losesRecords: boolean;
  /**
   * Whether a position that is out of range is moved without a word. The reader then compares with
   * the partition where records are missing.
   */
  readonly resetsPosition: boolean;
  /** Whether a poll failed because the position is out of range. */
  isOutOfRange(error: KafkaError): boolean;
  /** Whether the proxy no longer knows the instance of a call that failed. */
  isLost(error: KafkaError): boolean;
  /** Whether a seek failed because the assignment before it was not in force yet. */
  isTooEarly(error: KafkaError): boolean;
  /** How much longer than it waits a poll may take, in milliseconds. */
  readonly marginMs: number;
  /**
   * The same for polls that look for records over which the proxy never responds, although it works
   * otherwise: the reader skips those. Missing: it always responds.
   */
  readonly silentMs?: number;
}
