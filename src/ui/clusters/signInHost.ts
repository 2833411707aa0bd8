import * as vscode from 'vscode';
import { plainHost, type SignInHost } from '../../auth/base/signInHost';

/** What VS Code offers for signing in. */
export const signInHost: SignInHost = {
  ...plainHost,
  isTrusted: () => vscode.workspace.isTrusted,
};
