import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { askPick, type Choice, heading } from '../../../src/ui/dialogs/questions';
import { onlyStep } from '../../../src/ui/dialogs/wizard';
import { accept, nextQuickPick, until } from '../support';

const choicesOf = (...labels: readonly string[]): readonly Choice<string>[] =>
  labels.map((label) => ({ label, choice: label }));

describe('A list that is listed anew while one looks at it', () => {
  const before = choicesOf('one', 'two', 'three');
  for (const [what, after, chosen] of [
    ['keeps the row that one is at', choicesOf('zero', 'one', 'three', 'four'), 'three'],
    ['goes to the row in its place', choicesOf('one', 'two', 'other', 'four'), 'other'],
    ['goes to the last row if it is shorter', choicesOf('one'), 'one'],
    [
      'goes to the row before a heading',
      [...choicesOf('one', 'two'), heading('More'), ...choicesOf('four')],
      'two',
    ],
    ['goes to the first row after a heading', [heading('More'), ...choicesOf('only')], 'only'],
  ] as const) {
    it(what, async () => {
      const asked = nextQuickPick();
      let list: (after: readonly Choice<string>[]) => void = () => undefined;
      const answer = askPick<string>(onlyStep('Test'), {
        placeholder: 'Test',
        choices: (_, showMeanwhile) => {
          showMeanwhile(before);
          return new Promise((resolve) => {
            list = resolve;
          });
        },
      });
      const pick = await asked;
      const isActive = (label: string) =>
        until(() => pick.activeItems[0]?.label === label, `${label} is active`);
      await isActive('one');
      for (const label of ['two', 'three']) {
        await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
        await isActive(label);
      }
      list(after);
      await until(() => pick.items.length === after.length && !pick.busy, 'the new list');
      await isActive(chosen);
      await accept();
      assert.equal(await answer, chosen);
    });
  }
});
