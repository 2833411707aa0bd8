import * as vscode from 'vscode';
import type { LinkProblem } from '../../core/read/viewLink';
import { UserError } from '../words/report';

/** Returns the failure of a link that cannot be read. */
export function unreadable({ problem, member }: LinkProblem): UserError {
  const t = vscode.l10n.t;
  const copyAgain = t('Copy it again where it was made');
  switch (problem) {
    case 'too-long':
      return new UserError(t('the link is too long'), copyAgain);
    case 'unknown':
      return new UserError(
        t('the link has something that is unknown here: {0}', member),
        t('Update the extension, or take it out of the link'),
      );
    case 'repeated':
      return new UserError(t('the link has this twice: {0}', member), copyAgain);
    case 'missing':
      return new UserError(t('the link lacks this: {0}', member), copyAgain);
    case 'invalid':
      return new UserError(t('the link has a wrong value for this: {0}', member), copyAgain);
  }
}
