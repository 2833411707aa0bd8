/** Says that a text is not JSON (RFC 8259). `at` is the index of the first wrong character. */
export class JsonSyntaxError extends Error {
  constructor(readonly at: number) {
    super(`Not JSON at ${at}`);
    this.name = 'JsonSyntaxError';
  }
}

const SCALAR = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** Matches the unescaped characters of a string. It also matches none, so it never fails. */
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Walks over JSON text and returns its values exactly as they are written, so that numbers, blanks
 * and the order of members are preserved. `at` tells where each value is. Methods throw
 * `JsonSyntaxError` if the text is not what they expect. Neither the depth nor the length of a
 * value is limited by the stack.
 */
export class JsonScanner {
  /** The index of the next character. */
  at = 0;

  constructor(readonly text: string) {}

  skipBlanks(): void {
    while (isBlank(this.text.charCodeAt(this.at))) this.at += 1;
  }

  /** Skips blanks, and then the character if it comes next. Returns whether it did. */
  take(character: string): boolean {
    this.skipBlanks();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  /** Skips blanks and the character, which must come next. */
  expect(character: string): void {
    if (!this.take(character)) throw new JsonSyntaxError(this.at);
  }

  /** Skips blanks and returns the next character without skipping it; empty at the end. */
  peek(): string {
    this.skipBlanks();
    return this.text[this.at] ?? '';
  }

  /** Walks over an array. Calls `each` at every element, which it must move past. */
  elements(each: () => void): void {
    this.expect('[');
    if (this.take(']')) return;
    do each();
    while (this.take(','));
    this.expect(']');
  }

  /** Walks over an object. Calls `each` at every value, which it must move past. */
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

  /** Skips blanks, after which the text must end. */
  expectEnd(): void {
    this.skipBlanks();
    if (this.at < this.text.length) throw new JsonSyntaxError(this.at);
  }

  /** Moves past the next value and returns it as it is written. */
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

  /** Moves past the next string and returns it as it is written, with its quotes. */
  string(): string {
    this.expect('"');
    const start = this.at - 1;
    do {
      PLAIN.lastIndex = this.at;
      PLAIN.test(this.text);
      this.at = PLAIN.lastIndex;
    } while (this.#match(ESCAPE));
    // Anything else is a control character, an invalid escape or the end of the text.
    if (this.text[this.at] !== '"') throw new JsonSyntaxError(this.at);
    this.at += 1;
    return this.text.slice(start, this.at);
  }

  #name(): string {
    const name = this.string();
    this.expect(':');
    return name;
  }

  /** Moves past what the sticky pattern matches here. Returns whether it matches. */
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

/** Returns the text that a valid JSON string stands for. */
export function unquote(json: string): string {
  if (!json.includes('\\')) return json.slice(1, -1);
  const text: unknown = JSON.parse(json);
  return typeof text === 'string' ? text : json;
}
