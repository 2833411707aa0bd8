import * as vscode from 'vscode';
import { plainHost, type SignInHost } from '../../auth/base/signInHost';

/** What VS Code offers for signing in. */
export const signInHost: SignInHost = {
  ...plainHost,
  isTrusted: () => vscode.workspace.isTrusted,
  azureCli: () => {
    // The scope of the setting is `machine`, so that a workspace cannot name a program.
    const path = vscode.workspace.getConfiguration('kafkaRest').get<unknown>('azureCli.path');
    return typeof path === 'string' && path !== 'az' ? path.trim() : '';
  },
};
