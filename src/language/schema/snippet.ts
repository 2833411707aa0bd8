import {
  requiredOf,
  type Schema,
  type SchemaWalker,
  suggestedOf,
  typesOf,
  valuesOf,
} from './walker';

const MAX_DEPTH = 4;
const MAX_MEMBERS = 30;
/** More symbols do not fit into the list of a snippet. */
const MAX_SYMBOLS = 50;

/** Writes values that fit a schema, with a place for the caret in each of them. */
export class Snippets {
  #place = 0;

  constructor(private readonly walker: SchemaWalker) {}

  /** Returns a snippet of a value, over several lines if it is an object. */
  value(schema: unknown, depth = 0): string {
    const [first] = this.walker.alternatives(schema);
    if (!first) return this.#next('null');
    const suggested = suggestedOf(first);
    if (suggested) return this.#next(json(suggested.value));
    const values = valuesOf(first);
    if (values) return this.#symbols(values);
    const [type = 'null'] = typesOf(first);
    if (type === 'object') return this.#object(first, depth);
    if (type === 'array') return `[${this.#next('')}]`;
    if (type === 'string') return `"${this.#next('')}"`;
    if (type === 'boolean') return this.#symbols([false, true]);
    return this.#next(type === 'null' ? type : '0');
  }

  #object(schema: Schema, depth: number): string {
    const properties = this.walker.properties(schema);
    const names = requiredOf(schema).slice(0, MAX_MEMBERS);
    if (names.length === 0 || depth >= MAX_DEPTH) return `{${this.#next('')}}`;
    const inner = '  '.repeat(depth + 1);
    const members = names.map(
      (name) => `${inner}${escape(json(name))}: ${this.value(properties.get(name), depth + 1)}`,
    );
    return `{\n${members.join(',\n')}\n${'  '.repeat(depth)}}`;
  }

  #symbols(values: readonly unknown[]): string {
    const written = values.map(json);
    const [only = 'null'] = written;
    if (written.length === 1 || written.length > MAX_SYMBOLS) return this.#next(only);
    this.#place += 1;
    const choices = written.map((each) => each.replace(/[\\,|$}]/g, '\\$&'));
    return `\${${this.#place}|${choices.join(',')}|}`;
  }

  #next(text: string): string {
    this.#place += 1;
    return text === '' ? `$${this.#place}` : `\${${this.#place}:${escape(text)}}`;
  }
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

/** Returns a text as a snippet has it. */
export function escape(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
