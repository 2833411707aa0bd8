import { PRODUCER_PROPERTIES } from './properties';
import type { Span, Text } from './text';
import { LinedText, trimmed } from './text';

/**
 * A stretch of a file and its kind. Each piece except `value` is one line, including the characters
 * that end it. Together the pieces cover every character of the file, in order.
 */
export interface Piece extends Span {
  readonly kind:
    'outside' | 'separator' | 'header' | 'blank' | 'comment' | 'directive' | 'property' | 'value';
}

/** `name: value` in a block. The span is the line without its end. */
export interface Property extends Span {
  readonly name: Text;
  /** Offset of the colon; missing where a line of a CONSUMER block has none. */
  readonly colon?: number;
  readonly value: Text;
}

/** `-- @name: value`, which other tools read as a comment. The span is the line without its end. */
export interface Directive extends Span {
  readonly name: Text;
  readonly value: Text;
}

interface BlockBase extends Span {
  /** The line of the keyword, counted from 0. */
  readonly line: number;
  readonly keyword: Span;
  /** The rest of the keyword's line: a free label, or the name of a consumer group. */
  readonly label: Text;
  readonly properties: readonly Property[];
  readonly directives: readonly Directive[];
  /** The `###` line that ended the block. */
  readonly separator?: Span;
}

/** The span ends where the block's last line ends, before the separator. */
export interface ProducerBlock extends BlockBase {
  readonly kind: 'producer';
  /** Missing if the rest of the block is blank. */
  readonly value?: Text;
}

export interface ConsumerBlock extends BlockBase {
  readonly kind: 'consumer';
}

export type Block = ProducerBlock | ConsumerBlock;

export const PRODUCER = 'PRODUCER';
export const CONSUMER = 'CONSUMER';

/** `-- @name` or `-- @name: value`. */
const DIRECTIVE = /^--\s*@([A-Za-z][\w-]*)\s*(?::(.*))?$/;

/** A parsed `.kafka` file. */
export class KafkaFile extends LinedText {
  readonly #cluster: Directive | undefined;

  constructor(
    { text, lineStarts }: LinedText,
    readonly pieces: readonly Piece[],
    readonly blocks: readonly Block[],
    /** The directives outside of blocks. Those before the first block apply to the whole file. */
    readonly directives: readonly Directive[],
  ) {
    super(text, lineStarts);
    const first = blocks[0]?.start ?? 0;
    this.#cluster = directives.find(({ name, start }) => name.text === 'cluster' && start < first);
  }

  /** Returns the block at an offset. The separator counts as part of its block. */
  blockAt(offset: number): Block | undefined {
    const block = this.blocks.findLast(({ start }) => start <= offset);
    return block && offset <= (block.separator ?? block).end ? block : undefined;
  }

  /** Returns the blocks that a selection touches, in order. */
  blocksIn({ start, end }: Span): Block[] {
    return this.blocks.filter(
      (block) => block.start <= end && (block.separator ?? block).end >= start,
    );
  }

  /** Returns the `-- @cluster` that applies to a block: its own, or else that of the file. */
  clusterOf(block: Block): Directive | undefined {
    return findDirective(block, 'cluster') ?? this.#cluster;
  }
}

/** Returns the last property of that name, which overrides the earlier ones. */
export function findProperty(block: Block, name: string): Property | undefined {
  return block.properties.findLast((property) => property.name.text === name);
}

/** Returns the last directive of that name, which overrides the earlier ones. */
export function findDirective(block: Block, name: string): Directive | undefined {
  return block.directives.findLast((directive) => directive.name.text === name);
}

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
