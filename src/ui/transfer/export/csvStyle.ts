import * as vscode from 'vscode';
import { type CsvStyle, csvStyles } from '../../../transfer/export/csv';
import type { Action } from '../../dialogs/notify';
import { askPick } from '../../dialogs/questions';
import { back, onlyStep } from '../../dialogs/wizard';

const SETTING = 'export.csv';

/** Whether nobody has chosen how CSV is written, so that a person should hear of the choice. */
export function isDefaultCsv(): boolean {
  const { globalValue, workspaceValue, workspaceFolderValue } =
    vscode.workspace.getConfiguration('kafkaRest').inspect(SETTING) ?? {};
  return (globalValue ?? workspaceValue ?? workspaceFolderValue) === undefined;
}

/** Opens the setting that says how CSV is written. */
export function csvSettings(): Action {
  return {
    title: vscode.l10n.t('CSV for Excel...'),
    run: () =>
      vscode.commands.executeCommand('workbench.action.openSettings', `kafkaRest.${SETTING}`),
  };
}

/**
 * Returns how to write a CSV file: as the setting says, which may be to ask. Returns `undefined` if
 * the person gives up.
 */
export async function askCsvStyle(file: string): Promise<CsvStyle | undefined> {
  const t = vscode.l10n.t;
  const setting = vscode.workspace.getConfiguration('kafkaRest').get<unknown>(SETTING);
  if (setting !== 'ask') return csvStyles.find((style) => style === setting) ?? 'plain';
  const safe = t(
    'Keys and values that begin with =, +, - or @ get an apostrophe, so none is a formula.',
  );
  const described: Readonly<Record<CsvStyle, readonly [string, string, string]>> = {
    plain: [t('Other Programs'), t('plain CSV, separated by commas'), ''],
    excel: [t('Excel'), t('separated by commas'), safe],
    excelSemicolons: [
      t('Excel with Decimal Commas'),
      t('separated by semicolons, as in much of Europe'),
      safe,
    ],
  };
  const answer = await askPick<CsvStyle>(onlyStep(t('Export Messages')), {
    placeholder: t('What will open {0}?', file),
    choices: csvStyles.map((choice) => {
      const [label, description, detail] = described[choice];
      return { label, description, detail, choice };
    }),
  });
  return answer === back ? undefined : answer;
}
