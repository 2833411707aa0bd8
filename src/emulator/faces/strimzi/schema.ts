import { elements, members } from '../../rawJson';

/**
 * Returns what is wrong with a JSON text, in the words of the library with which the bridge checks
 * requests against its OpenAPI description.
 */
export type Schema = (json: string) => readonly string[];

type JsonType = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

function typeOf(json: string): JsonType {
  switch (json.charAt(0)) {
    case '{':
      return 'object';
    case '[':
      return 'array';
    case '"':
      return 'string';
    case 't':
    case 'f':
      return 'boolean';
    case 'n':
      return 'null';
    default:
      return 'number';
  }
}

function expected(json: string, type: JsonType): string {
  return `Instance type ${typeOf(json)} is invalid. Expected ${type}`;
}

/** Accepts one type. */
export function type(wanted: Exclude<JsonType, 'integer' | 'number'>): Schema {
  return (json) => (typeOf(json) === wanted ? [] : [expected(json, wanted)]);
}

/** Accepts integers of some bits. */
export function integer(bits: 32 | 64): Schema {
  const limit = 2n ** BigInt(bits - 1);
  return (json) => {
    const format = `Integer does not match the format "int${bits}"`;
    if (!/^-?\d+$/.test(json)) return [expected(json, 'integer'), format];
    const value = BigInt(json);
    return value >= -limit && value < limit ? [] : [format];
  };
}

/** Accepts strings of Base64 with padding that are not empty. */
export const byte: Schema = (json) => {
  if (typeOf(json) !== 'string') return [expected(json, 'string')];
  const isBase64 =
    /^"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)"$/;
  return isBase64.test(json) ? [] : ['String does not match format "byte"'];
};

/** Accepts one of several types. */
export function oneOf(types: readonly JsonType[]): Schema {
  return (json) => {
    if (types.includes(typeOf(json))) return [];
    return [
      'Instance does not match exactly one subschema (0 matches)',
      ...types.map((each) => expected(json, each)),
    ];
  };
}

/** A schema that has a name of its own in the description. */
export function named(schema: Schema): Schema {
  return (json) => {
    const errors = schema(json);
    return errors.length === 0 ? [] : ['A subschema had errors', ...errors];
  };
}

export function array(item: Schema): Schema {
  return (json) => {
    if (typeOf(json) !== 'array') return [expected(json, 'array')];
    return (elements(json) ?? []).flatMap((each) => {
      const errors = item(each);
      return errors.length === 0 ? [] : ['Items did not match schema', ...errors];
    });
  };
}

/** Accepts objects with these members, of which some are required; unless `open`, with no others. */
export function object(
  properties: Readonly<Record<string, Schema>>,
  {
    required = [],
    open = false,
  }: { readonly required?: readonly string[]; readonly open?: boolean } = {},
): Schema {
  return (json) => {
    if (typeOf(json) !== 'object') return [expected(json, 'object')];
    const found = members(json) ?? new Map<string, string>();
    const missing = required.filter((name) => !found.has(name));
    return [
      ...missing.map((name) => `Instance does not have required property "${name}"`),
      ...[...found].flatMap(([name, value]) => {
        const additional = open
          ? []
          : [`Property "${name}" does not match additional properties schema`];
        const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
        if (!schema) return additional;
        const errors = schema(value);
        if (errors.length === 0) return [];
        return [`Property "${name}" does not match schema`, ...errors, ...additional];
      }),
    ];
  };
}
