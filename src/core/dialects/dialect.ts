import type { EndpointRules } from '../cluster/endpoint';
import type { Kind } from '../cluster/kinds';
import type { Authorizer, HttpClient } from '../http/client';
import type { Capabilities } from '../kafka';

/**
 * A dialect as the settings and the wizard know it: a file in the folder of the dialect, and a line
 * in `registry.ts`. It does not import the implementation, for which there is a line in `open.ts`.
 * Its words stand in `src/ui/words/dialects/`. `Field` are the names of its own settings.
 */
export interface Dialect<Field extends string = string> extends Kind<Field> {
  /** How a pasted text becomes the endpoint. Missing: only plain addresses are accepted. */
  readonly endpoint?: EndpointRules;
  /** The usual way of signing in: the name of a kind in `src/auth/methods`. */
  readonly signIn: string;
  /** The ways of signing in that are common there, the usual one among them. */
  readonly signIns: readonly string[];
  /** What its proxies offer, unless a proxy has responded that it offers less. */
  readonly capabilities: Capabilities;
}

/** The ways of signing in to a proxy that has no identity provider of its own. */
export const PLAIN_SIGN_INS = ['basic', 'mutualTls', 'oauth', 'bearerToken', 'none'] as const;

/** How to reach a REST proxy; the same for every dialect. */
export interface ProxyAccess {
  /** Base address of the proxy, without the path of the API. A path in it is kept. */
  readonly endpoint: string;
  readonly http: HttpClient;
  /** Signs in. Missing: requests carry no credentials. */
  readonly authorizer?: Authorizer;
  /** Where a dialect that keeps something open on the server notes it. Missing: nowhere. */
  readonly leftovers?: Leftovers;
}

/**
 * Notes what is open on the server, so that a later start can remove what a crash left there. The
 * names are paths of the API; they contain no secret.
 */
export interface Leftovers {
  /** Notes a name. It is to be called before the server creates anything. */
  add(name: string): Promise<void>;
  /** Forgets a name, once the server has removed what it stands for. */
  remove(name: string): Promise<void>;
  /** Returns the names that earlier runs, which have ended, noted for this endpoint. */
  found(): Promise<readonly string[]>;
}
