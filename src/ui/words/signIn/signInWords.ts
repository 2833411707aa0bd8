import type { KafkaError } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import type { KindWords } from '../kindWords';

/**
 * The name, questions and explanations of a way to sign in. `Field` and `Secret` are the
 * names of its fields and secrets.
 */
export interface SignInWords<
  Field extends string = string,
  Secret extends string = string,
> extends KindWords<Field> {
  readonly secrets: Readonly<Record<Secret, SecretWords>>;
  /**
   * Explains a failed request, or a missing secret. Returns `undefined` if the general explanation
   * applies.
   */
  explain(error: KafkaError): Explanation<NextStep> | undefined;
}

export interface SecretWords {
  readonly label: string;
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
