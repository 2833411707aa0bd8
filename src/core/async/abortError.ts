/**
 * Whether the error only says that the work was aborted: the reason of a signal that was aborted
 * without one, or the error that Node's own functions throw then. Both are recognised by their
 * codes, because minifying may change the name of a class.
 */
export function isAbortError(error: unknown): boolean {
  if (error instanceof DOMException) return error.code === DOMException.ABORT_ERR;
  return error instanceof Error && 'code' in error && error.code === 'ABORT_ERR';
}
