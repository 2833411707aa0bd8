/**
 * Returns the context that VS Code reads from `data-vscode-context` of the nearest element for the
 * `when` clauses of the menu `webview/context`.
 */
function context(section: string): string {
  return JSON.stringify({ webviewSection: section, preventDefaultContextMenuItems: true });
}

export const MESSAGE_CONTEXT = context('message');
/** For elements without a menu. */
export const NO_CONTEXT = context('none');
