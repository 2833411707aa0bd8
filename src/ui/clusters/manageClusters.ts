import * as vscode from 'vscode';
import type { Cluster, ClusterStore } from './clusters';
import type { ConnectToRead } from './connect';
import type { Connections } from './connections';
import { testConnection } from './connectionTest';
import { confirm } from '../dialogs/notify';
import { showResult } from '../dialogs/result';
import { pickCluster, type Target, withOnlyCluster } from './pick';
import { withProgress } from '../dialogs/progress';
import { askSecrets, type ClusterSecrets, secretNames } from './secrets';
import { clusterSize } from '../words/counts';
import { runs } from '../words/remedies';
import { UserError } from '../words/report';
import { back, onlyStep } from '../dialogs/wizard';

/** Returns the cluster that a command was called on, or else the one that the person picks. */
export async function chooseCluster(clusters: ClusterStore, target: Target): Promise<Cluster> {
  const { cluster } = withOnlyCluster(target, clusters);
  const title = vscode.l10n.t('Cluster');
  const context = onlyStep(title);
  const answer = cluster === undefined ? await pickCluster(context, clusters) : { cluster };
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
  return clusters.require(answer.cluster);
}

/** As `chooseCluster`, for commands that make no sense on the emulator. */
export async function chooseOwnCluster(clusters: ClusterStore, target: Target): Promise<Cluster> {
  const cluster = await chooseCluster(clusters, target);
  if (!cluster.emulator) return cluster;
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
  await secrets.remove(definition);
  showResult(vscode.l10n.t('Removed {0} from Kafka REST Explorer.', name));
}

export async function replaceSecret(
  clusters: ClusterStore,
  secrets: ClusterSecrets,
  target: Target,
): Promise<void> {
  const { definition } = await chooseOwnCluster(clusters, target);
  const names = secretNames(definition);
  if (names.length === 0) {
    throw new UserError(
      vscode.l10n.t('{0} signs in without a secret', definition.name),
      vscode.l10n.t('Edit the cluster to choose another way to sign in'),
      runs(vscode.l10n.t('Edit Cluster'), 'editCluster', {
        cluster: definition.name,
        field: 'signIn',
      }),
    );
  }
  const given = await askSecrets(definition, names);
  if (!given) return;
  await secrets.set(definition, given);
  showResult(vscode.l10n.t('Saved the secret of {0}.', definition.name));
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
  const result = await withProgress(
    vscode.l10n.t('Testing the connection to {0}', name),
    (signal) =>
      testConnection(connect, definition, (secret) => secrets.get(definition, secret), signal),
  );
  if (!result.ok) throw result.failure.error;
  showResult(
    vscode.l10n.t('Connected to {0}: {1}.', name, clusterSize(result.topics, result.brokers)),
  );
}
