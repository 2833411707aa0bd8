import * as l10n from '@vscode/l10n';
import { anyOf } from '../../l10n/anyOf';
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

const WORDS: Readonly<Record<string, () => string>> = {
  n: () => l10n.t('a number'),
  s: () => l10n.t('a text in quotes'),
  b: () => l10n.t('true or false'),
  i: () => l10n.t('a whole number'),
  l: () => l10n.t('a list'),
  o: () => l10n.t('an object'),
  d: () => l10n.t('a date'),
  r: () => l10n.t('a regular expression'),
  c: () => l10n.t('a number or {min, max}'),
};

function wordsOf(kinds: Kinds): string[] {
  return Array.from(kinds, (kind) => WORDS[kind]?.() ?? '');
}

/** Says what an option may be: '"word.noun" takes a number or a text in quotes as "length"'. */
export function describeOption(method: string, name: string, { kinds }: Option): string {
  return l10n.t('"{0}" takes {1} as "{2}"', method, anyOf(wordsOf(kinds)), name);
}

/** Says what a method takes: '"helpers.arrayElements" takes a list, then a number or {min, max}'. */
export function describeParameters(method: string, parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return l10n.t('"{0}" takes no arguments', method);
  const words = parameters.map(({ kinds, options }) => {
    const names = options && `{${[...new Set(options.map(({ name }) => name))].join(', ')}}`;
    return anyOf([...wordsOf(kinds), ...(names ? [names] : [])]);
  });
  const all = words.reduce((before, next) => l10n.t('{0}, then {1}', before, next));
  return l10n.t('"{0}" takes {1}', method, all);
}
