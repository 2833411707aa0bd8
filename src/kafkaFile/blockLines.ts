import type { Block, KafkaFile } from './file';

/** The lines of a block, counted from 0: from that of its keyword to its last one, inclusive. */
export interface BlockLines {
  readonly first: number;
  readonly last: number;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** A stretch of a document that an edit replaced with a text. */
export interface LineEdit {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** Returns the lines that a block takes, without its separator. */
export function linesOf(file: KafkaFile, block: Block): BlockLines {
  return { first: block.line, last: file.lineAt(block.end) };
}

/**
 * Returns the lines of a block after an edit, and whether the edit changed the text in them.
 * Returns `undefined` if the beginning of the keyword was replaced, because the text in its place
 * may be another block.
 */
export function afterEdit(
  { first, last }: BlockLines,
  { range: { start, end }, text }: LineEdit,
): (BlockLines & { readonly changed: boolean }) | undefined {
  const added = text.split(/\r\n|\r|\n/).length - 1 - (end.line - start.line);
  const above = end.line < first || (end.line === first && end.character === 0);
  if (above) {
    const joined = end.line === first && !/(?:^|[\r\n])$/.test(text);
    const changed = joined || (end.line === first && text === '' && start.character > 0);
    return { first: first + added, last: last + added, changed };
  }
  if (start.line < first || (start.line === first && start.character === 0)) return undefined;
  if (start.line > last) return { first, last, changed: false };
  return { first, last: Math.max(first, last + added), changed: true };
}
