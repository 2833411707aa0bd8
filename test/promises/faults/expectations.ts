import type { Fault, Target } from '../../support/faults/fault';
import * as faults from '../../support/faults/faults';
import { once, type Outcome, type Row, row } from './rows';

/** Of two nodes of the proxy, the one that is asked for metadata first or second has the fault. */
function node(which: 'first' | 'second', fault: Fault, reads: Outcome, only: string[]): Row {
  const odd = which === 'first' ? 1 : 0;
  const on = ({ kind, count }: Target): boolean => kind === 'metadata' && count % 2 === odd;
  const made = row(fault, reads, 'ok', { on, only });
  return { ...made, name: `${made.name}: the ${which} of two nodes` };
}

/** What is expected of HDInsight's proxy. `elsewhere` is the origin that redirects lead to. */
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
    node('first', faults.nodeBehind(50), 'ok', reading),
    node('second', faults.nodeBehind(50), 'ok', ['describe', 'follow']),
    node('first', faults.staleNotFound, 'not-found', [...reading, 'export']),
    node('second', faults.staleNotFound, 'not-found', ['describe', 'follow']),
  ];
}
