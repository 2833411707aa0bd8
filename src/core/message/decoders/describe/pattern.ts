const MAX_PATTERN = 300;
const MAX_DEPTH = 20;
const MAX_REPEATED = 100;

/** Says that a pattern has something that is not understood here. */
class Unknown extends Error {}

/**
 * Returns a short text that matches a pattern; `undefined` if none was found. It understands what
 * most patterns of schemas are made of: characters, classes, groups, alternatives and repetitions.
 */
export function matching(pattern: string): string | undefined {
  if (pattern.length > MAX_PATTERN) return undefined;
  try {
    const text = new PatternReader(pattern).all();
    return matches(text, pattern) ? text : undefined;
  } catch {
    // The pattern is not understood.
    return undefined;
  }
}

/** Whether a text matches a pattern. No text matches what is no pattern. */
export function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return false;
  }
}

class PatternReader {
  #at = 0;
  #depth = 0;

  constructor(private readonly pattern: string) {}

  all(): string {
    const text = this.#alternatives();
    if (this.#at < this.pattern.length) throw new Unknown();
    return text;
  }

  /** The first of several alternatives. */
  #alternatives(): string {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new Unknown();
    let first: string | undefined;
    do first = this.#sequence(first);
    while (this.#take('|'));
    this.#depth -= 1;
    return first;
  }

  #sequence(earlier: string | undefined): string {
    let text = '';
    while (this.#at < this.pattern.length && !/[|)]/.test(this.#next)) {
      text += this.#repeated(this.#piece());
      if (text.length > 10_000) throw new Unknown();
    }
    return earlier ?? text;
  }

  #piece(): string {
    if (this.#take('^') || this.#take('$')) return '';
    if (this.#take('.')) return 'a';
    if (this.#take('[')) return this.#class();
    if (this.#take('(')) {
      const [, rest = ''] = /^(?:\?:|\?<\w+>)?(.?)/.exec(this.pattern.slice(this.#at)) ?? [];
      if (rest === '?') throw new Unknown();
      const [group = ''] = /^(?:\?:|\?<\w+>)?/.exec(this.pattern.slice(this.#at)) ?? [];
      this.#at += group.length;
      const text = this.#alternatives();
      if (!this.#take(')')) throw new Unknown();
      return text;
    }
    if (this.#take('\\')) return this.#escape();
    return this.#character();
  }

  #class(): string {
    if (this.#take('^')) {
      const start = this.#at;
      while (this.#next !== ']') this.#classPart();
      const excluded = new RegExp(`[^${this.pattern.slice(start, this.#at)}]`, 'u');
      this.#at += 1;
      const found = Array.from('aA0 _-.~').find((character) => excluded.test(character));
      if (found === undefined) throw new Unknown();
      return found;
    }
    const first = this.#classPart();
    while (this.#next !== ']') this.#classPart();
    this.#at += 1;
    return first;
  }

  #classPart(): string {
    return this.#take('\\') ? this.#escape() : this.#character();
  }

  #escape(): string {
    const code = this.#character();
    if (code === 'd') return '0';
    if (code === 'w') return 'a';
    if (code === 's') return ' ';
    if (code === 'S' || code === 'D') return 'a';
    if (/[a-z0-9]/i.test(code)) throw new Unknown();
    return code;
  }

  #repeated(text: string): string {
    let count = 1;
    if (this.#take('*') || this.#take('?')) count = 0;
    else if (this.#take('{')) {
      const [whole = '', fewest = ''] =
        /^(\d+)(?:,\d*)?\}/.exec(this.pattern.slice(this.#at)) ?? [];
      if (whole === '' || Number(fewest) > MAX_REPEATED) throw new Unknown();
      this.#at += whole.length;
      count = Number(fewest);
    } else this.#take('+');
    this.#take('?');
    return text.repeat(count);
  }

  get #next(): string {
    const next = this.pattern[this.#at];
    if (next === undefined) throw new Unknown();
    return next;
  }

  #character(): string {
    const character = String.fromCodePoint(this.pattern.codePointAt(this.#at) ?? 0);
    if (this.#at >= this.pattern.length) throw new Unknown();
    this.#at += character.length;
    return character;
  }

  #take(character: string): boolean {
    if (this.pattern[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }
}
