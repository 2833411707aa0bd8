import {
  type Block,
  type BlockBase,
  CONSUMER,
  type Directive,
  KafkaFile,
  type Piece,
  PRODUCER,
  type Property,
} from './file';
import { PRODUCER_PROPERTIES } from './properties';
import type { Span, Text } from './text';
import { LinedText, trimmed } from './text';

/** `-- @name` or `-- @name: value`. */
const DIRECTIVE = /^--\s*@([A-Za-z][\w-]*)\s*(?::(.*))?$/;

/**
 * Parses any text; never throws. The syntax is that of the extension "Tools for Apache Kafka",
 * with two additions, which that extension reads as comments or errors: directives, and blanks
 * before the name and the colon of a property in a CONSUMER block.
 */
export function parse(text: string): KafkaFile {
  const lines = new LinedText(text);
  const parser = new Parser(lines);
  parser.file();
  return new KafkaFile(lines, parser.pieces, parser.blocks, parser.directives);
}

class Parser {
  readonly pieces: Piece[] = [];
  readonly blocks: Block[] = [];
  readonly directives: Directive[] = [];
  /** The next line. */
  #line = 0;
  /** The text of the next line, without the characters that end it. */
  #next: string;

  constructor(private readonly lines: LinedText) {
    this.#next = lines.line(0);
  }

  file(): void {
    while (this.#more()) {
      const line = this.#next;
      if (line.startsWith(PRODUCER)) this.#producer();
      else if (line.startsWith(CONSUMER)) this.#consumer();
      else if (line.startsWith('###')) this.#take('separator');
      else {
        const directive = this.#directive(line);
        if (directive) this.directives.push(directive);
        this.#take('outside');
      }
    }
  }

  #producer(): void {
    const { header, properties, directives } = this.#header(PRODUCER);
    let value: Text | undefined;
    while (this.#more() && !this.#next.startsWith('###')) {
      const line = this.#next;
      const colon = line.indexOf(':');
      if (this.#ignored(line, directives)) continue;
      if (colon < 0 || !PRODUCER_PROPERTIES.has(line.slice(0, colon))) {
        value = this.#value();
        break;
      }
      properties.push(this.#property(line));
    }
    const end = this.#end();
    const separator = this.#separator();
    this.blocks.push({
      kind: 'producer',
      ...header,
      end,
      properties,
      directives,
      ...(value && { value }),
      ...(separator && { separator }),
    });
  }

  #consumer(): void {
    const { header, properties, directives } = this.#header(CONSUMER);
    while (this.#more()) {
      const line = this.#next;
      if (/^(?:###|PRODUCER|CONSUMER)/.test(line)) break;
      if (!this.#ignored(line.trimStart(), directives)) properties.push(this.#property(line));
    }
    const end = this.#end();
    const separator = this.#separator();
    this.blocks.push({
      kind: 'consumer',
      ...header,
      end,
      properties,
      directives,
      ...(separator && { separator }),
    });
  }

  #header(keyword: string): {
    header: Pick<BlockBase, 'start' | 'line' | 'keyword' | 'label'>;
    properties: Property[];
    directives: Directive[];
  } {
    const line = this.#line;
    const start = this.lines.lineStart(line);
    const end = start + keyword.length;
    const label = trimmed(this.lines.text, end, this.lines.lineEnd(line));
    this.#take('header');
    const header = { start, line, keyword: { start, end }, label };
    return { header, properties: [], directives: [] };
  }

  /** Takes a blank line, a comment or a directive. Returns whether there was one. */
  #ignored(line: string, directives: Directive[]): boolean {
    if (line.startsWith('--')) {
      const directive = this.#directive(line);
      if (directive) directives.push(directive);
      this.#take(directive ? 'directive' : 'comment');
      return true;
    }
    if (line.trim() !== '') return false;
    this.#take('blank');
    return true;
  }

  /** Returns the next line's directive, if it is one. `line` may lack the line's leading blanks. */
  #directive(line: string): Directive | undefined {
    const match = line.startsWith('--') && line.includes('@') ? DIRECTIVE.exec(line) : null;
    const name = match?.[1];
    if (name === undefined) return undefined;
    const end = this.lines.lineEnd(this.#line);
    const nameStart = end - line.length + line.indexOf('@') + 1;
    const nameEnd = nameStart + name.length;
    const hasValue = match?.[2] !== undefined;
    return {
      start: this.lines.lineStart(this.#line),
      end,
      name: { start: nameStart, end: nameEnd, text: name },
      value: hasValue
        ? trimmed(this.lines.text, this.lines.text.indexOf(':', nameEnd) + 1, end)
        : { start: end, end, text: '' },
    };
  }

  #property(line: string): Property {
    const start = this.lines.lineStart(this.#line);
    const end = start + line.length;
    const index = line.indexOf(':');
    this.#take('property');
    if (index < 0) {
      const name = trimmed(this.lines.text, start, end);
      return { start, end, name, value: { start: end, end, text: '' } };
    }
    const colon = start + index;
    return {
      start,
      end,
      name: trimmed(this.lines.text, start, colon),
      colon,
      value: trimmed(this.lines.text, colon + 1, end),
    };
  }

  /** Takes everything up to the separator. Returns it without the blanks around it. */
  #value(): Text {
    const start = this.lines.lineStart(this.#line);
    do this.#advance();
    while (this.#more() && !this.#next.startsWith('###'));
    const end = this.lines.lineStart(this.#line);
    this.pieces.push({ kind: 'value', start, end });
    return trimmed(this.lines.text, start, end);
  }

  #separator(): Span | undefined {
    if (!this.#more() || !this.#next.startsWith('###')) return undefined;
    const line = this.#line;
    this.#take('separator');
    return { start: this.lines.lineStart(line), end: this.lines.lineEnd(line) };
  }

  /**
   * Whether there is another line. The text after the last line end is a line if it is not empty.
   */
  #more(): boolean {
    return this.lines.lineStart(this.#line) < this.lines.text.length;
  }

  #advance(): void {
    this.#line += 1;
    this.#next = this.lines.line(this.#line);
  }

  /** Returns where the line before the next one ends; without a next line, the end of the text. */
  #end(): number {
    return this.#more() ? this.lines.lineEnd(this.#line - 1) : this.lines.text.length;
  }

  #take(kind: Piece['kind']): void {
    const start = this.lines.lineStart(this.#line);
    this.#advance();
    this.pieces.push({ kind, start, end: this.lines.lineStart(this.#line) });
  }
}
