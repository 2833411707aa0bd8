import { methodOf } from '../../auth/methods/registry';
import { KafkaError } from '../../core/errors';

/** Returns whether a failure shows that a stored secret of a cluster is missing or wrong. */
export function blamesSecret(error: unknown): boolean {
  return blamedSecret(error) !== undefined;
}

/** Returns the name of the stored secret that a failure shows to be missing or wrong, if any. */
export function blamedSecret(error: unknown): string | undefined {
  if (!(error instanceof KafkaError) || error.signIn === undefined) return undefined;
  const { culprits, fields } = methodOf({ kind: error.signIn });
  const culprit = error.field ?? culprits[error.kind];
  return culprit === undefined || Object.hasOwn(fields, culprit) ? undefined : culprit;
}
