import { JsonScanner, unquote } from './scanner';

/** A number, an object or an array as it is written; it is taken apart only when that is asked for. */
export class RawJson {
  #members: ReadonlyMap<string, unknown> | undefined;

  /** `json` is valid JSON, without blanks before it. */
  constructor(readonly json: string) {}

  get items(): readonly unknown[] | undefined {
    if (!this.json.startsWith('[')) return undefined;
    const scanner = new JsonScanner(this.json);
    const items: unknown[] = [];
    scanner.elements(() => items.push(read(scanner.value())));
    return items;
  }

  /** Where several members have one name, the last counts, as in `JSON.parse`. */
  get members(): ReadonlyMap<string, unknown> | undefined {
    if (!this.json.startsWith('{')) return undefined;
    if (this.#members) return this.#members;
    const scanner = new JsonScanner(this.json);
    const members = new Map<string, unknown>();
    scanner.members((name) => members.set(name, read(scanner.value())));
    return (this.#members = members);
  }
}

/** The value of valid JSON without blanks before it: as from `JSON.parse`, apart from `RawJson`. */
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
 * The first value of a text, in which numbers, objects and arrays stay as they are written. Throws
 * `JsonSyntaxError`.
 */
export function parseRaw(text: string): unknown {
  return read(new JsonScanner(text).value());
}
