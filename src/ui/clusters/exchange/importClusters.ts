import * as vscode from 'vscode';
import type { ClusterDefinition } from '../../../core/cluster/definition';
import { type ClusterFileProblem, readClusterFile } from '../../../core/cluster/clusterFile';
import { readForeign } from '../../../core/cluster/settings';
import { lenient, object, string } from '../../../core/schema';
import { choose } from '../../dialogs/notify';
import { runPage } from '../../dialogs/page';
import { showResult } from '../../dialogs/result';
import { definitionLines } from '../../words/definitionRows';
import { UserError } from '../../words/report';
import { ownSetting, ownSource } from '../clusterSettings';
import type { ClusterStore } from '../clusters';
import { definitionRules } from '../definitionRules';
import type { ClusterSecrets } from '../secrets';
import { importPage } from './importPage';
import { planFor, replaceable, toSave } from './plan';

/** The largest file that is read at all, in bytes. */
const MAX_BYTES = 4_000_000;

const givenFile = object({ file: lenient(string) });

/**
 * Adds clusters from a file to the person's own settings, after they have seen what each would
 * connect to. Nothing is sent to any of them.
 */
export async function importClusters(
  clusters: ClusterStore,
  secrets: ClusterSecrets,
  argument: unknown,
): Promise<void> {
  const t = vscode.l10n.t;
  const title = t('Import Clusters');
  const file = await fileFor(argument, title);
  const entries = readClusterFile(await textOf(file));
  if ('problem' in entries) throw noClusters(entries);
  const { clusters: imported, invalid } = readForeign(entries, ownSetting(), definitionRules);
  const page = importPage(invalid, clusters);
  const { plan } = await runPage(title, { plan: planFor(imported, clusters) }, page);
  const names: string[] = [];
  for (const planned of plan.filter(({ fate }) => fate.kind !== 'skip')) {
    const { name } = planned.definition;
    const replaced = planned.fate.kind === 'replace' ? replaceable(name, clusters) : undefined;
    const definition = toSave(planned, replaced);
    if (replaced && !(await confirmReplacing(name, [replaced, definition]))) continue;
    await clusters.save(definition, ownSource, replaced?.name);
    if (replaced) await secrets.remove(replaced, definition);
    names.push(definition.name);
  }
  if (names.length > 0) showResult(t('Imported: {0}', names.join(', ')));
}

async function fileFor(argument: unknown, title: string): Promise<vscode.Uri> {
  const given = argument instanceof vscode.Uri ? undefined : givenFile(argument)?.file;
  if (given !== undefined) return vscode.Uri.file(given);
  const filters = { JSON: ['json', 'jsonc', 'yml', 'yaml'] };
  const [file] = (await vscode.window.showOpenDialog({ title, filters })) ?? [];
  if (!file) throw new vscode.CancellationError();
  return file;
}

async function textOf(file: vscode.Uri): Promise<string> {
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > MAX_BYTES) throw noClusters({ problem: 'too-large' });
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

/** Asks whether one definition may take the place of another. */
async function confirmReplacing(
  name: string,
  definitions: readonly [replaced: ClusterDefinition, by: ClusterDefinition],
): Promise<boolean> {
  const t = vscode.l10n.t;
  const [before, after] = definitions.map((definition) => definitionLines(definition).join('\n'));
  const replace = t('Replace');
  const detail = [
    t('What it is now:'),
    before,
    t('What the file says:'),
    after,
    t('Its secrets are asked for again unless nothing changes that they are for.'),
  ];
  const message = t('Replace your cluster {0} by that of the file?', name);
  return (await choose('warning', message, detail.join('\n\n'), [replace])) === replace;
}

/** Returns the failure of a file without clusters. */
function noClusters(problem: ClusterFileProblem): UserError {
  const t = vscode.l10n.t;
  const another = t('Choose a file that “Export Clusters” made');
  switch (problem.problem) {
    case 'too-large':
      return new UserError(t('the file is too large'), another);
    case 'not-json':
      return new UserError(t('the file is not JSON'), another);
    case 'nothing':
      return new UserError(t('the file holds no clusters'), another);
    case 'later-version':
      return new UserError(
        t('the file was made by a later version of the extension'),
        t('Update the extension'),
      );
    case 'only-brokers':
      return new UserError(
        t('the file names Kafka brokers, and no REST proxy'),
        t('Ask whoever runs the cluster for the address of its REST proxy, and add that'),
        'addCluster',
      );
    case 'no-api-key':
      return new UserError(
        t('the file names no API key for {0}', problem.endpoint),
        t('Create one in Confluent Cloud, and add the cluster by this address'),
        'addCluster',
      );
  }
}
