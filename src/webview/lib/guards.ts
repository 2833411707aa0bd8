/** Whether a value that came from elsewhere is a `T`. */
export type Guard<T> = (value: unknown) => value is T;

export const isString: Guard<string> = (value) => typeof value === 'string';
export const isBoolean: Guard<boolean> = (value) => typeof value === 'boolean';
export const isNumber: Guard<number> = (value): value is number => Number.isFinite(value);
/** A whole number from 0 on. */
export const isIndex: Guard<number> = (value): value is number =>
  Number.isSafeInteger(value) && isNumber(value) && value >= 0;
export const isDigits: Guard<string> = (value): value is string =>
  isString(value) && /^\d{1,19}$/.test(value);

export function literal<const T extends string>(...values: readonly T[]): Guard<T> {
  return (value): value is T => values.some((each) => each === value);
}

export function nullable<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

export function array<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
}

export function record<T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    isObject(value) && Object.values(value).every(guard);
}

/** An object with these members; others are let through, and never looked at. */
export function shape<T extends object>(fields: {
  readonly [Name in keyof T]-?: Guard<T[Name]>;
}): Guard<T> {
  const checks = Object.entries<(value: unknown) => boolean>(fields);
  return (value): value is T =>
    isObject(value) && checks.every(([name, check]) => check(Reflect.get(value, name)));
}

export function either<T extends readonly unknown[]>(
  ...guards: { readonly [Index in keyof T]: Guard<T[Index]> }
): Guard<T[number]> {
  return (value): value is T[number] => guards.some((guard) => guard(value));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
