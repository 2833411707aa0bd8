import * as vscode from 'vscode';
import { methodOf } from '../../../auth/methods/registry';
import { type AzureCloud, azureClouds, managementScope } from '../../../azure/clouds';
import { type Management, openManagement } from '../../../azure/management';
import type { SignIn } from '../../../core/cluster/definition';
import { KafkaError } from '../../../core/errors';
import type { HttpClient } from '../../../core/http/client';
import { askPick, type Choice } from '../../dialogs/questions';
import type { Answer, StepContext } from '../../dialogs/wizard';
import type { Explanation } from '../../base/explanation';
import { explain } from '../../words/report';
import { ensureAccount, signInHost } from '../signInHost';
import type { AzureMemory } from './azureMemory';

/** Whose sign-in lists the resources of which cloud. */
export interface AzureAccess {
  readonly by: 'account' | 'azureCli';
  readonly cloud: AzureCloud;
}

/** Asks how to sign in to Azure. Begins with what was chosen the last time. */
export function askAccess(
  context: StepContext,
  { by = 'account', cloud = 'public' }: AzureMemory,
): Promise<Answer<AzureAccess>> {
  const t = vscode.l10n.t;
  const rows = ([first, ...others]: readonly AzureCloud[]) => [
    ...(first ? rowsFor(first) : []),
    { label: t('Sovereign clouds'), kind: vscode.QuickPickItemKind.Separator },
    ...others.flatMap(rowsFor),
  ];
  return askPick<AzureAccess>(context, {
    placeholder: t('How do you sign in to Azure?'),
    choices: rows(azureClouds),
    active: (choice) => choice.by === by && choice.cloud.name === cloud,
  });
}

function rowsFor(cloud: AzureCloud): readonly Choice<AzureAccess>[] {
  const t = vscode.l10n.t;
  const description = cloudName(cloud);
  return [
    {
      label: t('With the account of VS Code'),
      description,
      iconPath: new vscode.ThemeIcon('account'),
      choice: { by: 'account', cloud },
    },
    {
      label: t('With the Azure CLI'),
      description,
      iconPath: new vscode.ThemeIcon('terminal'),
      choice: { by: 'azureCli', cloud },
    },
  ];
}

function cloudName({ name }: AzureCloud): string {
  const t = vscode.l10n.t;
  switch (name) {
    case 'public':
      return t('Azure');
    case 'usGovernment':
      return t('Azure for US Government');
    case 'china':
      return t('Azure operated by 21Vianet');
  }
}

/** Returns how to sign in to Azure Resource Manager; `tenantId` may be empty. */
export function managementSignIn({ by, cloud }: AzureAccess, tenantId: string): SignIn {
  const scope = managementScope(cloud);
  return by === 'azureCli'
    ? { kind: by, tenantId, scope }
    : { kind: by, tenantId, scope, clientId: '', authority: cloud.authority };
}

/** Opens Azure Resource Manager for a person, who is asked to sign in if they are not. */
export async function openFor(
  access: AzureAccess,
  tenantId: string,
  http: HttpClient,
): Promise<Management> {
  const signIn = managementSignIn(access, tenantId);
  await ensureAccount(signIn);
  const authorizer = methodOf(signIn).authorizer(signIn, {
    origin: access.cloud.management,
    http,
    secret: () => Promise.resolve(undefined),
    host: signInHost,
  });
  return openManagement(http, authorizer);
}

/** As `explain`, for a failure of Azure Resource Manager, which is no REST proxy. */
export function explainAzure(error: unknown): Explanation {
  const t = vscode.l10n.t;
  const kind = error instanceof KafkaError ? error.kind : undefined;
  if (kind === 'forbidden') {
    return {
      reason: t('you may not read there'),
      advice: t('Ask an owner of the subscription for the role Reader'),
    };
  }
  if (kind === 'protocol' || kind === 'rejected' || kind === 'not-found') {
    return {
      reason: t('Azure gave a response that is not understood'),
      advice: t('See the log for details'),
    };
  }
  if (kind === 'unauthorized') {
    return {
      reason: t('Azure does not accept the sign-in'),
      advice: t('Sign in again, or choose the cloud that you are signed in to'),
      next: ['signIn'],
    };
  }
  return explain(error);
}
