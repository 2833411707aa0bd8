import type { ReadRequest } from '../../core/read/request';
import { formatTime, type TimeContext } from '../../core/time/parse';
import type { Range, Selection } from './selection';

/**
 * Returns the part of a selection that reads what a request reads, as far as a person could have
 * chosen it. Times are in the zone of the context.
 */
export function shownRange(
  request: ReadRequest,
  { zone }: Pick<TimeContext, 'zone'>,
): Partial<Range> & Pick<Selection, 'partitions'> {
  const { partitions = 'all', from, until, untilTime, maxRecords, newest } = request;
  const count = maxRecords ?? 'all';
  if (newest !== undefined) return { partitions, start: 'latest', count: newest };
  if ('offset' in from) {
    const { offset } = from;
    return until === undefined
      ? { partitions, start: 'offset', offset, count }
      : { partitions, start: 'range', offset, last: until - 1n };
  }
  const [begin, end] = ['time' in from ? from.time : undefined, untilTime].map((time) =>
    time === undefined ? undefined : formatTime(time, zone),
  );
  if (begin !== undefined && end !== undefined) {
    return { partitions, start: 'span', time: begin, untilTime: end, byEnds: true };
  }
  if (begin !== undefined) return { partitions, start: 'time', time: begin, byEnds: true, count };
  if (end !== undefined) {
    return { partitions, start: 'span', time: `before ${end}`, untilTime: '', byEnds: false };
  }
  return { partitions, ...('at' in from && { start: 'earliest', count }) };
}
