import { type ColumnLayout, defaultColumns, withField } from '../viewer/columns';
import type { FieldColumn } from '../viewer/fieldColumn';
import type { ToHost } from '../viewer/protocol';

/** The columns as they were chosen here. The host stores them and is asked only once. */
export class ChosenColumns {
  #layout: ColumnLayout | undefined;

  constructor(
    private readonly tell: (message: ToHost) => void,
    private readonly changed: () => void,
  ) {}

  get layout(): ColumnLayout {
    return this.#layout ?? defaultColumns;
  }

  /** Begins with the columns that the host has stored. */
  begin(columns: ColumnLayout): void {
    this.#layout ??= columns;
  }

  choose(columns: ColumnLayout): void {
    this.#layout = columns;
    this.tell({ type: 'columns', columns });
    this.changed();
  }

  add(field: FieldColumn): void {
    this.choose(withField(this.layout, field));
  }
}
