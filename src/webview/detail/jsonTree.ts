import { JsonScanner, JsonSyntaxError } from '../../core/json/scanner';

export interface JsonNode {
  /** The name of a member, the index in an array, `undefined` at the root. */
  readonly name: string | number | undefined;
  /** The value stands in the text from `at` to `end` (exclusive). */
  readonly at: number;
  readonly end: number;
  readonly kind: JsonKind;
  /** 1 at the root. */
  readonly level: number;
  /** The position among its siblings, counted from 1, for `aria-posinset`. */
  readonly position: number;
  readonly parent: JsonNode | undefined;
  /** Set once the node was opened. */
  children?: readonly JsonNode[];
  open: boolean;
}

type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

const kinds = new Map<string | undefined, JsonKind>([
  ['{', 'object'],
  ['[', 'array'],
  ['"', 'string'],
  ['t', 'boolean'],
  ['f', 'boolean'],
  ['n', 'null'],
]);

/** How much may be opened at once: the number of rows, and of characters to be read for them. */
interface Limits {
  readonly rows: number;
  readonly read: number;
}

const atFirst: Limits = { rows: 100, read: 2_000_000 };
/** The maximum number of open nodes that are remembered. */
const MAX_REMEMBERED = 1_000;
const onRequest: Limits = { rows: 50_000, read: 16_000_000 };

/**
 * A JSON text as a tree. Values stay exactly as they are written. The content of an object or array
 * is read when it is opened, in one pass over its text, so there is no limit of depth or length.
 */
export class JsonTree {
  /** The visible nodes, from the top. */
  rows: readonly JsonNode[];

  private constructor(
    readonly text: string,
    root: JsonNode,
  ) {
    this.rows = [root];
    this.#openUpTo(atFirst);
  }

  /** Returns the tree of a text, or `undefined` if it is not JSON. */
  static of(text: string): JsonTree | undefined {
    const scanner = new JsonScanner(text);
    try {
      scanner.skipBlanks();
      const { at } = scanner;
      scanner.value();
      const { at: end } = scanner;
      scanner.expectEnd();
      return new JsonTree(text, node(text, undefined, at, end, undefined, 1));
    } catch (error) {
      if (error instanceof JsonSyntaxError) return undefined;
      throw error;
    }
  }

  /** Opens or closes the object or array in a row. */
  toggle(row: number): void {
    const at = this.rows[row];
    if (!at || !isContainer(at)) return;
    at.open = !at.open;
    const above = this.rows.slice(0, row + 1);
    if (at.open) this.rows = above.concat(this.#below(at), this.rows.slice(row + 1));
    else {
      const next = this.rows.findIndex(({ level }, index) => index > row && level <= at.level);
      this.rows = next < 0 ? above : above.concat(this.rows.slice(next));
    }
  }

  /** Opens all nodes, up to a limit that keeps this quick. */
  openAll(): void {
    this.#openUpTo(onRequest);
  }

  /** Where the open nodes begin in the text, from the top. Only the first ones are given. */
  get opened(): readonly number[] {
    const opened: number[] = [];
    for (const { open, at } of this.rows) {
      if (open) opened.push(at);
      if (opened.length === MAX_REMEMBERED) break;
    }
    return opened;
  }

  /** Opens the nodes that `opened` gave, and closes all others. */
  reopen(opened: readonly number[]): void {
    const wanted = new Set(opened);
    const [root] = this.rows;
    if (!root) return;
    for (const each of this.rows) each.open = false;
    const waiting = [root];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (!isContainer(next) || !wanted.has(next.at)) continue;
      next.open = true;
      for (const child of this.#children(next)) waiting.push(child);
    }
    this.rows = root.open ? [root, ...this.#below(root)] : [root];
  }

  /** Closes all nodes except the root. */
  closeAll(): void {
    const [root] = this.rows;
    if (!root) return;
    for (const each of this.rows) each.open = each === root;
    this.rows = [root, ...this.#below(root)];
  }

  /** Opens nodes level by level, within the limits. */
  #openUpTo(limits: Limits): void {
    const [root] = this.rows;
    let level = root ? [root] : [];
    let count = this.rows.length;
    let read = 0;
    while (level.length > 0) {
      const next: JsonNode[] = [];
      for (const each of level) {
        if (!isContainer(each)) continue;
        read += each.end - each.at;
        if (read > limits.read && each !== root) break;
        const children = this.#children(each);
        if (!each.open && count + children.length > limits.rows && each !== root) continue;
        if (!each.open) count += children.length;
        each.open = true;
        for (const child of children) next.push(child);
      }
      if (count > limits.rows || read > limits.read) break;
      level = next;
    }
    this.rows = root ? [root, ...this.#below(root)] : [];
  }

  /** Returns the rows below an open node. */
  #below(top: JsonNode): readonly JsonNode[] {
    const seen: JsonNode[] = [];
    const waiting = this.#children(top).toReversed();
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      seen.push(next);
      if (!next.open) continue;
      const children = this.#children(next);
      for (let index = children.length - 1; index >= 0; index--) {
        const child = children[index];
        if (child) waiting.push(child);
      }
    }
    return seen;
  }

  #children(parent: JsonNode): readonly JsonNode[] {
    parent.children ??= this.#read(parent);
    return parent.children;
  }

  #read(parent: JsonNode): readonly JsonNode[] {
    const scanner = new JsonScanner(this.text);
    scanner.at = parent.at;
    const children: JsonNode[] = [];
    const add = (name: string | number) => {
      scanner.skipBlanks();
      const { at } = scanner;
      scanner.value();
      children.push(node(this.text, name, at, scanner.at, parent, children.length + 1));
    };
    if (parent.kind === 'object') scanner.members(add);
    else if (parent.kind === 'array') {
      scanner.elements(() => {
        add(children.length);
      });
    }
    return children;
  }
}

/** Returns the names of members and the indexes of elements that lead to a node. */
export function pathTo(node: JsonNode): readonly (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: JsonNode | undefined = node; at?.name !== undefined; at = at.parent) {
    path.unshift(at.name);
  }
  return path;
}

export function isContainer({ kind }: JsonNode): boolean {
  return kind === 'object' || kind === 'array';
}

function node(
  text: string,
  name: string | number | undefined,
  at: number,
  end: number,
  parent: JsonNode | undefined,
  position: number,
): JsonNode {
  const kind = kinds.get(text[at]) ?? 'number';
  const level = (parent?.level ?? 0) + 1;
  return { name, at, end, kind, level, position, parent, open: false };
}
