/** `local` is the zone of this computer's clock. */
export type Zone = 'local' | 'utc';

/** A zone, or an offset from UTC in milliseconds, positive east of Greenwich. */
export type ZoneOrOffset = Zone | number;

/** The time on a wall clock: the epoch milliseconds at which a UTC clock shows that time. */
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
 * Returns the first and the last time at which clocks show a wall time. They differ only if the
 * clocks show it twice, because they are put back. If the clocks skip it, because they are put
 * forward, both are the moment of that change.
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
