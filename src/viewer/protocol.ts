/**
 * The messages between the two ends of the viewer: the extension host, which holds the messages of
 * the topic, and the webview, which shows the few that are in sight. Each end checks what it
 * receives.
 */

import type { Cells, ColumnLayout, Sort } from './columns';
import type { FieldColumn } from './fieldColumn';
import type { CellNote, PayloadDetail } from './payloads';

export {
  type CellNote,
  cellNotes,
  type DecodingDetail,
  DETAIL_LENGTH,
  type PayloadDetail,
} from './payloads';

/** The number of a message in a viewer: 0 for the first one received. A number is never reused. */
export type Sequence = number;

/** Epoch milliseconds, `from` inclusive, `to` exclusive. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** The contents of a table row. Texts are cut at `CELL_LENGTH`. */
export interface Row extends Cells {
  readonly sequence: Sequence;
  readonly keyNote: CellNote | null;
  readonly valueNote: CellNote | null;
  /** The fields that have columns; a missing one is not in the message. */
  readonly fields: Readonly<Partial<Record<FieldColumn, string>>>;
}

/** The maximum length of a key, a value or all headers together in a row, in characters. */
export const CELL_LENGTH = 300;

/** A header of a message; a null value is Kafka's null. */
export interface HeaderDetail {
  readonly name: string;
  readonly value: PayloadDetail;
}

export interface Detail extends Omit<
  Row,
  'key' | 'value' | 'headers' | 'keyNote' | 'valueNote' | 'fields'
> {
  /** In their order, including headers that share a name. */
  readonly headers: readonly HeaderDetail[];
  readonly key: PayloadDetail;
  readonly value: PayloadDetail;
}

/** Messages by time, in equal bins that begin at `from`. */
export interface Histogram extends TimeSpan {
  /** The width of each bin, in milliseconds. */
  readonly width: number;
  readonly total: readonly number[];
  /** Messages that match the filter, whatever the span. */
  readonly matched: readonly number[];
  /**
   * The number of messages that the histogram leaves out because they have no timestamp, or one far
   * from the others, such as 1970 or the year 3000.
   */
  readonly outside: number;
}

export interface PartitionProgress {
  readonly partition: number;
  /** In decimal digits, like `position` and `until`. */
  readonly from: string;
  readonly position: string;
  readonly until: string;
}

export type ViewerStatus =
  /** Nothing has been read, because reading waits for the consent of the person. */
  | 'waiting'
  | 'reading'
  /** Reading or following, but paused by the person. */
  | 'paused'
  /** At the end of the topic, polling for new messages. */
  | 'following'
  /** Everything that was asked for has been read. */
  | 'done'
  /** Stopped by the person before the end. */
  | 'stopped'
  /** Stopped by an error, see `problem`. */
  | 'failed';

/** Why a filter is wrong, as a sentence, and where in its text. */
export interface FilterProblem {
  readonly message: string;
  readonly at: number;
  readonly length: number;
}

/** What may be typed at the caret of the filter. */
export interface Completion {
  /** The index in the filter of what an item replaces, up to the caret. */
  readonly from: number;
  /** Whether the list opens by itself, and not only when a person asks for it. */
  readonly isEager: boolean;
  readonly items: readonly CompletionItem[];
}

export interface CompletionItem {
  readonly insert: string;
  /** What was seen at a path; empty for anything else. */
  readonly kinds: readonly SeenKind[];
}

export const seenKinds = ['text', 'number', 'boolean', 'null', 'object', 'array'] as const;
/** The kind of a JSON value. */
export type SeenKind = (typeof seenKinds)[number];

/** What to tell a person whose filter matches nothing. */
export interface FilterAdvice {
  /** A filter that the person may have meant. */
  readonly suggestion: string | null;
  /** Whether the filter asks for headers, and no message that was looked at has any. */
  readonly lacksHeaders: boolean;
}

/**
 * Everything that a webview shows except rows and details. The whole state is sent whenever a part
 * of it has changed.
 */
export interface ViewerState {
  readonly status: ViewerStatus;
  /** A sentence with a next step. */
  readonly problem: string | null;
  /** The titles of what may help against the problem, besides trying again. */
  readonly remedies: readonly string[];
  /** Notices about the read, one sentence each. */
  readonly notices: readonly string[];
  readonly counts: {
    /** Read so far; if only the newest messages are wanted, without the older ones. */
    readonly received: number;
    /** Messages in memory: those received and not dropped. */
    readonly held: number;
    /** Messages that match the filter and the span: the rows of the table. */
    readonly matched: number;
    /** Messages dropped because of the limits of the memory, the oldest first. */
    readonly dropped: number;
  };
  /**
   * How many rows the table has had since filter and span last changed, those of dropped messages
   * among them. The difference of two values is the number of new rows.
   */
  readonly arrived: number;
  /** Whether only the latest messages are read, so that the newest are of interest. */
  readonly latest: boolean;
  /** Whether new messages are, or were, read as they arrive. */
  readonly followed: boolean;
  /** Whether the person has removed all messages, and none has come since. */
  readonly cleared: boolean;
  /** Messages a second over the last few seconds. */
  readonly rate: number;
  readonly progress: readonly PartitionProgress[];
  /**
   * Grows whenever a row number may stand for another message. The webview then requests its rows
   * again.
   */
  readonly version: number;
  readonly filter: {
    readonly text: string;
    /** If set, the table still shows the matches of the last valid filter. */
    readonly problem: FilterProblem | null;
    /** Whether the table does not show the matches of this filter yet. */
    readonly busy: boolean;
    /** What the filter matches, in words; empty for an empty filter or a wrong one. */
    readonly understood: string;
    /** Given if no message matches the filter. */
    readonly advice: FilterAdvice | null;
  };
  readonly sort: Sort | null;
  readonly span: TimeSpan | null;
  /** `null` while there is no message with a timestamp. */
  readonly histogram: Histogram | null;
  readonly columns: ColumnLayout;
  /** In which formats keys and values are decoded. */
  readonly formats: string;
  /** The message that a link points at, while it is in the table. */
  readonly pointed: Sequence | null;
  /** Whether messages may have headers. If not, there is no column for them. */
  readonly headers: boolean;
  /** The IANA name of the time zone in which times are shown. */
  readonly timeZone: string;
  /** The webview keeps this in its state as `definition`, so that the viewer can be restored. */
  readonly definition: string;
}

/** Returns what decides which messages are in the table, in a form that can be compared. */
export function choice({ filter, span }: ViewerState): string {
  return JSON.stringify([filter.text, span?.from, span?.to]);
}

/** The actions on messages. They are also the names of the commands in menus. */
export const actions = [
  'openMessage',
  'compareMessages',
  'produceAgain',
  'copyKey',
  'copyValue',
  'copyMessage',
  'onlyThisKey',
  'onlyThisValue',
] as const;
export type Action = (typeof actions)[number];

/** A text, number, boolean or null inside a JSON key or value. */
export interface JsonLeaf {
  readonly part: 'key' | 'value';
  /** The names of members and the indexes of elements that lead to it. */
  readonly path: readonly (string | number)[];
  /** Its JSON, as it is written in the message. */
  readonly json: string;
}

export type ToWebview =
  | { readonly type: 'state'; readonly state: ViewerState }
  /** Responds to `rows`; `rows[0]` is row `start`. */
  | {
      readonly type: 'rows';
      readonly version: number;
      readonly start: number;
      readonly rows: readonly Row[];
    }
  /** Responds to `detail`; `null`: the message was dropped. */
  | { readonly type: 'detail'; readonly sequence: Sequence; readonly detail: Detail | null }
  /** Responds to `locate` with the row, or `null` if the message is filtered out or was dropped. */
  | { readonly type: 'located'; readonly sequence: Sequence; readonly row: number | null }
  /** Warnings about the cluster that stay visible, one sentence each. */
  | { readonly type: 'marks'; readonly marks: readonly string[] }
  /** Responds to `complete`. */
  | {
      readonly type: 'completion';
      readonly text: string;
      readonly caret: number;
      readonly completion: Completion;
    }
  /** Responds to `fields`: what was seen in some of the messages. */
  | { readonly type: 'fields'; readonly fields: readonly FieldColumn[] }
  /** Asks the webview to show a field as a column. */
  | { readonly type: 'addField'; readonly field: FieldColumn }
  /** Asks the webview to focus the filter. */
  | { readonly type: 'focusFilter' };

export type ToHost =
  /** The webview has loaded, perhaps again, and needs the state. */
  | { readonly type: 'ready' }
  /** `end` exclusive. */
  | { readonly type: 'rows'; readonly start: number; readonly end: number }
  | { readonly type: 'detail'; readonly sequence: Sequence }
  | { readonly type: 'locate'; readonly sequence: Sequence }
  | { readonly type: 'filter'; readonly text: string }
  /** Asks what may be typed at the caret, which is an index in the filter. */
  | { readonly type: 'complete'; readonly text: string; readonly caret: number }
  | { readonly type: 'sort'; readonly sort: Sort | null }
  | { readonly type: 'span'; readonly span: TimeSpan | null }
  | { readonly type: 'columns'; readonly columns: ColumnLayout }
  /** Asks which fields messages have. */
  | { readonly type: 'fields' }
  /** Tells the commands of the palette and of menus which messages are selected. */
  | { readonly type: 'selection'; readonly sequences: readonly Sequence[] }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' }
  /** Reads new messages from where reading stopped, and goes on as more arrive. */
  | { readonly type: 'follow' }
  /** Removes all messages. New ones go on to arrive. */
  | { readonly type: 'clear' }
  /** Narrows the filter to messages that have the same value in the same place. */
  | { readonly type: 'only'; readonly leaf: JsonLeaf }
  /** Runs one of the `remedies`, by its index. */
  | { readonly type: 'remedy'; readonly index: number }
  /** Opens the schema of the key or value of a message. */
  | { readonly type: 'openSchema'; readonly sequence: Sequence; readonly part: 'key' | 'value' }
  /** Asks in which formats to decode. */
  | { readonly type: 'decodeAs' }
  /** Opens the quick pick of where to start and stop. */
  | { readonly type: 'changeRange' }
  /** Shows the settings that limit how many messages a viewer holds. */
  | { readonly type: 'changeLimits' }
  | { readonly type: 'exportMessages' }
  | { readonly type: 'openAsDocument' }
  | {
      readonly type: 'action';
      readonly action: Action;
      readonly sequences: readonly Sequence[];
    };
