import { type Column, columns, type Sequence } from '../../viewer/protocol';
import {
  array,
  type Guard,
  isBoolean,
  isDigits,
  isIndex,
  isNumber,
  literal,
  nullable,
  shape,
} from './guards';

/** How a key or value is shown. */
export const payloadModes = ['json', 'text', 'hex'] as const;
export type PayloadMode = (typeof payloadModes)[number];

/** The state of the table that is saved for the next webview. */
export interface SavedTable {
  /** The first row in sight. Its offset tells whether the sequence still means the same message. */
  readonly top: {
    readonly sequence: Sequence;
    readonly partition: number;
    readonly offset: string;
  };
  /** How much of it is hidden. */
  readonly pixels: number;
  readonly atEnd: boolean;
  readonly selected: readonly Sequence[];
  readonly active: Sequence | null;
  readonly column: Column;
}

/** How the parts beside the table are shown. */
export interface SavedLayout {
  readonly detail: boolean;
  /** The size of the detail pane in percent, beside the table and below it. */
  readonly beside: number;
  readonly below: number;
  readonly keyMode: PayloadMode;
  readonly valueMode: PayloadMode;
  readonly histogram: boolean;
}

export const defaultLayout: SavedLayout = {
  detail: true,
  beside: 40,
  below: 45,
  keyMode: 'json',
  valueMode: 'json',
  histogram: true,
};

/** Which nodes are open in the trees of a message: where each begins in its text. */
export interface SavedTrees {
  readonly partition: number;
  readonly offset: string;
  readonly key: readonly number[];
  readonly value: readonly number[];
}

export interface SavedView {
  readonly table: SavedTable | null;
  readonly layout: SavedLayout;
  readonly trees: SavedTrees | null;
}

const isTable: Guard<SavedTable> = shape<SavedTable>({
  top: shape({ sequence: isIndex, partition: isIndex, offset: isDigits }),
  pixels: isNumber,
  atEnd: isBoolean,
  selected: array(isIndex),
  active: nullable(isIndex),
  column: literal(...columns),
});

/** Whether this is what a webview left. */
export const isSavedView: Guard<SavedView> = shape<SavedView>({
  table: nullable(isTable),
  layout: shape<SavedLayout>({
    detail: isBoolean,
    beside: isNumber,
    below: isNumber,
    keyMode: literal(...payloadModes),
    valueMode: literal(...payloadModes),
    histogram: isBoolean,
  }),
  trees: nullable(
    shape<SavedTrees>({
      partition: isIndex,
      offset: isDigits,
      key: array(isIndex),
      value: array(isIndex),
    }),
  ),
});
