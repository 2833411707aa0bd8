import { visible } from '../../core/text/visible';
import { element, setAttribute, setText } from '../lib/dom';
import { icon } from '../lib/icons';
import { isContainer, type JsonNode, type JsonTree } from './jsonTree';
import { VirtualRows } from '../lib/virtualRows';
import { counted } from '../lib/words';

/** The number of characters of a value that a row shows. */
const MAX_SHOWN = 500;
/** The maximum number of levels by which a row is indented. */
const MAX_INDENT = 24;
const INDENT = 14;

/** A JSON text as an ARIA tree. */
export class JsonView {
  readonly element: HTMLElement;
  readonly #rows: VirtualRows;
  #active = 0;

  constructor(
    private readonly tree: JsonTree,
    label: string,
    private readonly id: string,
    rowHeight: () => number,
    private readonly changed: () => void,
  ) {
    const body = element('div', { class: 'body', role: 'presentation' });
    this.element = element(
      'div',
      { class: 'json', role: 'tree', tabIndex: 0, aria: { label } },
      body,
    );
    this.#rows = new VirtualRows({
      scroller: this.element,
      body,
      rowHeight,
      create: createItem,
      fill: (item, index) => {
        this.#fill(item, index);
      },
    });
    this.element.addEventListener('keydown', (event) => {
      if (!event.ctrlKey && !event.metaKey && this.#key(event)) event.preventDefault();
    });
    body.addEventListener('click', (event) => {
      const row = this.#rows.indexOf(event.target);
      if (row === undefined) return;
      this.#active = row;
      this.#toggle(row);
    });
    this.update();
  }

  /** Shows which nodes of the tree are open now. */
  update(): void {
    this.#active = Math.min(this.#active, this.tree.rows.length - 1);
    this.#rows.resize(this.tree.rows.length);
    this.#mark();
  }

  #mark(): void {
    this.#rows.refresh();
    const there = this.#rows.elementOf(this.#active) !== undefined;
    setAttribute(this.element, 'aria-activedescendant', there ? this.id : null);
  }

  #toggle(row: number): void {
    this.tree.toggle(row);
    this.update();
    this.changed();
  }

  #go(row: number): void {
    this.#active = Math.min(Math.max(row, 0), this.tree.rows.length - 1);
    this.#rows.reveal(this.#active);
    this.#mark();
  }

  #key({ key }: KeyboardEvent): boolean {
    const { rows } = this.tree;
    const at = rows[this.#active];
    if (!at) return false;
    const container = isContainer(at);
    switch (key) {
      case 'ArrowDown':
        this.#go(this.#active + 1);
        break;
      case 'ArrowUp':
        this.#go(this.#active - 1);
        break;
      case 'PageDown':
        this.#go(this.#active + this.#rows.page);
        break;
      case 'PageUp':
        this.#go(this.#active - this.#rows.page);
        break;
      case 'Home':
        this.#go(0);
        break;
      case 'End':
        this.#go(rows.length - 1);
        break;
      case 'ArrowRight':
        if (container && !at.open) this.#toggle(this.#active);
        else if (rows[this.#active + 1]?.parent === at) this.#go(this.#active + 1);
        break;
      case 'ArrowLeft':
        if (container && at.open) this.#toggle(this.#active);
        else if (at.parent) this.#go(rows.lastIndexOf(at.parent, this.#active));
        break;
      case 'Enter':
      case ' ':
        this.#toggle(this.#active);
        break;
      default:
        return false;
    }
    return true;
  }

  #fill(item: HTMLElement, index: number): void {
    const node = this.tree.rows[index];
    if (!node) return;
    const container = isContainer(node);
    setAttribute(item, 'id', index === this.#active ? this.id : null);
    setAttribute(item, 'aria-level', String(node.level));
    setAttribute(item, 'aria-posinset', String(node.position));
    setAttribute(item, 'aria-setsize', String(node.parent?.children?.length ?? 1));
    setAttribute(item, 'aria-expanded', container ? String(node.open) : null);
    setAttribute(item, 'aria-selected', String(index === this.#active));
    item.style.paddingLeft = `${Math.min(node.level - 1, MAX_INDENT) * INDENT}px`;
    const [, name, value] = item.children;
    if (name) setText(name, node.name === undefined ? '' : `${visible(String(node.name))}: `);
    if (value) {
      setText(value, this.#value(node));
      value.className = `json-value ${container && node.open ? 'count' : node.kind}`;
    }
  }

  #value(node: JsonNode): string {
    if (node.open && node.children) {
      const { length } = node.children;
      return node.kind === 'array'
        ? `[ ${counted('oneItem', 'manyItems', length)} ]`
        : `{ ${counted('oneMember', 'manyMembers', length)} }`;
    }
    const cut = node.end - node.at > MAX_SHOWN;
    const text = this.tree.text.slice(node.at, cut ? node.at + MAX_SHOWN : node.end);
    return visible(text) + (cut ? '\u2026' : '');
  }
}

function createItem(): HTMLElement {
  return element(
    'div',
    { class: 'json-row', role: 'treeitem' },
    element('span', { class: 'twisty' }, icon('chevronRight')),
    element('span', { class: 'json-name' }),
    element('span', { class: 'json-value' }),
  );
}
