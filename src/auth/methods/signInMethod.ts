import type { Parsed } from '../../core/cluster/definition';
import type { KafkaErrorKind } from '../../core/errors';
import type { Authorizer, HttpClient } from '../../core/http/client';

/**
 * A way of signing in: a file in `methods/`, and a line in `registry.ts`. How it is called and
 * explained stands in `src/ui/words/signIn/`. `Field` are the names of its fields.
 */
export interface SignInMethod<Field extends string = string> {
  /** As the settings name it. */
  readonly kind: string;
  /** What the settings hold for it, in the order in which a person is asked. */
  readonly fields: Readonly<Record<Field, FieldRule>>;
  /** The one secret that it needs. Missing: it needs none. */
  readonly secret?: SecretRule<Field>;
  /** The field that names the service which the secret goes to. Missing: it goes to the endpoint. */
  readonly service?: Field;
  /** The field to look at first after a failure of a kind. */
  readonly culprits: Readonly<Partial<Record<KafkaErrorKind, Field | 'secret'>>>;
  /** What signs in with these fields. It sends nothing yet. */
  authorizer(fields: Readonly<Record<Field, string>>, context: SignInContext): Authorizer;
}

export interface FieldRule {
  /** The field in its normal form, or what is wrong with it. */
  parse(text: string): Parsed<string>;
  /** What an empty field stands for. Missing: the field cannot be empty. */
  readonly fallback?: string;
}

export interface SecretRule<Field extends string> {
  /** The secret in its normal form, or what is wrong with it. */
  parse(text: string): Parsed<string>;
  /**
   * What decides, beside the cluster's name, endpoint and CA file, where the secret goes and what it is
   * good for. The texts differ from those of every other method. Their spelling does not matter.
   */
  boundTo(fields: Readonly<Record<Field, string>>): readonly string[];
}

export interface SignInContext {
  /** The only origin that credentials may be sent to. */
  readonly origin: string;
  /** For requests to a service that signs in. */
  readonly http: HttpClient;
  /** Asked for each sign-in, so that a replaced secret is used at once. */
  readonly secret: () => Promise<string | undefined>;
}

/** What a field holds when `text` is typed into it, or what is wrong with that. */
export function parseField(rule: FieldRule, text: string): Parsed<string> {
  const { fallback } = rule;
  return fallback !== undefined && text.trim() === '' ? { value: fallback } : rule.parse(text);
}
