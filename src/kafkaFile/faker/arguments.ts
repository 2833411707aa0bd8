import { nearest } from '../../core/text/nearest';
import type { Method } from './names';
import type { Parameter } from './parameters';
import {
  describeOption,
  describeParameters,
  isOneOf,
  isPlainObject,
  parametersOf,
} from './parameters';

/** Arguments in the form that the method takes, or why it does not take them. */
export type Fit =
  | { readonly args: readonly unknown[] }
  | {
      readonly args?: never;
      /** Options that the method does not know, and what each was probably meant to be. */
      readonly unknownOptions: readonly UnknownOption[];
    }
  | {
      readonly args?: never;
      /** Says what the method takes, in a clause that begins with the name by which it is called. */
      readonly takes: (name: string) => string;
      /** The text of arguments that were probably meant. Empty: none. */
      readonly suggestion?: string;
    };

export interface UnknownOption {
  readonly name: string;
  readonly meant: readonly string[];
}

/**
 * Checks arguments against the parameters of a method. Options that former versions of faker took
 * one by one, or by another name, are brought into today's form. `sources` are the texts of the
 * arguments.
 */
export function fitArguments(
  method: Method,
  values: readonly unknown[],
  sources: readonly string[],
): Fit {
  const parameters = parametersOf(method);
  const refuse = (takes = (name: string) => describeParameters(name, parameters)): Fit => {
    const suggestion = suggestedArguments(parameters, values, sources);
    return {
      takes,
      ...(suggestion !== undefined && { suggestion }),
    };
  };
  const gathered = gatherOptions(parameters[0], values);
  if (!gathered || gathered.length > parameters.length) return refuse();
  const unknownOptions: UnknownOption[] = [];
  const args: unknown[] = [];
  for (const [index, parameter] of parameters.entries()) {
    const value = gathered[index];
    if (value === undefined) {
      if (parameter.isRequired) return refuse();
      args.push(value);
    } else if (parameter.options && isPlainObject(value)) {
      const wrong = Object.entries(value).find(
        ([name, each]) => !fitsOption(parameter, name, each),
      );
      const option = wrong && parameter.named.get(wrong[0]);
      if (wrong && option) return refuse((name) => describeOption(name, wrong[0], option));
      const options = withPresentNames(parameter, value);
      const { options: known = [] } = parameter;
      if (known.some(({ name, isRequired }) => isRequired && options[name] === undefined)) {
        return refuse();
      }
      args.push(options);
      const unknown = Object.keys(options).filter((name) => !parameter.named.has(name));
      unknownOptions.push(...unknown.map((name) => ({ name, meant: similar(parameters, name) })));
    } else if (isOneOf(parameter.kinds, value)) args.push(value);
    else return refuse();
  }
  return unknownOptions.length > 0 ? { unknownOptions } : { args: args.slice(0, gathered.length) };
}

/**
 * Returns the arguments with options that are given one by one gathered in an object; `undefined`
 * if there are too many. The last one may be an object with the rest of the options.
 */
function gatherOptions(
  parameter: Parameter | undefined,
  values: readonly unknown[],
): readonly unknown[] | undefined {
  const { isSpread = false, options = [] } = parameter ?? {};
  if (!isSpread || values.length === 0) return values;
  const last = values.at(-1);
  const rest = isPlainObject(last) && !isOneOf(options[values.length - 1]?.kinds ?? '', last);
  if (rest && values.length === 1) return values;
  const single = rest ? values.slice(0, -1) : values;
  if (single.length > options.length) return undefined;
  const given: Record<string, unknown> = {};
  for (const [index, { name }] of options.entries()) {
    const value = single[index] ?? undefined;
    if (value !== undefined) given[name] = value;
  }
  return [{ ...given, ...(rest && last) }];
}

/** An option that the method does not know fits here; it is refused later. */
function fitsOption({ named }: Parameter, name: string, value: unknown): boolean {
  const option = named.get(name);
  return !option || value === undefined || isOneOf(option.kinds, value);
}

function withPresentNames(
  { named }: Parameter,
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [named.get(name)?.name ?? name, each]),
  );
}

function similar(parameters: readonly Parameter[], name: string): string[] {
  const names = parameters.flatMap(({ options }) => options?.map((option) => option.name) ?? []);
  const lower = name.toLowerCase();
  const same = names.find((each) => each.toLowerCase() === lower);
  if (same !== undefined) return [same];
  const related = names.filter((each) => lower.startsWith(each) || each.startsWith(lower));
  return [...new Set([...related, ...nearest(name, names)])].slice(0, 3);
}

/** Returns the text of the arguments that were probably meant. */
function suggestedArguments(
  [first]: readonly Parameter[],
  values: readonly unknown[],
  sources: readonly string[],
): string | undefined {
  if (!first) return '';
  const [source = ''] = sources;
  const [value] = values;
  if (first.kinds.includes('l') && !values.some((each) => Array.isArray(each))) {
    return sources.length > 0 ? `[${sources.flatMap(toItems).join(', ')}]` : undefined;
  }
  if (typeof value === 'string' && /[nc]/.test(first.kinds) && /^-?\d+(?:\.\d+)?$/.test(value)) {
    return sources.length === 1 ? value : undefined;
  }
  const options = first.options ?? [];
  const names = options.map((option) => option.name);
  const areNumbers = values.length > 0 && values.every((each) => typeof each === 'number');
  if (areNumbers && values.length === 2 && names.includes('min') && names.includes('max')) {
    return `{min: ${source}, max: ${sources[1] ?? ''}}`;
  }
  if (values.length !== 1) return undefined;
  const fitting = options.filter(({ kinds }) => isOneOf(kinds, value)).map(({ name }) => name);
  const [name] = fitting.includes('length') ? ['length'] : fitting.length === 1 ? fitting : [];
  return name === undefined ? undefined : `{${name}: ${source}}`;
}

/** Returns the items of a list that was written without its brackets or the quotes in it. */
function toItems(source: string): string[] {
  const [, inner] = /^'\[?(.*?)\]?'$/.exec(source) ?? [];
  return inner === undefined ? [source] : inner.split(',').map((item) => `'${item.trim()}'`);
}
