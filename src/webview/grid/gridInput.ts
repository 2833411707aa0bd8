import type { Action } from '../../viewer/protocol';
import { commandKey } from '../lib/dom';
import { gridKey } from './gridKeys';
import type { GridSelection } from './gridSelection';
import type { GridTable } from './gridTable';
import type { RowSource } from './rowSource';

/** What the keyboard and the pointer act on. */
interface InputTarget {
  readonly table: GridTable;
  readonly source: RowSource;
  readonly selection: GridSelection;
  /** The row at which the keyboard begins. */
  readonly start: () => number;
  readonly choose: (how: 'select' | 'extend' | 'toggle', row: number) => void;
  readonly act: (action: Action) => void;
  /** A message is clicked on. */
  readonly picked: () => void;
}

/** Lets keyboard and pointer work on the table. */
export function listenToInput(target: InputTarget): void {
  const { table, source, selection } = target;
  const { element: grid, body } = table;
  grid.addEventListener('keydown', (event) => {
    if (event.target === grid && press(event, target)) event.preventDefault();
  });
  body.addEventListener('click', (event) => {
    const row = table.rowAt(event);
    if (row === undefined) return;
    const how = event.shiftKey ? 'extend' : commandKey(event) ? 'toggle' : 'select';
    if (how === 'select') target.picked();
    target.choose(how, row);
  });
  body.addEventListener('dblclick', (event) => {
    if (table.rowAt(event) !== undefined) target.act('openMessage');
  });
  // This runs before VS Code handles the event and opens its menu.
  body.addEventListener('contextmenu', (event) => {
    const row = table.rowAt(event);
    const sequence = row === undefined ? undefined : source.get(row)?.sequence;
    if (row === undefined || sequence === undefined) return;
    if (!selection.selected.has(sequence)) target.choose('select', row);
  });
}

/** Handles a key. @returns whether the key has a meaning here */
function press(event: KeyboardEvent, target: InputTarget): boolean {
  const { table, source, selection, act } = target;
  const { row } = selection;
  const { count } = source;
  const command = gridKey(event, row, count, table.rows.page, target.start());
  if (!command) return false;
  if (count === 0 && command.kind !== 'head') return true;
  switch (command.kind) {
    case 'row':
      target.choose(command.extend ? 'extend' : 'select', command.row);
      table.rows.reveal(command.row);
      break;
    case 'column':
      table.moveColumn(command.by);
      break;
    case 'head':
      table.focusHead();
      break;
    case 'toggle':
      if (row !== undefined) target.choose('toggle', row);
      break;
    case 'all':
      selection.all();
      break;
    case 'open':
      act('openMessage');
      break;
    case 'only':
      if (table.column === 'key') act('onlyThisKey');
      else if (table.column === 'value') act('onlyThisValue');
      break;
    case 'copy':
      act('copyMessage');
      break;
  }
  return true;
}
