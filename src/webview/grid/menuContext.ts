/**
 * The context that VS Code reads from `data-vscode-context` to open a menu: the `when` clauses
 * of `webview/context` go by it. The nearest element counts.
 */
function context(section: string): string {
  return JSON.stringify({ webviewSection: section, preventDefaultContextMenuItems: true });
}

export const MESSAGE_CONTEXT = context('message');
/** Where there is no menu. */
export const NO_CONTEXT = context('none');
