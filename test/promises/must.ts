/** Something that must never be. */
export class Violation extends Error {}

/** @throws Violation unless `condition` holds */
export function must(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Violation(otherwise);
}
