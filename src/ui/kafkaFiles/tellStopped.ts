import * as vscode from 'vscode';
import { notify } from '../dialogs/notify';
import { showResult } from '../dialogs/result';
import { messages } from '../words/counts';
import { sentences } from '../words/sentences';
import { type BlockTarget, stoppedOutcome } from './outcomeWords';
import type { RepeatedBlock } from './repeatBlock';
import type { ReportedRun } from './reportedRun';

/**
 * Shows how many messages a block produced until it ended. Tells it in a notification if messages
 * are unclear.
 */
export function tellStopped(
  run: ReportedRun,
  target: BlockTarget,
  { produced, doubt }: RepeatedBlock,
): void {
  const { cluster, topic } = target;
  const count = messages(produced);
  const stopped = vscode.l10n.t('Stopped after {0} to {1} on {2}', count, topic, cluster);
  if (doubt) {
    const text = sentences(stopped, doubt);
    run.show({ kind: 'warning', text, detail: text, actions: [] });
    void notify('warning', text);
  } else if (produced > 0) {
    run.show(stoppedOutcome(target, produced));
    showResult(sentences(stopped));
  } else {
    run.show(undefined);
  }
}
