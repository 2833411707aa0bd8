/** The pause right after records came, in milliseconds, because more often follow soon. */
const SHORTEST_PAUSE_MS = 250;
/** The pause of an idle topic: a new record shows within a second. */
const IDLE_PAUSE_MS = 750;
const LONGEST_PAUSE_MS = 5_000;
/** How many times as long as a look the pause is at least. */
const PAUSE_PER_LOOK = 3;

/** The facts about the last looks at a topic that decide about the next one. */
export interface Look {
  /** Whether the last one brought records. */
  readonly found: boolean;
  /** Whether the proxy reports that the log ends before the position of the reader. */
  readonly behind: boolean;
  /** How long the proxy took to say how far the topic extends: the shorter one of the last two. */
  readonly tookMs: number;
}

/**
 * Returns how long to pause before the next look at a topic that is followed, in milliseconds:
 * 0.25 s after records, up to 0.75 s while none come. A proxy that needs long to respond, because
 * it is busy or the topic has many partitions, spends at most a quarter of its time on it. While
 * the log ends before the position, which some nodes of a proxy report for a while, the pause grows
 * to 5 s.
 */
export function nextPause(pauseMs: number, { found, behind, tookMs }: Look): number {
  const longest = behind ? LONGEST_PAUSE_MS : IDLE_PAUSE_MS;
  const wanted = found ? SHORTEST_PAUSE_MS : Math.min(pauseMs * 2, longest);
  return Math.min(Math.max(wanted, PAUSE_PER_LOOK * tookMs, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
}
