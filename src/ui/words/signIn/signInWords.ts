import type { KafkaError } from '../../../core/errors';
import type { Explanation } from '../../base/explanation';

/**
 * The name, questions and explanations of a way to sign in. `Field` is the union of its field
 * names.
 */
export interface SignInWords<Field extends string = string> {
  /** The name in the list of all ways to sign in. */
  readonly label: string;
  readonly detail: string;
  readonly fields: Readonly<Record<Field, FieldWords>>;
  /** Missing if it needs no secret. */
  readonly secret?: SecretWords;
  /** Explains a failed request. Returns `undefined` if the general explanation applies. */
  explain(error: KafkaError): Explanation | undefined;
}

/** A question for a line of text. */
export interface FieldWords {
  readonly label: string;
  readonly prompt: string;
  readonly placeholder?: string;
}

export interface SecretWords {
  readonly label: string;
  /** The reason of a failure: "the password of this cluster is not stored here". */
  readonly missing: string;
  /** The question while the cluster is being defined. */
  readonly prompt: string;
  /** "Client Secret of contoso" */
  title(cluster: string): string;
  /**
   * The question afterwards. It names the host that receives the secret, and the host that it
   * opens.
   */
  question(sentTo: string, opens: string): string;
}
