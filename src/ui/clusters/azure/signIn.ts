import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { AzureCliOptions } from '../../../auth/azureCli/tokens';
import { methodOf } from '../../../auth/methods/registry';
import type { SignIn } from '../../../core/cluster/definition';
import { KafkaError } from '../../../core/errors';
import { isCancelled, UserError } from '../../words/report';
import { accountSession, signInHost } from '../signInHost';

/**
 * Has the person sign in with whatever a cluster takes its tokens from. Throws a `UserError` if it
 * is not a person who signs in, and a `CancellationError` if they give up.
 */
export async function signInAnew(cluster: string, signIn: SignIn): Promise<void> {
  const person = methodOf(signIn).person?.(signIn);
  if (!person) {
    throw new UserError(
      vscode.l10n.t('{0} signs in without a person', cluster),
      vscode.l10n.t('Edit the cluster to choose another way to sign in'),
      'editCluster',
    );
  }
  if (person.by === 'account') {
    await accountSession(person.token, true);
    return;
  }
  if (!signInHost.isTrusted()) throw new KafkaError('workspace-untrusted', { signIn: signIn.kind });
  await signInToAzureCli(person, signIn.kind);
}

/** Returns what a task gives, or `undefined` if the person gives up. */
export async function unlessCancelled<T>(task: Promise<T>): Promise<T | undefined> {
  try {
    return await task;
  } catch (error) {
    if (isCancelled(error)) return undefined;
    throw error;
  }
}

/** Runs `az login` in a terminal, without a shell, and waits until it has ended well. */
async function signInToAzureCli(
  { scope, tenantId }: Pick<AzureCliOptions, 'scope' | 'tenantId'>,
  signIn: string,
): Promise<void> {
  const { azureCliLogin } = await import('../../../auth/azureCli/tokens');
  const path = () => signInHost.azureCli();
  const { file, args } = await azureCliLogin({ scope, tenantId, path, signIn });
  const terminal = vscode.window.createTerminal({
    name: 'az login',
    iconPath: new vscode.ThemeIcon('sign-in'),
    shellPath: file,
    shellArgs: [...args],
    cwd: homedir(),
    isTransient: true,
  });
  terminal.show();
  const code = await new Promise<number | undefined>((resolve) => {
    const subscription = vscode.window.onDidCloseTerminal((closed) => {
      if (closed !== terminal) return;
      subscription.dispose();
      resolve(closed.exitStatus?.code);
    });
  });
  if (code !== 0) throw new vscode.CancellationError();
}
