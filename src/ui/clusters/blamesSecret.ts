import { methodOf } from '../../auth/methods/registry';
import { KafkaError } from '../../core/errors';

/** Returns whether a failure shows that a stored secret of a cluster is missing or wrong. */
export function blamesSecret(error: unknown): boolean {
  if (!(error instanceof KafkaError) || error.signIn === undefined) return false;
  const { culprits, fields } = methodOf({ kind: error.signIn });
  const culprit = error.field ?? culprits[error.kind];
  return culprit !== undefined && !Object.hasOwn(fields, culprit);
}
