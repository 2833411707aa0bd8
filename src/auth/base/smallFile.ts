import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { KafkaError, type KafkaErrorFacts } from '../../core/errors';

/** Why a file cannot be used, besides the codes of the system, such as `ENOENT`. */
export type FileProblem = 'not-a-file' | 'too-large';

/** Certificates, keys and tokens take a few kilobytes. */
const MAX_BYTES = 1024 * 1024;

type Facts = Pick<KafkaErrorFacts, 'host' | 'signIn' | 'field'>;

/**
 * Reads a file of at most 1 MiB by which a person or program signs in. Rejects with a `KafkaError`
 * of kind `credential-unusable`, whose `detail` is a `FileProblem` or a code of the system.
 */
export async function readSmallFile(path: string, facts: Facts): Promise<Buffer> {
  await statSmallFile(path, facts);
  return withCode(readFile(path), facts);
}

/** Returns a text that changes with a file. Rejects as `readSmallFile` does. */
export async function versionOfSmallFile(path: string, facts: Facts): Promise<string> {
  const { mtimeMs, ctimeMs, size, ino } = await statSmallFile(path, facts);
  return [mtimeMs, ctimeMs, size, ino].join();
}

async function statSmallFile(path: string, facts: Facts): Promise<Stats> {
  const stats = await withCode(stat(path), facts);
  const fail = (detail: FileProblem) => new KafkaError('credential-unusable', { ...facts, detail });
  if (!stats.isFile()) throw fail('not-a-file');
  if (stats.size > MAX_BYTES) throw fail('too-large');
  return stats;
}

/** Reports a failure of the file system by its code. */
async function withCode<T>(work: Promise<T>, facts: Facts): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const isCoded = cause instanceof Error && 'code' in cause && typeof cause.code === 'string';
    const detail = isCoded ? String(cause.code) : 'EIO';
    throw new KafkaError('credential-unusable', { ...facts, detail, cause });
  }
}
