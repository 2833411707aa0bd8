import * as vscode from 'vscode';
import { listed } from '../../../l10n/listed';
import { joinSentences } from '../../../l10n/joinSentences';
import type { Exported } from '../../../transfer/export/exportFile';
import type { ExportFormat } from '../../../transfer/export/exportFormats';
import type { Action, Severity } from '../../dialogs/notify';
import { messages } from '../../words/counts';
import { csvSettings, isDefaultCsv } from './csvStyle';
import type { ExportTarget } from './exportTarget';

/** What to say of an export. */
interface ExportOutcome {
  readonly severity: Severity;
  readonly text: string;
  readonly actions: readonly Action[];
}

/** Says what an export has written. */
export function describeExport(
  topic: string,
  { uri, format }: ExportTarget,
  { records, leftOut }: Exported,
): ExportOutcome {
  const t = vscode.l10n.t;
  const path = vscode.workspace.asRelativePath(uri);
  const isWritten = records > 0;
  const sentences = [
    isWritten
      ? t('Exported {0} of {1} to {2}.', messages(records), topic, path)
      : t('No messages there in {0}, so no file was written.', topic),
    ...describeLeftOut(leftOut, format),
    ...(isWritten ? describeCsv(format) : []),
  ];
  const open: Action = {
    title: t('Open File'),
    run: () => vscode.commands.executeCommand('vscode.open', uri),
  };
  const actions = isWritten ? [open, ...reveal(uri), ...csvActions(format)] : [];
  return {
    severity: leftOut > 0 ? 'warning' : 'information',
    text: joinSentences(...sentences),
    actions,
  };
}

/** What an export has written of one of several topics. */
export interface WrittenTopic {
  readonly topic: string;
  readonly exported: Exported;
  readonly notices: readonly string[];
}

/** Says what an export of `count` topics to a folder has written. */
export function describeTopics(
  written: readonly WrittenTopic[],
  count: number,
  folder: vscode.Uri,
  format: ExportFormat,
): ExportOutcome {
  const t = vscode.l10n.t;
  const sum = (of: (exported: Exported) => number) =>
    written.reduce((total, { exported }) => total + of(exported), 0);
  const filled = written.filter(({ exported }) => exported.records > 0);
  const empty = written.filter(({ exported }) => exported.records === 0);
  const leftOut = sum((exported) => exported.leftOut);
  const path = vscode.workspace.asRelativePath(folder);
  const all = messages(sum(({ records }) => records));
  const sentences = [
    t('Exported {0} of {1} topics to {2}.', all, filled.length, path),
    ...(empty.length > 0
      ? [t('No messages there, so no file: {0}.', listed(empty.map(({ topic }) => topic)))]
      : []),
    ...(written.length < count ? [t('{0} topics were not exported.', count - written.length)] : []),
    ...describeLeftOut(leftOut, format),
    ...new Set(written.flatMap(({ notices }) => notices)),
    ...describeCsv(format),
  ];
  const isTrouble = leftOut > 0 || written.length < count;
  return {
    severity: isTrouble ? 'warning' : 'information',
    text: joinSentences(...sentences),
    actions: [...reveal(folder), ...csvActions(format)],
  };
}

function describeLeftOut(leftOut: number, format: ExportFormat): readonly string[] {
  if (leftOut === 0) return [];
  return [
    vscode.l10n.t(
      '{0} left out because a .{1} file cannot hold them: their text is not valid Unicode.',
      messages(leftOut),
      format,
    ),
  ];
}

function describeCsv(format: ExportFormat): readonly string[] {
  const isTold = format === 'csv' && isDefaultCsv();
  return isTold ? [vscode.l10n.t('For Excel, set kafkaRest.export.csv.')] : [];
}

function csvActions(format: ExportFormat): readonly Action[] {
  return format === 'csv' && isDefaultCsv() ? [csvSettings()] : [];
}

/** Returns the action that shows a file or folder where the person looks for such. */
function reveal(uri: vscode.Uri): readonly Action[] {
  const { uiKind, remoteName } = vscode.env;
  const isLocal = uiKind === vscode.UIKind.Desktop && remoteName === undefined;
  const command = vscode.workspace.getWorkspaceFolder(uri)
    ? 'revealInExplorer'
    : isLocal && uri.scheme === 'file' && 'revealFileInOS';
  if (!command) return [];
  const run = () => vscode.commands.executeCommand(command, uri);
  return [{ title: vscode.l10n.t('Reveal'), run }];
}
