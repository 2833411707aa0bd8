/** What the former methods are made of. */
export interface Tools {
  /** Calls a method of faker today. */
  readonly call: (name: string, args?: readonly unknown[]) => unknown;
  /** Returns the words of faker's data at a path, such as `location.city_suffix`. */
  readonly words: (path: string) => readonly unknown[];
  readonly oneOf: (items: readonly unknown[]) => unknown;
  /** The time that dates refer to. */
  readonly now: () => Date;
}

/** Makes a result as a former version of faker made it. The arguments have been checked. */
export type FormerMethod = (args: readonly unknown[], tools: Tools) => unknown;
