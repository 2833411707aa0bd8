/** Returns numbers from 0 to 1, exclusive, determined by a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What draws its choices from random numbers. */
export interface Drawing {
  readonly random: () => number;
}

/** Returns an integer, both bounds included. */
export function between({ random }: Drawing, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

export function pick<T>(drawing: Drawing, choices: readonly T[]): T {
  const choice = choices[between(drawing, 0, choices.length - 1)];
  if (choice === undefined) throw new Error('nothing to pick from');
  return choice;
}
