import * as vscode from 'vscode';
import type { DecodeProblem } from '../core/payloadCodec';

/** What stands in place of a key or value that its format does not fit. */
export function decodeProblem(problem: DecodeProblem): string {
  switch (problem.kind) {
    case 'wrong-size':
      return vscode.l10n.t(
        '({0} bytes, where the format has {1})',
        problem.actual,
        problem.expected,
      );
    case 'mangled':
      return vscode.l10n.t('(the REST proxy did not hand on its bytes as they are)');
  }
}
