import type { Payload } from '../core/kafka';
import type {
  Decode,
  DecodedFacts,
  DecodeOptions,
  DecodingWorker,
  Encode,
  Shown,
} from '../core/message/decoders/decoder';
import { packPayloads, unpackShown } from './packing';
import {
  type HostUse,
  type LostReason,
  type StartWorker,
  WorkerLost,
  WorkerThread,
} from './worker';

const TOO_LARGE: Shown = { problem: { kind: 'too-large' } };
/** How many workers one batch may cost. What is left of it then counts as too large. */
const MAX_LOST = 8;
const MAX_FACTS = 1_000;

export interface DecodingOptions {
  readonly start: StartWorker;
  /** Returns what tells people why nothing can be decoded, or a text not be encoded. */
  readonly lost: (why: LostReason) => Error;
  /** How long the worker may be held up, in milliseconds. */
  readonly heldUpMs?: number;
}

/**
 * Runs decoders in a worker thread. Keys and values that hold it up, or need too much memory, are
 * found by halving their batch; all others are decoded. Rejects with what `lost` returns if it does
 * not start, or is lost with what it was to encode.
 */
export function openDecodingWorker({
  start,
  lost,
  heldUpMs,
}: DecodingOptions): DecodingWorker & { dispose(): void } {
  const thread = new WorkerThread(start, heldUpMs);
  const intern = interning();

  async function decode(
    use: HostUse,
    payloads: readonly Payload[],
    options: DecodeOptions,
    budget: { lost: number },
  ): Promise<readonly (Shown | undefined)[]> {
    const { signal, headers } = options;
    if (budget.lost >= MAX_LOST) return payloads.map(() => TOO_LARGE);
    try {
      const work = {
        type: 'decode',
        payloads: packPayloads(payloads),
        ...(headers?.some((list) => list) && { headers }),
      } as const;
      return unpackShown(await thread.run(use, work, signal), intern);
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
      if (error.why === 'not-started') throw lost(error.why);
      budget.lost += 1;
      if (payloads.length === 1) {
        // The first one may have been lost for another reason: with the work of others, or killed.
        return budget.lost > 1 ? [TOO_LARGE] : await decode(use, payloads, options, budget);
      }
      const middle = payloads.length >> 1;
      const halves: (readonly (Shown | undefined)[])[] = [];
      for (const [from, to] of [
        [0, middle],
        [middle, payloads.length],
      ] as const) {
        const half = { ...options, ...(headers && { headers: headers.slice(from, to) }) };
        halves.push(await decode(use, payloads.slice(from, to), half, budget));
      }
      return halves.flat();
    }
  }

  const worded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw error instanceof WorkerLost ? lost(error.why) : error;
    }
  };

  return {
    openDecode: (format, { topic, part, schemas }): Decode => {
      const use = { format, topic, part, schemas };
      return (payloads, options = {}) => decode(use, payloads, options, { lost: 0 });
    },
    openEncode: (format, { topic, part, schemas }): Encode => {
      const use = { format, topic, part, schemas };
      return (texts, { signal } = {}) => worded(thread.run(use, { type: 'encode', texts }, signal));
    },
    describe: (format, { topic, part, schemas }, { signal } = {}) => {
      const use = { format, topic, part, schemas };
      return worded(thread.run(use, { type: 'describe' }, signal));
    },
    dispose: () => {
      thread.dispose();
    },
  };
}

/** Returns a function that gives equal facts as one object. */
function interning(): (facts: DecodedFacts) => DecodedFacts {
  const known = new Map<string, DecodedFacts>();
  return (facts) => {
    const name = JSON.stringify(facts);
    const one = known.get(name) ?? facts;
    if (known.size >= MAX_FACTS) known.clear();
    known.set(name, one);
    return one;
  };
}
