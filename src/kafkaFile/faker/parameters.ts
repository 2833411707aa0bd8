import type { Method } from './names';

/** The letters of what a value may be, as described in `names.ts`. */
type Kinds = string;

interface Option {
  readonly name: string;
  readonly kinds: Kinds;
  readonly isRequired: boolean;
}

export interface Parameter {
  readonly kinds: Kinds;
  readonly isRequired: boolean;
  /** The options that an object may have, in order; missing if it may not be such an object. */
  readonly options?: readonly Option[];
  /** The options by all names that they may be given, including former ones. */
  readonly named: ReadonlyMap<string, Option>;
  /** Whether the options may be given one by one. */
  readonly isSpread: boolean;
}

const PARAMETER = /^(!?)(\+?)([a-z]*)(?:~([a-z]+))?(?:\{([^}]*)\})?$/;

/** Returns the parameters of a method, in order. */
export function parametersOf({ parameters }: Method): Parameter[] {
  if (parameters === '') return [];
  return (parameters.match(/(?:[^,{}]|\{[^{}]*\})+/g) ?? []).map((text) => {
    const [, required, spread, kinds = '', former = '', options] = PARAMETER.exec(text) ?? [];
    const all = options?.split(',').map(toOption) ?? [];
    return {
      kinds: kinds + former,
      isRequired: required === '!',
      ...(options !== undefined && {
        options: all.map(({ option }) => option),
      }),
      named: new Map(
        all.flatMap(({ former: name, option }): [string, Option][] => [
          [option.name, option],
          ...(name === undefined ? [] : [[name, option] as [string, Option]]),
        ]),
      ),
      isSpread: spread === '+',
    };
  });
}

function toOption(text: string): { option: Option; former?: string } {
  const [, required, former, name = '', kinds = ''] =
    /^(!?)(?:(\w+)=)?(\w+):([a-z~]+)$/.exec(text) ?? [];
  const option = { name, kinds: kinds.replace('~', ''), isRequired: required === '!' };
  return { option, ...(former !== undefined && { former }) };
}

/** Returns whether a value is one of these kinds. */
export function isOneOf(kinds: Kinds, value: unknown): boolean {
  return Array.from(kinds).some((kind) => {
    switch (kind) {
      case 'n':
        return typeof value === 'number';
      case 's':
        return typeof value === 'string';
      case 'b':
        return typeof value === 'boolean';
      case 'i':
        return isInteger(value);
      case 'l':
        return Array.isArray(value);
      case 'o':
        return isPlainObject(value);
      case 'd':
        return isDate(value);
      case 'r':
        return value instanceof RegExp;
      default:
        return typeof value === 'number' || isRange(value);
    }
  });
}

function isInteger(value: unknown): boolean {
  if (typeof value === 'string') return /^-?\d{1,1000}$/.test(value);
  return typeof value === 'bigint' || typeof value === 'boolean' || Number.isInteger(value);
}

function isDate(value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number' && !(value instanceof Date)) {
    return false;
  }
  return !Number.isNaN(new Date(value).getTime());
}

function isRange(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  const { min, max, ...rest } = value;
  return typeof min === 'number' && typeof max === 'number' && Object.keys(rest).length === 0;
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

const WORDS: Readonly<Record<string, string>> = {
  n: 'a number',
  s: 'a text in quotes',
  b: 'true or false',
  i: 'a whole number',
  l: 'a list',
  o: 'an object',
  d: 'a date',
  r: 'a regular expression',
  c: 'a number or {min, max}',
};

/** Returns what a value may be: "a number or a text in quotes". */
export function describeKinds(kinds: Kinds): string {
  return Array.from(kinds, (kind) => WORDS[kind]).join(' or ');
}

/** Returns what a method takes: "takes a list, then a number or {min, max}". */
export function describeParameters(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return 'takes no arguments';
  const words = parameters.map(({ kinds, options }) => {
    const names = options && `{${[...new Set(options.map(({ name }) => name))].join(', ')}}`;
    return [...(kinds === '' ? [] : [describeKinds(kinds)]), ...(names ? [names] : [])].join(
      ' or ',
    );
  });
  return `takes ${words.join(', then ')}`;
}
