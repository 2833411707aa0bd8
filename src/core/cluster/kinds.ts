import { type Chosen, type Entry, membersOf, type ParsedMember } from './definition';
import type { FieldDoubt, Parsed } from './parsed';

/**
 * One of several kinds to choose from, such as a way of signing in. `Field` are its field names.
 */
export interface Kind<Field extends string = string> {
  /** The name in the settings. */
  readonly kind: string;
  /** What the settings store for this kind, in the order in which a person is asked. */
  readonly fields: Readonly<Record<Field, FieldRule>>;
}

export interface FieldRule {
  /** The only values, in normal form. Missing: a text of any kind that `parse` accepts. */
  readonly options?: readonly string[];
  /** What the file holds whose path the field is. Missing: the field is no path. */
  readonly file?: 'certificate' | 'key' | 'other';
  /** Returns the field in its normal form, or what is wrong with it. */
  parse(text: string): Parsed<string>;
  /** The value of an empty field. Missing: the field cannot be empty. */
  readonly fallback?: string;
  /**
   * The field that can be filled in instead of this one, which may then be empty. A person who
   * fills in one of them empties the other.
   */
  readonly alternative?: string;
  /**
   * Returns what a person means by a text that they paste. Returns `undefined` if they mean the
   * text as it is. The settings are not read in this way.
   */
  readonly pasted?: (text: string) => Pasted | undefined;
  /**
   * Returns what to suggest for a field that has a fallback if a person is asked all the same,
   * because the fallback does not fit their cluster. Returns `undefined` if it does.
   */
  readonly suggestion?: (place: FieldPlace) => string | undefined;
  /** Returns why a value is likely to be a mistake beside the other fields of the kind. */
  readonly doubt?: (
    value: string,
    others: Readonly<Partial<Record<string, string>>>,
  ) => FieldDoubt | undefined;
}

/** What a field is for: the cluster, and the other fields of its kind. */
export interface FieldPlace {
  readonly endpoint: string;
  /** The usual way of signing in to a REST proxy of this dialect. */
  readonly usualSignIn: string;
  readonly others: Readonly<Partial<Record<string, string>>>;
}

/** The text for a field, and the values of other fields of the kind that the person pasted too. */
export interface Pasted {
  readonly text: string;
  readonly others?: Readonly<Record<string, string>>;
}

/** Returns the kind with the name that was read from the settings. Throws if there is none. */
export function kindOf<K extends Kind>(kinds: readonly K[], { kind }: Pick<Chosen, 'kind'>): K {
  const found = kinds.find((each) => each.kind === kind);
  if (found) return found;
  throw new Error(`There is no kind '${kind}'.`);
}

/**
 * Returns a choice of this kind, with only its own fields of `texts`, and the fallbacks of those
 * that are empty.
 */
export function choiceOf({ kind, fields }: Kind, texts: Readonly<Record<string, string>>): Chosen {
  const values: Record<string, string> = {};
  for (const [name, { fallback = '' }] of Object.entries(fields)) {
    values[name] = texts[name] || fallback;
  }
  return { ...values, kind };
}

/**
 * Returns the value of a field into which `text` is typed beside the other fields of its kind, or
 * what is wrong with the text.
 */
export function parseField(
  rule: Pick<FieldRule, 'parse' | 'fallback' | 'alternative'>,
  text: string,
  others: Readonly<Partial<Record<string, unknown>>> = {},
): Parsed<string> {
  const { alternative = '' } = rule;
  const fallback = others[alternative] ? (rule.fallback ?? '') : rule.fallback;
  return fallback !== undefined && text.trim() === '' ? { value: fallback } : rule.parse(text);
}

/** Reads a choice of this kind from the members of an object at `path`, such as `signIn.`. */
export function readChoice(
  { kind, fields }: Kind,
  members: Entry,
  path: string,
): ParsedMember<Chosen> {
  const values: Record<string, string> = {};
  for (const [name, rule] of Object.entries(fields)) {
    const text = members.get(name);
    const typed = typeof text === 'string' ? text : '';
    const { value, problem } = parseField(rule, typed, Object.fromEntries(members));
    if (problem !== undefined) return { field: path + name, problem };
    values[name] = value;
  }
  return { value: { ...values, kind } };
}

/**
 * Returns the object to write for a choice: without the fallbacks, and with the members of
 * `before`, the previous value, that are unknown here if it is of the same kind.
 */
export function writeChoice(
  { fields: rules }: Kind,
  { kind, ...fields }: Chosen,
  before: unknown,
): Readonly<Record<string, unknown>> {
  const old = membersOf(before);
  const unknown = [...old].filter(
    ([name]) => old.get('kind') === kind && name !== 'kind' && !Object.hasOwn(rules, name),
  );
  const own = Object.entries(fields).filter(
    ([name, text]) => text !== (rules[name]?.fallback ?? ''),
  );
  return { kind, ...Object.fromEntries([...own, ...unknown]) };
}
