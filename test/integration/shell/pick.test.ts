import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { askPick, type Choice, heading } from '../../../src/ui/dialogs/questions';
import { onlyStep } from '../../../src/ui/dialogs/wizard';
import { accept, nextQuickPick, until } from '../support';

const choicesOf = (...labels: readonly string[]): readonly Choice<string>[] =>
  labels.map((label) => ({ label, choice: label }));

/** Shows a list, goes to one of its rows with the keyboard, and then lists other choices. */
async function listAnew(
  before: readonly Choice<string>[],
  row: number,
  after: readonly Choice<string>[],
) {
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
  for (const [at, { label }] of before.slice(0, row + 1).entries()) {
    if (at > 0) await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    await until(() => pick.activeItems[0]?.label === label, `${label} is active`);
  }
  list(after);
  await until(() => pick.items.length === after.length && !pick.busy, 'the new list');
  return { pick, answer };
}

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
      const { answer } = await listAnew(before, 2, after);
      await accept();
      assert.equal(await answer, chosen);
    });
  }

  it('stays at a row that says why nothing can be done, where Enter does nothing', async () => {
    const cannot = [{ label: 'Cannot go' }, ...choicesOf('Change', 'Look')];
    const { pick, answer } = await listAnew(choicesOf('Go', 'Change'), 0, cannot);
    await accept();
    pick.hide();
    assert.equal(await answer, undefined);
  });
});
