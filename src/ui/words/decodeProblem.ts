import * as vscode from 'vscode';
import type { DecodeProblem } from '../../core/message/decoders/decoder';
import { inWords } from '../../l10n/inWords';
import { explain } from './report';

/** Says why a key or value is not shown in its format. */
export function describeDecodeProblem(problem: DecodeProblem): string {
  const t = vscode.l10n.t;
  switch (problem.kind) {
    case 'wrong-size':
      return t('{0} bytes, where the format has {1}', problem.actual, problem.expected);
    case 'lossy':
      return t('the REST proxy did not pass on its bytes unchanged');
    case 'not-in-format':
      return problem.detail === undefined
        ? t('it does not have this format')
        : t('it does not have this format: {0}', inWords(problem.detail));
    case 'no-schema':
      // That tells by itself whether there is none, or whether the registry could not be asked.
      return inWords(problem.detail);
    case 'not-in-schema':
      return t('it does not fit its schema: {0}', inWords(problem.detail));
    case 'too-large':
      return t('it is too large to be decoded');
    case 'failed':
      return t('it could not be decoded: {0}', explain(problem.cause).reason);
  }
}
