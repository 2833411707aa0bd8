import { isPlainJson } from '../../core/json/hidden';
import type { Subject } from '../filter/subject';
import type { Completion, CompletionItem, SeenKind } from '../protocol';
import { type Place, placeAt } from './caret';
import type { SeenFields, SeenPath } from './seenFields';
import { SeenPaths } from './seenPaths';
import { writeHeaderName, writeWord } from './writeTest';

/** Nobody looks at more. */
const MAX_ITEMS = 50;

const ORDERED = ['==', '!=', '>', '>=', '<', '<=', 'in ['];
const TEXTUAL = ['==', '!=', '=~ /', 'contains', 'startsWith', 'endsWith', 'in [', 'is null'];

/**
 * Returns what may be typed at the caret of a filter, the most likely first.
 *
 * @param caret its index in the text
 */
export function complete(text: string, caret: number, seen: SeenFields): Completion {
  const completer = new Completer(seen);
  const before = text.slice(0, caret);
  const place = placeAt(before, (subject) => completer.operators(subject));
  if (!place) return { from: caret, isEager: false, items: [] };
  const typed = before.slice(place.from);
  const items = completer
    .items(place, typed)
    .filter(({ insert }) => insert.trim() !== typed)
    .slice(0, MAX_ITEMS);
  // A list that opens by itself must not get in the way of somebody who types texts.
  return { from: place.from, isEager: place.kind !== 'term' || typed !== '', items };
}

class Completer {
  readonly #paths: SeenPaths;

  constructor(private readonly seen: SeenFields) {
    this.#paths = new SeenPaths(seen);
  }

  /** Returns the operators that may follow a subject; none if it was not seen. */
  operators(subject: Subject): readonly string[] {
    switch (subject.kind) {
      case 'path':
        return operatorsFor(this.#paths.at(subject.where, subject.path)?.kinds);
      case 'whole':
      case 'header':
        return TEXTUAL;
      case 'number':
        return ORDERED;
      case 'time':
        return ['>=', '<', '=='];
    }
  }

  items(place: Place, typed: string): readonly CompletionItem[] {
    switch (place.kind) {
      case 'term':
        return this.#terms(place, typed);
      case 'header': {
        const names = this.seen.headers.map(({ name }) => writeHeaderName(name));
        return plain(names.filter((name) => begins(name, typed)));
      }
      case 'operator': {
        const fitting = this.operators(place.subject).filter((each) => begins(each, typed));
        return plain(fitting.map((each) => (/[[/]$/.test(each) ? each : `${each} `)));
      }
      case 'value':
        return plain(
          this.#values(place.subject).filter((value) => begins(unquoted(value), unquoted(typed))),
        );
    }
  }

  #terms(place: Extract<Place, { kind: 'term' }>, typed: string): readonly CompletionItem[] {
    const { where } = place;
    if (where !== 'any') {
      // A text to look for cannot have its hidden characters escaped.
      const keys = where === 'key' ? (this.seen.keys ?? []).map(textOf).filter(isPlainJson) : [];
      const words = [...keys.map(writeWord), 'null'].filter((word) =>
        begins(unquoted(word), unquoted(typed)),
      );
      return [...this.#pathItems(where, typed, ''), ...plain(words)];
    }
    const fields = ['key:', 'value:', 'partition:', 'offset:', 'time:', 'size:'];
    if (this.seen.headers.length > 0) fields.push('header:');
    const words = place.isFirst ? ['not '] : ['and ', 'or ', 'not '];
    const [, part = '', name = typed] = /^(?:(key|value)\.)?(.*)$/is.exec(typed) ?? [];
    const isKey = part.toLowerCase() === 'key';
    const inValue = isKey ? [] : this.#pathItems('value', name, '');
    const inKey = part === '' || isKey ? this.#pathItems('key', name, 'key:') : [];
    return [
      ...plain(fields.filter((field) => begins(field, typed))),
      ...inValue,
      ...inKey,
      ...plain(words.filter((word) => begins(word, typed) && typed !== '')),
    ];
  }

  /** The paths that begin with what is typed, or whose last name does. */
  #pathItems(where: 'key' | 'value', typed: string, prefix: string): readonly CompletionItem[] {
    const fits = ({ path }: SeenPath) =>
      begins(path, typed) ||
      begins(path.slice(2), typed) ||
      (typed !== '' &&
        begins(path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('[')) + 1), typed));
    return this.seen.paths
      .filter((each) => each.where === where && fits(each))
      .map(({ path, kinds }) => ({ insert: prefix + path, kinds: [...kinds] }));
  }

  /** What a subject was seen to be, as a filter writes it. */
  #values(subject: Subject): readonly string[] {
    switch (subject.kind) {
      case 'path': {
        const found = this.#paths.at(subject.where, subject.path);
        return found?.values ?? [];
      }
      case 'whole':
        return [...((subject.where === 'key' && this.seen.keys) || []), 'null'];
      case 'header':
        return this.seen.headers.find(({ name }) => name === subject.name)?.values ?? [];
      case 'number':
        return subject.field === 'partition' ? this.seen.partitions.map(String) : [];
      case 'time':
        return ['today', 'yesterday'];
    }
  }
}

function operatorsFor(kinds: ReadonlySet<SeenKind> | undefined): readonly string[] {
  if (!kinds) return [];
  if (kinds.has('text'))
    return kinds.has('number') ? [...new Set([...ORDERED, ...TEXTUAL])] : TEXTUAL;
  return kinds.has('number') ? [...ORDERED, 'is null'] : ['==', '!=', 'is null'];
}

function plain(texts: readonly string[]): readonly CompletionItem[] {
  return texts.map((insert) => ({ insert, kinds: [] }));
}

/** Whether a text begins with what is typed, in any case. */
function begins(text: string, typed: string): boolean {
  return text.slice(0, typed.length).toLowerCase() === typed.toLowerCase();
}

/** Returns a text without its opening quote. */
function unquoted(text: string): string {
  return text.replace(/^["']/, '');
}

function textOf(json: string): string {
  const text: unknown = JSON.parse(json);
  return String(text);
}
