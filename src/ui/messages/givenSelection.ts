import {
  either,
  index,
  known,
  lenient,
  literal,
  map,
  number,
  object,
  string,
} from '../../core/schema';
import { formatTime, type TimeSpan } from '../../core/time/parse';
import { type Target, toTarget } from '../clusters/pick';
import { isLimited, type Selection, starts } from './selection';
import { readSpan, readTime } from './typedTimes';

/** The arguments that a node of the tree or a keybinding passes to a command. */
export type GivenSelection = Target & Partial<Selection>;

const offset = map(either(string, number), (given) =>
  /^\d{1,19}$/.test(String(given)) ? BigInt(given) : undefined,
);

const count = either(
  literal('all'),
  map(offset, (given) => Number(given) || undefined),
);

/** Reads a time, a number or a text, as the text that a person would type. */
const timeText = either(
  map(number, (time) => formatTime(time, 'utc')),
  map(string, (text) => ((readTime(text) ?? asSpan(text)) === undefined ? undefined : text)),
);

const selectionFields = object({
  start: lenient(literal(...starts)),
  offset: lenient(offset),
  last: lenient(offset),
  count: lenient(count),
  time: lenient(timeText),
  untilTime: lenient(timeText),
  partitions: lenient(either(literal('all'), known(index))),
});

/**
 * Reads a selection from the argument of a command. Offsets may be numbers or decimal texts; times
 * may be epoch milliseconds or what a person would type.
 */
export function toGivenSelection(argument: unknown): GivenSelection {
  const given = selectionFields(argument) ?? {};
  const { time, untilTime } = given;
  return {
    ...toTarget(argument),
    ...given,
    ...(time !== undefined && { byEnds: untilTime !== undefined || asSpan(time) === undefined }),
  };
}

function asSpan(text: string): TimeSpan | undefined {
  return readSpan({ time: text, untilTime: '', byEnds: false });
}

/** Returns whether the arguments say everything about which messages of the topic to read. */
export function saysWhich(given: GivenSelection): boolean {
  const { start, partition, partitions, count, offset, last, time } = given;
  if (start === undefined || (partition === undefined && partitions === undefined)) return false;
  if (isLimited({ start }) && count === undefined) return false;
  if ((start === 'offset' || start === 'range') && offset === undefined) return false;
  if (start === 'range' && last === undefined) return false;
  return (start !== 'time' && start !== 'span') || time !== undefined;
}
