import { formatTime, parseEnd, parseSpan, parseTime, type TimeSpan } from '../../core/time/parse';
import { timeContext } from '../base/settings';

/** A span of time as it was typed: in one text, or by its two ends. */
export interface TypedSpan {
  /** The beginning of the span; without `byEnds`, the whole span, such as "last 15 minutes". */
  readonly time: string;
  readonly untilTime: string;
  readonly byEnds: boolean;
}

/** Returns the typed span, in the time zone of the settings; `undefined` if it is not a span. */
export function readSpan({ time, untilTime, byEnds }: TypedSpan): TimeSpan | undefined {
  const now = timeContext();
  if (!byEnds) return parseSpan(time, now);
  const [from, to] = [parseTime(time, now), parseEnd(untilTime, time, now)];
  return from !== undefined && to !== undefined && from < to ? { from, to } : undefined;
}

/**
 * Returns the typed time in epoch milliseconds, in the time zone of the settings, or `undefined`.
 */
export function readTime(text: string): number | undefined {
  return parseTime(text, timeContext());
}

/** Formats times for the name of a document, which must be a valid file name on every system. */
export function spanName({ from, to }: TimeSpan): string {
  const [begin, end] = [from, to].map((time) => time !== undefined && timeName(time));
  if (begin && end) return `${begin}..${end}`;
  return begin ? `since-${begin}` : `before-${end}`;
}

function timeName(time: number): string {
  return formatTime(time, timeContext().zone)
    .replace(/[+-]\d\d:\d\d$/, '')
    .replace(' ', 'T')
    .replace(/[:.]/g, '-');
}
