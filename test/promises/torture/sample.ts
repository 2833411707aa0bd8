import type { Strike } from './calls';

/**
 * Returns a few failures, always the same ones for the same calls: the first of each kind of call, and
 * for requests, which matter most, each way to fail, at a call that differs from way to way.
 */
export function sampleOf(all: readonly Strike[]): readonly Strike[] {
  const groups = new Map<string, Strike[]>();
  for (const strike of all) {
    const { kind, how } = strike;
    const name = kind === 'HTTP' ? `${kind} ${how}` : kind;
    groups.set(name, [...(groups.get(name) ?? []), strike]);
  }
  return [...groups.values()].flatMap((group, index) => group[(index * 7) % group.length] ?? []);
}
