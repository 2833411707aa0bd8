import type { CompletionItem, Hover, TextEdit } from 'vscode-languageserver-types';
import type { Problem } from '../../kafkaFile/problems';
import type { Span } from '../../kafkaFile/text';
import { missingMembers } from '../schema/fill';
import { hoverIn } from '../schema/hover';
import { readValue } from '../schema/jsonTree';
import { itemsAt } from '../schema/suggest';
import type { MessageFile } from './messageFile';
import type { PartSchemas } from './misfits';
import { partAround, partBeingWritten } from './placed';

/** Returns what the schema of a key or value allows at an offset. */
export function fileItems(
  messageFile: MessageFile,
  offset: number,
  schemas: PartSchemas,
): CompletionItem[] {
  const part = partBeingWritten(messageFile, offset);
  const root = part && schemas[part.name];
  if (!root) return [];
  const { text, place } = part;
  const { file } = messageFile;
  const items = itemsAt(file, text, offset, { place, root, fillTemplates: false });
  return messageFile.isByLine ? items.map(onOneLine) : items;
}

function onOneLine(item: CompletionItem): CompletionItem {
  const { textEdit } = item;
  if (!textEdit?.newText.includes('\n')) return item;
  // Line breaks of a snippet are never part of its texts, which escape them.
  const newText = textEdit.newText.replace(/,\n */g, ', ').replace(/\n */g, '');
  return { ...item, textEdit: { ...textEdit, newText } };
}

/** Returns what the schema of the key or value at an offset says there. */
export function fileHover(
  messageFile: MessageFile,
  offset: number,
  schemas: PartSchemas,
): Hover | undefined {
  const part = partAround(messageFile, { start: offset, end: offset });
  const root = part && schemas[part.name];
  const tree = root && readValue(part.text);
  return tree && hoverIn(messageFile.file, offset, root, tree);
}

/**
 * Returns what fills in the members that the key or value around a span lacks, as edits. `problem`:
 * only those of an object that must have them.
 */
export function fileFillEdits(
  messageFile: MessageFile,
  at: Span,
  schemas: PartSchemas,
  problem?: Problem,
): TextEdit[] {
  const { file } = messageFile;
  const part = partAround(messageFile, at);
  const root = part && schemas[part.name];
  const tree = root && readValue(part.text);
  if (!tree) return [];
  const layout = messageFile.isByLine ? 'line' : 'nested';
  return missingMembers(file.text, root, tree, problem, layout).map(({ at: offset, text }) => ({
    range: file.range({ start: offset, end: offset }),
    newText: text,
  }));
}
