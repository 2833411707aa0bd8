import type { Literal, NumberField } from './filterNode';
import type { FilterText } from './filterText';

/** A number of JSON, or one that begins with its point. */
const NUMBER = /^-?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$/i;
/** A regular expression, or the beginning of an object, array or group, which are no literals. */
const NO_LITERAL = /^[{[(]|^\/[^/]+\/[imsu]*$/;
/** A list in parentheses that is no group of terms. */
const LIST =
  /\(\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,()"']+)(?:\s*,\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,()"']+))*\s*\)/y;
/** No time, and no span of time, has more words. */
const MAX_TIME_WORDS = 12;
/** Words that may stand within a time. They do not end one. */
const LINK = /\b(?:at|on|the)$/i;
/** The end of a range with blanks, as in `5 - 10`. */
const RANGE_END = /\s+(?:\.\.|[-–])\s+\d\w*(?=[\s)]|$)/iy;
const UNIT = /\s+[kmg]i?b(?=[\s)]|$)/iy;

/** What stands on the right of a comparison. */
export class Operands {
  constructor(private readonly input: FilterText) {}

  /** Whether a list follows that is no group of terms. */
  get isList(): boolean {
    return this.input.peek(LIST) !== undefined;
  }

  /**
   * Takes a number, a text with or without quotes, `true`, `false` or `null`.
   *
   * @param isWhole whether it is compared with a whole key, value or header, which is a text even
   *   if it looks like something else
   */
  literal(isWhole: boolean): Literal {
    const { input } = this;
    const from = input.at;
    if (!/["']/.test(input.next)) {
      const word = input.operand();
      return classify(word, isWhole) ?? this.#fail(from);
    }
    if (isWhole) return { kind: 'text', text: input.quotedOrWord() };
    const text = input.json();
    // Text directly after a literal makes it invalid.
    if (text !== undefined && input.isBetweenTerms) return { kind: 'text', text };
    input.word();
    return this.#fail(from);
  }

  /** Takes a list of literals in brackets or parentheses. */
  list(isWhole: boolean): readonly Literal[] {
    const { input } = this;
    const literals: Literal[] = [];
    this.#items((end) => {
      const from = input.at;
      if (!/["']/.test(input.next)) {
        const word = input.take(end)?.trim() ?? '';
        literals.push(classify(word, isWhole) ?? this.#fail(from));
        return;
      }
      const text = isWhole ? input.quoted() : input.json();
      literals.push(text === undefined ? this.#fail(from) : { kind: 'text', text });
    });
    return literals;
  }

  /** Takes a list in brackets or parentheses, and returns its items with commas. */
  listText(): string {
    const items: string[] = [];
    this.#items((end) => {
      items.push(this.input.take(end)?.trim() ?? '');
    });
    return items.join();
  }

  /** Takes a text with or without quotes. */
  text(): string {
    const { input } = this;
    return /["']/.test(input.next) ? input.quotedOrWord() : input.operand();
  }

  /** Takes numbers of a field. A range may have blanks in it, and a size one before its unit. */
  number(field: NumberField): string {
    const text = this.text();
    const range = /^\d/.test(text) ? this.input.take(RANGE_END) : undefined;
    if (range !== undefined) return text + range.replace(/\s/g, '');
    const unit = field === 'size' && /^[\d.]+$/.test(text) && this.input.take(UNIT);
    return unit ? text + unit.trim() : text;
  }

  /**
   * Takes a time or a span of time: as many words as make one or, failing that, as many as are like
   * one, but at least a word.
   *
   * @param likeness whether a text is a time, like one, or nothing of the kind
   */
  time(likeness: (text: string) => 'time' | 'like-time' | undefined): string {
    const { input } = this;
    if (/["']/.test(input.next)) return input.quotedOrWord();
    const from = input.at;
    const ends = { time: from, 'like-time': from, word: from };
    for (let words = 0; words < MAX_TIME_WORDS && input.operand() !== ''; words += 1) {
      const text = input.text.slice(from, input.at);
      const kind = LINK.test(text) ? undefined : likeness(text);
      if (kind) ends[kind] = input.at;
      if (words === 0) ends.word = input.at;
      input.skipBlanks();
    }
    input.at = [ends.time, ends['like-time'], ends.word].find((end) => end > from) ?? from;
    return input.text.slice(from, input.at);
  }

  /** Calls `take` at each item of a list with the pattern that it ends before. */
  #items(take: (item: RegExp) => void): void {
    const { input } = this;
    const from = input.at;
    const isBracket = input.take(/[[(]/y) === '[';
    const item = isBracket ? /[^,\]]*/y : /[^,)]*/y;
    do {
      input.skipBlanks();
      if (!input.ended) take(item);
      input.skipBlanks();
    } while (input.take(/,/y) !== undefined);
    if (input.take(isBracket ? /\]/y : /\)/y) !== undefined) return;
    if (!input.ended) this.#fail(from);
    input.fail({ kind: 'unclosed', what: isBracket ? 'bracket' : 'parenthesis' }, from, from + 1);
  }

  #fail(from: number): never {
    const { input } = this;
    const to = Math.max(input.at, Math.min(from + 1, input.text.length));
    return input.fail({ kind: 'literal', text: input.text.slice(from, to) }, from, to);
  }
}

/** Returns what a word means that is not in quotes; `undefined`: nothing. */
function classify(word: string, isWhole: boolean): Literal | undefined {
  if (word === '') return undefined;
  if (NUMBER.test(word)) {
    return { kind: 'number', digits: word.replace(/^(-?)\./, '$10.') };
  }
  if (isWhole) {
    return word === 'null' ? { kind: 'constant', value: null } : { kind: 'text', text: word };
  }
  if (NO_LITERAL.test(word)) return undefined;
  switch (word.toLowerCase()) {
    case 'null':
      return { kind: 'constant', value: null };
    case 'true':
    case 'false':
      return { kind: 'constant', value: /^t/i.test(word) };
    default:
      return { kind: 'text', text: word };
  }
}
