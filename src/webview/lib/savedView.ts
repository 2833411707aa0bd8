import {
  array,
  boolean,
  digits,
  index,
  literal,
  nullable,
  number,
  object,
  type Read,
} from '../../core/schema';
import { anyColumn } from '../../viewer/columns';
import type { Row } from '../../viewer/protocol';

/** How a key or value is shown. */
export const payloadModes = ['json', 'text', 'hex'] as const;
export type PayloadMode = (typeof payloadModes)[number];

const payloadMode = literal(...payloadModes);

/** The state of the table that a webview saves for the next one. */
const savedTable = object({
  /** The first visible row. Its offset tells whether the sequence still means the same message. */
  top: object({ sequence: index, partition: index, offset: digits }),
  /** How many pixels of it are hidden. */
  pixels: number,
  atEnd: boolean,
  selected: array(index),
  active: nullable(index),
  column: anyColumn,
});
export type SavedTable = Read<typeof savedTable>;

/**
 * Returns whether a row holds the message that was saved. After the messages are read again,
 * another one may have its number.
 */
export function isSameMessage(
  row: Row | undefined,
  { sequence, partition, offset }: SavedTable['top'],
): boolean {
  return row?.sequence === sequence && row.partition === partition && row.offset === offset;
}

/** How the parts beside the table are shown. */
const savedLayout = object({
  detail: boolean,
  /** The size of the detail pane, in percent: beside the table and below it. */
  beside: number,
  below: number,
  keyMode: payloadMode,
  valueMode: payloadMode,
  histogram: boolean,
});
export type SavedLayout = Read<typeof savedLayout>;

export const defaultLayout: SavedLayout = {
  detail: true,
  beside: 40,
  below: 45,
  keyMode: 'json',
  valueMode: 'json',
  histogram: true,
};

/** The open nodes in the trees of a message: the position of each in its text. */
const savedTrees = object({
  partition: index,
  offset: digits,
  key: array(index),
  value: array(index),
});
export type SavedTrees = Read<typeof savedTrees>;

/** Reads the state that a webview saved; `undefined` if it is not in our format. */
export const readSavedView = object({
  table: nullable(savedTable),
  layout: savedLayout,
  trees: nullable(savedTrees),
});
export type SavedView = Read<typeof readSavedView>;
