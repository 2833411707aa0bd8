import { median } from './median';

/** A figure of ours beside the same thing done by a yardstick, in the same run. */
export interface Row {
  /** Names its line in `bench/limits.json`; begins with the name of its benchmark. */
  readonly name: string;
  /** What is measured. */
  readonly what: string;
  /** Of `ours` and of the yardstick's value. */
  readonly unit: string;
  readonly ours: number;
  readonly yardstick: { readonly what: string; readonly value: number };
  /**
   * Half of what lies between the quartiles of the ratios of single rounds, as a share of `ratio`;
   * nothing where there is but one round.
   */
  readonly spread?: number;
}

/** What `ours` is to the yardstick. */
export function ratio({ ours, yardstick }: Pick<Row, 'ours' | 'yardstick'>): number {
  return ours / yardstick.value;
}

/**
 * The medians of two series whose elements were measured in turn, and how much their ratio swings.
 */
export function compare(
  ours: readonly number[],
  yardstick: readonly number[],
): { readonly ours: number; readonly value: number; readonly spread?: number } {
  const [a, b] = [median(ours), median(yardstick)];
  const ratios = ours.map((value, round) => value / (yardstick[round] ?? NaN));
  const last = ratios.length - 1;
  if (last < 1) return { ours: a, value: b };
  ratios.sort((one, other) => one - other);
  const [low = NaN, high = NaN] = [ratios[Math.floor(last / 4)], ratios[Math.ceil((3 * last) / 4)]];
  return { ours: a, value: b, spread: (high - low) / 2 / (a / b) };
}

/**
 * Does the same in several ways in turn, each round the other way round, and returns what each way
 * gave in each round. The first rounds, `warmUps` of them, are not counted.
 */
export async function alternate<Way extends string>(
  ways: Readonly<Record<Way, () => number | Promise<number>>>,
  { rounds, warmUps = 1 }: { readonly rounds: number; readonly warmUps?: number },
): Promise<Record<Way, number[]>> {
  const names = Object.keys(ways) as Way[];
  const results = Object.fromEntries(names.map((name) => [name, new Array<number>()])) as Record<
    Way,
    number[]
  >;
  for (let round = -warmUps; round < rounds; round += 1) {
    const order = round % 2 === 0 || round < 0 ? names : names.toReversed();
    for (const name of order) {
      const result = await ways[name]();
      if (round >= 0) results[name].push(result);
    }
  }
  return results;
}
