/**
 * What the viewer's two ends say to each other: the extension host, which holds the messages, and the
 * webview, which shows the few that are in sight. Types only; each end checks what it receives.
 */

import type { Cells, ColumnLayout, Sort } from './columns';

/** A message's number in a viewer: 0 for the first one received, never used again. */
export type Sequence = number;

/** Epoch milliseconds, `from` inclusive, `to` exclusive. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** What a table row shows. Texts are cut at `CELL_LENGTH`. */
export interface Row extends Cells {
  readonly sequence: Sequence;
}

/** The most characters of a key, a value or all headers in a row. */
export const CELL_LENGTH = 300;

/** A key or value as the detail pane shows it; `problem` says why it could not be decoded. */
export type PayloadDetail =
  | { readonly kind: 'null' }
  /** `text` is cut at `DETAIL_LENGTH` characters; `bytes` is the whole size. */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly bytes: number;
      /** The first bytes in Base64, where the text was decoded from other bytes than its own. */
      readonly raw: string | null;
      readonly problem: string | null;
    }
  /** Not UTF-8. `base64` holds the first `DETAIL_LENGTH` bytes at most. */
  | {
      readonly kind: 'bytes';
      readonly base64: string;
      readonly bytes: number;
      readonly problem: string | null;
    };

/** The most characters or bytes of a key or value in the detail pane. */
export const DETAIL_LENGTH = 1024 * 1024;

/** A header of a message; a null value is Kafka's null. */
export interface HeaderDetail {
  readonly name: string;
  readonly value: PayloadDetail;
}

export interface Detail extends Omit<Row, 'key' | 'value' | 'headers'> {
  /** In their order, with all that share a name. */
  readonly headers: readonly HeaderDetail[];
  readonly key: PayloadDetail;
  readonly value: PayloadDetail;
}

/** Messages by time, in equal bins that begin at `from`. */
export interface Histogram extends TimeSpan {
  /** Of each bin, in milliseconds. */
  readonly width: number;
  readonly total: readonly number[];
  /** Those that the filter lets through, whatever the span. */
  readonly matched: readonly number[];
  /**
   * How many messages have no timestamp, or one far off the others, such as 1970 or the year 3000,
   * which the histogram leaves out.
   */
  readonly outside: number;
}

export interface PartitionProgress {
  readonly partition: number;
  /** Decimal digits, as `position` and `until`. */
  readonly from: string;
  readonly position: string;
  readonly until: string;
}

export type ViewerStatus =
  | 'reading'
  /** Reading or following, but held back by the person. */
  | 'paused'
  /** At the end of the topic, asking for more. */
  | 'following'
  /** All that was asked for is here. */
  | 'done'
  /** Stopped by the person before the end. */
  | 'stopped'
  /** Stopped by an error, which `problem` gives. */
  | 'failed';

/** What is wrong with a filter: a sentence, and where in its text. */
export interface FilterProblem {
  readonly message: string;
  readonly at: number;
  readonly length: number;
}

/** Everything that a webview shows, but for rows and details. Sent whole whenever some of it changed. */
export interface ViewerState {
  readonly status: ViewerStatus;
  /** A sentence with a next step. */
  readonly problem: string | null;
  /** What a person should know of the read, a sentence each. */
  readonly notices: readonly string[];
  readonly counts: {
    /** Read so far; if only the newest messages are wanted, without the older ones. */
    readonly received: number;
    /** In memory: received without dropped. */
    readonly held: number;
    /** That filter and span let through: the rows of the table. */
    readonly matched: number;
    /** Left the memory because of its limits, the oldest first. */
    readonly dropped: number;
  };
  /** Messages a second over the last few seconds. */
  readonly rate: number;
  readonly progress: readonly PartitionProgress[];
  /** Grows whenever a row number may stand for another message. Rows are to be asked for again. */
  readonly version: number;
  readonly filter: {
    readonly text: string;
    /** The table still shows what the last good filter lets through. */
    readonly problem: FilterProblem | null;
    /** Whether the table does not show what this filter lets through yet. */
    readonly busy: boolean;
  };
  readonly sort: Sort | null;
  readonly span: TimeSpan | null;
  /** `null` while there is no message with a timestamp. */
  readonly histogram: Histogram | null;
  readonly columns: ColumnLayout;
  /** Whether messages may have headers; else there is no column for them. */
  readonly headers: boolean;
  /** IANA name of the time zone that times are shown in. */
  readonly timeZone: string;
  /** What the webview keeps in its state as `definition`, so that the viewer can be restored. */
  readonly definition: string;
}

/** What can be done with messages; also the names of commands in menus. */
export const actions = [
  'openMessage',
  'compareMessages',
  'produceAgain',
  'copyKey',
  'copyValue',
  'copyMessage',
] as const;
export type Action = (typeof actions)[number];

export type ToWebview =
  | { readonly type: 'state'; readonly state: ViewerState }
  /** Answers `rows`; `rows[0]` is row `start`. */
  | {
      readonly type: 'rows';
      readonly version: number;
      readonly start: number;
      readonly rows: readonly Row[];
    }
  /** Answers `detail`; `null`: it has left the memory. */
  | { readonly type: 'detail'; readonly sequence: Sequence; readonly detail: Detail | null }
  /** Answers `locate`: its row, or `null` where filter, span or memory lack it. */
  | { readonly type: 'located'; readonly sequence: Sequence; readonly row: number | null }
  /** What a person must know of the cluster all the time, a sentence each. */
  | { readonly type: 'marks'; readonly marks: readonly string[] }
  /** Asks the webview to put the focus into the filter. */
  | { readonly type: 'focusFilter' };

export type ToHost =
  /** The webview is there (again) and wants the state. */
  | { readonly type: 'ready' }
  /** `end` exclusive. */
  | { readonly type: 'rows'; readonly start: number; readonly end: number }
  | { readonly type: 'detail'; readonly sequence: Sequence }
  | { readonly type: 'locate'; readonly sequence: Sequence }
  | { readonly type: 'filter'; readonly text: string }
  | { readonly type: 'sort'; readonly sort: Sort | null }
  | { readonly type: 'span'; readonly span: TimeSpan | null }
  | { readonly type: 'columns'; readonly columns: ColumnLayout }
  /** So that commands of the palette and of menus know what they are about. */
  | { readonly type: 'selection'; readonly sequences: readonly Sequence[] }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' }
  /** Reads what came since, and goes on doing so. */
  | { readonly type: 'follow' }
  /** The quick pick of where to start and stop, for this viewer. */
  | { readonly type: 'changeRange' }
  | { readonly type: 'exportMessages' }
  | { readonly type: 'openAsDocument' }
  | {
      readonly type: 'action';
      readonly action: Action;
      readonly sequences: readonly Sequence[];
    };
