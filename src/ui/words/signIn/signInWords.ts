import type { KafkaError } from '../../../core/errors';
import type { Explanation } from '../../base/explanation';

/** How a way of signing in is called, asked for and explained. `Field` are the names of its fields. */
export interface SignInWords<Field extends string = string> {
  /** In a list of all of them. */
  readonly label: string;
  readonly detail: string;
  readonly fields: Readonly<Record<Field, FieldWords>>;
  /** Missing: it needs no secret. */
  readonly secret?: SecretWords;
  /** Why a request failed, and what to do. Nothing where the general words will do. */
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
  /** Why a request failed for which it is not known: "the password of this cluster is not stored here". */
  readonly missing: string;
  /** Asks for it while the cluster is defined. */
  readonly prompt: string;
  /** "Client Secret of contoso" */
  title(cluster: string): string;
  /** Asks for it later, and says which host it is sent to, and which host that opens. */
  question(sentTo: string, opens: string): string;
}
