import type { TopicProperty } from '../administration';
import { replaceHiddenBeyondC0 } from '../text/visible';

/** A property as it stands in a text. */
export interface PropertyLine {
  readonly name: string;
  readonly value: string;
  /** Counted from 0. */
  readonly line: number;
  /** Where the name stands in the line, and where the value begins. */
  readonly start: number;
  readonly nameEnd: number;
  readonly valueStart: number;
}

/** Why a line cannot be understood. */
export interface LineProblem {
  readonly kind: 'no-value' | 'no-name' | 'twice' | 'escape';
  readonly line: number;
}

export interface ParsedProperties {
  readonly lines: readonly PropertyLine[];
  readonly problems: readonly LineProblem[];
}

/** The words of the comments in a text. */
export interface TextWords {
  /** What the text is and how it is used. */
  readonly about: readonly string[];
  readonly overridden: string;
  readonly noneOverridden: string;
  readonly defaults: string;
  readonly fixed: string;
  readonly readOnly: string;
  readonly sensitive: string;
}

/**
 * Returns the properties of a topic as a text to edit: those that were set for the topic as lines
 * `name=value`, and the others as comments.
 */
export function propertiesText(properties: readonly TopicProperty[], words: TextWords): string {
  const set = properties.filter(isSet);
  const others = properties.filter((each) => !isSet(each));
  const fixed = others.filter(({ isReadOnly, isSensitive }) => isReadOnly || isSensitive);
  const defaults = others.filter((each) => !fixed.includes(each));
  const mark = ({ isReadOnly }: TopicProperty) => (isReadOnly ? words.readOnly : words.sensitive);
  const sections = [
    words.about.map(comment),
    [comment(set.length > 0 ? words.overridden : words.noneOverridden), ...set.map(lineOf)],
    defaults.length > 0
      ? [comment(words.defaults), ...defaults.map((each) => comment(lineOf(each)))]
      : [],
    fixed.length > 0
      ? [comment(words.fixed), ...fixed.map((each) => comment(`${lineOf(each)}  (${mark(each)})`))]
      : [],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** Returns whether a property stands in the text as a line of its own, to be changed or removed. */
function isSet({ value, isDefault, isReadOnly }: TopicProperty): boolean {
  return value !== null && isDefault !== true && isReadOnly !== true;
}

/** Returns the properties that stand in the text as lines of their own, by name. */
export function setProperties(properties: readonly TopicProperty[]): ReadonlyMap<string, string> {
  return new Map(properties.filter(isSet).map(({ name, value }) => [name, value ?? '']));
}

function comment(text: string): string {
  return `# ${text}`;
}

function lineOf({ name, value }: TopicProperty): string {
  return `${escapeName(name)}=${escapeText(value ?? '')}`;
}

const LETTERS = new Map([
  ['\n', 'n'],
  ['\r', 'r'],
  ['\t', 't'],
  ['\f', 'f'],
]);
const CHARACTERS = new Map([...LETTERS].map(([character, letter]) => [letter, character]));

/**
 * Escapes a text as `.properties` files do, so that it stays on its line and hides nothing,
 * whatever a server has put into it.
 */
export function escapeText(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replace(/^ | $/g, '\\u0020');
  const onOneLine = Array.from(escaped, (character) =>
    character < ' ' ? `\\${LETTERS.get(character) ?? unicode(character)}` : character,
  ).join('');
  return replaceHiddenBeyondC0(onOneLine, (character) =>
    character
      .split('')
      .map((unit) => `\\${unicode(unit)}`)
      .join(''),
  );
}

function escapeName(name: string): string {
  return escapeText(name).replace(/[=:#! ]/g, '\\$&');
}

function unicode(unit: string): string {
  return `u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Reads a text of lines `name=value` or `name: value`, with `#` or `!` before comments. */
export function parseProperties(text: string): ParsedProperties {
  const lines: PropertyLine[] = [];
  const problems: LineProblem[] = [];
  const names = new Set<string>();
  for (const [line, whole] of text.split(/\r\n|\r|\n/).entries()) {
    if (/^\s*([#!]|$)/.test(whole)) continue;
    const parsed = parseLine(whole, line);
    if ('kind' in parsed) problems.push(parsed);
    else if (names.has(parsed.name)) problems.push({ kind: 'twice', line });
    else {
      names.add(parsed.name);
      lines.push(parsed);
    }
  }
  return { lines, problems };
}

function parseLine(whole: string, line: number): PropertyLine | LineProblem {
  const [before = ''] = /^(?:\\.|[^\\=:])*/.exec(whole) ?? [];
  if (!/[=:]/.test(whole.charAt(before.length))) return { kind: 'no-value', line };
  const after = whole.slice(before.length + 1);
  const start = before.length - before.trimStart().length;
  const nameEnd = before.trimEnd().length;
  const valueStart = whole.length - after.trimStart().length;
  const name = unescapeText(before.trim());
  const value = unescapeText(after.trim());
  if (name === undefined || value === undefined) return { kind: 'escape', line };
  if (name === '') return { kind: 'no-name', line };
  return { name, value, line, start, nameEnd, valueStart };
}

/** Returns `undefined` if the text ends with a backslash, or lacks digits after `\u`. */
function unescapeText(text: string): string | undefined {
  if (!/^(?:[^\\]|\\u[\da-f]{4}|\\[^u])*$/i.test(text)) return undefined;
  return text.replace(/\\(?:u([\da-f]{4})|(.))/gi, (_, code?: string, other = '') =>
    code === undefined
      ? (CHARACTERS.get(String(other)) ?? String(other))
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
