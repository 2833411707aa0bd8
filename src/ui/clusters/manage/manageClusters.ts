import * as vscode from 'vscode';
import type { ClusterDefinition } from '../../../core/cluster/definition';
import type { Cluster, ClusterStore } from '../clusters';
import type { ConnectToRead } from '../connect';
import type { Connections } from '../connections';
import { connectedTo, testConnection, type TestResult } from './connectionTest';
import { confirm, notify } from '../../dialogs/notify';
import { showResult } from '../../dialogs/result';
import { chooseCluster, type Target } from '../pick';
import { withProgress } from '../../dialogs/progress';
import { askSecrets, type ClusterSecrets, pickSecrets, secretNames } from '../secrets';
import { clusterSize } from '../../words/counts';
import { runs } from '../../words/remedies';
import { explain, UserError } from '../../words/report';
import { sentences } from '../../words/sentences';

/** As `chooseCluster`, for commands that make no sense on the emulator. */
export async function chooseOwnCluster(clusters: ClusterStore, target: Target): Promise<Cluster> {
  const cluster = await chooseCluster(clusters, target);
  if (!cluster.temporary) return cluster;
  throw new UserError(
    vscode.l10n.t('the emulator is not a cluster of the settings'),
    vscode.l10n.t('It is gone when it is stopped'),
    'stopEmulator',
  );
}

export async function removeCluster(
  clusters: ClusterStore,
  secrets: ClusterSecrets,
  target: Target,
): Promise<void> {
  const { definition } = await chooseOwnCluster(clusters, target);
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
  await secrets.remove(definition, clusters.get(name)?.definition);
  showResult(vscode.l10n.t('Removed {0} from Kafka REST Explorer.', name));
}

/**
 * Asks for secrets of a cluster, stores them, or removes those that are left empty, and says whether
 * they can be used. `refused` is the one that a failure was about.
 */
export async function replaceSecret(
  clusters: ClusterStore,
  secrets: ClusterSecrets,
  connect: ConnectToRead,
  target: Target,
  refused?: string,
): Promise<void> {
  const t = vscode.l10n.t;
  const { definition } = await chooseOwnCluster(clusters, target);
  const { name } = definition;
  const names = secretNames(definition);
  if (names.length === 0) {
    throw new UserError(
      t('{0} signs in without a secret', name),
      t('Edit the cluster to choose another way to sign in'),
      runs(t('Edit Cluster'), 'editCluster', { cluster: name, field: 'signIn' }),
    );
  }
  const known = await secrets.known(definition);
  const picked = await pickSecrets(definition, known, refused);
  const given = picked && (await askSecrets(definition, picked, known));
  if (!given) return;
  await secrets.set(definition, given);
  const result = await test(connect, secrets, definition);
  const isRemoved = Object.values(given).every((secret) => secret === '');
  if (result.ok) {
    showResult(
      isRemoved
        ? t('The secret of {0} is removed, and signing in works: {1}.', name, clusterSize(result))
        : t('The new secret of {0} is stored and works: {1}.', name, clusterSize(result)),
    );
    return;
  }
  const { reason, advice } = explain(result.failure.error);
  void notify(
    'warning',
    sentences(
      isRemoved
        ? t('The secret of {0} is removed, and signing in does not work: {1}', name, reason)
        : t('The new secret of {0} is stored, but does not work yet: {1}', name, reason),
      advice,
    ),
    [runs(t('Enter Secret'), 'replaceSecret', { cluster: name }), runs(t('Show Log'), 'showLog')],
  );
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
