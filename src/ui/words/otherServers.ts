import type { KafkaError } from '../../core/errors';
import type { Explanation, NextStep } from '../base/explanation';

/** Explains a failure; returns `undefined` where the words for any server fit. */
type Explain = (error: KafkaError) => Explanation<NextStep> | undefined;

/** The words of servers that are no REST proxies, by what their failures have for a dialect. */
const others = new Map<string, Explain>();

/** Has the failures of such a server explained. Its words are loaded with what speaks to it. */
export function explainOthers(dialect: string, explain: Explain): void {
  others.set(dialect, explain);
}

export function otherServerWords(dialect: string): Explain | undefined {
  return others.get(dialect);
}
