import type { Fault, Plan } from '../../support/faults/fault';
import * as faults from '../../support/faults/faults';
import { chaos } from '../../support/faults/plans';
import { between, type Drawing, pick } from '../../support/faults/random';

/** What goes wrong on the network and in the proxy. */
export interface Trouble {
  readonly name: string;
  readonly plan: Plan;
}

/** A gateway that has passed the request on, and then loses its patience. */
const gatewayTimeout = faults.changes('504, processed', ({ headers }) => ({
  status: 504,
  headers,
  body: Buffer.alloc(0),
}));

function all(random: () => number): readonly Fault[] {
  return [
    faults.resetAtConnect,
    faults.halfOpen,
    faults.latency(0, 30_000, random),
    faults.latency(10, 500, random),
    faults.drip('drip', 8, 400),
    faults.drip('endless drip', Infinity, 5_000),
    faults.hangBefore,
    faults.hangAfter,
    faults.hangInResponse,
    faults.resetBeforeBody,
    faults.resetInBody,
    faults.resetAfterBody,
    faults.responseLost,
    faults.resetInResponse,
    faults.truncated,
    faults.unauthorized,
    faults.forbidden,
    faults.staleNotFound,
    faults.tooLarge,
    faults.throttled,
    faults.throttledAtTheEdge,
    faults.unavailable,
    faults.failed,
    faults.badGateway,
    gatewayTimeout,
    faults.retryAfter(429, 2),
    faults.retryAfter(503, 2),
    faults.retryAfterDate(429, 2, 3_600_000),
    faults.redirect('http://127.0.0.2:1'),
    faults.brokenJson,
    faults.signInPage,
    faults.wrongType,
    faults.errorInside,
    faults.nodeBehind(3),
  ];
}

/** Draws what goes wrong: nothing, a little, much, or one thing again and again. */
export function troubles(drawing: Drawing): Trouble {
  const { random } = drawing;
  const faults = all(random);
  const seed = between(drawing, 0, 2 ** 31);
  const [name, share] = pick(drawing, [
    ['calm', 0],
    ['gusts', 0.05],
    ['storm', 0.3],
    ['one fault', 0.4],
  ] as const);
  const struck = name === 'one fault' ? [pick(drawing, faults)] : faults;
  const on = () => true;
  return {
    name: name === 'one fault' ? (struck[0]?.name ?? name) : name,
    plan: chaos({ seed, share, faults: struck, on }),
  };
}
