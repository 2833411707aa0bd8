import * as vscode from 'vscode';
import { Rate } from '../../../core/async/rate';
import type { Progress } from '../../dialogs/progress';
import { messages } from '../../words/counts';

/** Returns a function that shows how many of how many messages have arrived, and how fast. */
export function amountReporter(progress: Progress): (count: number, total: number) => void {
  const rate = new Rate();
  let before = 0;
  let shown = 0;
  return (count, total) => {
    rate.add(count - before);
    before = count;
    const perSecond = rate.perSecond.toLocaleString(vscode.env.language);
    const percent = Math.floor((100 * count) / total);
    progress.report({
      message: vscode.l10n.t('{0}, {1} a second', messages(count), perSecond),
      increment: percent - shown,
    });
    shown = percent;
  };
}

/** Returns a function that shows how many messages of one of several topics have arrived. */
export function topicReporter(progress: Progress, topic: string): (count: number) => void {
  return (count) => {
    progress.report({ message: vscode.l10n.t('{0}: {1}', topic, messages(count)) });
  };
}
