import { KafkaError } from '../../core/errors';

/** What the surroundings offer for signing in. VS Code provides it, and tests do. */
export interface SignInHost {
  /** Returns whether files and programs that a definition names may be used. */
  isTrusted(): boolean;
  /** Returns the path of the Azure CLI; empty if the system is to find it. */
  azureCli(): string;
  /**
   * Returns a token of the account that the person is signed in with. Asks them nothing, because
   * requests are also sent when they do nothing. Rejects with the signal's reason or a `KafkaError`:
   * `signed-out`, `program-missing`, or what Microsoft Entra ID says.
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
}

/** Surroundings without VS Code: they trust what the definition names, and have no account. */
export const plainHost: SignInHost = {
  isTrusted: () => true,
  azureCli: () => '',
  accountToken: ({ authority }) =>
    Promise.reject(new KafkaError('signed-out', { host: new URL(authority).host })),
};
