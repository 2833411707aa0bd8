import type { FoldingRange } from 'vscode-languageserver-types';
import { FoldingRangeKind } from 'vscode-languageserver-types';
import type { Block, KafkaFile } from '../kafkaFile/file';

/** Returns the ranges of the blocks of a file, and of the groups of comments in them. */
export function foldingRanges(file: KafkaFile): FoldingRange[] {
  return [...file.blocks.map((block) => blockRange(file, block)), ...commentRanges(file)].filter(
    ({ startLine, endLine }) => endLine > startLine,
  );
}

/** Returns the range from the keyword to the last line that is not blank. */
function blockRange(file: KafkaFile, block: Block): FoldingRange {
  const text = file.text.slice(block.start, block.end).trimEnd();
  return { startLine: block.line, endLine: file.lineAt(block.start + text.length) };
}

function commentRanges(file: KafkaFile): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  let open: FoldingRange | undefined;
  for (const { kind, start } of file.pieces) {
    const line = file.lineAt(start);
    if (kind !== 'comment') open = undefined;
    else if (open) open.endLine = line;
    else {
      open = { startLine: line, endLine: line, kind: FoldingRangeKind.Comment };
      ranges.push(open);
    }
  }
  return ranges;
}
