import * as vscode from 'vscode';
import type { View } from '../../core/read/view';
import type { ReadFrom, ReadRequest } from '../../core/read/reader';
import type { TimeSpan } from '../../core/time/parse';
import { UserError } from '../words/report';
import { timeMargin } from '../base/settings';
import { readSpan, readTime, spanName, type TypedSpan } from './typedTimes';

export const starts = ['latest', 'earliest', 'offset', 'range', 'time', 'span', 'new'] as const;

/** Which messages to read. */
export interface Selection extends TypedSpan {
  readonly cluster: string;
  readonly topic: string;
  readonly partitions: readonly number[] | 'all';
  /** Where to begin. `new` has no messages at first and is for following. */
  readonly start: (typeof starts)[number];
  /** The first offset, for `offset` and `range`. */
  readonly offset: bigint;
  /** The last offset, for `range`. */
  readonly last: bigint;
  /** The maximum number of messages. `range` and `span` ignore it and read all of them. */
  readonly count: number | 'all';
}

/** Which messages of a topic to read. */
export type Range = Omit<Selection, 'cluster' | 'topic' | 'partitions'>;

/** Returns the range of a selection, without where it is. */
export function rangeOf({ start, offset, last, time, untilTime, byEnds, count }: Selection): Range {
  return { start, offset, last, time, untilTime, byEnds, count };
}

/** Returns whether the selection has a maximum number of messages. */
export function isLimited({ start }: Pick<Selection, 'start'>): boolean {
  return start !== 'range' && start !== 'span' && start !== 'new';
}

/** Returns the view of a selection. Relative times are resolved now. */
export function toView(selection: Selection): View {
  const { cluster, topic, partitions, start } = selection;
  const span = timesOf(selection);
  const count = selection.count === 'all' || !isLimited(selection) ? undefined : selection.count;
  const request: ReadRequest = {
    topic,
    ...(partitions !== 'all' && { partitions }),
    from: readFrom(selection, span),
    ...(start === 'range' && { until: selection.last + 1n }),
    ...(span.to !== undefined && { untilTime: span.to }),
    ...((start === 'time' || start === 'span') && { timeMargin: timeMargin() }),
    ...(count !== undefined && (start === 'latest' ? { newest: count } : { maxRecords: count })),
  };
  return { cluster, request, range: rangeName(selection, span) };
}

/**
 * Returns the view of a selection for following: it begins like the selection and has no end.
 * Relative times are resolved now.
 */
export function toFollowedView(selection: Selection): View {
  const { cluster, request, range } = toView(selection);
  const { topic, partitions, from, timeMargin } = request;
  const open: ReadRequest = {
    topic,
    from,
    ...(partitions && { partitions }),
    ...(timeMargin !== undefined && { timeMargin }),
  };
  return { cluster, request: open, range };
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
    case 'new':
      return { latestMinus: 0n };
    case 'latest':
      return count === 'all' ? { at: 'earliest' } : { latestMinus: BigInt(count) };
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

function startName(selection: Selection, span: TimeSpan): string {
  const { start, offset, last, count } = selection;
  const first = count === 'all' ? '' : `-first-${count}`;
  switch (start) {
    case 'new':
      return 'new';
    case 'latest':
      return count === 'all' ? 'all' : `latest-${count}`;
    case 'earliest':
      return count === 'all' ? 'all' : `first-${count}`;
    case 'offset':
      return `${offset}${first || '-on'}`;
    case 'range':
      return `${offset}-${last}`;
    case 'time':
      return `${spanName(span)}${first}`;
    case 'span':
      return spanName(span);
  }
}
