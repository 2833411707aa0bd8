import type { KafkaFile, Piece } from '../../kafkaFile/file';
import type { Problem } from '../../kafkaFile/problems';
import { CONSUMER_PROPERTIES, PRODUCER_PROPERTIES } from '../../kafkaFile/properties';

const KEYWORD_LIKE = /^\s*(producer|consumer)(?=\s|$)/i;
const PROPERTY_LIKE = /^\s*([A-Za-z][\w-]*)\s*:/;
/** What people put before a comment, here or elsewhere. */
const COMMENT_LIKE = /^\s*(?:--|#|\/\/)/;
const JSON_LIKE = /^\s*[[{]/;

interface MutableSpan {
  start: number;
  end: number;
}

/** Finds lines outside of blocks that look as if they were meant to do something. */
export function linesOutside(file: KafkaFile): Problem[] {
  const keywords: Problem[] = [];
  const runs: MutableSpan[] = [];
  let run: MutableSpan | undefined;
  let isIgnored = false;
  for (const piece of file.pieces) {
    if (piece.kind !== 'outside') {
      run = afterSeparator(file, piece);
      if (run) runs.push(run);
      isIgnored = false;
      continue;
    }
    const line = file.text.slice(piece.start, piece.end);
    if (line.trim() === '') continue;
    if (COMMENT_LIKE.test(line)) {
      run = undefined;
      continue;
    }
    const keyword = keywordLike(file, piece, line);
    if (keyword) {
      keywords.push(keyword);
      // What follows would become part of that block.
      isIgnored = true;
      run = undefined;
    }
    if (isIgnored) continue;
    const end = piece.start + line.trimEnd().length;
    if (run) run.end = end;
    else if (isMeant(file, piece, line)) {
      run = { start: piece.start, end };
      runs.push(run);
    } else isIgnored = true;
  }
  return [...keywords, ...runs.map((each): Problem => ({ kind: 'text-outside', ...each }))];
}

function keywordLike(file: KafkaFile, { start }: Piece, line: string): Problem | undefined {
  const keyword = KEYWORD_LIKE.exec(line)?.[1];
  if (keyword === undefined || !PROPERTY_LIKE.test(file.line(file.lineAt(start) + 1))) {
    return undefined;
  }
  const at = start + line.indexOf(keyword);
  const span = { start: at, end: at + keyword.length };
  return { kind: 'keyword-form', ...span, name: keyword.toUpperCase() };
}

/** Returns JSON that stands behind `###` in the same line. */
function afterSeparator(file: KafkaFile, { kind, start, end }: Piece): MutableSpan | undefined {
  const line = file.text.slice(start, end);
  const at = 3 + line.slice(3).search(/\S/);
  if (kind !== 'separator' || !JSON_LIKE.test(line.slice(3))) return undefined;
  return { start: start + at, end: start + line.trimEnd().length };
}

/** Before the first block, a person may write what the file is about. */
function isMeant(file: KafkaFile, { start }: Piece, line: string): boolean {
  const name = PROPERTY_LIKE.exec(line)?.[1]?.toLowerCase() ?? '';
  if (start > (file.blocks[0]?.start ?? Infinity) || JSON_LIKE.test(line)) return true;
  return PRODUCER_PROPERTIES.has(name) || CONSUMER_PROPERTIES.has(name);
}
