/** The text is not JSON (RFC 8259) at `at`, an index into it. */
export class JsonSyntaxError extends Error {
  constructor(readonly at: number) {
    super(`Not JSON at ${at}`);
    this.name = 'JsonSyntaxError';
  }
}

const SCALAR = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** What a string holds but for escapes; may be empty, so it always matches. */
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Walks over JSON text and cuts values out of it as they are written, which keeps numbers, the order
 * of members and blanks exact, and knows where each stands. All methods throw `JsonSyntaxError`.
 * Neither depth nor length is limited by the stack.
 */
export class JsonScanner {
  /** Index of the next character. */
  at = 0;

  constructor(readonly text: string) {}

  skipBlanks(): void {
    while (isBlank(this.text.charCodeAt(this.at))) this.at += 1;
  }

  /** Passes blanks and then the character, if it comes next. */
  take(character: string): boolean {
    this.skipBlanks();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  expect(character: string): void {
    if (!this.take(character)) throw new JsonSyntaxError(this.at);
  }

  /** The character after the blanks, without passing it; empty at the end. */
  peek(): string {
    this.skipBlanks();
    return this.text[this.at] ?? '';
  }

  /** Passes an array; `each` is called before every element, and passes it. */
  elements(each: () => void): void {
    this.expect('[');
    if (this.take(']')) return;
    do each();
    while (this.take(','));
    this.expect(']');
  }

  /** Passes an object; `each` is called before every value with its name, and passes the value. */
  members(each: (name: string, nameAt: number) => void): void {
    this.expect('{');
    if (this.take('}')) return;
    do {
      this.skipBlanks();
      const { at } = this;
      const name = unquote(this.#name());
      this.skipBlanks();
      each(name, at);
    } while (this.take(','));
    this.expect('}');
  }

  /** Passes blanks up to the end of the text. */
  expectEnd(): void {
    this.skipBlanks();
    if (this.at < this.text.length) throw new JsonSyntaxError(this.at);
  }

  /** The next value, as it is written. */
  value(): string {
    this.skipBlanks();
    const start = this.at;
    const closers: string[] = [];
    for (;;) {
      if (this.take('{')) {
        if (!this.take('}')) {
          closers.push('}');
          this.#name();
          continue;
        }
      } else if (this.take('[')) {
        if (!this.take(']')) {
          closers.push(']');
          continue;
        }
      } else if (this.text[this.at] === '"') this.string();
      else if (!this.#match(SCALAR)) throw new JsonSyntaxError(this.at);

      let closer = closers.at(-1);
      while (closer !== undefined && this.take(closer)) {
        closers.pop();
        closer = closers.at(-1);
      }
      if (closer === undefined) return this.text.slice(start, this.at);
      this.expect(',');
      if (closer === '}') this.#name();
    }
  }

  /** The next string, as it is written, quotes included. */
  string(): string {
    this.expect('"');
    const start = this.at - 1;
    do {
      PLAIN.lastIndex = this.at;
      PLAIN.test(this.text);
      this.at = PLAIN.lastIndex;
    } while (this.#match(ESCAPE));
    // Else a control character, a wrong escape, or the end.
    if (this.text[this.at] !== '"') throw new JsonSyntaxError(this.at);
    this.at += 1;
    return this.text.slice(start, this.at);
  }

  #name(): string {
    const name = this.string();
    this.expect(':');
    return name;
  }

  /** Passes what the sticky pattern matches here; whether that is anything. */
  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }
}

/** Space, tab, line feed, carriage return. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The text that a JSON string stands for. */
export function unquote(json: string): string {
  if (!json.includes('\\')) return json.slice(1, -1);
  const text: unknown = JSON.parse(json);
  return typeof text === 'string' ? text : json;
}
