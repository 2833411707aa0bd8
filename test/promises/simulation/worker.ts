// Simulates seeds that the process which started this one names, one after the other.
import { type Outcome, simulate } from './simulate';

/** A seed to simulate, and whether its trace is wanted. */
export interface Ask {
  readonly seed: number;
  readonly traced: boolean;
}

process.on('message', ({ seed, traced }: Ask) => {
  void simulate(seed).then(({ trace, ...outcome }): void => {
    const told: Outcome = { ...outcome, trace: traced ? trace : [] };
    process.send?.(told);
  });
});
process.on('disconnect', () => process.exit());
