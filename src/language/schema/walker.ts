import type { JsonNode } from './jsonTree';
import { integerOf } from './numbers';

/** A JSON Schema. It comes from others, so that every member is checked before it is used. */
export type Schema = Readonly<Record<string, unknown>>;

/** How many schemas are looked at for one question, however a schema refers to itself. */
const MAX_VISITS = 20_000;
const MAX_REFERENCES = 50;

/** Walks over a JSON Schema (draft 2020-12) without references to the outside. */
export class SchemaWalker {
  #visits = 0;

  constructor(private readonly root: Schema) {}

  /** Whether so much was looked at that what follows would be guesswork. */
  get isExhausted(): boolean {
    return this.#visits > MAX_VISITS;
  }

  /** Returns the schemas that a value may fit, any one of them: without references and unions. */
  alternatives(schema: unknown, references = 0): readonly Schema[] {
    this.#visits += 1;
    if (this.isExhausted || references > MAX_REFERENCES || !isSchema(schema)) return [];
    const { $ref, anyOf, oneOf } = schema;
    const target = typeof $ref === 'string' ? this.#resolve($ref) : undefined;
    if (target !== undefined) {
      const found = this.alternatives(target, references + 1);
      const own = aboutOf(schema);
      return own ? found.map((each) => ({ ...each, ...own })) : found;
    }
    const union = listOf(anyOf) ?? listOf(oneOf);
    if (!union) return [schema];
    const found = union.flatMap((each) => this.alternatives(each, references + 1));
    const own = aboutOf(schema);
    return own ? found.map((each) => ({ ...each, ...own })) : found;
  }

  /** Returns the schemas that a value of a schema must fit as well. */
  also({ allOf }: Schema): readonly unknown[] {
    return listOf(allOf) ?? [];
  }

  /** Returns the members that the schema names, those of `allOf` as well, each with its schema. */
  properties(schema: Schema, depth = 0): ReadonlyMap<string, unknown> {
    const found = new Map(entriesOf(schema['properties']));
    if (depth > 5) return found;
    for (const each of this.also(schema).flatMap((also) => this.alternatives(also))) {
      for (const [name, property] of this.properties(each, depth + 1)) {
        if (!found.has(name)) found.set(name, property);
      }
    }
    return found;
  }

  /** Returns the schema of a member; `undefined` if any value will do. */
  member(schema: Schema, name: string): unknown {
    const known = this.properties(schema).get(name);
    if (known !== undefined) return known;
    const { additionalProperties } = schema;
    return isSchema(additionalProperties) ? additionalProperties : undefined;
  }

  /** Returns the schema of an element of a list. */
  item({ prefixItems, items }: Schema, index: number): unknown {
    return listOf(prefixItems)?.[index] ?? (isSchema(items) ? items : undefined);
  }

  /** Returns the schemas of the value to which a path leads, by what is written on the way. */
  at(path: readonly (string | number)[], tree: JsonNode | undefined): readonly Schema[] {
    let schemas = this.alternatives(this.root);
    let node = tree;
    for (const step of path) {
      schemas = this.likely(schemas, node).flatMap((schema) =>
        this.alternatives(
          typeof step === 'number' ? this.item(schema, step) : this.member(schema, step),
        ),
      );
      node =
        typeof step === 'number'
          ? node?.items[step]
          : node?.members.findLast(({ name }) => name === step)?.value;
    }
    return schemas;
  }

  /** Returns those of several schemas that a value is probably meant for. */
  likely(schemas: readonly Schema[], node: JsonNode | undefined): readonly Schema[] {
    if (schemas.length < 2 || !node) return schemas;
    const fitting = schemas.filter((schema) => fitsKind(schema, node));
    if (node.kind !== 'object' || fitting.length < 2) return fitting.length > 0 ? fitting : schemas;
    const shared = fitting.map((schema) => {
      const known = this.properties(schema);
      return node.members.filter(({ name }) => known.has(name)).length;
    });
    const most = Math.max(...shared);
    return fitting.filter((_, at) => shared[at] === most);
  }

  /** Follows a JSON pointer inside of the schema. */
  #resolve(reference: string): unknown {
    if (!reference.startsWith('#')) return undefined;
    let at: unknown = this.root;
    for (const step of pointerOf(reference.slice(1))) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
      at = Object.getOwnPropertyDescriptor(at, step)?.value;
    }
    return at;
  }
}

function pointerOf(fragment: string): readonly string[] {
  let text = fragment;
  try {
    text = decodeURIComponent(fragment);
  } catch {
    // A name with a percent sign that escapes nothing.
  }
  const steps = text.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Returns what a schema with a reference or a union says of the place where it stands. */
function aboutOf(schema: Schema): Schema | undefined {
  const told = ['title', 'description', 'default'].filter((name) => Object.hasOwn(schema, name));
  return told.length === 0
    ? undefined
    : Object.fromEntries(told.map((each) => [each, schema[each]]));
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isSchema(value) ? Object.entries(value) : [];
}

/** Returns the names of types that a schema allows; empty: all. */
export function typesOf({ type, ...rest }: Schema): readonly string[] {
  if (typeof type === 'string') return [type];
  const several = listOf(type)?.filter((each) => typeof each === 'string');
  if (several) return several;
  if ('const' in rest) return [typeOfValue(rest['const'])];
  return isSchema(rest['properties']) ? ['object'] : [];
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Returns whether the kind of a value is one that a schema allows. */
export function fitsKind(schema: Schema, { kind, text }: JsonNode): boolean {
  const types = typesOf(schema);
  if (kind === 'template' || types.length === 0 || types.includes(kind)) return true;
  return kind === 'number' && types.includes('integer') && integerOf(text) !== undefined;
}

export function requiredOf({ required }: Schema): readonly string[] {
  return (listOf(required) ?? []).filter((each) => typeof each === 'string');
}

/** Returns the values that a schema lists, or its only one. */
export function valuesOf(schema: Schema): readonly unknown[] | undefined {
  return 'const' in schema ? [schema['const']] : listOf(schema['enum']);
}

/** Returns the value that a schema suggests: its default, or else its first example. */
export function suggestedOf(schema: Schema): { readonly value: unknown } | undefined {
  if ('default' in schema) return { value: schema['default'] };
  const examples = listOf(schema['examples']) ?? [];
  return examples.length > 0 ? { value: examples[0] } : undefined;
}
