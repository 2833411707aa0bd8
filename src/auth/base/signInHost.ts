import { KafkaError } from '../../core/errors';

/** What the surroundings offer for signing in. VS Code provides it, and tests do. */
export interface SignInHost {
  /** Returns whether files and programs that a definition names may be used. */
  isTrusted(): boolean;
  /** Returns the path of the Azure CLI; empty if the system is to find it. */
  azureCli(): string;
  /**
   * Returns a token of the account that the person is signed in with, and has them sign in if they
   * are not. Rejects with a `KafkaError`, with the signal's reason, or as the person cancels.
   */
  accountToken(wanted: AccountToken, signal: AbortSignal): Promise<string>;
}

/** A token for a person, as Microsoft Entra ID issues it. */
export interface AccountToken {
  /** The origin of the sign-in service; it decides on the cloud. */
  readonly authority: string;
  readonly scope: string;
  /** Missing: the tenant of the account. */
  readonly tenantId?: string;
  /** The application that asks for the token. Missing: VS Code's own. */
  readonly clientId?: string;
  /** A token that the server has refused; another one is wanted. */
  readonly refused?: string;
}

/** Surroundings without VS Code: they trust what the definition names, and have no account. */
export const plainHost: SignInHost = {
  isTrusted: () => true,
  azureCli: () => '',
  accountToken: ({ authority }) =>
    Promise.reject(new KafkaError('signed-out', { host: new URL(authority).host })),
};
