import { KafkaError, type KafkaErrorKind } from '../../../core/errors';

/** What the last request to a cluster has shown. A cluster without a state was never asked. */
export interface ClusterState {
  readonly kind: 'connected' | 'notSignedIn' | 'unreachable';
  /** When that was, in epoch milliseconds. */
  readonly at: number;
  /** The failure, unless it is connected. */
  readonly error?: unknown;
}

/** The failures that come from the sign-in. */
const signInKinds: ReadonlySet<KafkaErrorKind> = new Set([
  'client-certificate-refused',
  'client-certificate-unusable',
  'client-unknown',
  'clock-off',
  'consent-missing',
  'credential-expired',
  'credential-unusable',
  'identity-missing',
  'interaction-required',
  'program-missing',
  'scope-unknown',
  'secret-expired',
  'secret-missing',
  'secret-wrong',
  'sign-in-failed',
  'signed-out',
  'tenant-unknown',
  'unauthorized',
  'workspace-untrusted',
]);

/** The failures that a REST proxy itself reports, so that it can be reached. */
const responseKinds: ReadonlySet<KafkaErrorKind> = new Set([
  'forbidden',
  'not-found',
  'rejected',
  'response-too-large',
  'throttled',
  'too-large',
  'unsupported',
]);

/**
 * Returns the state of a cluster after a request, given its failure if it failed, and `undefined`
 * if the failure says nothing about the cluster.
 */
export function stateAfter(error: unknown, at: number): ClusterState | undefined {
  if (error === undefined) return { kind: 'connected', at };
  if (!(error instanceof KafkaError) || error.kind === 'closed') {
    return undefined;
  }
  if (signInKinds.has(error.kind)) return { kind: 'notSignedIn', at, error };
  return responseKinds.has(error.kind)
    ? { kind: 'connected', at }
    : { kind: 'unreachable', at, error };
}

/** Returns whether a list that was fetched before stays true after a failure to fetch it again. */
export function outlasts(error: unknown): boolean {
  return !(error instanceof KafkaError && error.kind === 'not-found');
}
