import * as vscode from 'vscode';
import { wrap } from '../../core/text/wrap';

/**
 * How wide a label and a detail may be in a list of VS Code, as `wrap` counts it. The font is not
 * known, so this is less than what fits in most.
 */
const LABEL_WIDTH = 75;
const DETAIL_WIDTH = 88;

/** A row that only informs. */
export interface RowToRead {
  readonly label: string;
  readonly detail?: string;
  readonly iconPath: vscode.ThemeIcon;
}

/**
 * Returns rows that show two texts in full, because VS Code cuts what is wider than the list: in one
 * row if they fit, otherwise in several.
 */
export function toRead(text: string, detail: string, icon: string): readonly RowToRead[] {
  const lines = linesToRead(text);
  if (lines.length === 1 && wrap(detail, DETAIL_WIDTH).length <= 1) {
    return [{ label: text, detail, iconPath: new vscode.ThemeIcon(icon) }];
  }
  return [...rowsToRead(lines, icon), ...rowsToRead(linesToRead(detail), 'lightbulb')];
}

/**
 * Splits a text into lines that fit into a list, each as the label of a row. `beside`: the heading
 * that VS Code shows at the right of the first row.
 */
export function linesToRead(text: string, beside = ''): readonly string[] {
  return wrap(text, LABEL_WIDTH - beside.length);
}

/** Returns a text as the detail of a row, and in `below` the rows for what it has no room for. */
export function detailToRead(text: string): {
  readonly detail: string;
  readonly below: readonly RowToRead[];
} {
  if (wrap(text, DETAIL_WIDTH).length <= 1) return { detail: text, below: [] };
  // Of labels and details that continue each other, all are as wide.
  const [detail = '', ...more] = linesToRead(text);
  return { detail, below: rowsToRead(more, 'blank') };
}

/** Returns a row for each line. Only the first one has the icon. */
export function rowsToRead(lines: readonly string[], icon: string): readonly RowToRead[] {
  return lines.map((label, index) => ({
    label,
    iconPath: new vscode.ThemeIcon(index === 0 ? icon : 'blank'),
  }));
}
