import type { ExactJson } from '../../../json/exact';
import type { MessagePlan, Plans } from './plan';

/** What is known while one key or value is written. */
export interface Writing {
  readonly plans: Plans;
  /** Returns the bytes of a message. */
  readonly message: (json: ExactJson, plan: MessagePlan, depth: number) => Buffer;
}
