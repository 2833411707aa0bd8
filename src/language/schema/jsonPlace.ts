import { unquote } from '../../core/json/scanner';

/** Where a caret stands in a JSON text. */
export interface JsonPlace {
  /** The names of members and indexes of elements that lead to the value, or to the object. */
  readonly path: readonly (string | number)[];
  /** Whether the name of a member is expected; then `path` leads to its object. */
  readonly isName: boolean;
  /** Where the word or string at the caret begins. */
  readonly start: number;
  /** The names that stand before the caret in the object of `isName`. */
  readonly names: readonly string[];
  /** Where the objects and lists around it begin, the outermost first. */
  readonly around: readonly number[];
}

interface Level {
  readonly start: number;
  readonly isObject: boolean;
  name: string;
  index: number;
  expects: 'name' | 'colon' | 'value' | 'comma';
  names: string[];
}

const TOKEN = /[ \t\r\n]+|"(?:[^"\\\r\n]|\\.)*"?|[^\s,:[\]{}"]+|[^]/y;
const MAX_DEPTH = 100;

/**
 * Returns the place at the end of a text that is the beginning of a JSON object or list; `undefined`
 * if nothing can be written there.
 */
export function placeAtEnd(before: string): JsonPlace | undefined {
  const levels: Level[] = [];
  let start = before.length;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(before); match; match = TOKEN.exec(before)) {
    const [token] = match;
    const level = levels.at(-1);
    const isLast = TOKEN.lastIndex === before.length;
    if (/^\s/.test(token)) continue;
    if (isLast && isOpen(token)) {
      start = match.index;
      break;
    }
    if (token === '{' || token === '[') {
      if (levels.length > MAX_DEPTH) return undefined;
      const isObject = token === '{';
      levels.push({
        start: match.index,
        isObject,
        name: '',
        index: 0,
        expects: isObject ? 'name' : 'value',
        names: [],
      });
    } else if (token === '}' || token === ']') {
      levels.pop();
      const outer = levels.at(-1);
      if (!outer) return undefined;
      outer.expects = 'comma';
    } else if (!level) return undefined;
    else take(level, token);
  }
  const inner = levels.at(-1);
  if (!inner || (inner.expects !== 'name' && inner.expects !== 'value')) return undefined;
  const isName = inner.expects === 'name';
  const path = levels.map(({ isObject, name, index }) => (isObject ? name : index));
  const around = levels.map((level) => level.start);
  return { path: isName ? path.slice(0, -1) : path, isName, start, names: inner.names, around };
}

/** Returns whether a token at the caret may still grow. */
function isOpen(token: string): boolean {
  if (token.startsWith('"')) return token.length === 1 || !/[^\\]"$/.test(token);
  return /^[\w.+-]/.test(token);
}

function take(level: Level, token: string): void {
  if (token === ',') {
    level.expects = level.isObject ? 'name' : 'value';
    level.index += 1;
  } else if (token === ':') level.expects = 'value';
  else if (level.expects === 'name') {
    level.name = token.startsWith('"') ? nameOf(token) : token;
    level.names.push(level.name);
    level.expects = 'colon';
  } else if (level.expects === 'value') level.expects = 'comma';
}

function nameOf(token: string): string {
  try {
    return unquote(token);
  } catch {
    return token.slice(1, -1);
  }
}
