/** `local`: as the clocks of this computer show it. */
export type Zone = 'local' | 'utc';

/** Or an offset from UTC in milliseconds, positive east of Greenwich. */
export type ZoneOrOffset = Zone | number;

/** The time on a wall clock, as the epoch milliseconds at which a UTC clock shows the same. */
export type Wall = number;

/** In milliseconds. */
export const DAY = 24 * 60 * 60_000;

export function startOfDay(wall: Wall): Wall {
  return Math.floor(wall / DAY) * DAY;
}

/** Returns by how many milliseconds a zone is ahead of UTC at a time. */
export function offsetAt(time: number, zone: ZoneOrOffset): number {
  if (zone === 'local') return -new Date(time).getTimezoneOffset() * 60_000;
  return zone === 'utc' ? 0 : zone;
}

/**
 * Returns when clocks show this: twice around the time when they are put back, else once. If they
 * never do, because they are put forward, it is the moment when that happens.
 */
export function atWall(
  wall: Wall,
  zone: ZoneOrOffset,
): { readonly first: number; readonly last: number } {
  // Offsets lie within a day, and clocks do not change twice in two days.
  const [before, after] = [wall - DAY, wall + DAY];
  const times = [before, after]
    .map((time) => wall - offsetAt(time, zone))
    .filter((time) => time + offsetAt(time, zone) === wall);
  const [first, last = first] = times;
  if (first !== undefined && last !== undefined) return { first, last };
  const change = changeBetween(before, after, zone);
  return { first: change, last: change };
}

/** Returns the moment at which the offset of `high` begins. */
function changeBetween(low: number, high: number, zone: ZoneOrOffset): number {
  const offset = offsetAt(high, zone);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === offset) high = middle;
    else low = middle;
  }
  return high;
}
