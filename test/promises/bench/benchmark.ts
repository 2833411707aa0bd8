import type { Row } from './rows';

export interface BenchmarkOptions {
  /** Fewer and smaller runs, for a look and for CI. */
  readonly quick: boolean;
}

/** Measures ours and the yardstick in turn. The packed extension is there. */
export type Benchmark = (options: BenchmarkOptions) => Promise<readonly Row[]>;
