import * as vscode from 'vscode';
import type { Connections } from '../clusters/connections';
import { isAble } from '../clusters/pick';
import type { PageRow } from '../dialogs/page';
import { remediesOf } from '../words/remedies';
import type { Draft } from './draft';

/** Returns a row for each next step after a failure, if there is one. */
export function remedyRows(
  connections: Connections,
  { cluster, topic }: Draft,
  error: unknown,
): readonly PageRow<Draft>[] {
  if (error === undefined) return [];
  // Choosing it shows the page again, which tries again.
  const again = () => undefined;
  const canCreateTopic = isAble(connections, cluster, 'createTopic');
  return remediesOf(error, { cluster, topic, canCreateTopic, again }).map((remedy) => ({
    label: remedy.title,
    iconPath: new vscode.ThemeIcon('lightbulb'),
    ask: async () => {
      await remedy.run();
      return {};
    },
  }));
}
