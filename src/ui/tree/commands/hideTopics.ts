import * as vscode from 'vscode';
import { hiddenTopics } from '../../base/topicFilter';
import { showResult } from '../../dialogs/result';
import { UserError } from '../../words/report';
import { withoutTopics, withTopics } from './hiddenGlobs';

/** Hides topics by the settings, on all clusters, and offers to take it back. */
export async function hideTopics(topics: readonly string[]): Promise<void> {
  const t = vscode.l10n.t;
  const undo = await change((globs) => withTopics(globs, topics));
  const hides = hiddenTopics();
  const [first = ''] = topics;
  if (!topics.every(hides)) {
    await undo();
    throw new UserError(
      t('kafkaRest.hiddenTopics holds too much already'),
      t('Remove some of it, or write patterns such as orders-*'),
      openSetting(),
    );
  }
  const said =
    topics.length === 1
      ? t('{0} is hidden now, in the sidebar and in lists, on all clusters.', first)
      : t(
          '{0} topics are hidden now, in the sidebar and in lists, on all clusters.',
          topics.length,
        );
  showResult(said, [{ title: t('Undo'), run: undo }, openSetting()]);
}

/** Shows topics again that the settings hide by name. */
export async function unhideTopics(topics: readonly string[]): Promise<void> {
  await change((globs) => withoutTopics(globs, topics));
  const hides = hiddenTopics();
  const hidden = topics.find(hides);
  if (hidden === undefined) return;
  throw new UserError(
    vscode.l10n.t('a pattern in kafkaRest.hiddenTopics hides {0}', hidden),
    vscode.l10n.t('Change the pattern'),
    openSetting(),
  );
}

/** Changes the setting where it is defined. Returns what restores it. */
async function change(
  make: (globs: readonly unknown[]) => readonly unknown[],
): Promise<() => Promise<void>> {
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const settings = vscode.workspace.getConfiguration('kafkaRest');
  const found = settings.inspect<unknown>('hiddenTopics');
  const isInWorkspace = found?.workspaceValue !== undefined;
  const target = isInWorkspace ? Workspace : Global;
  const before = isInWorkspace ? found.workspaceValue : found?.globalValue;
  const current = settings.get<unknown>('hiddenTopics');
  const globs: readonly unknown[] = Array.isArray(current) ? current : [];
  const update = async (value: unknown) => {
    await vscode.workspace.getConfiguration('kafkaRest').update('hiddenTopics', value, target);
  };
  await update(make(globs));
  return () => update(before);
}

function openSetting() {
  return {
    title: vscode.l10n.t('Open Settings'),
    run: () =>
      vscode.commands.executeCommand('workbench.action.openSettings', 'kafkaRest.hiddenTopics'),
  };
}
