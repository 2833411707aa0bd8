import type { DecodedFacts } from './decoder';

/**
 * Returns a function that changes facts, and returns the same object for the same facts and the
 * same way to change them: messages that were decoded alike share their facts.
 */
export function factsMemo(
  change: (facts: DecodedFacts, way: string) => DecodedFacts,
): (facts: DecodedFacts, way: string) => DecodedFacts {
  const known = new WeakMap<DecodedFacts, Map<string, DecodedFacts>>();
  return (facts, way) => {
    const ways = known.get(facts) ?? new Map<string, DecodedFacts>();
    known.set(facts, ways);
    const changed = ways.get(way) ?? change(facts, way);
    ways.set(way, changed);
    return changed;
  };
}
