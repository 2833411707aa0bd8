import type { FilterFault } from '../filter/filterError';
import type { FilterNode } from '../filter/filterNode';
import type { Sort } from '../columns';
import type { Histogram, Sequence, TimeSpan } from '../protocol';

/** Which messages are shown, and in which order. */
export interface IndexView {
  /** `null`: all. */
  readonly filter: FilterNode | null;
  readonly span: TimeSpan | null;
  /** `null`: as they were received. */
  readonly sort: Sort | null;
}

/** A task for the worker: to find the messages that a view shows. */
export interface IndexTask {
  readonly view: IndexView;
  /** The messages held: `first` inclusive, `end` exclusive. */
  readonly first: Sequence;
  readonly end: Sequence;
  readonly known: Known;
}

/** Earlier results, in memory that both threads share. `null`: not known or not needed. */
export interface Known {
  /** The results cover the messages before this one. */
  readonly to: Sequence;
  /** The messages that match the filter, in ascending order. */
  readonly matched: Float64Array | null;
  /** Where the filter narrows the last one: what can match of the messages that are not covered. */
  readonly among: Among | null;
  /** Of the messages that match, the messages in the span, in ascending order. */
  readonly inSpan: Float64Array | null;
  /** The same in the order of the view. Some may have been dropped. */
  readonly sorted: Float64Array | null;
  /** The histogram of all messages held, whether they match or not. */
  readonly histogram: Histogram | null;
}

/** Before the message `to`, only these may match, in ascending order. */
export interface Among {
  readonly to: Sequence;
  readonly sequences: Float64Array;
}

export interface IndexResult {
  /** New messages to add to the known ones; `null` if there is no filter. */
  readonly matched: Float64Array | null;
  /** New messages to add to the known ones; `null` if there is no span. */
  readonly inSpan: Float64Array | null;
  /** All messages, in place of the known ones; `null` if there is no order or nothing changed. */
  readonly sorted: Float64Array | null;
  readonly histogram: Histogram | null;
}

/** A task with the chunks of messages that the worker has not seen yet. */
export interface ToWorker {
  readonly id: number;
  readonly control: Int32Array;
  readonly added: readonly { readonly first: Sequence; readonly buffer: SharedArrayBuffer }[];
  readonly task: IndexTask;
}

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly result: IndexResult }
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'refused';
      readonly fault: FilterFault;
      readonly at: number;
      readonly length: number;
    };
