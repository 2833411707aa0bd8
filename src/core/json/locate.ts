/** The part of a text from `start` up to, but not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const GAP = /(?:[\s\ufeff]|\/\/.*|\/\*[^]*?(?:\*\/|$))*/y;
const STRING = /"(?:[^"\\\n]|\\.)*"?/y;
/** Matches a number, a literal, or any other character that stands where a value should. */
const OTHER = /[^\s,:[\]{}"/]+|[^]/y;

/** Deeper values are not searched, so that no file can exhaust the stack. */
const MAX_DEPTH = 100;

/**
 * Returns where the value at a path stands in a text of JSON with comments, or `undefined` if it is
 * not there. A path is a list of names of members and indexes of elements. The text may have
 * trailing commas and mistakes: what stands before a mistake is still found.
 */
export function locate(text: string, path: readonly (string | number)[]): Span | undefined {
  let at = 0;
  let found: Span | undefined;

  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [match = ''] = pattern.exec(text) ?? [];
    at += match.length;
    return match;
  };
  const peek = (): string => {
    take(GAP);
    return text[at] ?? '';
  };

  /** Moves past a value. `rest` is what the path names inside of it, if the path leads here. */
  const value = (rest: typeof path | undefined, depth: number): void => {
    const first = peek();
    const start = at;
    if (depth > MAX_DEPTH) at = text.length;
    else if (first === '{') members(rest, depth + 1);
    else if (first === '[') elements(rest, depth + 1);
    else take(first === '"' ? STRING : OTHER);
    if (rest?.length === 0) found = { start, end: at };
  };
  const inside = (rest: typeof path | undefined, key: string | number) =>
    rest !== undefined && rest[0] === key ? rest.slice(1) : undefined;

  const members = (rest: typeof path | undefined, depth: number): void => {
    at += 1;
    for (let next = peek(); next !== '}' && next !== ''; next = peek()) {
      // A comma counts as a name without a value.
      const name = unquoted(take(next === '"' ? STRING : OTHER));
      if (peek() !== ':') continue;
      at += 1;
      value(inside(rest, name), depth);
    }
    at += 1;
  };
  const elements = (rest: typeof path | undefined, depth: number): void => {
    at += 1;
    let index = 0;
    for (let next = peek(); next !== ']' && next !== ''; next = peek()) {
      if (next === ',') {
        at += 1;
        continue;
      }
      value(inside(rest, index), depth);
      index += 1;
    }
    at += 1;
  };

  value(path, 0);
  return found && { start: found.start, end: Math.min(found.end, text.length) };
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
