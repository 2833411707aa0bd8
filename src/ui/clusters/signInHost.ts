import * as vscode from 'vscode';
import type { AccountToken, SignInHost } from '../../auth/base/signInHost';
import { DEFAULT_AUTHORITY } from '../../auth/entra/fields';
import { kindOfPersonFailure } from '../../auth/entra/errorCodes';
import { methodOf } from '../../auth/methods/registry';
import { unlessAborted } from '../../core/async/unlessAborted';
import type { SignIn } from '../../core/cluster/definition';
import { KafkaError } from '../../core/errors';
import { serverDetail } from '../../core/http/serverDetail';
import { isCancelled } from '../words/report';

/** What VS Code offers for signing in. */
export const signInHost: SignInHost = {
  isTrusted: () => vscode.workspace.isTrusted,
  azureCli: () => {
    // The scope of the setting is `machine`, so that a workspace cannot name a program.
    const path = vscode.workspace.getConfiguration('kafkaRest').get<unknown>('azureCli.path');
    return typeof path === 'string' && path !== 'az' ? path.trim() : '';
  },
  accountToken: async (wanted, signal) => {
    const session = await unlessAborted(sessionFor(wanted, { silent: true }), signal);
    if (session) return session.accessToken;
    throw new KafkaError('signed-out', { host: new URL(wanted.authority).host });
  },
};

/**
 * Has the person sign in with VS Code's account if a way to sign in needs it and they are not. Only
 * for what the person has asked for. Rejects with a `KafkaError`, or a `CancellationError` if they
 * give up.
 */
export async function ensureAccount(signIn: SignIn): Promise<void> {
  const person = methodOf(signIn).person?.(signIn);
  if (person?.by !== 'account') return;
  try {
    await accountSession(person.token);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    const { kind, detail, host, cause } = error;
    throw new KafkaError(kind, { detail, host, cause, signIn: signIn.kind });
  }
}

/**
 * Returns the session of the person, who is asked to sign in if there is none. `anew` asks them
 * even if there is one, because its token is not accepted. Rejects as `ensureAccount` does.
 */
export async function accountSession(
  wanted: AccountToken,
  anew = false,
): Promise<vscode.AuthenticationSession> {
  const isThere = anew && (await sessionFor(wanted, { silent: true })) !== undefined;
  const how = isThere ? { forceNewSession: true } : { createIfNone: true };
  const session = await sessionFor(wanted, how);
  if (!session) throw new vscode.CancellationError();
  return session;
}

/** The settings of VS Code's second provider, by the sign-in services of the sovereign clouds. */
const ENVIRONMENTS: Readonly<Record<string, string>> = {
  'https://login.microsoftonline.us': 'USGovernment',
  'https://login.partner.microsoftonline.cn': 'ChinaCloud',
};

async function sessionFor(
  { authority, scope, tenantId, clientId }: AccountToken,
  how: vscode.AuthenticationGetSessionOptions,
): Promise<vscode.AuthenticationSession | undefined> {
  const { host, origin } = new URL(authority);
  const environment = origin === DEFAULT_AUTHORITY ? '' : (ENVIRONMENTS[origin] ?? 'custom');
  const missing = { host, detail: environment };
  if (environment !== '') {
    const set = vscode.workspace.getConfiguration('microsoft-sovereign-cloud').get('environment');
    if (set && set !== environment) throw new KafkaError('program-missing', missing);
  }
  const provider = environment === '' ? 'microsoft' : 'microsoft-sovereign-cloud';
  const scopes = [
    scope,
    // VS Code takes these two for instructions, and does not send them as scopes.
    ...(tenantId === undefined ? [] : [`VSCODE_TENANT:${tenantId}`]),
    ...(clientId === undefined ? [] : [`VSCODE_CLIENT_ID:${clientId}`]),
  ];
  try {
    return await vscode.authentication.getSession(provider, scopes, how);
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    if (isCancelled(cause) || /\bdid not consent\b|\bcancell?ed\b/i.test(text)) {
      throw new vscode.CancellationError();
    }
    if (/authentication provider/i.test(text)) throw new KafkaError('program-missing', missing);
    const kind = kindOfPersonFailure(text) ?? 'sign-in-failed';
    throw new KafkaError(kind, { host, detail: serverDetail(text) });
  }
}
