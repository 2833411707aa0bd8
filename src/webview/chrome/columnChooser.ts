import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import {
  type AnyColumn,
  type ColumnLayout,
  defaultColumns,
  offeredColumns,
  shownColumns,
  withField,
  without,
} from '../../viewer/columns';
import { type FieldColumn, fieldLabel, isField, readField } from '../../viewer/fieldColumn';
import type { ToHost, ViewerState } from '../../viewer/protocol';
import { headOf } from '../grid/tableColumns';
import { button, relabel } from '../lib/button';
import { element, setText } from '../lib/dom';
import { words } from '../lib/words';

interface ColumnChooserEvents {
  tell(message: ToHost): void;
  layout(layout: ColumnLayout): void;
}

/** The popover in which columns are shown and hidden, and those of fields added and removed. */
export class ColumnChooser {
  readonly element = element('div', {
    class: 'popover columns',
    role: 'dialog',
    aria: { label: words('columns') },
  });
  readonly #list = element('div', { class: 'column-list' });
  readonly #input = element('input', { aria: { label: words('addColumnOf') } });
  readonly #known = element('datalist', { id: 'known-fields' });
  readonly #problem = element('div', { class: 'note', role: 'alert' });
  #boxes = new Map<AnyColumn, HTMLElementTagNameMap['vscode-checkbox']>();
  #layout: ColumnLayout = defaultColumns;
  #offered: readonly AnyColumn[] = [];

  constructor(private readonly events: ColumnChooserEvents) {
    this.#input.type = 'text';
    this.#input.placeholder = 'customer.id';
    this.#input.setAttribute('list', this.#known.id);
    this.#input.addEventListener('focus', () => {
      events.tell({ type: 'fields' });
    });
    const add = button({
      label: 'addColumn',
      look: 'secondary',
      onClick: () => {
        this.#add();
      },
    });
    const form = element('div', { class: 'add-column' }, this.#input, this.#known, add);
    form.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target !== this.#input) return;
      event.preventDefault();
      this.#add();
    });
    this.element.append(this.#list, form, this.#problem);
  }

  /** Proposes fields to add. */
  offer(fields: readonly FieldColumn[]): void {
    const there = this.#layout.fields ?? [];
    const others = fields.filter((field) => !there.includes(field));
    this.#known.replaceChildren(
      ...others.map((field) => {
        const option = element('option');
        option.value = fieldLabel(field)
          .replace(/^key \$/, 'key')
          .replace(/^\$\.?/, '');
        return option;
      }),
    );
  }

  update(state: Pick<ViewerState, 'headers'>, layout: ColumnLayout): void {
    const offered = offeredColumns(state, layout);
    this.#layout = layout;
    if (offered.join() !== this.#offered.join()) this.#lay(offered);
    const shown = shownColumns(layout, offered);
    for (const [column, box] of this.#boxes) box.checked = shown.includes(column);
  }

  #lay(offered: readonly AnyColumn[]): void {
    this.#offered = offered;
    this.#boxes = new Map(
      offered.map((column) => [column, this.#boxes.get(column) ?? this.#box(column)]),
    );
    this.#list.replaceChildren(
      ...[...this.#boxes].map(([column, box]) =>
        element(
          'div',
          { class: 'column-row' },
          box,
          ...(isField(column) ? [this.#remover(column)] : []),
        ),
      ),
    );
  }

  #box(column: AnyColumn): HTMLElementTagNameMap['vscode-checkbox'] {
    const box = document.createElement('vscode-checkbox');
    box.label = headOf(column);
    box.addEventListener('change', () => {
      this.#choose(column, box.checked);
    });
    return box;
  }

  #remover(field: FieldColumn): HTMLElement {
    const made = button({
      label: 'removeColumn',
      icon: 'close',
      look: 'icon',
      onClick: () => {
        this.events.layout(without(this.#layout, field));
        this.#input.focus();
      },
    });
    relabel(made, words('removeColumn', headOf(field)));
    return made;
  }

  #add(): void {
    const field = readField(this.#input.value);
    setText(this.#problem, field ? '' : words('noField'));
    if (!field) return;
    this.#input.value = '';
    this.events.layout(withField(this.#layout, field));
  }

  /**
   * Shows or hides a column; the last visible one and columns that are not offered do not change.
   */
  #choose(column: AnyColumn, chosen: boolean): void {
    const offered = this.#offered;
    const before = shownColumns(this.#layout, offered);
    const shown = offered.filter((name) => (name === column ? chosen : before.includes(name)));
    const others = this.#layout.hidden.filter((name) => !offered.includes(name));
    const hidden = [...others, ...offered.filter((name) => !shown.includes(name))];
    this.events.layout(shown.length > 0 ? { ...this.#layout, hidden } : this.#layout);
  }
}
