import type { LogEnds, Offset } from '../../kafka';

/** Returns whether an offset lies within a log, from its earliest to its latest one. */
export type Holds = (offset: Offset) => Promise<boolean>;

/** What is known before a search. */
export interface EndsHints {
  /** The ends that were found before. */
  readonly known?: LogEnds | undefined;
  /** Whether the log may have lost records since then. */
  readonly mayBeTrimmed?: boolean;
  /** Whether the log holds offset 0; missing: not tried yet. */
  readonly zero?: boolean | undefined;
  /** An offset that the log probably holds. */
  readonly near?: Offset | undefined;
  /** Whether to try offsets all over the range if nothing else helps; default: true. */
  readonly mayGuess?: boolean;
}

const MAX_OFFSET = 2n ** 63n - 1n;
/** How many offsets are tried at once if nothing is known. */
const TRIED_AT_ONCE = 8;
/** Offsets to try if nothing is known. They find each log whose end is 1.5 times its beginning. */
const GUESSES: readonly Offset[] = Array.from({ length: 62 }, (_, power) => 2n ** BigInt(power))
  .flatMap((offset) => [offset, offset + offset / 2n])
  .filter((offset, at, all) => offset !== all[at - 1]);

/**
 * Finds the ends of a log by trying offsets: about two requests if hardly anything has changed
 * since the ends were known, and about 2·log2(n) for n records if offset 0 is still there. Returns
 * `undefined` if no offset was found that the log holds.
 */
export async function findEnds(holds: Holds, hints: EndsHints): Promise<LogEnds | undefined> {
  const { known, mayBeTrimmed = true } = hints;
  if (known) {
    const { earliest, latest } = known;
    const [stays, grew] = await Promise.all([holds(latest), holds(latest + 1n)]);
    if (stays || grew) {
      const end = grew ? await lastFrom(holds, latest + 1n) : latest;
      const isTrimmed = !stays || (mayBeTrimmed && !(await holds(earliest)));
      return {
        earliest: isTrimmed ? await firstBetween(holds, earliest, end) : earliest,
        latest: end,
      };
    }
  }
  const held = await heldOffset(holds, hints);
  if (held === undefined) return undefined;
  const [earliest, latest] = await Promise.all([
    held === 0n ? held : firstBetween(holds, -1n, held),
    lastFrom(holds, held),
  ]);
  return { earliest, latest };
}

/** Returns the first offset that the log holds. It holds `held`, but not `gone`. */
export async function firstBetween(holds: Holds, gone: Offset, held: Offset): Promise<Offset> {
  let [low, high] = [gone, held];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (await holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Returns the last offset that the log holds. It holds `held`. */
async function lastFrom(holds: Holds, held: Offset): Promise<Offset> {
  let [low, step] = [held, 1n];
  while (low + step <= MAX_OFFSET && (await holds(low + step))) {
    low += step;
    step *= 2n;
  }
  let high = low + step;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (await holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Returns some offset that the log holds; `undefined` if none was found. */
async function heldOffset(
  holds: Holds,
  { zero, near, mayGuess = true }: EndsHints,
): Promise<Offset | undefined> {
  if (zero ?? (await holds(0n))) return 0n;
  const guesses = [...(near === undefined ? [] : [near]), ...(mayGuess ? GUESSES : [])];
  for (let at = 0; at < guesses.length; at += TRIED_AT_ONCE) {
    const tried = guesses.slice(at, at + TRIED_AT_ONCE);
    const found = await Promise.all(tried.map(holds));
    const held = tried.find((_, index) => found[index]);
    if (held !== undefined) return held;
  }
  return undefined;
}
