import type { Span, Text } from './text';
import { LinedText } from './text';

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

export interface BlockBase extends Span {
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
