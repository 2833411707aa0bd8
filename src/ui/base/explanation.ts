/** A failure in words: why, and what to do next. Both are sentences without a capital and a stop. */
export interface Explanation {
  readonly reason: string;
  readonly advice: string;
}
