import * as vscode from 'vscode';
import { unlinkedText } from '../../../core/text/visible';
import { timeContext } from '../../base/settings';

/** A name and a value, which may hold anything. */
export type TooltipRow = readonly [name: string, value: string];

/** Returns a tooltip: a title, a table, and sentences below it, all of them as plain text. */
export function tooltipOf(
  title: string,
  rows: readonly TooltipRow[],
  sentences: readonly string[] = [],
): vscode.MarkdownString {
  const table = rows.map(([name, value]) => `| ${unlinkedText(name)} | ${unlinkedText(value)} |`);
  const parts = [
    `**${unlinkedText(title)}**`,
    ...(table.length > 0 ? [['| | |', '|---|---|', ...table].join('\n')] : []),
    ...sentences.map(unlinkedText),
  ];
  return new vscode.MarkdownString(parts.join('\n\n'));
}

/** Returns a time of day, and the date too if it is not today. */
export function shortTime(at: number): string {
  const zone = timeContext().zone === 'utc' ? { timeZone: 'UTC' } : {};
  const day = (time: number) =>
    new Date(time).toLocaleDateString(vscode.env.language, {
      ...zone,
      day: 'numeric',
      month: 'short',
    });
  const clock = new Date(at).toLocaleTimeString(vscode.env.language, {
    ...zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return day(at) === day(Date.now()) ? clock : `${day(at)}, ${clock}`;
}
