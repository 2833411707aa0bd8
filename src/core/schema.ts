/**
 * Reads values from outside: settings, saved state, messages of a webview, arguments of commands. A
 * schema is a function, and the type that it returns follows from it:
 *
 *     const target = object({ topic: string, partition: optional(index) });
 *     type Target = Read<typeof target>; // { readonly topic: string; readonly partition?: number }
 *     target({ topic: 'orders', more: 1 }) // { topic: 'orders' }
 *     target({ topic: 7 }) // undefined
 */

/** Returns a value as a `T`, or `undefined` if it does not fit. Never throws. */
export type Schema<T> = (value: unknown) => T | undefined;

/** The type that a schema returns. */
export type Read<S> = S extends (value: unknown) => infer T ? Exclude<T, undefined> : never;

/** A schema of a member that an object may lack. */
export type Optional<T> = Schema<T> & {
  /**
   * Whether a value that does not fit counts as missing, instead of making the whole object not
   * fit.
   */
  readonly lenient: boolean;
};

export const string: Schema<string> = (value) => (typeof value === 'string' ? value : undefined);

export const boolean: Schema<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

/** A finite number. */
export const number: Schema<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** A whole number that is 0 or more. */
export const index: Schema<number> = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

/** The decimal digits of an offset. */
export const digits: Schema<string> = (value) =>
  typeof value === 'string' && /^\d{1,19}$/.test(value) ? value : undefined;

/** One of these texts. */
export function literal<const T extends string>(...values: readonly T[]): Schema<T> {
  return (value) => values.find((each) => each === value);
}

/** Accepts `null` and whatever another schema accepts. */
export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  return (value) => (value === null ? null : schema(value));
}

/** An array of at most `max` items, all of which must fit. */
export function array<T>(schema: Schema<T>, max = Infinity): Schema<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length > max) return undefined;
    const items: T[] = [];
    for (const item of value as readonly unknown[]) {
      const read = schema(item);
      if (read === undefined) return undefined;
      items.push(read);
    }
    return items;
  };
}

/** Returns the items of an array that fit, and leaves out the others. */
export function known<T>(schema: Schema<T>): Schema<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    return value.map((item: unknown) => schema(item)).filter((read) => read !== undefined);
  };
}

/** An object with any members, whose names and values must all fit. */
export function record<K extends string, T>(
  name: Schema<K>,
  schema: Schema<T>,
): Schema<Readonly<Partial<Record<K, T>>>> {
  const members = knownMembers(name, schema);
  return (value) => {
    const read = members(value);
    return read && Object.keys(read).length === Object.keys(value ?? {}).length ? read : undefined;
  };
}

/** Returns the members of an object whose names and values fit, and leaves out the others. */
export function knownMembers<K extends string, T>(
  name: Schema<K>,
  schema: Schema<T>,
): Schema<Readonly<Partial<Record<K, T>>>> {
  return (value) => {
    if (!isObject(value)) return undefined;
    const members = Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
      const [fits, read] = [name(key), schema(member)];
      return fits === undefined || read === undefined ? [] : [[fits, read] as const];
    });
    return Object.fromEntries(members) as Partial<Record<K, T>>;
  };
}

type Members = Readonly<Record<string, Schema<unknown>>>;
type OptionalNames<M> = { [N in keyof M]: M[N] extends Optional<unknown> ? N : never }[keyof M];
type ObjectOf<M> = {
  readonly [N in Exclude<keyof M, OptionalNames<M>>]: Read<M[N]>;
} & { readonly [N in OptionalNames<M>]?: Read<M[N]> } extends infer All
  ? { readonly [N in keyof All]: All[N] }
  : never;

/** An object with these own members; any other members are left out. */
export function object<const M extends Members>(members: M): Schema<ObjectOf<M>> {
  const schemas = Object.entries<Schema<unknown>>(members);
  return (value) => {
    if (!isObject(value)) return undefined;
    const read: Record<string, unknown> = {};
    for (const [name, schema] of schemas) {
      const given: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
      const member = schema(given);
      if (member !== undefined) read[name] = member;
      else if (!('lenient' in schema && (schema.lenient === true || given === undefined))) {
        return undefined;
      }
    }
    return read as ObjectOf<M>;
  };
}

/**
 * A member that may be missing. If it is present and does not fit, the object does not fit either.
 */
export function optional<T>(schema: Schema<T>): Optional<T> {
  return Object.assign((value: unknown) => schema(value), { lenient: false });
}

/** A member that may be missing. If it does not fit, it counts as missing. */
export function lenient<T>(schema: Schema<T>): Optional<T> {
  return Object.assign((value: unknown) => schema(value), { lenient: true });
}

/** Returns the result of the schema, or a default if the value does not fit. */
export function fallback<T, D>(schema: Schema<T>, otherwise: D): (value: unknown) => T | D {
  return (value) => schema(value) ?? otherwise;
}

/** Returns the result of the first schema that the value fits. */
export function either<S extends readonly Schema<unknown>[]>(
  ...schemas: S
): Schema<Read<S[number]>> {
  return (value) => {
    for (const schema of schemas) {
      const read = schema(value);
      if (read !== undefined) return read as Read<S[number]>;
    }
    return undefined;
  };
}

/** Converts the result of a schema. `make` may still reject it by returning `undefined`. */
export function map<T, U>(schema: Schema<T>, make: (read: T) => U | undefined): Schema<U> {
  return (value) => {
    const read = schema(value);
    return read === undefined ? undefined : make(read);
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
