import { textFor } from './text';

type Schema = Readonly<Record<string, unknown>>;

/** Values inside of each other, and values at all. */
const MAX_DEPTH = 30;
const MAX_VALUES = 2000;
/** Deeper, members that may be missing are left out. */
const MAX_OPTIONAL_DEPTH = 5;

/** Says that a schema allows no value that ends, or none that can be found with little effort. */
class NoExample extends Error {}

/**
 * Returns an example of what a JSON Schema (draft 2020-12, whose references all lead inside) allows,
 * as compact JSON: with a value for each member that has no default, except where that would not
 * end. It fits unless the schema is unusual. `undefined`: none was found.
 */
export function exampleOf(schema: Schema): string | undefined {
  try {
    return JSON.stringify(new Maker(schema).value(schema, []));
  } catch (error) {
    if (error instanceof NoExample) return undefined;
    throw error;
  }
}

class Maker {
  #left = MAX_VALUES;

  constructor(private readonly root: Schema) {}

  /** `open`: the schemas inside of which this value stands. */
  value(part: unknown, open: readonly Schema[]): unknown {
    this.#left -= 1;
    if (part === false || this.#left < 0 || open.length > MAX_DEPTH) throw new NoExample();
    if (!isSchema(part)) return null;
    if (open.includes(part)) throw new NoExample();
    const inside = [...open, part];
    const schema = this.#resolved(part, inside);
    if ('const' in schema) return schema['const'];
    for (const name of ['examples', 'enum']) {
      const values = listOf(schema[name]);
      if (values.length > 0) return values.find((value) => value !== null) ?? null;
    }
    if ('default' in schema) return schema['default'];
    const choices = [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])];
    return choices.length > 0 ? this.#choice(schema, choices, inside) : this.#typed(schema, inside);
  }

  /** Takes the first alternative that has an example; null only if there is no other. */
  #choice(schema: Schema, choices: readonly unknown[], open: readonly Schema[]): unknown {
    const rest = without(schema, 'oneOf', 'anyOf');
    for (const choice of [...choices].sort((a, b) => Number(isNull(a)) - Number(isNull(b)))) {
      if (choice === false) continue;
      try {
        return this.value(isSchema(choice) ? merged(rest, this.#resolved(choice, open)) : rest, [
          ...open,
          ...(isSchema(choice) ? [choice] : []),
        ]);
      } catch (error) {
        if (!(error instanceof NoExample)) throw error;
      }
    }
    throw new NoExample();
  }

  #typed(schema: Schema, open: readonly Schema[]): unknown {
    switch (typeOf(schema)) {
      case 'object':
        return this.#object(schema, open);
      case 'array':
        return this.#array(schema, open);
      case 'string':
        return textFor(schema);
      case 'integer':
      case 'number':
        return numberFor(schema);
      case 'boolean':
        return true;
      default:
        return null;
    }
  }

  #object(schema: Schema, open: readonly Schema[]): unknown {
    const properties = isSchema(schema['properties']) ? schema['properties'] : {};
    const required = new Set(listOf(schema['required']).map(String));
    const members = new Map<string, unknown>();
    for (const name of new Set([...Object.keys(properties), ...required])) {
      const property = Object.hasOwn(properties, name) ? properties[name] : true;
      if (!required.has(name)) {
        const isLeftOut = isSchema(property) && 'default' in property;
        if (property === false || isLeftOut || open.length > MAX_OPTIONAL_DEPTH) continue;
      }
      try {
        members.set(name, this.value(property, open));
      } catch (error) {
        if (!(error instanceof NoExample) || required.has(name)) throw error;
      }
    }
    const others = schema['additionalProperties'];
    if (members.size === 0 && isSchema(others) && open.length <= MAX_OPTIONAL_DEPTH) {
      const value = this.#optional(others, open);
      if (value !== undefined) members.set('key', value);
    }
    return Object.fromEntries(members);
  }

  #array(schema: Schema, open: readonly Schema[]): unknown {
    const first = listOf(schema['prefixItems']).map((item) => this.value(item, open));
    const fewest = countOf(schema['minItems']) ?? 0;
    const most = countOf(schema['maxItems']) ?? Infinity;
    const items = schema['items'] ?? true;
    if (first.length === 0 && fewest === 0) {
      if (most === 0 || items === false || open.length > MAX_OPTIONAL_DEPTH) return [];
      const item = this.#optional(items, open);
      return item === undefined ? [] : [item];
    }
    while (first.length < Math.min(fewest, 100)) first.push(this.value(items, open));
    return first;
  }

  #optional(schema: unknown, open: readonly Schema[]): unknown {
    try {
      return this.value(schema, open);
    } catch (error) {
      if (error instanceof NoExample) return undefined;
      throw error;
    }
  }

  /** Puts what a schema refers to, and all of `allOf`, in its place. */
  #resolved(schema: Schema, open: readonly Schema[]): Schema {
    if (open.length > MAX_DEPTH) throw new NoExample();
    const { $ref, allOf, ...rest } = schema;
    let whole: Schema = rest;
    const parts = [...(typeof $ref === 'string' ? [this.#pointed($ref)] : []), ...listOf(allOf)];
    for (const part of parts) {
      if (part === false) throw new NoExample();
      if (!isSchema(part)) continue;
      if (open.slice(0, -1).includes(part)) throw new NoExample();
      whole = merged(whole, this.#resolved(part, [...open, part]));
    }
    return whole;
  }

  #pointed(ref: string): unknown {
    let found: unknown = this.root;
    for (const encoded of ref.split('/').slice(1)) {
      const step = stepOf(encoded);
      if (Array.isArray(found)) found = found[Number(step)];
      else if (isSchema(found) && Object.hasOwn(found, step)) found = found[step];
      else throw new NoExample();
    }
    return found;
  }
}

/** Returns a step of a JSON Pointer that stands in a URI. */
function stepOf(encoded: string): string {
  try {
    return decodeURIComponent(encoded).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    throw new NoExample();
  }
}

/** Both schemas at once; where both say something, the first one counts. */
function merged(one: Schema, other: Schema): Schema {
  const properties = {
    ...(isSchema(other['properties']) && other['properties']),
    ...(isSchema(one['properties']) && one['properties']),
  };
  const required = [...listOf(one['required']), ...listOf(other['required'])];
  return {
    ...other,
    ...one,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}

function without(schema: Schema, ...names: readonly string[]): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !names.includes(name)));
}

function typeOf(schema: Schema): unknown {
  const types = Array.isArray(schema['type']) ? listOf(schema['type']) : [schema['type']];
  const type = types.find((one) => one !== 'null') ?? types[0];
  if (type !== undefined) return type;
  if ('properties' in schema || 'required' in schema || 'additionalProperties' in schema) {
    return 'object';
  }
  if ('items' in schema || 'prefixItems' in schema) return 'array';
  if ('minimum' in schema || 'maximum' in schema || 'multipleOf' in schema) return 'number';
  return ['pattern', 'format', 'minLength', 'maxLength'].some((name) => name in schema)
    ? 'string'
    : 'null';
}

function numberFor(schema: Schema): number {
  const step = numberOf(schema['multipleOf']) ?? 1;
  const lowest = numberOf(schema['minimum']);
  const above = numberOf(schema['exclusiveMinimum']);
  const highest = numberOf(schema['maximum']);
  const below = numberOf(schema['exclusiveMaximum']);
  const fits = (number: number) =>
    number >= (lowest ?? -Infinity) &&
    number > (above ?? -Infinity) &&
    number <= (highest ?? Infinity) &&
    number < (below ?? Infinity);
  const bounds = [lowest, above, highest, below].filter((bound) => bound !== undefined);
  const candidates = [
    step,
    0,
    ...bounds.flatMap((bound) => {
      const multiple = Math.ceil(bound / step) * step;
      return [bound, multiple, multiple + step, multiple - step];
    }),
    ...(schema['type'] === 'integer' ? [] : [mean(lowest ?? above, highest ?? below)]),
  ];
  const isWhole = schema['type'] === 'integer';
  const isMultiple = (number: number) =>
    schema['multipleOf'] === undefined || Number.isInteger(number / step);
  return (
    candidates.find(
      (number) => fits(number) && isMultiple(number) && (!isWhole || Number.isInteger(number)),
    ) ?? 0
  );
}

function mean(one: number | undefined, other: number | undefined): number {
  return ((one ?? 0) + (other ?? 0)) / 2;
}

function isNull(schema: unknown): boolean {
  return isSchema(schema) && (schema['type'] === 'null' || schema['const'] === null);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function countOf(value: unknown): number | undefined {
  const number = numberOf(value);
  return number !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
