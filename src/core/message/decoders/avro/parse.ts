import { type Phrase, phrase } from '../../../phrase';
import { isElements, isMembers, JsonNumber, type ExactJson, parseExact } from '../../../json/exact';
import { JsonSyntaxError } from '../../../json/scanner';
import type { WholeSchema } from '../../../schemaRegistry/schema';
import { InvalidSchema } from '../schemas/problems';
import { logicalOf } from './logicalType';
import { type AvroType, branchName, type Field, type Primitive, primitives } from './schema';

type Members = ReadonlyMap<string, ExactJson>;
type Take = (type: AvroType) => void;

/** In characters, together with what it refers to. */
const MAX_TEXT = 8 * 1024 * 1024;
const MAX_TYPES = 100_000;
const MAX_NAME = 1000;

/**
 * Returns the type that a schema defines. Names may be defined in what it refers to, and after they
 * are used. No code is generated of a schema, so that names need not be checked against Avro's
 * grammar, which some producers ignore. Throws `InvalidSchema`.
 */
export function parseAvro({ text, imports }: Pick<WholeSchema, 'text' | 'imports'>): AvroType {
  const texts = [...imports.map((imported) => imported.text), text];
  if (texts.reduce((sum, { length }) => sum + length, 0) > MAX_TEXT) {
    throw new InvalidSchema(phrase('it is too large'));
  }
  return new SchemaParser().parse(texts);
}

class SchemaParser {
  readonly #named = new Map<string, AvroType>();
  readonly #pending: { readonly names: readonly string[]; readonly take: Take }[] = [];
  #types = 0;

  /** Returns the type of the last text. */
  parse(texts: readonly string[]): AvroType {
    let last: AvroType | undefined;
    for (const text of texts) this.#type(jsonOf(text), '', (type) => (last = type));
    for (const { names, take } of this.#pending) {
      const type = names.map((name) => this.#named.get(name)).find(Boolean);
      if (!type)
        throw new InvalidSchema(phrase('the type {0} is not defined', JSON.stringify(names[0])));
      take(type);
    }
    if (!last) throw new InvalidSchema(phrase('it is empty'));
    return last;
  }

  /** Hands over the type that a part of a schema is, now or when its name is known. */
  #type(node: ExactJson, namespace: string, take: Take): void {
    this.#types += 1;
    if (this.#types > MAX_TYPES) throw new InvalidSchema(phrase('it has too many types'));
    if (typeof node === 'string') this.#reference(node, namespace, take);
    else if (isElements(node)) take(this.#union(node, namespace));
    else if (isMembers(node)) this.#definition(node, namespace, take);
    else throw new InvalidSchema(phrase('a type is neither a text, an object nor an array'));
  }

  #reference(name: string, namespace: string, take: Take): void {
    const kind = primitiveOf(name);
    if (kind) {
      take({ kind });
      return;
    }
    const names = name.includes('.') || namespace === '' ? [name] : [`${namespace}.${name}`, name];
    const known = this.#named.get(names[0] ?? name);
    if (known) take(known);
    else this.#pending.push({ names, take });
  }

  #union(nodes: readonly ExactJson[], namespace: string): AvroType {
    const branches: AvroType[] = [];
    if (nodes.length === 0) throw new InvalidSchema(phrase('a union is empty'));
    nodes.forEach((node, index) => {
      if (isElements(node)) throw new InvalidSchema(phrase('a union stands in a union'));
      branches.push({ kind: 'null' });
      this.#type(node, namespace, (type) => {
        if (type.kind === 'union') throw new InvalidSchema(phrase('a union stands in a union'));
        branches[index] = type;
      });
    });
    return { kind: 'union', branches };
  }

  #definition(node: Members, namespace: string, take: Take): void {
    const type = node.get('type');
    if (typeof type !== 'string') {
      if (type === undefined)
        throw new InvalidSchema(phrase('{0} has no "{1}"', phrase('a {0}', 'type'), 'type'));
      this.#type(type, namespace, take);
      return;
    }
    switch (type) {
      case 'record':
      case 'error':
        this.#record(node, namespace, take);
        return;
      case 'enum':
        take(
          this.#define(node, namespace, (named) => ({ kind: 'enum', ...named, ...enumOf(node) })),
        );
        return;
      case 'fixed': {
        const size = sizeOf(node);
        const more = { size, ...logicalOf(node, 'fixed', size) };
        take(this.#define(node, namespace, (named) => ({ kind: 'fixed', ...named, ...more })));
        return;
      }
      case 'array': {
        const array: AvroType = { kind: 'array', items: { kind: 'null' } };
        this.#type(
          member(node, 'items', phrase('an array')),
          namespace,
          (items) => (array.items = items),
        );
        take(array);
        return;
      }
      case 'map': {
        const map: AvroType = { kind: 'map', values: { kind: 'null' } };
        this.#type(
          member(node, 'values', phrase('a {0}', 'map')),
          namespace,
          (values) => (map.values = values),
        );
        take(map);
        return;
      }
      default: {
        const kind = primitiveOf(type);
        if (kind) take({ kind, ...logicalOf(node, kind) });
        else this.#reference(type, namespace, take);
      }
    }
  }

  #record(node: Members, outer: string, take: Take): void {
    const fields: Field[] = [];
    const record = this.#define(node, outer, (named) => ({ kind: 'record', ...named, fields }));
    // Known before its fields, so that these may be of its type.
    take(record);
    const namespace = namespaceOf(branchName(record));
    const nodes = member(node, 'fields', phrase('a {0}', 'record'));
    if (!isElements(nodes)) throw new InvalidSchema(phrase('"fields" is not an array'));
    const names = new Set<string>();
    for (const of of nodes) {
      if (!isMembers(of)) throw new InvalidSchema(phrase('a field is not an object'));
      const name = nameOf(of);
      if (names.has(name))
        throw new InvalidSchema(phrase('two fields are named {0}', JSON.stringify(name)));
      names.add(name);
      const standard = of.get('default');
      const field: Field = {
        name,
        type: { kind: 'null' },
        ...(standard !== undefined && { default: standard }),
        ...docOf(of),
      };
      fields.push(field);
      this.#type(
        member(of, 'type', phrase('the field {0}', JSON.stringify(name))),
        namespace,
        (type) => {
          field.type = type;
        },
      );
    }
  }

  #define<T extends AvroType & { readonly name: string }>(
    node: Members,
    outer: string,
    make: (named: { readonly name: string; readonly doc?: string }) => T,
  ): T {
    const short = nameOf(node);
    const own = node.get('namespace');
    const namespace = typeof own === 'string' ? own.toWellFormed() : outer;
    const name = short.includes('.') || namespace === '' ? short : `${namespace}.${short}`;
    if (primitiveOf(short))
      throw new InvalidSchema(phrase('a type is named {0}', JSON.stringify(short)));
    const type = make({ name: name.replace(/^\./, ''), ...docOf(node) });
    this.#named.set(type.name, type);
    return type;
  }
}

function jsonOf(text: string): ExactJson {
  try {
    return parseExact(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    // The oldest schemas are the bare name of a type.
    if (/^\s*[A-Za-z_][\w.]*\s*$/.test(text)) return text.trim();
    throw new InvalidSchema(phrase('it is not JSON, or too deep'));
  }
}

function primitiveOf(name: string): Primitive | undefined {
  return primitives.find((primitive) => primitive === name);
}

function namespaceOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

function nameOf(node: Members): string {
  const name = node.get('name');
  if (typeof name !== 'string' || name === '')
    throw new InvalidSchema(phrase('a "name" is missing'));
  if (name.length > MAX_NAME) throw new InvalidSchema(phrase('a name is too long'));
  if (!name.isWellFormed()) throw new InvalidSchema(phrase('a name is not Unicode'));
  return name;
}

function docOf(node: Members): { readonly doc?: string } {
  const doc = node.get('doc');
  return typeof doc === 'string' && doc !== '' ? { doc } : {};
}

function member(node: Members, name: string, what: Phrase): ExactJson {
  const value = node.get(name);
  if (value === undefined) throw new InvalidSchema(phrase('{0} has no "{1}"', what, name));
  return value;
}

function enumOf(node: Members): { readonly symbols: readonly string[] } {
  const symbols = member(node, 'symbols', phrase('an enum'));
  if (!isElements(symbols) || !symbols.every((symbol) => typeof symbol === 'string')) {
    throw new InvalidSchema(phrase('"symbols" is not an array of texts'));
  }
  return { symbols };
}

function sizeOf(node: Members): number {
  const size = member(node, 'size', phrase('a {0}', 'fixed'));
  const number = size instanceof JsonNumber ? Number(size.text) : NaN;
  if (!Number.isInteger(number) || number < 0 || number > 2 ** 31 - 1) {
    throw new InvalidSchema(phrase('the "size" of a fixed is not a size'));
  }
  return number;
}
