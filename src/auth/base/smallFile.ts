import { readFile, stat } from 'node:fs/promises';
import { KafkaError, type KafkaErrorFacts } from '../../core/errors';

/** Why a file cannot be used, besides the codes of the system, such as `ENOENT`. */
export type FileProblem = 'not-a-file' | 'too-large';

/** Certificates, keys and tokens take a few kilobytes. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads a file of at most 1 MiB by which a person or program signs in. Rejects with a `KafkaError`
 * of kind `credential-unusable`, whose `detail` is a `FileProblem` or a code of the system.
 */
export async function readSmallFile(
  path: string,
  facts: Pick<KafkaErrorFacts, 'host' | 'signIn' | 'field'>,
): Promise<Buffer> {
  const fail = (detail: string, cause?: unknown) =>
    new KafkaError('credential-unusable', { ...facts, detail, cause });
  try {
    const stats = await stat(path);
    if (!stats.isFile()) throw fail('not-a-file' satisfies FileProblem);
    if (stats.size > MAX_BYTES) throw fail('too-large' satisfies FileProblem);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof KafkaError) throw cause;
    const isCoded = cause instanceof Error && 'code' in cause && typeof cause.code === 'string';
    throw fail(isCoded ? String(cause.code) : 'EIO', cause);
  }
}
