import { unquote } from '../../core/json/scanner';
import type { Span, Text } from '../../kafkaFile/text';
import { findTemplates, maskTemplates, type Template } from '../../kafkaFile/templates';

/** A value of a JSON text with its place in the file. */
export interface JsonNode extends Span {
  /** `template`: templates stand in it, so that nothing is known of it. */
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'template';
  /** A scalar as it is written. */
  readonly text: string;
  readonly members: readonly JsonMember[];
  readonly items: readonly JsonNode[];
  /** Whether templates stand in a string. */
  readonly isTemplated: boolean;
}

export interface JsonMember {
  readonly name: string;
  readonly at: Span;
  /** Missing: it is not written yet. */
  readonly value?: JsonNode;
}

const BLANKS = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\r\n]|\\.)*"?/y;
const SCALAR = /[^\s,:[\]{}"]+/y;
const MAX_DEPTH = 100;
const MAX_NODES = 50_000;

/**
 * Reads JSON with templates, as far as it is correct. Returns `undefined` if it is not an object or
 * a list, or if a mistake stands in it, which is told elsewhere.
 */
export function readTree(value: Text, fillTemplates: boolean): JsonNode | undefined {
  const templates = fillTemplates ? findTemplates(value.text, value.start) : [];
  const masked = maskTemplates(value, templates);
  return /^[[{]/.test(masked) ? read(value, masked, templates) : undefined;
}

/** Reads any JSON value, as far as it is correct; `undefined` if a mistake stands in it. */
export function readValue(value: Text): JsonNode | undefined {
  return read(value, value.text, []);
}

function read(value: Text, masked: string, templates: readonly Template[]): JsonNode | undefined {
  const reader = new TreeReader(value, masked, templates);
  try {
    return reader.whole();
  } catch (error) {
    if (error instanceof Mistake) return undefined;
    throw error;
  }
}

class Mistake extends Error {}

class TreeReader {
  #at = 0;
  #nodes = 0;

  constructor(
    private readonly value: Text,
    private readonly text: string,
    private readonly templates: readonly Template[],
  ) {}

  whole(): JsonNode {
    const node = this.#node(0);
    this.#take(BLANKS);
    if (this.#at < this.text.length) throw new Mistake();
    return node;
  }

  #node(depth: number): JsonNode {
    this.#nodes += 1;
    if (depth > MAX_DEPTH || this.#nodes > MAX_NODES) throw new Mistake();
    this.#take(BLANKS);
    const start = this.#at;
    const first = this.text[start];
    if (first === '{') {
      const members = this.#list('}', () => this.#member(depth));
      return this.#made(start, 'object', { members });
    }
    if (first === '[') {
      const items = this.#list(']', () => this.#node(depth + 1));
      return this.#made(start, 'array', { items });
    }
    const isString = first === '"';
    const text = this.#take(isString ? STRING : SCALAR);
    const isTemplated = this.#hasTemplates(start, this.#at);
    if (isString) return this.#made(start, 'string', { text, isTemplated });
    if (isTemplated) return this.#made(start, 'template', { text });
    if (text === 'true' || text === 'false') return this.#made(start, 'boolean', { text });
    if (text === 'null') return this.#made(start, 'null', { text });
    if (!/^-?\d/.test(text)) throw new Mistake();
    return this.#made(start, 'number', { text });
  }

  #member(depth: number): JsonMember {
    this.#take(BLANKS);
    const start = this.#at;
    const written = this.#take(STRING);
    if (written.length < 2 || !written.endsWith('"')) throw new Mistake();
    const at = { start: this.value.start + start, end: this.value.start + this.#at };
    this.#expect(':');
    return { name: named(written), at, value: this.#node(depth + 1) };
  }

  #list<T>(close: string, each: () => T): readonly T[] {
    const list: T[] = [];
    this.#at += 1;
    this.#take(BLANKS);
    if (this.text[this.#at] !== close) {
      do list.push(each());
      while (this.#next(','));
    }
    this.#expect(close);
    return list;
  }

  #next(character: string): boolean {
    this.#take(BLANKS);
    if (this.text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#next(character)) throw new Mistake();
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [match = ''] = pattern.exec(this.text) ?? [];
    this.#at += match.length;
    return match;
  }

  #made(start: number, kind: JsonNode['kind'], facts: Partial<JsonNode>): JsonNode {
    return {
      ...{ kind, text: '', members: [], items: [], isTemplated: false },
      ...facts,
      start: this.value.start + start,
      end: this.value.start + this.#at,
    };
  }

  #hasTemplates(start: number, end: number): boolean {
    const from = this.value.start + start;
    const to = this.value.start + end;
    return this.templates.some((each) => each.start < to && each.end > from);
  }
}

function named(written: string): string {
  try {
    return unquote(written);
  } catch {
    return written.slice(1, -1);
  }
}
