/** Returns the glob that only a name itself matches. */
function exactly(name: string): string {
  return name.replace(/[\\*?[\]{},!]/g, '\\$&');
}

/** Returns globs, with those added that match some names and nothing else. */
export function withTopics(globs: readonly unknown[], names: readonly string[]): unknown[] {
  return [...new Set([...globs, ...names.map(exactly)])];
}

/** Returns globs without those that match only these names. */
export function withoutTopics(globs: readonly unknown[], names: readonly string[]): unknown[] {
  const own: ReadonlySet<unknown> = new Set([...names, ...names.map(exactly)]);
  return globs.filter((each) => !own.has(each));
}
