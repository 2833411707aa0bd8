import type { KafkaErrorKind } from '../../../src/core/errors';
import type { Fault, Target } from '../../support/faults/fault';
import * as faults from '../../support/faults/faults';
import type { On } from '../../support/faults/plans';

/** What an operation is to tell: see `Told`. */
export type Outcome = 'ok' | 'unclear' | 'refused' | KafkaErrorKind;

/** One fault, how it strikes, and what is expected of each operation under it. */
export interface Row {
  readonly name: string;
  /** Made anew for each operation. */
  readonly fault: () => Fault | undefined;
  /** Missing: the requests that each operation names. */
  readonly on?: On;
  /** How often it strikes; missing: always. */
  readonly times?: number;
  /** Of list, describe, read, follow and export. */
  readonly reads: Outcome;
  /** Of create and produce. */
  readonly writes: Outcome;
  /** Of bulk produce, which waits for what may pass. */
  readonly bulk: Outcome;
  /** The operations that it makes sense for; missing: all. */
  readonly only?: readonly string[];
}

type Given = Fault | (() => Fault);
type More = Partial<Pick<Row, 'on' | 'times' | 'only' | 'bulk'>>;

/** `bulk` is as `writes` unless it is given. */
function row(given: Given, reads: Outcome, writes: Outcome = reads, more: More = {}): Row {
  const fault = typeof given === 'function' ? given : () => given;
  const { times = Infinity } = more;
  const how = times === Infinity ? '' : times === 1 ? ', once' : `, ${times} times`;
  return { bulk: writes, ...more, name: fault().name + how, fault, reads, writes };
}

const once: More = { times: 1 };

/** At Entra ID in place of the REST proxy. */
function atEntra(given: Given, outcome: Outcome, { times, on = 'token' }: More = {}): Row {
  const made = row(given, outcome, outcome, { on, ...(times !== undefined && { times }) });
  return { ...made, name: `${typeof on === 'string' ? on : 'Entra ID'}: ${made.name}` };
}

const entraConnections = ({ server, kind }: Target): boolean =>
  server === 'entra' && kind === 'connection';
/** Of two nodes of the proxy, the one that is asked for metadata first or second has the fault. */
function node(which: 'first' | 'second', fault: Fault, reads: Outcome, only: string[]): Row {
  const odd = which === 'first' ? 1 : 0;
  const on = ({ kind, count }: Target): boolean => kind === 'metadata' && count % 2 === odd;
  const made = row(fault, reads, 'ok', { on, only });
  return { ...made, name: `${made.name}: the ${which} of two nodes` };
}

/** `elsewhere` is the origin that redirects lead to. */
export function expectations(elsewhere: string): readonly Row[] {
  const reading = ['describe', 'read', 'follow'];
  return [
    { name: 'none', fault: () => undefined, reads: 'ok', writes: 'ok', bulk: 'ok' },

    row(faults.latency(100), 'ok'),
    row(faults.latency(0, 150), 'ok'),
    row(faults.drip('slow drip', 8, 20), 'ok'),
    row(faults.drip('endless drip', Infinity, 50), 'timeout', 'unclear'),

    row(faults.noSuchHost, 'host-not-found'),
    row(faults.refused, 'connection'),
    row(faults.resetAtConnect, 'connection'),
    row(faults.resetAtConnect, 'ok', 'ok', once),
    row(faults.halfOpen, 'timeout'),
    row(faults.halfOpen, 'ok', 'ok', once),
    row(faults.shows('unknown-ca'), 'tls'),
    row(faults.shows('wrong-host'), 'tls-name'),
    row(faults.shows('expired'), 'tls'),

    row(faults.resetBeforeBody, 'connection', 'unclear'),
    row(faults.resetBeforeBody, 'ok', 'unclear', once),
    row(faults.resetInBody, 'ok', 'unclear', once),
    row(faults.resetAfterBody, 'ok', 'unclear', once),
    row(faults.responseLost, 'ok', 'unclear', once),
    row(faults.responseLost, 'connection', 'unclear'),
    row(faults.resetInResponse, 'ok', 'unclear', once),
    row(faults.resetInResponse, 'connection', 'unclear'),
    row(faults.truncated, 'ok', 'unclear', once),
    row(faults.truncated, 'connection', 'unclear'),
    row(faults.hangBefore, 'timeout', 'unclear'),
    row(faults.hangAfter, 'timeout', 'unclear'),
    row(faults.hangInResponse, 'timeout', 'unclear'),

    row(faults.expiredToken, 'ok'),
    row(faults.unauthorized, 'unauthorized'),
    row(faults.forbidden, 'forbidden'),
    row(faults.staleNotFound, 'not-found'),
    row(faults.staleNotFound, 'not-found', 'not-found', { ...once, bulk: 'ok' }),
    row(faults.tooLarge, 'too-large', 'too-large', { bulk: 'refused' }),
    row(faults.throttled, 'throttled'),
    row(faults.throttled, 'ok', 'ok', once),
    row(faults.retryAfter(429, 1), 'ok', 'ok', once),
    row(faults.retryAfter(429, 3600), 'throttled'),
    row(faults.retryAfterDate(429, 1, 3_600_000), 'ok', 'ok', once),
    row(faults.retryAfterDate(429, 1, -3_600_000), 'ok', 'ok', once),
    row(faults.unavailable, 'unavailable', 'unclear'),
    row(faults.unavailable, 'ok', 'unclear', once),
    row(faults.retryAfter(503, 1), 'ok', 'unclear', once),
    row(faults.failed, 'unavailable', 'unclear'),
    row(faults.badGateway, 'unavailable', 'unclear'),
    row(faults.badGateway, 'ok', 'unclear', once),
    row(faults.redirect(elsewhere), 'redirect'),
    row(faults.redirect(elsewhere, 302), 'redirect'),

    row(faults.brokenJson, 'protocol', 'ok'),
    row(faults.signInPage, 'protocol', 'unclear'),
    row(faults.wrongType, 'ok'),
    row(faults.hugeResponse, 'response-too-large', 'unclear'),
    row(faults.gzipBomb, 'response-too-large', 'unclear'),

    row(faults.timestampsOff(3_600_000), 'ok', 'ok', { only: ['read', 'follow'] }),
    atEntra(faults.tokenLifetime(1), 'ok'),
    atEntra(faults.tokenLifetime(-3600), 'ok'),
    node('first', faults.nodeBehind(50), 'ok', reading),
    node('second', faults.nodeBehind(50), 'ok', ['describe', 'follow']),
    node('first', faults.staleNotFound, 'not-found', [...reading, 'export']),
    node('second', faults.staleNotFound, 'not-found', ['describe', 'follow']),

    atEntra(faults.resetAtConnect, 'ok', { ...once, on: entraConnections }),
    atEntra(faults.halfOpen, 'timeout', { on: entraConnections }),
    atEntra(faults.shows('unknown-ca'), 'tls', { on: entraConnections }),
    atEntra(faults.responseLost, 'ok', once),
    atEntra(faults.truncated, 'ok', once),
    atEntra(faults.hangBefore, 'timeout'),
    atEntra(faults.hangInResponse, 'timeout'),
    atEntra(faults.throttled, 'ok', once),
    atEntra(faults.unavailable, 'unavailable'),
    atEntra(faults.failed, 'unavailable'),
    atEntra(faults.forbidden, 'sign-in-failed'),
    atEntra(faults.brokenJson, 'protocol'),
    atEntra(faults.signInPage, 'protocol'),
    atEntra(faults.redirect(elsewhere), 'redirect'),
    atEntra(faults.hugeResponse, 'response-too-large'),
    atEntra(faults.gzipBomb, 'response-too-large'),
    atEntra(faults.unavailable, 'unavailable', { on: 'discovery' }),
    atEntra(faults.redirect(elsewhere), 'redirect', { on: 'discovery' }),
  ];
}

export function expected(row: Row, operation: string): Outcome {
  if (operation === 'bulk produce') return row.bulk;
  return ['create', 'produce'].includes(operation) ? row.writes : row.reads;
}
