import type { FieldDoubt, Parsed } from '../../core/cluster/parsed';
import type { Kind } from '../../core/cluster/kinds';
import type { KafkaErrorKind } from '../../core/errors';
import type { Authorizer, HttpClient } from '../../core/http/client';
import type { AccountToken, SignInHost } from '../base/signInHost';

/**
 * A way to sign in. Each is a file in `methods/` and a line in `registry.ts`; its name, questions
 * and explanations are in `src/ui/words/signIn/`. `Field` and `Secret` are the names of its fields
 * and secrets, which must all differ.
 */
export interface SignInMethod<
  Field extends string = string,
  Secret extends string = string,
> extends Kind<Field> {
  /** The secrets that it needs, in the order in which a person is asked for them. */
  readonly secrets: Readonly<Record<Secret, SecretRule<Field>>>;
  /**
   * The field with the address of the service that gets the secrets; if it is empty, its
   * alternative has that address. Missing: the endpoint gets them.
   */
  readonly service?: Field;
  /** The field or secret to check first after a failure of a kind. */
  readonly culprits: Readonly<Partial<Record<KafkaErrorKind, Field | Secret>>>;
  /** Returns how a person signs in with these fields. Missing: it is not a person who does. */
  readonly person?: (fields: Readonly<Record<Field, string>>) => PersonSignIn;
  /** Returns what signs in with these fields. It sends nothing yet. */
  authorizer(fields: Readonly<Record<Field, string>>, context: SignInContext<Secret>): Authorizer;
}

/** How a person signs in: with the account of VS Code, or with the Azure CLI. */
export type PersonSignIn =
  | { readonly by: 'account'; readonly token: AccountToken }
  | { readonly by: 'azureCli'; readonly scope: string; readonly tenantId: string };

export interface SecretRule<Field extends string> {
  /** Whether the cluster can do without it, as with the passphrase of a key that has none. */
  readonly optional?: true;
  /** Returns the secret in its normal form, or what is wrong with it. */
  parse(text: string): Parsed<string>;
  /** Returns when the secret in a typed text expires, in epoch milliseconds, if it tells that. */
  readonly expiry?: (text: string) => number | undefined;
  /** Returns why a secret is likely to be a mistake. */
  readonly doubt?: (secret: string) => FieldDoubt | undefined;
  /**
   * Returns what decides where the secret is sent and what it is valid for, in addition to the
   * cluster's name, endpoint and CA file. The texts are in a normal form, and differ from those of
   * every other secret. Stored secrets are found by them, so they must not change.
   */
  boundTo(fields: Readonly<Record<Field, string>>): readonly string[];
}

export interface SignInContext<Secret extends string = string> {
  /** The only origin that credentials may be sent to. */
  readonly origin: string;
  /** Sends requests to a service that signs in. */
  readonly http: HttpClient;
  /**
   * Returns a secret by its name. Called for each sign-in, so that a new secret is used at once.
   */
  readonly secret: (name: Secret) => Promise<string | undefined>;
  /** What the surroundings offer for signing in. */
  readonly host: SignInHost;
}

/** Secrets by their names. */
export type Secrets = Readonly<Partial<Record<string, string>>>;

/** Returns a secret of a cluster by its name, or `undefined` if it is not known. */
export type SecretSource = SignInContext['secret'];
