import * as vscode from 'vscode';
import { type CsvStyle, csvStyles } from '../../transfer/export/csv';
import { askPick } from '../dialogs/questions';
import { back, onlyStep } from '../dialogs/wizard';

/**
 * Returns how to write a CSV file: as the setting says, or as the person says, who is asked by
 * default. Returns `undefined` if the person gives up.
 */
export async function askCsvStyle(file: string): Promise<CsvStyle | undefined> {
  const t = vscode.l10n.t;
  const setting = vscode.workspace.getConfiguration('kafkaRest').get<unknown>('export.csv');
  const chosen = csvStyles.find((style) => style === setting);
  if (chosen) return chosen;
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
