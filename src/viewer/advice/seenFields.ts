import type { RecordHeader } from '../../core/kafka';
import { escapeHidden } from '../../core/json/hidden';
import { headerText } from '../../core/message/headers';
import {
  ExactNumber,
  isArray,
  isObject,
  type Json,
  mayBeInexact,
  parse,
  parseExact,
} from '../filter/path/json';
import type { SeenKind } from '../protocol';

/** What was seen in some of the messages that a viewer holds. The most frequent comes first. */
export interface SeenFields {
  readonly paths: readonly SeenPath[];
  readonly headers: readonly SeenHeader[];
  readonly partitions: readonly number[];
  /** Whole keys, if they vary little. */
  readonly keys: readonly string[] | null;
}

/** A path to something in keys or values. */
export interface SeenPath {
  readonly where: 'key' | 'value';
  /** Such as `$.user["odd name"].tags[*]`. */
  readonly path: string;
  readonly kinds: ReadonlySet<SeenKind>;
  /** The different texts, numbers and constants, as a filter writes them; `null` if they are many. */
  readonly values: readonly string[] | null;
}

export interface SeenHeader {
  readonly name: string;
  /** The different texts, as a filter writes them; `null` if they are many. */
  readonly values: readonly string[] | null;
}

/** Beyond these, messages of any shape take a bounded time and memory. */
const MAX_PATHS = 400;
const MAX_HEADERS = 50;
const MAX_DEPTH = 8;
const MAX_MEMBERS = 100;
const MAX_ELEMENTS = 10;
const MAX_NAME = 100;
/** Values that are more, or longer, are not listed. */
const MAX_VALUES = 12;
const MAX_VALUE = 60;

/** Collects what is seen in messages. */
export class FieldCollector {
  readonly #paths = new Map<string, PathTally>();
  readonly #headers = new Map<string, ValueTally>();
  readonly #partitions = new Set<number>();
  readonly #keys = new ValueTally();

  /** Takes a message. A key or value that is not text is null. */
  add(message: {
    readonly partition: number;
    readonly key: string | null;
    readonly value: string | null;
    readonly headers: readonly RecordHeader[];
  }): void {
    const { partition, key, value, headers } = message;
    this.#partitions.add(partition);
    if (key !== null) {
      this.#keys.add(key);
      this.#addJson('key', key);
    }
    if (value !== null) this.#addJson('value', value);
    for (const { name, value: bytes } of headers.slice(0, MAX_MEMBERS)) {
      const tally = tallyOf(this.#headers, name, MAX_HEADERS, () => new ValueTally());
      const text = bytes && headerText(bytes);
      if (typeof text === 'string') tally?.add(text);
    }
  }

  get seen(): SeenFields {
    return {
      paths: byCount(this.#paths.values()).map(({ where, path, kinds, values }) => ({
        ...{ where, path, kinds },
        values: values.written,
      })),
      headers: [...this.#headers].map(([name, values]) => ({ name, values: values.written })),
      partitions: [...this.#partitions].sort((a, b) => a - b),
      keys: this.#keys.written,
    };
  }

  #addJson(where: 'key' | 'value', text: string): void {
    if (!/^[ \t\n\r]*[{[]/.test(text)) return;
    try {
      const json = parse(text);
      this.#addInside(where, '$', mayBeInexact(text) ? parseExact(text) : json, 0);
    } catch {
      // It is not JSON.
    }
  }

  #addInside(where: 'key' | 'value', path: string, value: Json, depth: number): void {
    if (depth > MAX_DEPTH) return;
    if (isArray(value)) {
      for (const each of value.slice(0, MAX_ELEMENTS))
        this.#addAt(where, `${path}[*]`, each, depth);
    } else if (isObject(value)) {
      for (const [name, each] of Object.entries(value).slice(0, MAX_MEMBERS)) {
        const step = stepTo(name);
        if (step !== undefined) this.#addAt(where, path + step, each, depth);
      }
    }
  }

  #addAt(where: 'key' | 'value', path: string, value: Json, depth: number): void {
    const make = () => new PathTally(where, path);
    tallyOf(this.#paths, `${where}:${path}`, MAX_PATHS, make)?.add(value);
    this.#addInside(where, path, value, depth + 1);
  }
}

/**
 * Returns what leads to a member: `.name` or `["odd name"]`, with hidden characters escaped. Returns
 * `undefined` if nothing should.
 */
export function stepTo(name: string): string | undefined {
  if (/^[a-z_][\w-]*$/i.test(name)) return `.${name}`;
  return name.length <= MAX_NAME && name.isWellFormed()
    ? `[${escapeHidden(JSON.stringify(name))}]`
    : undefined;
}

class PathTally {
  count = 0;
  readonly kinds = new Set<SeenKind>();
  readonly values = new ValueTally();

  constructor(
    readonly where: 'key' | 'value',
    readonly path: string,
  ) {}

  add(value: Json): void {
    this.count += 1;
    const kind = kindOf(value);
    this.kinds.add(kind);
    if (kind !== 'array' && kind !== 'object') this.values.add(value);
  }
}

/** Counts different values, up to `MAX_VALUES`. */
class ValueTally {
  readonly #counts = new Map<string, number>();
  #isOver = false;

  add(value: Json): void {
    if (this.#isOver) return;
    const written =
      value instanceof ExactNumber ? value.digits : escapeHidden(JSON.stringify(value));
    this.#counts.set(written, (this.#counts.get(written) ?? 0) + 1);
    this.#isOver = this.#counts.size > MAX_VALUES || written.length > MAX_VALUE;
    if (this.#isOver) this.#counts.clear();
  }

  /** The values as a filter writes them, the most frequent first; `null` if they are many. */
  get written(): readonly string[] | null {
    if (this.#isOver) return null;
    return [...this.#counts].sort(([, a], [, b]) => b - a).map(([written]) => written);
  }
}

function tallyOf<T>(tallies: Map<string, T>, name: string, max: number, make: () => T) {
  const known = tallies.get(name);
  if (known !== undefined || tallies.size >= max) return known;
  const made = make();
  tallies.set(name, made);
  return made;
}

function byCount(tallies: Iterable<PathTally>): readonly PathTally[] {
  return [...tallies].sort((a, b) => b.count - a.count);
}

function kindOf(value: Json): SeenKind {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  return typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'boolean' : 'number';
}
