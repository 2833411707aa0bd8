import * as vscode from 'vscode';
import { formatTime, type TimeSpan } from '../../core/time/parse';
import { timeContext } from '../base/settings';
import type { Range, Selection } from './selection';
import { readSpan, readTime } from './typedTimes';

/** Returns which messages a selection reads: "the latest 100 messages", "offsets 5 to 10". */
export function describeRange(range: Range): string {
  const t = vscode.l10n.t;
  const { start, offset, last, time } = range;
  const count = range.count === 'all' ? undefined : range.count;
  const number = count?.toLocaleString(vscode.env.language);
  switch (start) {
    case 'new':
      return t('new messages');
    case 'latest':
      if (number === undefined) return t('all messages');
      return count === 1 ? t('the latest message') : t('the latest {0} messages', number);
    case 'earliest':
      if (number === undefined) return t('all messages');
      return count === 1 ? t('the first message') : t('the first {0} messages', number);
    case 'offset':
      return number === undefined
        ? t('all messages from offset {0}', String(offset))
        : count === 1
          ? t('1 message from offset {0}', String(offset))
          : t('{0} messages from offset {1}', number, String(offset));
    case 'range':
      return t('offsets {0} to {1}', String(offset), String(last));
    case 'time': {
      const from = readTime(time);
      const since = from === undefined ? time : describeTime(from);
      if (number === undefined) return t('all messages since {0}', since);
      return count === 1
        ? t('the first message since {0}', since)
        : t('the first {0} messages since {1}', number, since);
    }
    case 'span':
      return describeMessagesIn(readSpan(range));
  }
}

function describeMessagesIn({ from, to }: TimeSpan = {}): string {
  const t = vscode.l10n.t;
  if (from !== undefined && to !== undefined) {
    return t('messages from {0} to {1}', describeTime(from), describeTime(to));
  }
  if (from !== undefined) return t('all messages since {0}', describeTime(from));
  return to === undefined ? t('all messages') : t('messages before {0}', describeTime(to));
}

/** Returns a span in words; empty if it is open at both ends. */
export function describeSpan(span: TimeSpan | undefined): string {
  const t = vscode.l10n.t;
  const [from, to] = [span?.from, span?.to].map((time) => time !== undefined && describeTime(time));
  if (from && to) return t('{0} to {1}', from, to);
  if (from) return t('since {0}', from);
  return to ? t('before {0}', to) : '';
}

/** Returns a time in the time zone of the settings. */
export function describeTime(time: number): string {
  return formatTime(time, timeContext().zone);
}

/** Returns which partitions a selection reads: "all partitions", "partitions 0, 2". */
export function describePartitions({ partitions }: Pick<Selection, 'partitions'>): string {
  const t = vscode.l10n.t;
  if (partitions === 'all') return t('all partitions');
  return partitions.length === 1
    ? t('partition {0}', String(partitions[0]))
    : t('partitions {0}', partitions.join(', '));
}
