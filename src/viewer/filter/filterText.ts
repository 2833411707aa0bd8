import { FilterError, type FilterFault } from './filterError';
import type { Pattern } from './filterNode';

/** Reads words, quoted texts, patterns and paths from the text of a filter. */
export class FilterText {
  /** The index of the next character. */
  at = 0;

  constructor(readonly text: string) {}

  skipBlanks(): void {
    this.take(/\s+/y);
  }

  get ended(): boolean {
    return this.at === this.text.length;
  }

  /** The next character; empty at the end. */
  get next(): string {
    return this.text.charAt(this.at);
  }

  /** Skips the match of the sticky pattern here. */
  take(pattern: RegExp): string | undefined {
    const match = this.peek(pattern);
    this.at += match?.length ?? 0;
    return match;
  }

  /** Returns the match of the sticky pattern here. */
  peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }

  /** Throws a `FilterError` for the text from `from` to here. */
  fail(fault: FilterFault, from: number, to = this.at): never {
    throw new FilterError(fault, from, to - from);
  }

  /** Takes everything up to a blank, with parentheses in pairs. */
  word(): string {
    return this.#until(/\s/y);
  }

  /** Takes a word that also ends before `&&` and `||`. */
  operand(): string {
    return this.#until(/\s|&&|\|\|/y);
  }

  #until(end: RegExp): string {
    const from = this.at;
    let depth = 0;
    for (; !this.ended && this.peek(end) === undefined; this.at += 1) {
      if (this.next === '(') depth += 1;
      else if (this.next === ')' && (depth -= 1) < 0) break;
    }
    return this.text.slice(from, this.at);
  }

  /**
   * Takes a text in double quotes, in which a backslash escapes a quote or a backslash. If
   * something follows the closing quote, as in `"id":5`, all of it is a word.
   */
  quotedOrWord(): string {
    const from = this.at;
    const inner = this.quoted();
    if (this.isBetweenTerms) return inner;
    this.at = from;
    return this.word();
  }

  /** Whether a term may end here. */
  get isBetweenTerms(): boolean {
    return this.ended || this.peek(/[\s)]|&&|\|\|/y) !== undefined;
  }

  /** Takes a text in quotes of either kind, in which a backslash escapes the quote and itself. */
  quoted(): string {
    const escaped = this.next === "'" ? /\\(['\\])/g : /\\(["\\])/g;
    return this.#quoted().replace(escaped, '$1');
  }

  /**
   * Takes a text in quotes of either kind, escaped as in JSON. Returns `undefined` if its escapes
   * are not valid.
   */
  json(): string | undefined {
    const single = this.next === "'";
    const inner = this.#quoted();
    const json = single ? inner.replace(/\\'|"/g, (each) => (each === '"' ? '\\"' : "'")) : inner;
    try {
      const text: unknown = JSON.parse(`"${json}"`);
      return typeof text === 'string' ? text : undefined;
    } catch {
      return undefined;
    }
  }

  /** Takes a regular expression between slashes, and its flags. */
  regex(): Pattern {
    const from = this.at;
    const match = this.take(/\/(?:[^[\\/]|\\.|\[(?:[^\]\\]|\\.)*\])+\//sy);
    if (match === undefined) this.fail({ kind: 'unclosed', what: 'regex' }, from, from + 1);
    const flagsAt = this.at;
    const flags = this.take(/[\p{L}\p{N}]+/uy) ?? '';
    const flag = /[^imsu]|(.)(?=.*\1)/su.exec(flags)?.[0];
    if (flag !== undefined) this.fail({ kind: 'regex-flag', flag }, flagsAt);
    const source = match.slice(1, -1);
    try {
      new RegExp(source, flags);
      return { source, flags };
    } catch (error) {
      const [, detail = ''] = /^.*: (.*)$/s.exec(error instanceof Error ? error.message : '') ?? [];
      return this.fail({ kind: 'regex', detail }, from);
    }
  }

  /** Takes a JSON path: names and dots, and anything in brackets. */
  path(): string {
    const from = this.at;
    this.at += 1;
    for (; !this.ended && !/[\s()=!<>&|]/.test(this.next); this.at += 1) {
      if (this.next === '[') this.#brackets();
    }
    return this.text.slice(from, this.at);
  }

  /** Skips brackets in pairs, except the last closing one. */
  #brackets(): void {
    const from = this.at;
    let depth = 0;
    for (; !this.ended; this.at += 1) {
      if (this.next === '[') depth += 1;
      else if (this.next === ']' && (depth -= 1) === 0) return;
      if (/["']/.test(this.next)) {
        this.#quoted();
        this.at -= 1;
      }
    }
    this.fail({ kind: 'unclosed', what: 'bracket' }, from, from + 1);
  }

  /** Returns the text between two quotes, as it is written. */
  #quoted(): string {
    const from = this.at;
    const match = this.take(this.next === "'" ? /'(?:[^'\\]|\\.)*'/sy : /"(?:[^"\\]|\\.)*"/sy);
    if (match === undefined) this.fail({ kind: 'unclosed', what: 'quote' }, from, from + 1);
    return match.slice(1, -1);
  }
}
