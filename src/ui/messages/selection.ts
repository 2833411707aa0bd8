import * as vscode from 'vscode';
import type { View } from '../../core/read/view';
import type { ReadFrom, ReadRequest } from '../../core/read/reader';
import type { TimeSpan } from '../../core/time/parse';
import { UserError } from '../words/report';
import { timeMargin } from '../base/settings';
import { readSpan, readTime, spanName, type TypedSpan } from './typedTimes';

export const starts = ['latest', 'earliest', 'offset', 'range', 'time', 'span'] as const;

/** Which messages to consume. */
export interface Selection extends TypedSpan {
  readonly cluster: string;
  readonly topic: string;
  readonly partitions: readonly number[] | 'all';
  readonly start: (typeof starts)[number];
  /** The first offset, for `offset` and `range`. */
  readonly offset: bigint;
  /** The last offset, for `range`. */
  readonly last: bigint;
  /** The maximum number of messages. `range` and `span` ignore it and read all of them. */
  readonly count: number;
}

/** Returns the view of a selection. Relative times are resolved now. */
export function toView(selection: Selection): View {
  const { cluster, topic, partitions, start, count } = selection;
  const span = timesOf(selection);
  const limited = start === 'earliest' || start === 'offset' || start === 'time';
  const request: ReadRequest = {
    topic,
    ...(partitions !== 'all' && { partitions }),
    from: readFrom(selection, span),
    ...(start === 'range' && { until: selection.last + 1n }),
    ...(span.to !== undefined && { untilTime: span.to }),
    ...((start === 'time' || start === 'span') && { timeMargin: timeMargin() }),
    ...(limited && { maxRecords: count }),
    ...(start === 'latest' && { newest: count }),
  };
  return { cluster, request, range: rangeName(selection, span) };
}

/** Returns the times of a selection, if it has any. */
function timesOf(selection: Selection): TimeSpan {
  const { start, time } = selection;
  if (start !== 'time' && start !== 'span') return {};
  const from = start === 'time' ? readTime(time) : undefined;
  const span = from === undefined ? readSpan(selection) : { from };
  if (span) return span;
  throw new UserError(
    vscode.l10n.t('this is not a span of time'),
    vscode.l10n.t('Give two times with the later one last, such as 14:00 and 14:05'),
  );
}

function readFrom({ start, offset, count }: Selection, span: TimeSpan): ReadFrom {
  switch (start) {
    case 'latest':
      return { latestMinus: BigInt(count) };
    case 'earliest':
      return { at: 'earliest' };
    case 'offset':
    case 'range':
      return { offset };
    case 'time':
    case 'span':
      return span.from === undefined ? { at: 'earliest' } : { time: span.from };
  }
}

/**
 * Returns the range for the document's name: "-0@120-219", "@latest-100",
 * "@since-2026-11-22T14-00-00".
 */
function rangeName(selection: Selection, span: TimeSpan): string {
  const { partitions } = selection;
  const chosen = partitions === 'all' ? '' : `-${partitions.join('+')}`;
  return `${chosen}@${startName(selection, span)}`;
}

function startName({ start, offset, last, count }: Selection, span: TimeSpan): string {
  switch (start) {
    case 'latest':
      return `latest-${count}`;
    case 'earliest':
      return `first-${count}`;
    case 'offset':
      return `${offset}-first-${count}`;
    case 'range':
      return `${offset}-${last}`;
    case 'time':
      return `${spanName(span)}-first-${count}`;
    case 'span':
      return spanName(span);
  }
}
