import * as vscode from 'vscode';
import { methodOf, serviceOf } from '../../../auth/methods/registry';
import type { SecretSource } from '../../../auth/methods/signInMethod';
import type { ClusterDefinition, RegistryDefinition } from '../../../core/cluster/definition';
import { KafkaError } from '../../../core/errors';
import type { ReadingRegistry } from '../../../core/schemaRegistry/registry';
import { hiddenTopics } from '../../base/topicFilter';
import { clusterSize, type ClusterSize, subjects } from '../../words/counts';
import type { ConnectToRead } from '../connect';
import { ownerName } from '../secrets';
import { type Field, fieldOf } from './draft';

/** The steps of connecting to a cluster, in the order in which they can fail. */
export type TestStep = 'address' | 'tls' | 'signIn' | 'permission' | 'api';

export interface TestFailure {
  readonly step: TestStep;
  /** The field of the cluster to check first. */
  readonly culprit: Field | undefined;
  readonly error: unknown;
}

export type TestResult =
  ({ readonly ok: true } & ClusterSize) | { readonly ok: false; readonly failure: TestFailure };

/** Does everything that a later call does once, from the name look-up to the list of topics. */
export async function testConnection(
  connect: ConnectToRead,
  definition: ClusterDefinition,
  secret: SecretSource,
  signal: AbortSignal,
): Promise<TestResult> {
  const proxy = await connect(definition, secret);
  try {
    const topics = await proxy.topics({ signal });
    const isHidden = hiddenTopics();
    const hidden = topics.filter(({ name }) => isHidden(name)).length;
    const size = { topics: topics.length - hidden, hidden };
    if (!proxy.capabilities.brokers) return { ok: true, ...size };
    const brokers = await proxy.brokers({ signal });
    return { ok: true, ...size, brokers: brokers.length };
  } catch (error) {
    if (signal.aborted) throw error;
    return { ok: false, failure: locate(error, definition) };
  } finally {
    await proxy.dispose();
  }
}

/** As `testConnection`, of a schema registry. Returns how many subjects it has. */
export async function testRegistry(
  registry: ReadingRegistry,
  definition: RegistryDefinition,
  signal: AbortSignal,
): Promise<{ readonly subjects: number } | TestFailure> {
  try {
    return { subjects: (await registry.subjects({ signal })).length };
  } catch (error) {
    if (signal.aborted) throw error;
    return locate(error, definition);
  } finally {
    registry.dispose();
  }
}

/** Says what a cluster holds that the test has reached. */
export function connectedTo(cluster: string, size: ClusterSize): string {
  return vscode.l10n.t('Connected to {0}: {1}.', cluster, clusterSize(size));
}

/** Says what a schema registry holds that the test has reached. */
export function connectedToRegistry(cluster: string, count: number): string {
  const owner = ownerName({ name: cluster, isRegistry: true });
  return vscode.l10n.t('Connected to {0}: {1}.', owner, subjects(count));
}

/** Returns which step a failure belongs to, and which field to check first. */
export function locate(
  error: unknown,
  { endpoint, signIn }: Pick<ClusterDefinition, 'endpoint' | 'signIn'>,
): TestFailure {
  if (!(error instanceof KafkaError)) return { step: 'api', culprit: undefined, error };
  const { culprits } = methodOf(signIn);
  const service = serviceOf(signIn);
  const atService =
    service !== undefined &&
    error.host === new URL(service.address).host &&
    error.host !== new URL(endpoint).host;
  const address: Field = atService ? fieldOf('signIn', service.field) : 'endpoint';
  // Without a host, what did not respond is a program of this computer.
  const inProgram = error.host === undefined && error.signIn !== undefined;
  const found = (step: TestStep, culprit?: Field) => ({ step, culprit, error });
  const blamed = error.field ?? culprits[error.kind];
  const signInField = blamed === undefined ? undefined : fieldOf('signIn', blamed);
  switch (error.kind) {
    case 'host-not-found':
    case 'connection':
    case 'timeout':
    case 'http-proxy-refused':
      if (inProgram) return found('signIn', signInField);
      return found(atService ? 'signIn' : 'address', address);
    case 'redirect':
      return atService ? found('signIn', signInField ?? address) : found('address', address);
    case 'tls-name':
      return found('tls', address);
    case 'tls':
    case 'ca-file':
      return found('tls', 'caFile');
    case 'secret-missing':
    case 'secrets-locked':
    case 'secret-wrong':
    case 'secret-expired':
    case 'client-unknown':
    case 'tenant-unknown':
    case 'scope-unknown':
    case 'sign-in-failed':
    case 'credential-expired':
    case 'credential-unusable':
    case 'clock-off':
    case 'consent-missing':
    case 'interaction-required':
    case 'signed-out':
    case 'program-missing':
    case 'workspace-untrusted':
      return found('signIn', signInField);
    case 'client-certificate-unusable':
    case 'client-certificate-refused':
    case 'identity-missing':
    case 'unauthorized':
      return found('signIn', signInField ?? 'signIn');
    case 'forbidden':
      return found('permission', signInField);
    case 'response-too-large':
    case 'closed':
    case 'not-found':
    case 'offsets-unknown':
    case 'unclear':
    case 'protocol':
    case 'read-only':
    case 'rejected':
    case 'throttled':
    case 'too-large':
    case 'unavailable':
    case 'unsupported':
      return found(atService ? 'signIn' : 'api', address);
  }
}
