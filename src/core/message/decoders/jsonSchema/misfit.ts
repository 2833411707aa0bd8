import type { OutputUnit } from '@cfworker/json-schema';
import { Misfit } from '../schemas/problems';

/** Keywords whose errors only say that there is another one inside. */
const CONTAINERS = new Set([
  ...['$ref', '$recursiveRef', '$dynamicRef', 'allOf', 'properties', 'patternProperties'],
  ...['items', 'prefixItems', 'additionalItems', 'contains', 'if', 'dependentSchemas'],
  ...['dependencies', 'propertyNames', 'unevaluatedProperties', 'unevaluatedItems'],
]);
const MAX_FOUND = 40;

const typeWords: ReadonlyMap<string, string> = new Map([
  ['null', 'null'],
  ['boolean', 'true or false'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['string', 'a text'],
  ['array', 'an array'],
  ['object', 'an object'],
]);

/** Returns the first error as people would say it. `value` is what was validated. */
export function misfitOf(errors: readonly OutputUnit[], value: unknown): Misfit {
  const index = errors.findIndex(({ keyword }) => !isContainer(keyword));
  const error = errors[index] ?? errors[0];
  if (!error) return new Misfit('it does not fit');
  const { path, found } = locate(error.instanceLocation, value);
  // That nothing is allowed at a place is said of a member by the keyword before.
  if (error.keyword === 'false') return new Misfit('it is not allowed here', path);
  return new Misfit(sentence(error, found), path);
}

function isContainer(keyword: string): boolean {
  return CONTAINERS.has(keyword) || keyword === 'additionalProperties';
}

function sentence({ keyword, error }: OutputUnit, found: unknown): string {
  const quoted = [...error.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text);
  switch (keyword) {
    case 'type': {
      const types = /Expected (.*)\.$/.exec(error)?.[1]?.match(/\w+/g) ?? [];
      const words = types.map((type) => typeWords.get(type) ?? type).join(' or ');
      return `expected ${words}, found ${show(found)}`;
    }
    case 'required':
      return `"${quoted.at(-1) ?? ''}" is missing`;
    case 'enum':
    case 'const': {
      const wanted = /match (?:any of )?(.*)\.$/s.exec(error)?.[1] ?? '';
      return `expected ${keyword === 'enum' ? 'one of ' : ''}${shortened(wanted, 200)}, found ${show(found)}`;
    }
    case 'pattern':
      return `${show(found)} does not match the pattern`;
    case 'format':
      return `${show(found)} does not have the format "${quoted.at(-1) ?? ''}"`;
    case 'anyOf':
    case 'oneOf':
      return `${show(found)} fits ${/none|not match any/i.test(error) ? 'none' : 'not exactly one'} of the alternatives`;
    default: {
      const text = error.replace(/\.$/, '').replace(/ {2,}/g, ' ');
      return shortened(text.charAt(0).toLowerCase() + text.slice(1), 200);
    }
  }
}

/** Follows a JSON Pointer of the form `#/a/0`. */
function locate(pointer: string, value: unknown): { path: (string | number)[]; found: unknown } {
  let found = value;
  const path = pointer
    .split('/')
    .slice(1)
    .map((encoded) => {
      const step = decoded(encoded).replaceAll('~1', '/').replaceAll('~0', '~');
      const key = Array.isArray(found) ? Number(step) : step;
      found =
        typeof found === 'object' && found !== null && Object.hasOwn(found, key)
          ? (found as Readonly<Record<string | number, unknown>>)[key]
          : undefined;
      return key;
    });
  return { path, found };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return value === undefined ? 'nothing' : shortened(JSON.stringify(value), MAX_FOUND);
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
