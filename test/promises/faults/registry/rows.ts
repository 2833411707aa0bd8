import * as faults from '../../../support/faults/faults';
import { once, type Row, row } from '../rows';

/** As for REST proxies: reading may be repeated, and registering is told as unclear if it may be done. */
export const registryRows: readonly Row[] = [
  { name: 'none', fault: () => undefined, reads: 'ok', writes: 'ok', bulk: 'ok' },
  row(faults.resetAtConnect, 'ok', 'ok', once),
  row(faults.responseLost, 'ok', 'unclear', once),
  row(faults.resetInResponse, 'ok', 'unclear', once),
  row(faults.truncated, 'connection', 'unclear'),
  row(faults.hangBefore, 'timeout', 'unclear'),
  row(faults.hangAfter, 'timeout', 'unclear'),
  row(faults.shows('unknown-ca'), 'tls'),
  row(faults.shows('wrong-host'), 'tls-name'),
  row(faults.unauthorized, 'unauthorized'),
  row(faults.forbidden, 'forbidden'),
  row(faults.staleNotFound, 'not-found'),
  row(faults.tooLarge, 'too-large'),
  row(faults.throttledAtTheEdge, 'throttled'),
  row(faults.throttledAtTheEdge, 'ok', 'ok', once),
  row(faults.unavailable, 'unavailable', 'unclear'),
  row(faults.badGateway, 'ok', 'unclear', once),
  row(faults.signInPage, 'protocol', 'unclear'),
  row(faults.brokenJson, 'protocol', 'unclear'),
  row(faults.gzipBomb, 'response-too-large', 'unclear'),
  row(faults.redirect('https://elsewhere.example'), 'redirect'),
];
