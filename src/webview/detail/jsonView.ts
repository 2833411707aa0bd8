import { visible } from '../../core/text/visible';
import { element, setAttribute, setText } from '../lib/dom';
import { icon } from '../lib/icons';
import { columnOf, type FieldColumn } from '../../viewer/fieldColumn';
import type { JsonLeaf } from '../../viewer/protocol';
import { leafContext } from '../lib/menuContext';
import { isContainer, type JsonNode, type JsonTree, pathTo } from './jsonTree';
import { VirtualRows } from '../lib/virtualRows';
import { counted, words } from '../lib/words';

/** The number of characters of a value that a row shows. */
const MAX_SHOWN = 500;
/** The maximum number of levels by which a row is indented. */
const MAX_INDENT = 24;
const INDENT = 14;

interface JsonViewEvents {
  /** Nodes were opened or closed. */
  readonly toggled: () => void;
  /** Only messages with the same in this place are to be shown. */
  readonly only: (leaf: JsonLeaf) => void;
  /** A place of the tree is to be a column. */
  readonly asColumn: (field: FieldColumn) => void;
}

/** A JSON text as an ARIA tree. */
export class JsonView {
  readonly element: HTMLElement;
  readonly #rows: VirtualRows;
  readonly #id: string;
  #active = 0;

  constructor(
    private readonly tree: JsonTree,
    label: string,
    private readonly part: JsonLeaf['part'],
    rowHeight: () => number,
    private readonly events: JsonViewEvents,
  ) {
    this.#id = `active-${part}`;
    const body = element('div', { class: 'body', role: 'presentation' });
    this.element = element(
      'div',
      {
        class: 'json',
        role: 'tree',
        tabIndex: 0,
        aria: { label, description: words('jsonKeys') },
      },
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
    // This runs before VS Code handles the event and opens its menu.
    this.element.addEventListener('contextmenu', ({ target }) => {
      this.#go(this.#rows.indexOf(target) ?? this.#active);
      const leaf = this.#leaf;
      setAttribute(this.element, 'data-vscode-context', leaf ? leafContext(leaf) : null);
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
    setAttribute(this.element, 'aria-activedescendant', there ? this.#id : null);
  }

  #toggle(row: number): void {
    this.tree.toggle(row);
    this.update();
    this.events.toggled();
  }

  #go(row: number): void {
    this.#active = Math.min(Math.max(row, 0), this.tree.rows.length - 1);
    this.#rows.reveal(this.#active);
    this.#mark();
  }

  /** The current node, if it is a text, a number, a boolean or null. */
  get #leaf(): JsonLeaf | undefined {
    const node = this.tree.rows[this.#active];
    if (!node || isContainer(node)) return undefined;
    const json = this.tree.text.slice(node.at, node.end);
    return { part: this.part, path: pathTo(node), json };
  }

  #only(): void {
    const leaf = this.#leaf;
    if (leaf) this.events.only(leaf);
  }

  #asColumn(at: JsonNode): void {
    const steps = pathTo(at);
    if (steps.length > 0) this.events.asColumn(columnOf({ part: this.part, steps }));
  }

  #key({ key, code, altKey }: KeyboardEvent): boolean {
    const { rows } = this.tree;
    const at = rows[this.#active];
    if (!at) return false;
    // On a Mac, Alt makes another character of the letter.
    if (altKey && code === 'KeyC') {
      this.#asColumn(at);
      return true;
    }
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
        if (altKey) this.#only();
        else this.#toggle(this.#active);
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
    setAttribute(item, 'id', index === this.#active ? this.#id : null);
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
