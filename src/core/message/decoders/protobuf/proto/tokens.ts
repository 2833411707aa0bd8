/** Says that a text is not Protobuf's schema language. The message is in English. */
export class ProtoSyntaxError extends Error {}

export type TokenKind = 'word' | 'number' | 'text' | 'symbol' | 'end';

interface Token {
  readonly kind: TokenKind;
  /** As it is written; of texts, what they stand for. */
  readonly text: string;
  readonly at: number;
}

const BLANK = /(?:[\s\ufeff]|\/\/[^\n]*|\/\*[^]*?\*\/)+/y;
const KINDS: readonly (readonly [TokenKind, RegExp])[] = [
  ['word', /[A-Za-z_]\w*/y],
  ['number', /0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['text', /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'/y],
  ['symbol', /[^\s\w"']/y],
];
const ESCAPE = /\\(?:[xX]([0-9a-fA-F]{1,2})|([0-7]{1,3})|u([0-9a-fA-F]{4})|([^]))/g;
const ESCAPED: ReadonlyMap<string, string> = new Map(
  Object.entries({ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }),
);

/** The words of a text in Protobuf's schema language, one after the other. */
export class Tokens {
  #at = 0;
  /** Those that were looked at and not taken yet. */
  readonly #ahead: Token[] = [];

  constructor(private readonly text: string) {}

  /** Returns the text of a token without taking it: the next one, or one after it. */
  peek(ahead = 0): string {
    return this.#look(ahead).text;
  }

  /** Takes the next token if it is this word or symbol. Returns whether it was. */
  take(text: string): boolean {
    const next = this.#look(0);
    if (next.text !== text || next.kind === 'text') return false;
    this.#ahead.shift();
    return true;
  }

  /** Takes the next token, which must be this word or symbol. */
  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected(`'${text}'`);
  }

  /** Takes the next token, which must be of a kind, and returns its text. */
  next(kind: TokenKind): string {
    const next = this.#look(0);
    if (next.kind !== kind) throw this.unexpected(`a ${kind}`);
    this.#ahead.shift();
    return next.text;
  }

  /** Takes whatever comes next, and returns its text. */
  any(): string {
    const next = this.#look(0);
    if (next.kind === 'end') throw this.unexpected('more');
    this.#ahead.shift();
    return next.text;
  }

  isNext(kind: TokenKind): boolean {
    return this.#look(0).kind === kind;
  }

  unexpected(wanted: string): ProtoSyntaxError {
    const { at, kind } = this.#look(0);
    const line = this.text.slice(0, at).split('\n').length;
    const found = kind === 'end' ? 'the end' : `'${this.text.slice(at, at + 20).split('\n')[0]}'`;
    return new ProtoSyntaxError(`line ${line}: expected ${wanted} before ${found}`);
  }

  #look(ahead: number): Token {
    for (;;) {
      const token = this.#ahead[ahead];
      if (token) return token;
      this.#ahead.push(this.#read());
    }
  }

  #read(): Token {
    this.#match(BLANK);
    const at = this.#at;
    if (at === this.text.length) return { kind: 'end', text: '', at };
    for (const [kind, pattern] of KINDS) {
      const text = this.#match(pattern);
      if (text === undefined) continue;
      return { kind, text: kind === 'text' ? unescape(text.slice(1, -1)) : text, at };
    }
    const line = this.text.slice(0, at).split('\n').length;
    throw new ProtoSyntaxError(`line ${line}: a text has no end`);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.text)?.[0];
    if (text !== undefined) this.#at += text.length;
    return text;
  }
}

function unescape(text: string): string {
  return text.replace(ESCAPE, (_, hex?: string, octal?: string, unicode?: string, other = '') => {
    const digits = hex ?? unicode;
    if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
    return ESCAPED.get(String(other)) ?? String(other);
  });
}
