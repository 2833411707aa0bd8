/**
 * The words for one of several kinds to choose from, such as a way of signing in. `Field` is the
 * union of its field names.
 */
export interface KindWords<Field extends string = string> {
  /** The name in the list of all kinds. */
  readonly label: string;
  readonly detail: string;
  readonly fields: Readonly<Record<Field, FieldWords>>;
}

/** A question for a line of text. */
export interface FieldWords {
  readonly label: string;
  readonly prompt: string;
  readonly placeholder?: string;
  /** The words for its options by their values. Missing: the values speak for themselves. */
  readonly options?: Readonly<Record<string, OptionWords>>;
}

export interface OptionWords {
  readonly label: string;
  readonly detail: string;
}
