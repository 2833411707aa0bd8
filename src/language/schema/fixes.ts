import * as l10n from '@vscode/l10n';
import type { TextEdit } from 'vscode-languageserver-types';
import type { Problem } from '../../kafkaFile/problems';
import type { LinedText } from '../../kafkaFile/text';

/** Returns the fixes for what does not fit a schema. `fill` adds the members that must be there. */
export function misfitFixes(
  file: LinedText,
  problem: Problem,
  fill: () => TextEdit[],
): { readonly title: string; readonly edits: TextEdit[] }[] {
  const { kind, suggestions = [] } = problem;
  if (kind === 'member-missing') {
    return [{ title: l10n.t('Add the missing members'), edits: fill() }];
  }
  const isName = kind === 'member-unknown';
  return suggestions
    .map((each) => (isName ? JSON.stringify(each) : each))
    .map((word) => ({
      title: l10n.t('Change to "{0}"', word),
      edits: [{ range: file.range(problem), newText: word }],
    }));
}
