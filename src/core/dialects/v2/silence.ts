import type { Offset } from '../../kafka';

/** How far the search leaps at most: as many records as a poll has. */
const MAX_LEAP = 500n;

/**
 * Returns the first offset after `silent` from which polls get a response, at most `end`. A poll
 * from `silent` gets none, because it would have a record that the proxy cannot send. `responds`
 * says whether a poll from an offset gets one.
 */
export async function firstResponding(
  silent: Offset,
  end: Offset,
  responds: (at: Offset) => Promise<boolean>,
): Promise<Offset> {
  let low = silent;
  let high = end;
  for (let leap = 1n; low + leap < end; leap = leap * 4n < MAX_LEAP ? leap * 4n : MAX_LEAP) {
    const next = low + leap;
    if (await responds(next)) {
      high = next;
      break;
    }
    low = next;
  }
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (await responds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
