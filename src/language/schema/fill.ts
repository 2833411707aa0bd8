import type { Problem } from '../../kafkaFile/problems';
import type { Span } from '../../kafkaFile/text';
import type { JsonNode } from './jsonTree';
import { requiredOf, type Schema, SchemaWalker, suggestedOf, typesOf, valuesOf } from './walker';

/** A text to insert at an offset. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

const MAX_DEPTH = 6;
const MAX_INSERTIONS = 200;

/**
 * How members are added. `block`: a value in a block, which begins at the margin. `nested`: a value
 * within other JSON, which is indented with it. `line`: a value that must stay on its line.
 */
type FillLayout = 'block' | 'nested' | 'line';

/**
 * Returns what is to be inserted so that the objects of a value have all members that their schemas
 * name, with their defaults or with values that fit. `within`: only in the object that begins there,
 * and only the members that it must have.
 */
export function missingMembers(
  text: string,
  root: Schema,
  tree: JsonNode,
  within?: Pick<Problem, 'start'>,
  layout: FillLayout = 'block',
): readonly Insertion[] {
  const filler = new Filler(text, root, within?.start, layout);
  filler.value(tree, [root], 1);
  return filler.insertions.slice(0, MAX_INSERTIONS);
}

class Filler {
  readonly insertions: Insertion[] = [];
  readonly #walker: SchemaWalker;

  constructor(
    private readonly text: string,
    root: Schema,
    private readonly only: number | undefined,
    private readonly layout: FillLayout,
  ) {
    this.#walker = new SchemaWalker(root);
  }

  value(node: JsonNode, schemas: readonly unknown[], level: number): void {
    const all = schemas.flatMap((schema) => this.#walker.alternatives(schema));
    const [schema] = this.#walker.likely(all, node);
    if (!schema || level > 100) return;
    for (const [index, item] of node.items.entries()) {
      const wanted = this.#walker.item(schema, index);
      if (wanted !== undefined) this.value(item, [wanted], level + 1);
    }
    if (node.kind !== 'object') return;
    for (const { name, value } of node.members) {
      const wanted = this.#walker.member(schema, name);
      if (wanted !== undefined && value) this.value(value, [wanted], level + 1);
    }
    if (this.only === undefined || this.only === node.start) this.#fill(node, schema, level);
  }

  #fill(node: JsonNode, schema: Schema, level: number): void {
    const present = new Set(node.members.map(({ name }) => name));
    const properties = this.#walker.properties(schema);
    const names = this.only === undefined ? [...properties.keys()] : requiredOf(schema);
    const written = names
      .filter((name) => !present.has(name))
      .map((name) => `${JSON.stringify(name)}: ${this.#example(properties.get(name), 0)}`);
    if (written.length === 0) return;
    const isBroken =
      this.layout !== 'line' &&
      (this.text.slice(node.start, node.end).includes('\n') || !node.members.length);
    const margin = this.#marginOf(node, level);
    const [between, after] = isBroken ? [`\n${margin}  `, `\n${margin}`] : [' ', ''];
    const last = node.members.at(-1)?.value?.end;
    const inner = written.join(`,${between}`);
    if (last !== undefined) this.insertions.push({ at: last, text: `,${between}${inner}` });
    else this.insertions.push({ at: node.start + 1, text: `${between}${inner}${after}` });
  }

  /** Returns the blanks at the beginning of the line in which an object begins. */
  #marginOf({ start }: Span, level: number): string {
    const line = this.text.lastIndexOf('\n', start - 1) + 1;
    const [blanks = ''] = /^[ \t]*/.exec(this.text.slice(line, start)) ?? [];
    return level === 1 && this.layout === 'block' ? '' : blanks;
  }

  #example(schema: unknown, depth: number): string {
    const [first] = this.#walker.alternatives(schema);
    if (!first || depth > MAX_DEPTH) return 'null';
    const suggested = suggestedOf(first);
    if (suggested) return JSON.stringify(suggested.value);
    const [value] = valuesOf(first) ?? [];
    if (value !== undefined) return JSON.stringify(value);
    const [type] = typesOf(first);
    if (type === 'object') {
      const properties = this.#walker.properties(first);
      const members = requiredOf(first).map(
        (name) => `${JSON.stringify(name)}: ${this.#example(properties.get(name), depth + 1)}`,
      );
      return `{${members.join(', ')}}`;
    }
    if (type === 'array') return '[]';
    if (type === 'string') return '""';
    if (type === 'boolean') return 'false';
    return type === 'integer' || type === 'number' ? numberFor(first) : 'null';
  }
}

function numberFor({ minimum }: Schema): string {
  return typeof minimum === 'number' && minimum > 0 ? String(minimum) : '0';
}
