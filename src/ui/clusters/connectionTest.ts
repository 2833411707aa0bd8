import type { ClusterDefinition } from '../../core/cluster/definition';
import { KafkaError } from '../../core/errors';
import type { ConnectToRead } from './connection';

/** The steps on the way to a cluster, in the order in which they can fail. */
export type TestStep = 'address' | 'tls' | 'token' | 'membership' | 'api';

/** Which field of the definition is the likely culprit of a failure. */
export type Culprit =
  'endpoint' | 'tenantId' | 'clientId' | 'secret' | 'authority' | 'scope' | 'caFile';

export interface TestFailure {
  readonly step: TestStep;
  readonly culprit: Culprit | undefined;
  readonly error: unknown;
}

export type TestResult =
  | { readonly ok: true; readonly topics: number; readonly brokers: number }
  | { readonly ok: false; readonly failure: TestFailure };

/** Takes the way of every later call, from the name look-up to the list of topics, once. */
export async function testConnection(
  connect: ConnectToRead,
  definition: ClusterDefinition,
  secret: string,
  signal: AbortSignal,
): Promise<TestResult> {
  const proxy = connect(definition, () => Promise.resolve(secret));
  try {
    const topics = await proxy.topics({ signal });
    const brokers = await proxy.brokers({ signal });
    return { ok: true, topics: topics.length, brokers: brokers.length };
  } catch (error) {
    if (signal.aborted) throw error;
    return { ok: false, failure: locate(error, definition) };
  } finally {
    await proxy.dispose();
  }
}

/** Which step a failure belongs to, and what to look at first. */
export function locate(error: unknown, definition: ClusterDefinition): TestFailure {
  if (!(error instanceof KafkaError)) return { step: 'api', culprit: undefined, error };
  const atAuthority =
    error.host === new URL(definition.authority).host &&
    error.host !== new URL(definition.endpoint).host;
  const address = atAuthority ? 'authority' : 'endpoint';
  const found = (step: TestStep, culprit?: Culprit) => ({ step, culprit, error });
  switch (error.kind) {
    case 'host-not-found':
    case 'connection':
    case 'timeout':
    case 'http-proxy-refused':
    case 'redirect':
      return found('address', address);
    case 'tls':
    case 'ca-file':
      return found('tls', 'caFile');
    case 'secret-missing':
    case 'secret-wrong':
    case 'secret-expired':
      return found('token', 'secret');
    case 'client-unknown':
      return found('token', 'clientId');
    case 'tenant-unknown':
      return found('token', 'tenantId');
    case 'scope-unknown':
    case 'unauthorized':
      return found('token', 'scope');
    case 'sign-in-failed':
      return found('token');
    case 'forbidden':
      return found('membership');
    case 'response-too-large':
    case 'closed':
    case 'not-found':
    case 'unclear':
    case 'protocol':
    case 'read-only':
    case 'rejected':
    case 'throttled':
    case 'too-large':
    case 'unavailable':
    case 'unsupported':
      return found(atAuthority ? 'token' : 'api', address);
  }
}
