import type { DialectKind } from '../../../core/dialects/registry';
import type { DialectWords } from './dialectWords';
import { hdinsightWords } from './hdinsight';

const words: Readonly<Record<DialectKind, () => DialectWords>> = {
  'hdinsight-v1': hdinsightWords,
};

/** Returns the words for a dialect, or `undefined` if there is no such dialect. */
export function dialectWords(kind: string): DialectWords | undefined {
  return new Map(Object.entries(words)).get(kind)?.();
}
