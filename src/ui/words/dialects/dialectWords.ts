import type { KafkaError } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';
import type { KindWords } from '../kindWords';

/**
 * The name, questions and explanations of a dialect. `Field` is the union of the names of its own
 * fields, and `Remark` that of its remarks about endpoints.
 */
export interface DialectWords<
  Field extends string = string,
  Remark extends string = string,
> extends KindWords<Field> {
  readonly endpoint: EndpointWords<Remark>;
  /** Explains a failed request. Returns `undefined` if the general explanation applies. */
  explain(error: KafkaError): Explanation<NextStep> | undefined;
}

/** The question for the endpoint. */
export interface EndpointWords<Remark extends string = string> {
  readonly prompt: string;
  /** An address as an example. */
  readonly placeholder: string;
  /** What to say of a text that is not an address. Missing: the general sentence. */
  readonly notAnAddress?: string;
  /** What to say of each text that the dialect remarks on, and of the address that it stands for. */
  readonly remarks: Readonly<Record<Remark, (address: string) => string>>;
}
