export type IndexErrorKind =
  /** One message took too long, as a regular expression may that tries too many ways. */
  | 'too-slow'
  /** The worker ended by itself, for want of memory for example; `cause` may say why. */
  | 'worker-died';

/** Messages could not be filtered or sorted, although the filter is understood. */
export class IndexError extends Error {
  constructor(
    readonly kind: IndexErrorKind,
    options?: ErrorOptions,
  ) {
    super(kind, options);
    this.name = 'IndexError';
  }
}
