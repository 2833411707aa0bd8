import * as vscode from 'vscode';
import type { Management } from '../../../azure/management';
import type { HttpClient } from '../../../core/http/client';
import { withProgress } from '../../dialogs/progress';
import { askPick } from '../../dialogs/questions';
import { type Answer, back, type StepContext } from '../../dialogs/wizard';
import { isCancelled } from '../../words/report';
import { sentences } from '../../words/sentences';
import { type AzureAccess, explainAzure, managementSignIn, openFor } from './azureAccess';
import { signInAnew, unlessCancelled } from './signIn';

/**
 * Reads from Azure, in a tenant that may be empty. If that fails, says why, and asks whether to
 * sign in or to try again. Returns `back` if the person cancels the reading.
 */
export type Reach = <T>(
  context: StepContext,
  tenantId: string,
  read: (management: Management, signal: AbortSignal) => Promise<T>,
) => Promise<Answer<T>>;

export function reachWith(access: AzureAccess, http: HttpClient): Reach {
  return async (context, tenantId, read) => {
    for (;;) {
      try {
        const management = await openFor(access, tenantId, http);
        const title = vscode.l10n.t('Reading from Azure');
        return await withProgress(title, (signal) => read(management, signal));
      } catch (error) {
        if (isCancelled(error)) return back;
        const next = await askAfter(context, error);
        if (next === back || next === undefined) return next;
        // If the person gives up, the next attempt says what is still wrong.
        if (next === 'signIn') {
          await unlessCancelled(signInAnew('Azure', managementSignIn(access, tenantId)));
        }
      }
    }
  };
}

function askAfter(context: StepContext, error: unknown): Promise<Answer<'signIn' | 'again'>> {
  const t = vscode.l10n.t;
  const { reason, advice, next = [] } = explainAzure(error);
  return askPick<'signIn' | 'again'>(context, {
    placeholder: t('Azure cannot be read yet. What next?'),
    choices: [
      { label: reason, detail: sentences(advice), iconPath: new vscode.ThemeIcon('error') },
      ...(next.includes('signIn')
        ? [
            {
              label: t('Sign In'),
              iconPath: new vscode.ThemeIcon('sign-in'),
              choice: 'signIn' as const,
            },
          ]
        : []),
      { label: t('Try Again'), iconPath: new vscode.ThemeIcon('refresh'), choice: 'again' },
    ],
    active: (choice) => choice === (next.includes('signIn') ? 'signIn' : 'again'),
  });
}
