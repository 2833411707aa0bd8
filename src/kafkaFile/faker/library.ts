import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { LocaleDefinition } from '@faker-js/faker';
import { base, en, Faker } from '@faker-js/faker';
import { findFormerMethod } from './formerMethods';
import { findMethod } from './names';
import { isPlainObject } from './parameters';
import type { TemplateFaker } from './templateFaker';
import type { Tools } from './tools';

/**
 * The languages other than English. esbuild.js packs them into one file beside the bundle, because
 * separate files would take half as much space again.
 */
const LOCALES_FILE = 'locales.br';

/**
 * The maximum number of characters or items that a template may ask for, so that no file can fill
 * the memory.
 */
const MAX_LENGTH = 100_000;
/** The methods whose numeric arguments are lengths, not values. */
const LENGTHS =
  /^(?:airline|git|lorem|string|word)\.|^date\.betweens$|^datatype\.array$|^finance\.(?:account|accountNumber|mask|maskedNumber|pin)$|^internet\.password$|^system\.fileName$/;
/** The methods whose texts may ask for repetitions, such as `a{3}`. */
const REPETITIONS =
  /^helpers\.(?:fromRegExp|regexpStyleStringParse|replaceCreditCardSymbols)$|^finance\.creditCardNumber$/;

/** Former names of locales, which settings may still contain. */
const FORMER_LOCALES: Readonly<Record<string, string>> = {
  cz: 'cs_CZ',
  en_IND: 'en_IN',
  ge: 'ka_GE',
  nep: 'ne',
};

/**
 * Returns faker in a language. English replaces a language that does not exist, and fills in
 * whatever a language lacks. The file of languages is read only if the language is not English.
 */
export function openFaker(locale: string, folder = __dirname): TemplateFaker {
  const faker = new Faker({ locale: [...otherLocales(locale, folder), en, base] });
  const modules: object = faker;
  const invoke = (name: string, args: readonly unknown[] = []): unknown => {
    if (lengthAskedFor(name, args) > MAX_LENGTH) throw new Error(`no more than ${MAX_LENGTH}`);
    const [moduleName = '', methodName = ''] = name.split('.');
    const module: unknown = Reflect.get(modules, moduleName);
    if (typeof module !== 'object' || module === null) throw new Error(`no ${name}`);
    const method: unknown = Reflect.get(module, methodName);
    if (typeof method !== 'function') throw new Error(`no ${name}`);
    const result: unknown = Reflect.apply(method, module, args);
    return result;
  };
  const tools: Tools = {
    call: invoke,
    words: (path) => wordsAt(faker.rawDefinitions, path),
    oneOf: (items) => faker.helpers.arrayElement(items),
    now: () => faker.defaultRefDate(),
  };
  return {
    seed(seed, now) {
      faker.seed([...seed]);
      faker.setDefaultRefDate(now);
    },
    call(name, args) {
      const method = findMethod(name);
      if (!method) throw new Error(`no ${name}`);
      if (lengthAskedFor(method.name, args) > MAX_LENGTH) {
        throw new Error(`no more than ${MAX_LENGTH}`);
      }
      const former = findFormerMethod(method.name);
      return former ? former(args, tools) : invoke(method.runsAs, args);
    },
    oneOf: tools.oneOf,
  };
}

/** Returns the list of words at a path of faker's data. Throws if there is none. */
function wordsAt(data: unknown, path: string): readonly unknown[] {
  let at = data;
  for (const name of path.split('.')) at = own(at, name);
  if (!Array.isArray(at)) throw new Error(`no ${path} in this language`);
  const words: readonly unknown[] = at;
  return words;
}

/**
 * Returns the maximum number of characters or items that a call with these arguments may produce.
 */
function lengthAskedFor(name: string, args: readonly unknown[]): number {
  if (name === 'helpers.repeatString') {
    const [text] = args;
    return typeof text === 'string' ? text.length * largest(args[1]) : 0;
  }
  if (LENGTHS.test(name)) return largest(args);
  if (!REPETITIONS.test(name)) return 0;
  return largest(args.map(repetitionsIn));
}

/** Returns how often a part of a text is repeated at most, by what stands in its braces. */
function repetitionsIn(argument: unknown): unknown {
  if (isPlainObject(argument)) return Object.values(argument).map(repetitionsIn);
  const pattern = argument instanceof RegExp ? argument.source : argument;
  if (typeof pattern !== 'string') return 0;
  const repetitions = [...pattern.matchAll(/[{,](\d+)\}/g)];
  return repetitions.reduce((product, [, times]) => product * Math.max(1, Number(times)), 1);
}

function largest(argument: unknown): number {
  if (typeof argument === 'number') return argument;
  if (typeof argument !== 'object' || argument === null) return 0;
  return Math.max(0, ...Object.values(argument).map(largest));
}

/** Returns the language and, for a regional variety, its base language; nothing for English. */
function otherLocales(locale: string, folder: string): LocaleDefinition[] {
  const name = FORMER_LOCALES[locale] ?? locale;
  if (name === 'en') return [];
  const packed = readFileSync(join(folder, LOCALES_FILE));
  const locales: unknown = JSON.parse(brotliDecompressSync(packed).toString());
  const names = [...new Set([name, name.replace(/_.*/, '')])];
  return names.map((each) => own(locales, each)).filter(isLocale);
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

/** A simple check is enough, because the file is packed from faker's own definitions. */
function isLocale(value: unknown): value is LocaleDefinition {
  return typeof value === 'object';
}
