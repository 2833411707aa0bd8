import { anyOf, type Phrase, phrase, type PhraseArgument } from '../../../phrase';
import type { OutputUnit } from '@cfworker/json-schema';
import { Misfit } from '../schemas/problems';

/** Keywords whose errors only say that there is another one inside. */
const CONTAINERS = new Set([
  ...['$ref', '$recursiveRef', '$dynamicRef', 'allOf', 'properties', 'patternProperties'],
  ...['items', 'prefixItems', 'additionalItems', 'contains', 'if', 'dependentSchemas'],
  ...['dependencies', 'propertyNames', 'unevaluatedProperties', 'unevaluatedItems'],
]);
const MAX_FOUND = 40;

const typeWords: ReadonlyMap<string, Phrase> = new Map([
  ['null', phrase('null')],
  ['boolean', phrase('true or false')],
  ['integer', phrase('a whole number')],
  ['number', phrase('a number')],
  ['string', phrase('a text')],
  ['array', phrase('an array')],
  ['object', phrase('an object')],
]);

/** Returns the first error as people would say it. `value` is what was validated. */
export function misfitOf(errors: readonly OutputUnit[], value: unknown): Misfit {
  const index = errors.findIndex(({ keyword }) => !isContainer(keyword));
  const error = errors[index] ?? errors[0];
  if (!error) return new Misfit(phrase('it does not fit'));
  const { path, found } = locate(error.instanceLocation, value);
  // That nothing is allowed at a place is said of a member by the keyword before.
  if (error.keyword === 'false') return new Misfit(phrase('it is not allowed here'), path);
  return new Misfit(whatIsWrong(error, found), path);
}

function isContainer(keyword: string): boolean {
  return CONTAINERS.has(keyword) || keyword === 'additionalProperties';
}

function whatIsWrong({ keyword, error }: OutputUnit, found: unknown): Phrase {
  const quoted = [...error.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text);
  switch (keyword) {
    case 'type': {
      const types = /Expected (.*)\.$/.exec(error)?.[1]?.match(/\w+/g) ?? [];
      const wanted = types.map((type) => typeWords.get(type) ?? phrase('the type {0}', type));
      return phrase('expected {0}, found {1}', anyOf(wanted), show(found));
    }
    case 'required':
      return phrase('{0} is missing', `"${quoted.at(-1) ?? ''}"`);
    case 'enum':
    case 'const': {
      const wanted = /match (?:any of )?(.*)\.$/s.exec(error)?.[1] ?? '';
      const values = shortened(wanted, 200);
      const expected = keyword === 'enum' ? phrase('one of {0}', values) : values;
      return phrase('expected {0}, found {1}', expected, show(found));
    }
    case 'pattern':
      return phrase('{0} does not match the pattern', show(found));
    case 'format':
      return phrase('{0} does not have the format "{1}"', show(found), quoted.at(-1) ?? '');
    case 'anyOf':
    case 'oneOf':
      return /none|not match any/i.test(error)
        ? phrase('{0} fits none of the alternatives', show(found))
        : phrase('{0} fits not exactly one of the alternatives', show(found));
    default: {
      const text = error.replace(/\.$/, '').replace(/ {2,}/g, ' ');
      // The library says in English what it alone knows, such as how long a text may be.
      const said = shortened(text.charAt(0).toLowerCase() + text.slice(1), 200);
      return phrase('{0}', said);
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

function show(value: unknown): PhraseArgument {
  if (Array.isArray(value)) return phrase('an array');
  if (typeof value === 'object' && value !== null) return phrase('an object');
  return value === undefined ? phrase('nothing') : shortened(JSON.stringify(value), MAX_FOUND);
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
