import * as vscode from 'vscode';
import { writeClusterFile } from '../../../core/cluster/clusterFile';
import { askMany } from '../../dialogs/questions';
import { showResult } from '../../dialogs/result';
import { back, onlyStep } from '../../dialogs/wizard';
import { nameWithMarks } from '../../words/clusterMarks';
import { UserError } from '../../words/report';
import type { ClusterStore } from '../clusters';
import { definitionRules } from '../definitionRules';

/** Writes the definitions of clusters that the person chooses to a file, without any secret. */
export async function exportClusters(clusters: ClusterStore): Promise<void> {
  const t = vscode.l10n.t;
  const title = t('Export Clusters');
  const defined = clusters.defined();
  if (defined.length === 0) {
    throw new UserError(
      t('the settings define no cluster'),
      t('Add one first; an emulator is gone when it stops'),
      'addCluster',
    );
  }
  const chosen = await askMany(onlyStep(title), t('Which clusters? Secrets are not exported'), () =>
    Promise.resolve(
      defined.map((choice) => ({
        label: nameWithMarks(choice),
        description: new URL(choice.endpoint).host,
        choice,
      })),
    ),
  );
  if (chosen === undefined || chosen === back) throw new vscode.CancellationError();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    title,
    filters: { JSON: ['json'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, 'kafka-rest-clusters.json') }),
  });
  if (!file) throw new vscode.CancellationError();
  const text = writeClusterFile(chosen, definitionRules);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const open = { title: t('Open File'), run: () => vscode.window.showTextDocument(file) };
  showResult(
    chosen.length === 1
      ? t('Exported 1 cluster without secrets: {0}', name)
      : t('Exported {0} clusters without secrets: {1}', chosen.length, name),
    [open],
  );
}
