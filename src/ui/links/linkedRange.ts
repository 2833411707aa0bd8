import * as vscode from 'vscode';
import type { ReadRequest } from '../../core/read/request';
import { timeContext } from '../base/settings';
import { type Selection, toView } from '../messages/selection';
import { emptySelection } from '../messages/selectionPage';
import { describePartitions, describeRange } from '../messages/selectionWords';
import { shownRange } from '../messages/shownRange';

/** Returns which messages a request reads, in words. */
export function describeRequested(request: ReadRequest): string {
  const { partitions = 'all' } = request;
  return `${describeMessages(request)} · ${describePartitions({ partitions })}`;
}

function describeMessages(request: ReadRequest): string {
  const t = vscode.l10n.t;
  const selection = selectionOf(request);
  if (selection) return describeRange(selection);
  const { from } = request;
  return 'latestMinus' in from
    ? t('the latest {0} messages of each partition', String(from.latestMinus))
    : t('messages from given offsets');
}

/** Returns the part of a name that describes what a request reads: "@latest-100". */
export function rangeNameOf(request: ReadRequest): string {
  const selection = selectionOf(request);
  return selection ? toView(selection).range : '@offsets';
}

/** Returns the selection for a request, if a person could have made one. */
function selectionOf(request: ReadRequest): Selection | undefined {
  const shown = shownRange(request, timeContext());
  if (shown.start === undefined) return undefined;
  return { ...emptySelection(), ...shown, topic: request.topic };
}
