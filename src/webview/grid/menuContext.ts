/**
 * What VS Code reads from `data-vscode-context` when its menu of the webview opens: the `when` clauses
 * of `webview/context` go by it. The nearest element counts.
 */
function context(section: string): string {
  return JSON.stringify({ webviewSection: section, preventDefaultContextMenuItems: true });
}

export const messageContext = context('message');
/** Where there is no menu. */
export const noContext = context('none');
