import type { JsonLeaf } from '../../viewer/protocol';

/**
 * Contexts that VS Code reads from `data-vscode-context` of the nearest element for the `when`
 * clauses of the menu `webview/context`. A command in the menu gets them as its argument.
 */
export const MESSAGE_CONTEXT = context('message');
/** For elements without a menu. */
export const NO_CONTEXT = context('none');

function context(section: string): string {
  return JSON.stringify({ webviewSection: section, preventDefaultContextMenuItems: true });
}

/** Returns the context of something inside of JSON, whose text can be copied as well. */
export function leafContext(leaf: JsonLeaf): string {
  return JSON.stringify({ webviewSection: 'leaf', ...leaf });
}
