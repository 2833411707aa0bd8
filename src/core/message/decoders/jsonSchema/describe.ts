import type { Schema } from '@cfworker/json-schema';
import { addressOf, type JsonChecker } from './checker';

/** Keywords whose value is a schema, or an array of them. */
const SCHEMAS = new Set([
  ...['additionalItems', 'additionalProperties', 'allOf', 'anyOf', 'contains', 'contentSchema'],
  ...['else', 'if', 'items', 'not', 'oneOf', 'prefixItems', 'propertyNames', 'then'],
  ...['unevaluatedItems', 'unevaluatedProperties'],
]);
/** Keywords whose value is an object with schemas. */
const MAPS = new Set([
  ...['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties'],
  'properties',
]);
/** What says where a schema stands, and which draft it has. All of them stand in one document. */
const LEFT_OUT = new Set(['$schema', '$id', 'id', '$vocabulary', '$recursiveAnchor']);

type Json = Readonly<Record<string, unknown>>;

/**
 * Returns a schema as one of draft 2020-12 that refers to nothing outside: what it imports stands in
 * its `$defs`. A reference that leads nowhere allows anything.
 */
export function describeJsonSchema({ schema, imports, base }: JsonChecker): Json {
  const names = new Map([...imports.keys()].map((address, index) => [address, `import${index}`]));
  const rewrite = (part: Schema | boolean, at: string) =>
    new Rewriter(at, (address) => {
      if (address === base) return '#';
      const name = names.get(address);
      return name === undefined ? undefined : `#/$defs/${name}`;
    }).schema(part);
  const root = rewrite(schema, base);
  const imported = [...imports].map(
    ([address, part]) => [names.get(address) ?? '', rewrite(part, address)] as const,
  );
  const whole = isObject(root) ? root : root === false ? { not: {} } : {};
  const own = isObject(whole['$defs']) ? whole['$defs'] : {};
  const $defs = { ...own, ...Object.fromEntries(imported) };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...whole,
    ...(Object.keys($defs).length > 0 && { $defs }),
  };
}

class Rewriter {
  constructor(
    private readonly base: string,
    /** Returns where the schema with an address stands in the document. */
    private readonly place: (address: string) => string | undefined,
  ) {}

  schema(part: unknown): unknown {
    if (!isObject(part)) return part;
    const members = Object.entries(part).flatMap(([name, value]) => this.#member(name, value));
    const schema = Object.fromEntries(members);
    // Until draft 2019-09, an array of schemas was for the first items.
    if (Array.isArray(schema['items'])) {
      const { items, additionalItems = true, ...rest } = schema;
      return { ...rest, prefixItems: items, items: additionalItems };
    }
    return inclusive(schema, 'Minimum', inclusive(schema, 'Maximum', schema));
  }

  #member(name: string, value: unknown): readonly (readonly [string, unknown])[] {
    if (LEFT_OUT.has(name)) return [];
    if (name === '$ref') {
      const ref = typeof value === 'string' ? this.#reference(value) : undefined;
      return ref === undefined ? [] : [[name, ref]];
    }
    if (SCHEMAS.has(name)) {
      const list: unknown = Array.isArray(value)
        ? value.map((one) => this.schema(one))
        : this.schema(value);
      return [[name, list]];
    }
    if (!MAPS.has(name) || !isObject(value)) return [[name, value]];
    const schemas = Object.entries(value).map(([key, one]) => [key, this.schema(one)] as const);
    return [[name, Object.fromEntries(schemas)]];
  }

  #reference(ref: string): string | undefined {
    const hash = ref.indexOf('#');
    const fragment = hash < 0 ? '' : ref.slice(hash + 1);
    const address = hash === 0 ? this.base : addressOf(ref, this.base);
    const place = this.place(address);
    // Anchors have no place of their own.
    if (place === undefined || (fragment !== '' && !fragment.startsWith('/'))) return undefined;
    return `${place}${fragment}`;
  }
}

/** Until draft-04, a boolean said that `minimum` is not included itself. */
function inclusive(from: Json, limit: 'Minimum' | 'Maximum', schema: Json): Json {
  const exclusive = from[`exclusive${limit}`];
  if (typeof exclusive !== 'boolean') return schema;
  const name = limit.toLowerCase();
  const bound = schema[name];
  const others = Object.entries(schema).filter(
    ([key]) => ![name, `exclusive${limit}`].includes(key),
  );
  const kept = bound === undefined ? {} : { [exclusive ? `exclusive${limit}` : name]: bound };
  return { ...Object.fromEntries(others), ...kept };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
