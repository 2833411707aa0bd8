import type { Fault, Target } from '../../support/faults/fault';
import * as faults from '../../support/faults/faults';
import type { MatrixFace } from './matrix';
import { operations } from './operations';
import { type More, type Given, once, type Outcome, type Row, row } from './rows';

const connections = ({ server, kind }: Target): boolean =>
  server === 'service' && kind === 'connection';

/** At the service that signs in, in place of the REST proxy. */
function at(given: Given, outcome: Outcome, { on = 'token', ...more }: More = {}): Row {
  const made = row(given, outcome, outcome, { ...more, on });
  return { ...made, name: `${on === connections ? 'service' : String(on)}: ${made.name}` };
}

const none: Row = { name: 'none', fault: () => undefined, reads: 'ok', writes: 'ok', bulk: 'ok' };

/** It has another address, where nobody listens. */
const away: Fault = {
  name: 'service: connection refused',
  address: (info) => ({
    ...info,
    authority: info.authority && elsewhere(info.authority),
    issuer: info.issuer && elsewhere(info.issuer),
  }),
};

function elsewhere(address: string): string {
  return `https://127.0.0.1:1${address.slice(new URL(address).origin.length)}`;
}

/** What Microsoft Entra ID says of an assertion whose time has not come yet by its clock. */
const clockOff = faults.responds(
  'a clock that is off',
  401,
  JSON.stringify({
    error: 'invalid_client',
    error_description: 'AADSTS700024: Client assertion is not within its valid time range.',
  }),
);

/**
 * What any server that issues tokens may do. `redirected` is where redirects lead to; `past` is what
 * is told of a token whose life is over.
 */
function tokenServer(redirected: string, past: Outcome): readonly Row[] {
  return [
    none,
    row(away, 'connection', 'connection', { says: /no connection to 127\.0\.0\.1:1\b/ }),
    at(faults.resetAtConnect, 'ok', { ...once, on: connections }),
    at(faults.halfOpen, 'timeout', { on: connections }),
    at(faults.shows('unknown-ca'), 'tls', { on: connections }),
    at(faults.responseLost, 'ok', once),
    at(faults.truncated, 'ok', once),
    at(faults.hangBefore, 'timeout'),
    at(faults.hangInResponse, 'timeout'),
    at(faults.throttled, 'ok', once),
    at(faults.retryAfter(429, 1), 'ok', once),
    at(faults.retryAfter(429, 3600), 'throttled'),
    at(faults.unavailable, 'unavailable'),
    at(faults.failed, 'unavailable'),
    at(faults.forbidden, 'sign-in-failed'),
    at(faults.brokenJson, 'protocol'),
    at(faults.signInPage, 'protocol', {
      says: /not the response of (Microsoft Entra ID|an identity provider)/,
    }),
    at(faults.redirect(redirected), 'redirect'),
    at(faults.hugeResponse, 'response-too-large'),
    at(faults.gzipBomb, 'response-too-large'),
    at(faults.tokenLifetime(1), 'ok'),
    at(faults.tokenLifetime(-3600), past),
    at(faults.unavailable, 'unavailable', { on: 'discovery' }),
    at(faults.redirect(redirected), 'redirect', { on: 'discovery' }),
  ];
}

/** What differs with the proof of the application alone. */
function proofs(): readonly Row[] {
  return [
    none,
    row(away, 'connection'),
    at(faults.hangBefore, 'timeout'),
    at(faults.throttled, 'ok', once),
    at(faults.unavailable, 'unavailable'),
    at(faults.signInPage, 'protocol', { says: /not the response of Microsoft Entra ID/ }),
    at(clockOff, 'clock-off', { says: /clock/ }),
  ];
}

/**
 * The service of managed identities is of this computer, where no other server may be in between;
 * what is no JSON object is something else that listens there. It is asked four times.
 */
function identities(redirected: string): readonly Row[] {
  return [
    none,
    at(faults.resetAtConnect, 'identity-missing', { on: connections }),
    at(faults.throttled, 'ok', once),
    at(faults.throttled, 'throttled'),
    at(faults.failed, 'ok', once),
    at(faults.failed, 'unavailable'),
    at(faults.forbidden, 'sign-in-failed'),
    at(faults.brokenJson, 'identity-missing'),
    at(faults.signInPage, 'identity-missing'),
    at(faults.redirect(redirected), 'identity-missing'),
    at(faults.hugeResponse, 'identity-missing'),
    at(faults.hangBefore, 'timeout'),
  ];
}

const named = (...names: readonly string[]) =>
  operations.filter(({ name }) => names.includes(name));

/** Each way to sign in that has a service. */
export const services: readonly MatrixFace[] = [
  {
    name: 'clientSecret',
    emulator: {},
    operations: named('list', 'produce', 'bulk produce'),
    rows: (redirected) => tokenServer(redirected, 'ok'),
  },
  {
    name: 'oauth',
    emulator: { auth: 'oauth' },
    operations: named('list', 'produce'),
    rows: (redirected) => tokenServer(redirected, 'protocol'),
  },
  {
    name: 'clientCertificate',
    emulator: { auth: 'certificate' },
    operations: named('list'),
    rows: proofs,
  },
  {
    name: 'federatedAssertion',
    emulator: { auth: 'assertion' },
    operations: named('list'),
    rows: proofs,
  },
  {
    name: 'managedIdentity',
    emulator: { auth: 'identity' },
    operations: named('list'),
    rows: identities,
  },
];
