import { methodOf } from '../../auth/methods/registry';
import { KafkaError } from '../../core/errors';

/** Returns whether a failure shows that the stored secret of a cluster is missing or wrong. */
export function blamesSecret(error: unknown): boolean {
  if (!(error instanceof KafkaError) || error.signIn === undefined) return false;
  return methodOf({ kind: error.signIn }).culprits[error.kind] === 'secret';
}
