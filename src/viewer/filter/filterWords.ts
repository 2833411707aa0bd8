/**
 * The words for what a filter matches, in English. The user interface translates them. Their holes
 * hold other words of this list, texts of the person and numbers.
 */
export const filterWords = {
  and: '{0}, and {1}',
  or: '{0}, or {1}',
  not: 'not {0}',
  list: '{0}, {1}',
  text: 'the text {0} in the key or the value',
  textInKey: 'the text {0} in the key',
  textInValue: 'the text {0} in the value',
  match: 'a match of {0} in the key or the value',
  matchInKey: 'a match of {0} in the key',
  matchInValue: 'a match of {0} in the value',
  key: 'the whole key',
  value: 'the whole value',
  partition: 'the partition',
  offset: 'the offset',
  size: 'the size in bytes',
  time: 'the time',
  header: 'the header {0}',
  pathInKey: '{0} in the key',
  pathInValue: '{0} in the value',
  exists: '{0} is there',
  is: '{0} is {1}',
  isNot: '{0} is not {1}',
  isLess: '{0} is less than {1}',
  isAtMost: '{0} is at most {1}',
  isGreater: '{0} is greater than {1}',
  isAtLeast: '{0} is at least {1}',
  oneOf: '{0} is one of {1}',
  noneOf: '{0} is none of {1}',
  matches: '{0} matches {1}',
  range: '{0} to {1}',
  from: '{0} or later',
  before: 'before {0}',
  fromBefore: '{0} or later, but before {1}',
} as const satisfies Readonly<Record<string, string>>;

/** Returns such words in the language of the window, with their holes filled. */
export type Say = (key: keyof typeof filterWords, ...values: readonly string[]) => string;
