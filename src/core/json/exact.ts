import { JsonScanner, JsonSyntaxError, unquote } from './scanner';

/** A number of JSON as it is written, so that no digit is lost. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** A value of JSON whose numbers are exact, and whose objects may have members of any name. */
export type ExactJson =
  null | boolean | string | JsonNumber | readonly ExactJson[] | ReadonlyMap<string, ExactJson>;

/** Deeper texts are refused, so that whoever walks over the value may call itself. */
const MAX_DEPTH = 500;

/**
 * Parses a text that is one JSON value. If members of an object have the same name, the last one
 * counts, as in `JSON.parse`. Throws `JsonSyntaxError`, also for more than 500 levels.
 */
export function parseExact(text: string): ExactJson {
  const scanner = new JsonScanner(text);
  const value = valueOf(scanner, 0);
  scanner.expectEnd();
  return value;
}

function valueOf(scanner: JsonScanner, depth: number): ExactJson {
  if (depth > MAX_DEPTH) throw new JsonSyntaxError(scanner.at);
  switch (scanner.peek()) {
    case '{': {
      const members = new Map<string, ExactJson>();
      scanner.members((name) => members.set(name, valueOf(scanner, depth + 1)));
      return members;
    }
    case '[': {
      const elements: ExactJson[] = [];
      scanner.elements(() => elements.push(valueOf(scanner, depth + 1)));
      return elements;
    }
    case '"':
      return unquote(scanner.string());
    default:
      return scalarOf(scanner.value());
  }
}

function scalarOf(json: string): ExactJson {
  if (json === 'null') return null;
  if (json === 'true' || json === 'false') return json === 'true';
  return new JsonNumber(json);
}

/** Returns the value as `JSON.parse` would; numbers may lose digits. */
export function plainJson(value: ExactJson): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (value instanceof Map) {
    return Object.fromEntries(
      Array.from(value as ReadonlyMap<string, ExactJson>, ([name, member]) => [
        name,
        plainJson(member),
      ]),
    );
  }
  return isElements(value) ? value.map(plainJson) : value;
}

/** Whether a value is an object. */
export function isMembers(value: ExactJson | undefined): value is ReadonlyMap<string, ExactJson> {
  return value instanceof Map;
}

/** Whether a value is an array. */
export function isElements(value: ExactJson | undefined): value is readonly ExactJson[] {
  return Array.isArray(value);
}
