/**
 * Whether the error says only that the work was called off: the reason of a signal that was aborted
 * without one, or what Node's own functions throw then. Both are known by their codes; a name of a
 * class may be changed by minifying.
 */
export function isAbortError(error: unknown): boolean {
  if (error instanceof DOMException) return error.code === DOMException.ABORT_ERR;
  return error instanceof Error && 'code' in error && error.code === 'ABORT_ERR';
}
