import type { KafkaError } from '../../../core/errors';
import type { Explanation, NextStep } from '../../base/explanation';

type Explain = (error: KafkaError) => Explanation<NextStep> | undefined;

/** The words of other servers than REST proxies, by what their failures have as a dialect. */
const others = new Map<string, Explain>();

/** Has the failures of other servers than REST proxies explained. */
export function explainOthers(dialect: string, explain: Explain): void {
  others.set(dialect, explain);
}

/** Returns the words for a failure of such a server. */
export function explainOther(error: KafkaError): Explanation<NextStep> | undefined {
  return others.get(error.dialect ?? '')?.(error);
}
