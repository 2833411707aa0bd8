import { fitArguments, type UnknownOption } from './arguments';
import type { Arguments } from './literals';
import { readArguments } from './literals';
import { findMethod, type Method } from './names';

/** The parts of `module.method(arguments).path`. */
export interface FakerCall {
  /** As it is written, which may be a former name. */
  readonly name: string;
  /** In the form that the method takes. Missing if the method is called without parentheses. */
  readonly args?: readonly unknown[];
  readonly path: readonly string[];
  readonly problem?: CallProblem;
}

/** What is wrong with a call. */
export interface CallProblem {
  readonly kind: 'template-unknown' | 'template-arguments' | 'template-option';
  /**
   * A clause that says what the method takes, the options that it does not know, or the end that is
   * not understood.
   */
  readonly detail?: string;
  /** Calls that were probably meant. */
  readonly suggestions?: readonly string[];
}

/** Numbers without parentheses, as in `number.int 1 5` and `number.int[1,5]`. */
const NUMBERS = /^[\s:=[]+(-?[\d.]+(?:[\s,]+-?[\d.]+)?)\]?$/;
/** The maximum number of calls that are suggested in place of one. */
const MAX_SUGGESTIONS = 3;

const NAME = /(?:faker\.)?[a-z]\w*\.\w+/y;
/** The name of a method of one of the providers of images that faker had. */
const IMAGE_NAME = /(?:faker\.)?image\.\w+\.\w+/y;
const PATH = /(?:\.\w+)*/y;
/** `{{$name ...}}` inside the arguments. */
const HELPER = /\{\{\$[A-Za-z][^{}\r\n]*\}\}/g;

/**
 * Parses the inside of a faker template. Arguments are literals of JavaScript. Text without quotes
 * that is none counts as one string, as in "Tools for Apache Kafka".
 */
export function parseCall(expression: string): FakerCall {
  const call = expression.trimEnd();
  const name = nameIn(call, 0);
  const method = name === undefined ? undefined : findMethod(name);
  if (name === undefined || !method) {
    const written = name ?? call.split('(', 1)[0] ?? '';
    return { name: written, path: [], problem: { kind: 'template-unknown' } };
  }
  if (name.length === call.length) return withoutArguments(name, method);
  const open = openingAfter(call, name.length);
  if (open === undefined) {
    const path = pathIn(call, name.length);
    return path ? { name, path } : notUnderstood(name, call, name.length);
  }
  const text = maskHelpers(call);
  const literals = readArguments(text, open);
  const read = literals ?? bareText(text, open);
  const path = read && pathIn(call, read.end);
  if (literals && !path) return notUnderstood(name, call, literals.end);
  if (!read || !path) return { name, path: [], problem: { kind: 'template-arguments' } };
  // What is filled in later may be anything.
  if (text !== call) return { name, args: read.values, path };
  return { name, path, ...fitted(method, name, read, call, open) };
}

/**
 * Returns the index after a call that begins at `start`, if its arguments can be read. It may
 * contain `}}`.
 */
export function endOfCall(text: string, start: number): number | undefined {
  const name = nameIn(text, start);
  const open = name && openingAfter(text, start + name.length);
  if (open === undefined || open === '') return undefined;
  const end = readArguments(maskHelpers(text), open)?.end;
  if (end === undefined) return undefined;
  PATH.lastIndex = end;
  return end + (PATH.exec(text)?.[0].length ?? 0);
}

/** Checks the arguments of a call. */
function fitted(
  method: Method,
  name: string,
  { values, sources, end }: Arguments,
  call: string,
  open: number,
): Pick<FakerCall, 'args' | 'problem'> {
  let fit = fitArguments(method, values, sources);
  if (!fit.args && values.length === 1) {
    // Digits, for example, may be meant as text.
    const bare = bareText(call, open);
    const other = bare?.end === end ? fitArguments(method, bare.values, bare.sources) : undefined;
    if (other?.args) fit = other;
  }
  if (fit.args) return { args: fit.args };
  if ('takes' in fit) {
    const { takes, suggestion } = fit;
    const meant = suggestion && `(${suggestion})`;
    return {
      problem: {
        kind: 'template-arguments',
        detail: takes(name),
        ...(meant !== undefined && { suggestions: [`${name}${meant}${call.slice(end)}`] }),
      },
    };
  }
  const { unknownOptions } = fit;
  const detail = unknownOptions.map((option) => option.name).join('", "');
  const suggestions = unknownOptions.reduce<readonly string[]>(
    (calls, option) => calls.flatMap((each) => withOption(each, option)).slice(0, MAX_SUGGESTIONS),
    [call],
  );
  return { problem: { kind: 'template-option', detail, suggestions } };
}

/** Returns a call with each option that was probably meant in place of an unknown one. */
function withOption(call: string, { name, meant }: UnknownOption): string[] {
  const option = new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\b`);
  return meant.map((each) => call.replace(option, each));
}

function withoutArguments(name: string, method: Method): FakerCall {
  const fit = fitArguments(method, [], []);
  if (!('takes' in fit)) return { name, path: [] };
  return { name, path: [], problem: { kind: 'template-arguments', detail: fit.takes(name) } };
}

/** The method is known, but not what follows at `end`. */
function notUnderstood(name: string, call: string, end: number): FakerCall {
  const detail = call.slice(end);
  const numbers = end === name.length ? NUMBERS.exec(detail)?.[1] : undefined;
  const meant =
    numbers === undefined ? undefined : `${name}(${numbers.split(/[\s,]+/).join(', ')})`;
  const problem = meant === undefined ? undefined : parseCall(meant).problem;
  const suggestions = problem?.suggestions ?? [meant ?? call.slice(0, end)];
  return { name, path: [], problem: { kind: 'template-unknown', detail, suggestions } };
}

function nameIn(text: string, at: number): string | undefined {
  return match(IMAGE_NAME, text, at, findMethod) ?? match(NAME, text, at);
}

function match(
  pattern: RegExp,
  text: string,
  at: number,
  accepts: (name: string) => unknown = () => true,
): string | undefined {
  pattern.lastIndex = at;
  const name = pattern.exec(text)?.[0];
  return name !== undefined && accepts(name) ? name : undefined;
}

/** Returns the index of the `(` after a name. */
function openingAfter(text: string, at: number): number | undefined {
  const open = at + (/^\s*/.exec(text.slice(at, at + 100))?.[0].length ?? 0);
  return text[open] === '(' ? open : undefined;
}

function pathIn(text: string, at: number): string[] | undefined {
  const rest = text.slice(at);
  return /^(?:\.\w+)*$/.test(rest) ? rest.split('.').slice(1) : undefined;
}

/** Replaces helpers, whose values are not known yet, by as many digits. */
function maskHelpers(text: string): string {
  return text.includes('{{$') ? text.replace(HELPER, (all) => '0'.repeat(all.length)) : text;
}

/** Takes the text up to the first `)` as one argument. */
function bareText(text: string, open: number): Arguments | undefined {
  const close = text.indexOf(')', open);
  const inner = text.slice(open + 1, close);
  if (close < 0 || /['"`]/.test(inner)) return undefined;
  return { values: [inner], sources: [`'${inner.trim()}'`], end: close + 1 };
}
