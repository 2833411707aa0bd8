/** Longer globs match nothing. Names have 249 characters at most. */
const MAX_LENGTH = 1_000;

type Test = (character: string) => boolean;

/** A part of a glob: one character, any number of them, or one of several sequences. */
type Part =
  | { readonly kind: 'one'; readonly test: Test }
  | { readonly kind: 'many' }
  | { readonly kind: 'either'; readonly ways: readonly (readonly Part[])[] };

/**
 * A state that consumes one character, or that leads to several other states without consuming any.
 */
type State = { readonly test: Test; readonly next: number } | { readonly ways: readonly number[] };

/**
 * Returns a test for names. In the pattern `*` stands for any characters, `?` for one, `[a-z]` or
 * `[!a-z]` for one of a set, and `{a,b}` for one of several sequences. After a backslash a
 * character stands for itself. `!` at the beginning inverts the test. No pattern takes more time
 * than the product of both lengths, because a workspace may contain a malicious one.
 */
export function glob(pattern: string): (name: string) => boolean {
  const [inversions = ''] = /^!*/.exec(pattern) ?? [];
  const isInverted = inversions.length % 2 === 1;
  if (pattern.length > MAX_LENGTH) return () => false;
  const states: State[] = [{ ways: [] }];
  const start = build(parse(pattern.slice(inversions.length)), 0, states);
  return (name) => matches(states, start, name) !== isInverted;
}

/** Adds the states of some parts, which lead to `next`, and returns the first one. */
function build(parts: readonly Part[], next: number, states: State[]): number {
  return parts.reduceRight((then, part) => {
    if (part.kind === 'one') return states.push({ test: part.test, next: then }) - 1;
    if (part.kind === 'either') {
      return states.push({ ways: part.ways.map((way) => build(way, then, states)) }) - 1;
    }
    const loop = states.length + 1;
    states.push({ test: () => true, next: loop }, { ways: [then, loop - 1] });
    return loop;
  }, next);
}

/** Follows all paths at once. State 0 is the end. */
function matches(states: readonly State[], start: number, name: string): boolean {
  let current = reached(states, [start]);
  for (const character of name) {
    const next: number[] = [];
    for (const at of current) {
      const state = states[at];
      if (state && 'test' in state && state.test(character)) next.push(state.next);
    }
    if (next.length === 0) return false;
    current = reached(states, next);
  }
  return current.has(0);
}

/** Returns these states and all that can be reached from them without consuming a character. */
function reached(states: readonly State[], from: readonly number[]): ReadonlySet<number> {
  const found = new Set(from);
  for (const at of found) {
    const state = states[at];
    if (state && 'ways' in state) for (const way of state.ways) found.add(way);
  }
  return found;
}

/** A character with its backslash, a set, or any other character. */
const TOKEN = /\\[\s\S]|\[[!^]?[^[\]]+\]|[\s\S]/gu;

function parse(pattern: string): readonly Part[] {
  const tokens = pattern.match(TOKEN) ?? [];
  const closed = new Set(closedBraces(tokens));
  // The sequences that are being read: the whole glob, and those of each open brace.
  let ways: Part[][] = [[]];
  const outer: Part[][][] = [];
  tokens.forEach((token, at) => {
    if (token === '{' && closed.has(at)) {
      outer.push(ways);
      ways = [[]];
    } else if (token === '}' && closed.has(at)) {
      const either: Part = { kind: 'either', ways };
      ways = outer.pop() ?? [[]];
      ways.at(-1)?.push(either);
    } else if (token === ',' && outer.length > 0) ways.push([]);
    else ways.at(-1)?.push(token === '*' ? { kind: 'many' } : { kind: 'one', test: one(token) });
  });
  return ways[0] ?? [];
}

/** Finds matching braces. Any other brace stands for itself. */
function closedBraces(tokens: readonly string[]): readonly number[] {
  const open: number[] = [];
  return tokens.flatMap((token, at) => {
    if (token === '{') open.push(at);
    const begin = token === '}' ? open.pop() : undefined;
    return begin === undefined ? [] : [begin, at];
  });
}

function one(token: string): Test {
  if (token === '?') return () => true;
  if (token.length > 2 && token.startsWith('[')) return oneOf(token.slice(1, -1));
  const literal = token.length > 1 && token.startsWith('\\') ? token.slice(1) : token;
  return (character) => character === literal;
}

function oneOf(set: string): Test {
  const isInverted = /^[!^]/.test(set);
  const members = (isInverted ? set.slice(1) : set).match(/[\s\S]-[\s\S]|[\s\S]/gu) ?? [];
  const ranges = members.map((member) => {
    const [from = '', , to = from] = Array.from(member);
    return { from, to };
  });
  return (character) =>
    ranges.some(({ from, to }) => from <= character && character <= to) !== isInverted;
}
