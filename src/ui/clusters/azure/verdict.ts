import * as vscode from 'vscode';
import { conditionOf, type FoundCluster } from '../../../azure/foundCluster';
import type { ClusterDefinition } from '../../../core/cluster/definition';
import type { Action, Severity } from '../../dialogs/notify';
import { runs } from '../../words/remedies';

/** Why a cluster does not respond, as far as Azure knows. */
export interface Verdict {
  readonly severity: Severity;
  /** Clauses without a full stop. */
  readonly message: string;
  readonly advice: string;
  readonly actions: readonly Action[];
}

/** Says what Azure knows of a cluster. */
export function verdictOn(
  { name, endpoint }: Pick<ClusterDefinition, 'name' | 'endpoint'>,
  found: FoundCluster | 'gone',
): Verdict {
  const t = vscode.l10n.t;
  const again = runs(t('Check Again'), 'checkInAzure', { cluster: name });
  const edit = (field: string) => runs(t('Edit Cluster'), 'editCluster', { cluster: name, field });
  const warning = (message: string, advice: string, ...actions: readonly Action[]): Verdict => {
    return { severity: 'warning', message, advice, actions };
  };
  if (found === 'gone') {
    return warning(
      t('{0} is no longer in Azure', name),
      t('It was deleted or moved, or you may not see it'),
      runs(t('Add Cluster from Azure...'), 'addAzureCluster'),
      runs(t('Remove Cluster...'), 'removeCluster', { cluster: name }),
    );
  }
  const { state } = found;
  switch (conditionOf(found)) {
    case 'changing':
      return warning(
        t('{0} is being created, scaled or maintained. Azure calls that {1}', name, state),
        t('Its REST proxy responds again when that is done'),
        again,
      );
    case 'deleting':
      return warning(
        t('{0} is being deleted. Azure calls that {1}', name, state),
        t('Ask an owner of the subscription if you did not expect that'),
        again,
      );
    case 'failed':
      return warning(
        t('{0} does not run. Azure calls that {1}', name, state),
        t('Ask an owner of the subscription to look at it in the Azure portal'),
        again,
      );
    case 'running':
      break;
  }
  if (found.endpoint === undefined) {
    return warning(
      t('{0} has no REST proxy: it was created without “Enable Kafka REST proxy”', name),
      t('A cluster gets it only when it is created'),
      runs(t('Open Setup Guide'), 'openSetupGuide', 'create-the-cluster'),
    );
  }
  if (new URL(found.endpoint).host !== new URL(endpoint).host) {
    return warning(
      t('The REST proxy of {0} has another address in Azure: {1}', name, found.endpoint),
      t('Change the endpoint of the cluster'),
      edit('endpoint'),
    );
  }
  return {
    severity: 'information',
    message: t('{0} runs, says Azure, and its address is right', name),
    advice: t('If it does not respond, check the network: a VPN, and ports 443 and 9400'),
    actions: [runs(t('Open Setup Guide'), 'openSetupGuide', 'open-the-ports'), again],
  };
}
