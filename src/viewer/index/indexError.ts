export type IndexErrorKind =
  /** One message took too long, for example because of a regular expression that backtracks. */
  | 'too-slow'
  /** The worker ended by itself, for example out of memory; `cause` may say why. */
  | 'worker-died';

/** Messages could not be filtered or sorted, although the filter is valid. */
export class IndexError extends Error {
  constructor(
    readonly kind: IndexErrorKind,
    options?: ErrorOptions,
  ) {
    super(kind, options);
    this.name = 'IndexError';
  }
}
