import type { DialectKind } from '../../../core/dialects/registry';
import { confluentWords } from './confluent';
import type { DialectWords } from './dialectWords';
import { hdinsightWords } from './hdinsight';
import { karapaceWords } from './karapace';
import { redpandaWords } from './redpanda';
import { strimziWords } from './strimzi';

const words: Readonly<Record<DialectKind, () => DialectWords>> = {
  'hdinsight-v1': hdinsightWords,
  karapace: karapaceWords,
  confluent: confluentWords,
  redpanda: redpandaWords,
  strimzi: strimziWords,
};

/** Returns the words for a dialect, or `undefined` if there is no such dialect. */
export function dialectWords(kind: string): DialectWords | undefined {
  return new Map(Object.entries(words)).get(kind)?.();
}
