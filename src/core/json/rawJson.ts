import { JsonScanner, unquote } from './scanner';

/**
 * A number, object or array exactly as it is written. Its content is parsed only when it is asked
 * for.
 */
export class RawJson {
  #members: ReadonlyMap<string, unknown> | undefined;

  /** `json` must be valid JSON without leading blanks. */
  constructor(readonly json: string) {}

  /** The items of an array; `undefined` for anything else. */
  get items(): readonly unknown[] | undefined {
    if (!this.json.startsWith('[')) return undefined;
    const scanner = new JsonScanner(this.json);
    const items: unknown[] = [];
    scanner.elements(() => items.push(read(scanner.value())));
    return items;
  }

  /**
   * The members of an object; `undefined` for anything else. If several members have the same name,
   * the last one counts, as in `JSON.parse`.
   */
  get members(): ReadonlyMap<string, unknown> | undefined {
    if (!this.json.startsWith('{')) return undefined;
    if (this.#members) return this.#members;
    const scanner = new JsonScanner(this.json);
    const members = new Map<string, unknown>();
    scanner.members((name) => members.set(name, read(scanner.value())));
    return (this.#members = members);
  }
}

/**
 * Returns the value of valid JSON without leading blanks. It is the same as from `JSON.parse`,
 * except that numbers, objects and arrays become `RawJson`.
 */
function read(json: string): unknown {
  switch (json.charAt(0)) {
    case '"':
      return unquote(json);
    case 't':
    case 'f':
      return json.startsWith('t');
    case 'n':
      return null;
    default:
      return new RawJson(json);
  }
}

/**
 * Returns the first JSON value of a text. A number, object or array becomes `RawJson`. Throws
 * `JsonSyntaxError`.
 */
export function parseRaw(text: string): unknown {
  return read(new JsonScanner(text).value());
}
