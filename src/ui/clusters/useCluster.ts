import * as vscode from 'vscode';
import type { DefinedCluster, EntryPlace } from '../../core/cluster/settings';
import { choose } from '../dialogs/notify';
import { askPick } from '../dialogs/questions';
import { showResult } from '../dialogs/result';
import { back, onlyStep } from '../dialogs/wizard';
import { sourceWords } from '../words/clusterSource';
import { definitionLines } from '../words/definitionRows';
import { UserError } from '../words/report';
import { isSameSource, ownSource } from './clusterSettings';
import type { ClusterStore } from './clusters';
import type { Target } from './pick';

/**
 * Shows what a cluster of the workspace would connect to, and uses it if the person agrees. Without
 * `place` and name, asks for one of those that are offered.
 */
export async function useCluster(
  clusters: ClusterStore,
  target: Target,
  place: EntryPlace | undefined,
): Promise<void> {
  const t = vscode.l10n.t;
  const offered = await chooseOffered(clusters, target, place);
  const { definition, source } = offered;
  const { name } = definition;
  const use = t('Use This Cluster');
  const before = clusters.get(name)?.place?.source;
  const replaces =
    before && isSameSource(before, ownSource)
      ? [t('In this workspace, it takes the place of your own cluster with this name.')]
      : [];
  const answer = await choose(
    'warning',
    t('Use the cluster {0}, which stands in {1}?', name, sourceWords(source)),
    [
      definitionLines(definition).join('\n'),
      ...replaces,
      t('Nothing was sent to it yet. If its definition changes, you are asked again.'),
    ].join('\n\n'),
    [use],
  );
  if (answer !== use) return;
  await clusters.use(offered);
  showResult(t('{0} of this workspace is in use.', name));
}

async function chooseOffered(
  clusters: ClusterStore,
  { cluster }: Target,
  place: EntryPlace | undefined,
): Promise<DefinedCluster> {
  const t = vscode.l10n.t;
  const offered = clusters
    .offered()
    .filter(
      ({ source, index, definition: { name } }) =>
        (cluster === undefined || name === cluster) &&
        (!place || (isSameSource(source, place.source) && index === place.index)),
    );
  const [first, second] = offered;
  if (!first) {
    throw new UserError(
      t('this workspace offers no cluster that is not in use'),
      t('Look at kafkaRest.clusters in its settings'),
      { setting: 'kafkaRest.clusters' },
    );
  }
  if (!second) return first;
  const answer = await askPick(onlyStep(t('Clusters of This Workspace')), {
    placeholder: t('Which cluster?'),
    choices: offered.map((choice) => ({
      label: choice.definition.name,
      description: new URL(choice.definition.endpoint).host,
      iconPath: new vscode.ThemeIcon('server-environment'),
      choice,
    })),
  });
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
  return answer;
}
