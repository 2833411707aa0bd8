import * as vscode from 'vscode';
import { ownersOf, registryOwner, type SecretOwner } from '../../../auth/secretStore';
import type { ClusterDefinition } from '../../../core/cluster/definition';
import type { Cluster, ClusterStore } from '../clusters';
import type { ConnectToRead } from '../connect';
import type { Connections } from '../connections';
import type { Registries } from '../registry/registries';
import { connectedTo, testConnection, testRegistry, type TestResult } from './connectionTest';
import { confirm, notify } from '../../dialogs/notify';
import { askPick } from '../../dialogs/questions';
import { showResult } from '../../dialogs/result';
import { back, onlyStep } from '../../dialogs/wizard';
import { chooseCluster, type Target } from '../pick';
import { withProgress } from '../../dialogs/progress';
import { askSecrets, type ClusterSecrets, ownerName, pickSecrets, secretNames } from '../secrets';
import { clusterSize, subjects } from '../../words/counts';
import { runs } from '../../words/remedies';
import { explain, UserError } from '../../words/report';
import { sentences } from '../../words/sentences';

/** As `chooseCluster`, for commands that make no sense on the emulator. */
export async function chooseOwnCluster(
  clusters: ClusterStore,
  target: Target,
  isToRemove = false,
): Promise<Cluster> {
  const t = vscode.l10n.t;
  const cluster = await chooseCluster(clusters, target);
  if (!cluster.temporary) return cluster;
  const reason = t('the emulator is not a cluster of the settings');
  throw isToRemove
    ? new UserError(reason, t('It is gone when it is stopped'), 'stopEmulator')
    : new UserError(reason, t('Add a cluster of your own to do this'), 'addCluster');
}

export async function removeCluster(
  clusters: ClusterStore,
  secrets: ClusterSecrets,
  target: Target,
): Promise<void> {
  const { definition } = await chooseOwnCluster(clusters, target, true);
  const { name } = definition;
  const remove = vscode.l10n.t('Remove');
  const sure = await confirm(
    'warning',
    vscode.l10n.t('Remove {0} from Kafka REST Explorer?', name),
    vscode.l10n.t(
      'Its definition is deleted here, with its secrets if it has any. The cluster itself is not touched.',
    ),
    remove,
  );
  if (!sure) return;
  await clusters.remove(name);
  // The settings of the person and of the workspace may define the same cluster.
  const isForgotten = await secrets.remove(definition, clusters.get(name)?.definition);
  const removed = vscode.l10n.t('Removed {0} from Kafka REST Explorer.', name);
  if (isForgotten) showResult(removed);
  else {
    const left = vscode.l10n.t(
      'The secret storage does not delete its secrets now; it does so after 90 days.',
    );
    void notify('warning', sentences(removed, left));
  }
}

/**
 * Asks for secrets of a cluster or of its schema registry, stores them, or removes those that are
 * left empty, and says whether they can be used. `refused` is the one that a failure was about.
 */
export async function replaceSecret(
  clusters: ClusterStore,
  secrets: ClusterSecrets,
  { connect, registries }: TestServices,
  target: Target,
  refused?: string,
): Promise<void> {
  const t = vscode.l10n.t;
  const { definition } = await chooseOwnCluster(clusters, target);
  const owner = await chooseOwner(definition, secrets);
  const known = await secrets.known(owner);
  const picked = await pickSecrets(owner, known, refused);
  const given = picked && (await askSecrets(owner, picked, known));
  if (!given) return;
  await secrets.set(owner, given);
  const result = owner.isRegistry
    ? await tryRegistry(await registries(), secrets, definition)
    : await tryCluster(connect, secrets, definition);
  const name = ownerName(owner);
  const isRemoved = Object.values(given).every((secret) => secret === '');
  if ('size' in result) {
    showResult(
      isRemoved
        ? t('The secret of {0} is removed, and signing in works: {1}.', name, result.size)
        : t('The new secret of {0} is stored and works: {1}.', name, result.size),
    );
    return;
  }
  const { reason, advice } = explain(result.error);
  void notify(
    'warning',
    sentences(
      isRemoved
        ? t('The secret of {0} is removed, and signing in does not work: {1}', name, reason)
        : t('The new secret of {0} is stored, but does not work yet: {1}', name, reason),
      advice,
    ),
    [
      runs(t('Enter Secret'), 'replaceSecret', { cluster: definition.name }),
      runs(t('Show Log'), 'showLog'),
    ],
  );
}

/** What tries secrets. */
interface TestServices {
  readonly connect: ConnectToRead;
  readonly registries: () => Promise<Registries>;
}

/** Returns what a secret is for: the cluster or its schema registry. Asks if it may be either. */
async function chooseOwner(
  definition: ClusterDefinition,
  secrets: ClusterSecrets,
): Promise<SecretOwner> {
  const t = vscode.l10n.t;
  const { name } = definition;
  const owners = ownersOf(definition).filter((owner) => secretNames(owner).length > 0);
  const [first, second] = owners;
  if (!first) {
    throw new UserError(
      t('{0} signs in without a secret', name),
      t('Edit the cluster to choose another way to sign in'),
      runs(t('Edit Cluster'), 'editCluster', { cluster: name, field: 'signIn' }),
    );
  }
  if (!second) return first;
  const missing = await Promise.all(owners.map((owner) => secrets.missing(owner)));
  const lacking = owners.filter((_, at) => (missing[at] ?? []).length > 0);
  const [only, other] = lacking;
  if (only && !other) return only;
  const answer = await askPick(onlyStep(t('Secrets of {0}', name)), {
    placeholder: t('What is the secret for?'),
    choices: owners.map((owner) => ({
      label: owner.isRegistry ? t('Schema registry') : t('REST proxy'),
      description: new URL(owner.endpoint).host,
      choice: owner,
    })),
  });
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
  return answer;
}

/** What a server holds that secrets gave access to, or why they did not. */
type Tried = { readonly size: string } | { readonly error: unknown };

async function tryCluster(
  connect: ConnectToRead,
  secrets: ClusterSecrets,
  definition: ClusterDefinition,
): Promise<Tried> {
  const result = await test(connect, secrets, definition);
  return result.ok ? { size: clusterSize(result) } : { error: result.failure.error };
}

async function tryRegistry(
  registries: Registries,
  secrets: ClusterSecrets,
  definition: ClusterDefinition,
): Promise<Tried> {
  const { name, schemaRegistry } = definition;
  const owner = registryOwner(definition);
  if (!owner || !schemaRegistry) return { size: '' };
  const registry = registries.trial(schemaRegistry, (secret) => secrets.get(owner, secret));
  const title = vscode.l10n.t('Testing the connection to {0}', ownerName({ ...owner, name }));
  const result = await withProgress(title, (signal) =>
    testRegistry(registry, schemaRegistry, signal),
  );
  return 'subjects' in result ? { size: subjects(result.subjects) } : result;
}

/** Tests the connection and says what the cluster holds. Throws the reason if the test fails. */
export async function testCluster(
  connections: Connections,
  secrets: ClusterSecrets,
  connect: ConnectToRead,
  target: Target,
): Promise<void> {
  const { definition } = await chooseCluster(connections.clusters, target);
  const { name } = definition;
  await connections.ready(name);
  const result = await test(connect, secrets, definition);
  if (!result.ok) throw result.failure.error;
  showResult(connectedTo(name, result));
}

function test(
  connect: ConnectToRead,
  secrets: ClusterSecrets,
  definition: ClusterDefinition,
): Promise<TestResult> {
  const title = vscode.l10n.t('Testing the connection to {0}', definition.name);
  return withProgress(title, (signal) =>
    testConnection(connect, definition, (secret) => secrets.get(definition, secret), signal),
  );
}
