import type { Fault, Plan } from '../../support/faults/fault';
import * as faults from '../../support/faults/faults';
import { chaos } from '../../support/faults/plans';
import { randomFrom } from '../../support/faults/random';

/** What goes wrong for a stretch of steps. */
export interface Weather {
  readonly name: 'calm' | 'gusts' | 'storm' | 'outage' | 'closed';
  /** How many steps it lasts. */
  readonly steps: number;
  readonly seed: number;
  /** The share of requests that a fault strikes. */
  readonly share: number;
  /** Of an outage: the name of the one fault that strikes, and whom. */
  readonly fault?: string;
  readonly server?: 'proxy' | 'service';
}

/** Those that let a request pass in the end, or end it at once. */
function quick(random: () => number): readonly Fault[] {
  return [
    faults.resetAtConnect,
    faults.shows('unknown-ca'),
    faults.shows('wrong-host'),
    faults.shows('expired'),
    faults.latency(100, 400, random),
    faults.drip('drip', 8, 40),
    faults.resetBeforeBody,
    faults.resetInBody,
    faults.resetAfterBody,
    faults.responseLost,
    faults.resetInResponse,
    faults.truncated,
    faults.expiredToken(),
    faults.unauthorized,
    faults.forbidden,
    faults.staleNotFound,
    faults.tooLarge,
    faults.throttled,
    faults.unavailable,
    faults.failed,
    faults.badGateway,
    faults.retryAfter(429, 1),
    faults.retryAfter(503, 1),
    faults.retryAfterDate(429, 1, 60 * 60 * 1000),
    faults.redirect('https://127.0.0.1:1'),
    faults.brokenJson,
    faults.signInPage,
    faults.wrongType,
    faults.nodeBehind(3),
  ];
}

/** Those that take the client all of its patience, or much of the computer's. */
const slow: readonly Fault[] = [
  faults.halfOpen,
  faults.hangBefore,
  faults.hangAfter,
  faults.hangInResponse,
  faults.drip('endless drip', Infinity, 50),
  faults.hugeResponse,
  faults.gzipBomb,
];

/** What an outage is made of. */
const lasting: readonly Fault[] = [
  faults.resetAtConnect,
  faults.halfOpen,
  faults.shows('expired'),
  faults.unauthorized,
  faults.forbidden,
  faults.throttled,
  faults.unavailable,
  faults.badGateway,
  faults.responseLost,
];

/** The weather of a whole day, stretch by stretch, as the seed has it. */
export function* forecast(seed: number): Generator<Weather, never, undefined> {
  const random = randomFrom(seed);
  const between = (least: number, most: number): number =>
    least + Math.floor(random() * (most - least + 1));
  for (;;) {
    const own = between(1, 2 ** 31);
    const drawn = random();
    if (drawn < 0.3) yield { name: 'calm', steps: between(5, 20), seed: own, share: 0 };
    else if (drawn < 0.7) yield { name: 'gusts', steps: between(10, 30), seed: own, share: 0.08 };
    else if (drawn < 0.82) yield { name: 'storm', steps: between(3, 8), seed: own, share: 0.3 };
    else if (drawn < 0.94) {
      const fault = lasting[between(0, lasting.length - 1)]?.name ?? '';
      const server = random() < 0.7 ? 'proxy' : 'service';
      yield { name: 'outage', steps: between(2, 6), seed: own, share: 1, fault, server };
    } else yield { name: 'closed', steps: between(2, 6), seed: own, share: 0 };
  }
}

/** What a weather does to each request. */
export function planOf({ seed, share, fault, server }: Weather): Plan {
  if (share === 0) return () => undefined;
  const random = randomFrom(seed);
  if (fault !== undefined) {
    const one = lasting.filter(({ name }) => name === fault);
    return chaos({ seed, share, faults: one, on: (target) => target.server === server });
  }
  const many = quick(random);
  // Of a storm the slow ones would leave nothing but waiting.
  const all = [...many, ...many, ...many, ...many, ...slow];
  return chaos({ seed, share, faults: all, on: () => true });
}
