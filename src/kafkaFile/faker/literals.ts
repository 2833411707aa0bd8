/** The arguments of a call, as they were read from its text. */
export interface Arguments {
  readonly values: readonly unknown[];
  /** The text of each argument, without the blanks around it. */
  readonly sources: readonly string[];
  /** The index after the closing parenthesis. */
  readonly end: number;
}

/** Deeper nesting is refused, so that no file can exhaust the stack. */
const MAX_DEPTH = 50;

const BLANKS = /\s*/y;
const NAME = /[A-Za-z_$][\w$]*/y;
const NUMBER =
  /([+-]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(n?)/y;
const REGULAR_EXPRESSION = /\/((?:[^\\/[\r\n]|\\.|\[(?:[^\]\\\r\n]|\\.)*\])+)\/([a-z]*)/y;
const NEW_DATE = /new\s+Date\s*\(/y;
/** A string in a JSON string, where a person has escaped the quotes. */
const ESCAPED_STRING = /\\"([^"\\]*)\\"/y;
const ESCAPE = /\\(?:u\{[\da-fA-F]{1,6}\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|\r\n|[\s\S])/g;
const ESCAPED: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
  '\r\n': '',
};
const WORDS: ReadonlyMap<string, unknown> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
]);

/**
 * Reads the arguments of a call from the parenthesis at `open` on, as literals of JavaScript:
 * numbers, strings, lists, objects, regular expressions and `new Date(...)`. Returns `undefined` if
 * the text holds anything else, such as a function.
 */
export function readArguments(text: string, open: number): Arguments | undefined {
  const reader = new Reader(text, open + 1);
  const spans: [start: number, end: number][] = [];
  try {
    const values = reader.list(')', spans);
    const sources = spans.map(([start, end]) => text.slice(start, end).trim());
    return { values, sources, end: reader.at };
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

class NoLiteral extends Error {}

class Reader {
  #depth = 0;

  constructor(
    private readonly text: string,
    /** The index of the next character. */
    public at: number,
  ) {}

  /** Reads values up to a closing bracket. A comma may follow the last one. */
  list(close: string, spans: [start: number, end: number][] = []): unknown[] {
    const values: unknown[] = [];
    while (!this.#takes(close)) {
      if (values.length > 0 && !this.#takes(',')) throw new NoLiteral();
      if (values.length > 0 && this.#takes(close)) break;
      const start = this.at;
      values.push(this.#value());
      spans.push([start, this.at]);
    }
    return values;
  }

  #value(): unknown {
    this.#matches(BLANKS);
    const first = this.text[this.at] ?? '';
    if (first === '[') return this.#nested(() => this.list(']'));
    if (first === '{') return this.#nested(() => this.#object());
    if (first === '/') return this.#regularExpression();
    if (/["'`\\]/.test(first)) return this.#string();
    const number = this.#matches(NUMBER);
    if (number) return toNumber(number);
    if (this.#matches(NEW_DATE)) return toDate(this.#nested(() => this.list(')'), this.at));
    const word = this.#matches(NAME)?.[0] ?? '';
    if (!WORDS.has(word)) throw new NoLiteral();
    return WORDS.get(word);
  }

  #object(): object {
    const members: [name: string, value: unknown][] = [];
    while (!this.#takes('}')) {
      if (members.length > 0 && !this.#takes(',')) throw new NoLiteral();
      if (members.length > 0 && this.#takes('}')) break;
      this.#matches(BLANKS);
      const name = this.#matches(NAME)?.[0] ?? this.#matches(NUMBER)?.[0] ?? this.#string();
      if (!this.#takes(':')) throw new NoLiteral();
      members.push([name, this.#value()]);
    }
    return Object.fromEntries(members);
  }

  #string(): string {
    const escaped = this.#matches(ESCAPED_STRING);
    if (escaped) return escaped[1] ?? '';
    const quote = this.text[this.at] ?? '';
    if (!['"', "'", '`'].includes(quote)) throw new NoLiteral();
    const start = this.at + 1;
    let end = start;
    for (; this.text[end] !== quote; end += 1) {
      const character = this.text[end];
      if (character === undefined) throw new NoLiteral();
      if (quote === '`' ? this.text.startsWith('${', end) : /[\r\n]/.test(character)) {
        throw new NoLiteral();
      }
      if (character === '\\') end += 1;
    }
    this.at = end + 1;
    return unescape(this.text.slice(start, end));
  }

  #regularExpression(): RegExp {
    const [, source = '', flags = ''] = this.#matches(REGULAR_EXPRESSION) ?? [];
    try {
      if (source !== '') return new RegExp(source, flags);
    } catch {
      // The regular expression is not valid.
    }
    throw new NoLiteral();
  }

  /** Reads what follows the opening bracket, which is the next character or was just read. */
  #nested<T>(read: () => T, inside = this.at + 1): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new NoLiteral();
    this.at = inside;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  /** Takes a character that may follow blanks. Returns whether it was there. */
  #takes(character: string): boolean {
    this.#matches(BLANKS);
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  #matches(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at += match[0].length;
    return match;
  }
}

function toNumber([, sign, digits = '', big]: RegExpExecArray): number | bigint {
  const plain = digits.replaceAll('_', '');
  const isNegative = sign === '-';
  if (big === '') return isNegative ? -Number(plain) : Number(plain);
  if (/[.eE]/.test(plain) && !/^0[xX]/.test(plain)) throw new NoLiteral();
  return isNegative ? -BigInt(plain) : BigInt(plain);
}

/** `new Date(year, month, day, ...)` is in the local time zone, as in JavaScript. */
function toDate(args: readonly unknown[]): Date {
  const [first, ...rest] = args;
  const numbers = args.filter((each) => typeof each === 'number');
  let date = new Date();
  if (typeof first === 'string' && rest.length === 0) date = new Date(first);
  else if (numbers.length !== args.length) throw new NoLiteral();
  else if (numbers.length === 1) date = new Date(numbers[0] ?? NaN);
  else if (numbers.length > 1) {
    const [year = NaN, month = NaN, day = 1, hour = 0, minute = 0, second = 0, ms = 0] = numbers;
    date = new Date(year, month, day, hour, minute, second, ms);
  }
  if (Number.isNaN(date.getTime())) throw new NoLiteral();
  return date;
}

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (escape: string) => {
    const code = /^\\(?:[ux]\{?)([\da-fA-F]+)\}?$/.exec(escape)?.[1];
    if (code === undefined) return ESCAPED[escape.slice(1)] ?? escape.slice(1);
    const number = parseInt(code, 16);
    if (number > 0x10ffff) throw new NoLiteral();
    return String.fromCodePoint(number);
  });
}
