import type { MessagePlan, Plans } from './plan';

/** What is known while one key or value is read. */
export interface Reading {
  readonly plans: Plans;
  /** How many characters may still be made. A few bytes may stand for many defaults. */
  room: number;
  /** Whether there was a field that the schema does not know. */
  hasUnknown: boolean;
  /** Returns the JSON of a message. */
  readonly message: (bytes: Buffer, plan: MessagePlan, depth: number) => string;
  /** Returns the members of an object that stands for a message. */
  readonly members: (bytes: Buffer, plan: MessagePlan, depth: number) => string;
}
