import { KafkaError } from '../../core/errors';
import type { CallOptions } from '../../core/kafka';
import type { SchemaRegistry } from '../../core/schemaRegistry/registry';
import type { SubjectVersion } from '../../core/schemaRegistry/schema';

/** Returns the latest version of a subject; `undefined` if there is no such subject. */
export async function latestOf(
  registry: Pick<SchemaRegistry, 'version'>,
  subject: string,
  options?: CallOptions,
): Promise<SubjectVersion | undefined> {
  try {
    return await registry.version(subject, 'latest', options);
  } catch (error) {
    if (error instanceof KafkaError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
