import { must } from '../must';
import type { SoakOptions } from './soak';
import { type Handles, type Memory, slope } from './vitals';
import { COMPRESSION, EVERY_S, type Tally } from './world';

/** What was measured while the person rests. */
export interface Sample extends Memory {
  readonly step: number;
  readonly handles: Handles;
  /** In the log. */
  readonly records: number;
  readonly requests: number;
  readonly faults: number;
  /** Of the product's log, searched for secrets. */
  readonly lines: number;
}

/**
 * MB that memory may grow by in an hour of the person's time, once it has warmed up. Measured
 * without a leak: heap 0.2 to 0.8, which is compiled code and source maps; rss 2 to 14; buffers
 * nothing.
 */
const LIMITS = { heap: 2, buffers: 1, rss: 40 };
/** Fewer samples tell nothing. */
const LEAST_SAMPLES = 8;

/** Megabytes an hour, over the second half of the samples; nothing if they are too few. */
function growth(samples: readonly Sample[]): Readonly<Record<keyof Memory, number>> | undefined {
  if (samples.length < LEAST_SAMPLES) return undefined;
  const last = samples.slice(samples.length >> 1);
  // By steps, of which there are as many in each hour, while the clock also runs at rest.
  const perHour = (name: keyof Memory): number =>
    slope(last.map((sample) => [sample.step, sample[name]])) * (3600 / EVERY_S);
  return { heap: perHour('heap'), buffers: perHour('buffers'), rss: perHour('rss') };
}

/** @throws Violation if memory grows */
export function judgeMemory(samples: readonly Sample[]): void {
  const grown = growth(samples);
  if (!grown) return;
  for (const [name, limit] of Object.entries(LIMITS) as [keyof Memory, number][]) {
    must(
      grown[name] <= limit,
      `${name} grows by ${grown[name].toFixed(1)} MB an hour, more than ${limit}`,
    );
  }
}

/** Prints what a soak does and finds. */
export class Report {
  readonly #started = performance.now();

  constructor(
    private readonly options: SoakOptions,
    private readonly tally: Tally,
    private readonly steps: number,
  ) {}

  begin(): void {
    const { seed, minutes } = this.options;
    const share = (number: number): string => String(Number(number.toFixed(2)));
    console.log(
      `Soak, seed ${seed}: ${share((minutes * COMPRESSION) / 60)} hours of use in ${share(minutes)} minutes.\n` +
        `${this.steps} actions, one in ${EVERY_S} s of the person's time, so one in ` +
        `${share(EVERY_S / COMPRESSION)} s here; the product's timeouts, its waits before\n` +
        `it tries again and its patience are ${COMPRESSION} times shorter, and tokens live 20 s. ` +
        'In the breaks all must be as it was.\n',
    );
    console.log(
      '   time   steps  requests  faults      in     out unclear  resumed  cancelled' +
        '   rss MB  heap MB  bufs MB  handles',
    );
  }

  row({ step, requests, faults, rss, heap, buffers, handles }: Sample): void {
    const { tally } = this;
    const cells: readonly (readonly [string | number, number])[] = [
      [`${this.#seconds.toFixed(0)} s`, 7],
      [step, 8],
      [requests, 10],
      [faults, 8],
      [tally.in, 8],
      [tally.out, 8],
      [tally.unclear, 8],
      [tally.resumed, 9],
      [tally.cancelled, 11],
      [rss.toFixed(1), 9],
      [heap.toFixed(1), 9],
      [buffers.toFixed(1), 9],
      [Object.values(handles).reduce((sum, count) => sum + count, 0), 9],
    ];
    console.log(cells.map(([text, width]) => String(text).padStart(width)).join(''));
  }

  /** The last word. Returns whether all was well. */
  end(samples: readonly Sample[], violation: string | undefined, stopped: boolean): boolean {
    const { actions, failures, longest } = this.tally;
    const seconds = (name: string): string => ((longest.get(name) ?? 0) / 1000).toFixed(1);
    const list = (
      map: ReadonlyMap<string, number>,
      more: (name: string) => string = () => '',
    ): string =>
      [...map]
        .sort(([, a], [, b]) => b - a)
        .map(([name, count]) => `${count} ${name}${more(name)}`)
        .join(', ');
    console.log(`\nactions: ${list(actions, (name) => ` (longest ${seconds(name)} s)`)}`);
    console.log(`failures, all of a known kind: ${list(failures) || 'none'}`);
    const cancels = this.tally.cancelMs.toSorted((a, b) => a - b);
    const at = (share: number): string =>
      (cancels[Math.min(cancels.length - 1, Math.floor(share * cancels.length))] ?? 0).toFixed(0);
    console.log(
      `cancelled ${this.tally.cancelled}; those that are to end within 100 ms took ` +
        `${at(0.5)} ms (median), ${at(0.95)} (95 %), ${at(1)} (longest)`,
    );
    const lines = samples.reduce((sum, sample) => sum + sample.lines, 0);
    console.log(`${lines} lines of the log searched for secrets, tokens and messages`);
    const grown = growth(samples);
    const grownBy = (name: keyof Memory): string =>
      `${name} ${(grown?.[name] ?? 0).toFixed(1)} (at most ${LIMITS[name]})`;
    console.log(
      grown
        ? `memory, MB an hour over the second half: ${grownBy('rss')}, ${grownBy('heap')}, ${grownBy('buffers')}`
        : `memory: ${samples.length} samples are too few for a slope`,
    );
    if (violation === undefined) {
      const until = stopped ? ` until it was stopped at step ${samples.at(-1)?.step ?? 0}` : '';
      console.log(`\nAll was as it must be${until}, ${this.#seconds.toFixed(0)} s.`);
    } else {
      const { seed, minutes } = this.options;
      console.log(`\nVIOLATION at ${violation}`);
      console.log(`To repeat: npm run soak -- --seed=${seed} --minutes=${minutes}`);
    }
    return violation === undefined;
  }

  get #seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }
}
