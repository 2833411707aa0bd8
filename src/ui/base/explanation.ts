/**
 * Says why something failed and what to do next. Both are sentences without a capital and a full
 * stop.
 */
export interface Explanation {
  readonly reason: string;
  readonly advice: string;
}
