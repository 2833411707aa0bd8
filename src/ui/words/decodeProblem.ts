import * as vscode from 'vscode';
import type { DecodeProblem } from '../../core/message/decoders/decoder';
import { explain } from './report';

/** Says why a key or value is not shown in its format. */
export function describeDecodeProblem(problem: DecodeProblem): string {
  const t = vscode.l10n.t;
  switch (problem.kind) {
    case 'wrong-size':
      return t('{0} bytes, where the format has {1}', problem.actual, problem.expected);
    case 'lossy':
      return t('the REST proxy did not pass on its bytes unchanged');
    case 'failed':
      return t('it could not be decoded: {0}', explain(problem.cause).reason);
  }
}
