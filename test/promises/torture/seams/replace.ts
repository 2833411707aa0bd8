export type AnyFunction = (this: unknown, ...given: unknown[]) => unknown;

/** Replaces a function of an object by another one, until the function that is returned is called. */
export function replace(
  owner: object,
  name: string,
  make: (real: AnyFunction) => AnyFunction,
): () => void {
  const real: unknown = Reflect.get(owner, name);
  if (typeof real !== 'function') throw new Error(`there is no function ${name}`);
  const made = make(real as AnyFunction);
  // Such as what `util.promisify` makes of it.
  for (const key of Reflect.ownKeys(real)) {
    const property = Object.getOwnPropertyDescriptor(real, key);
    if (property && key !== 'prototype') Object.defineProperty(made, key, property);
  }
  Reflect.set(owner, name, made);
  return () => {
    Reflect.set(owner, name, real);
  };
}

/** Replaces several functions of an object. */
export function replaceAll(
  owner: object,
  makers: Readonly<Record<string, (real: AnyFunction) => AnyFunction>>,
): () => void {
  const undo = Object.entries(makers).map(([name, make]) => replace(owner, name, make));
  return () => {
    for (const each of undo) each();
  };
}
