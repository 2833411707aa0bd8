/** A parsed schema of Avro. A named type that was defined before stands in it as the same object. */
export type Avro =
  | { readonly kind: 'primitive'; readonly type: string }
  | { readonly kind: 'array' | 'map'; readonly items: Avro }
  | { readonly kind: 'union'; readonly branches: readonly Avro[] }
  | {
      readonly kind: 'enum';
      readonly name: string;
      readonly symbols: readonly string[];
      readonly hasDefault: boolean;
    }
  | { readonly kind: 'fixed'; readonly name: string; readonly size: number }
  | { readonly kind: 'record'; readonly name: string; readonly fields: readonly AvroField[] };

export interface AvroField {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: Avro;
  readonly hasDefault: boolean;
}

/** Says that a text is no schema of Avro. */
export class AvroSyntaxError extends Error {}

const PRIMITIVES: ReadonlySet<string> = new Set([
  'null',
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
]);
const NAME = /^[A-Za-z_]\w*$/;

/** Parses schemas that may name the types of those before them. Returns the last. */
export function parseAvro(texts: readonly string[]): Avro {
  const parser = new Parser();
  const parsed = texts.map((text) => parser.parse(json(text), ''));
  const last = parsed.at(-1);
  if (!last) throw new AvroSyntaxError('there is no schema');
  return last;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A name alone may stand without quotes.
    if (/^\s*[\w.]+\s*$/.test(text)) return text.trim();
    throw new AvroSyntaxError('not JSON');
  }
}

class Parser {
  readonly #types = new Map<string, Avro>();

  parse(value: unknown, namespace: string): Avro {
    if (typeof value === 'string') return this.#named(value, namespace);
    if (Array.isArray(value)) return this.#union(value, namespace);
    if (typeof value !== 'object' || value === null) throw new AvroSyntaxError('no type');
    const members = new Map<string, unknown>(Object.entries(value));
    const type = members.get('type');
    switch (type) {
      case 'record':
      case 'error':
        return this.#record(members, namespace);
      case 'enum':
        return this.#enum(members, namespace);
      case 'fixed':
        return this.#fixed(members, namespace);
      case 'array':
        return { kind: 'array', items: this.parse(members.get('items'), namespace) };
      case 'map':
        return { kind: 'map', items: this.parse(members.get('values'), namespace) };
      default:
        return this.parse(type, namespace);
    }
  }

  #named(name: string, namespace: string): Avro {
    if (PRIMITIVES.has(name)) return { kind: 'primitive', type: name };
    const found = this.#types.get(fullName(name, namespace)) ?? this.#types.get(name);
    if (!found) throw new AvroSyntaxError(`Undefined name: "${name}"`);
    return found;
  }

  #union(branches: readonly unknown[], namespace: string): Avro {
    const parsed = branches.map((branch) => this.parse(branch, namespace));
    if (parsed.some(({ kind }) => kind === 'union')) throw new AvroSyntaxError('Nested union');
    const names = new Set(parsed.map(nameOf));
    if (names.size < parsed.length) throw new AvroSyntaxError('Duplicate in union');
    return { kind: 'union', branches: parsed };
  }

  #record(members: Members, outer: string): Avro {
    const { name, namespace } = this.#name(members, outer);
    const fields: AvroField[] = [];
    const record: Avro = { kind: 'record', name, fields };
    this.#define(name, record);
    const list = members.get('fields');
    if (!Array.isArray(list)) throw new AvroSyntaxError(`Record ${name} has no fields`);
    for (const each of list as readonly unknown[]) {
      if (typeof each !== 'object' || each === null) throw new AvroSyntaxError('No field');
      const field = new Map<string, unknown>(Object.entries(each));
      const fieldName = validName(field.get('name'));
      if (fields.some((other) => other.name === fieldName)) {
        throw new AvroSyntaxError(`Duplicate field ${fieldName} in record ${name}`);
      }
      fields.push({
        name: fieldName,
        aliases: texts(field.get('aliases')),
        type: this.parse(field.get('type'), namespace),
        hasDefault: field.has('default'),
      });
    }
    return record;
  }

  #enum(members: Members, outer: string): Avro {
    const { name } = this.#name(members, outer);
    const symbols = texts(members.get('symbols')).map(validName);
    if (new Set(symbols).size < symbols.length) throw new AvroSyntaxError('Duplicate enum symbol');
    return this.#define(name, { kind: 'enum', name, symbols, hasDefault: members.has('default') });
  }

  #fixed(members: Members, outer: string): Avro {
    const { name } = this.#name(members, outer);
    const size = members.get('size');
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
      throw new AvroSyntaxError(`Malformed size of ${name}`);
    }
    return this.#define(name, { kind: 'fixed', name, size });
  }

  #name(members: Members, outer: string): { readonly name: string; readonly namespace: string } {
    const given = members.get('name');
    const own = members.get('namespace');
    if (typeof given !== 'string') throw new AvroSyntaxError('No name in schema');
    const name = fullName(given, typeof own === 'string' ? own : outer);
    name.split('.').forEach(validName);
    return { name, namespace: name.split('.').slice(0, -1).join('.') };
  }

  #define(name: string, type: Avro): Avro {
    if (this.#types.has(name)) throw new AvroSyntaxError(`Can't redefine: ${name}`);
    this.#types.set(name, type);
    return type;
  }
}

type Members = ReadonlyMap<string, unknown>;

/** Returns what distinguishes a type from the other branches of a union. */
export function nameOf(type: Avro): string {
  if (type.kind === 'primitive') return type.type;
  return 'name' in type ? type.name : type.kind;
}

function fullName(name: string, namespace: string): string {
  return name.includes('.') || namespace === '' ? name : `${namespace}.${name}`;
}

function validName(name: unknown): string {
  if (typeof name === 'string' && NAME.test(name)) return name;
  throw new AvroSyntaxError(`Illegal name: ${String(name)}`);
}

function texts(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.filter((item) => typeof item === 'string');
}
