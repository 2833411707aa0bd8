import { exactNumber, type Json } from './json';
import { PathError, type PathProblem } from './problem';

const BLANKS = /[ \t\n\r]*/y;
/** Names may hold a minus, too, although RFC 9535 wants brackets and quotes around such names. */
const NAME = /[a-z_\u{80}-\u{d7ff}\u{e000}-\u{10ffff}][-\w\u{80}-\u{d7ff}\u{e000}-\u{10ffff}]*/iuy;
const INDEX = /0|-?[1-9]\d*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?/iy;
const DOUBLE_QUOTED = /"[^"\\\u0000-\u001f]*(?:\\["\\/bfnrtu][^"\\\u0000-\u001f]*)*"/y;
const SINGLE_QUOTED = /'[^'\\\u0000-\u001f]*(?:\\['\\/bfnrtu][^'\\\u0000-\u001f]*)*'/y;

/** Reads names, numbers and texts from the text of a path. */
export class PathText {
  at = 0;

  constructor(readonly text: string) {}

  get ended(): boolean {
    return this.at === this.text.length;
  }

  get next(): string {
    return this.text.charAt(this.at);
  }

  fail(problem: PathProblem, at = this.at): never {
    throw new PathError(problem, at);
  }

  skipBlanks(): void {
    this.match(BLANKS);
  }

  /** Skips a text if it comes next. Returns whether it did. */
  take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Skips the match of the sticky pattern. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  name(): string | undefined {
    return this.match(NAME);
  }

  index(): number | undefined {
    const { at } = this;
    const digits = this.match(INDEX);
    if (digits === undefined) return this.next === '-' ? this.fail('index') : undefined;
    const index = Number(digits);
    if (!Number.isSafeInteger(index) || /[\d.]/.test(this.next)) this.fail('index', at);
    return index;
  }

  /** Takes a text in quotes of either kind. */
  string(): string {
    const { at } = this;
    const single = this.next === "'";
    const quoted = this.match(single ? SINGLE_QUOTED : DOUBLE_QUOTED);
    if (quoted === undefined) this.fail('string');
    const inner = quoted.slice(1, -1);
    const json = single
      ? inner.replace(/\\.|"/gs, (each) => (each === '"' ? '\\"' : each === "\\'" ? "'" : each))
      : inner;
    try {
      const text: unknown = JSON.parse(`"${json}"`);
      if (typeof text === 'string' && text.isWellFormed()) return text;
    } catch {
      // It has an invalid \u.
    }
    return this.fail('string', at);
  }

  /** Takes a text, a number, `true`, `false` or `null`. */
  literal(): Json | undefined {
    if (this.next === '"' || this.next === "'") return this.string();
    const digits = this.match(NUMBER);
    if (digits !== undefined) return exactNumber(digits);
    const { at } = this;
    const word = this.name();
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    this.at = at;
    return undefined;
  }
}
