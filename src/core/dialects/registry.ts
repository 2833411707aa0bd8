import type { Chosen } from '../cluster/definition';
import { kindOf } from '../cluster/kinds';
import { confluent } from './confluent/dialect';
import type { Dialect } from './dialect';
import { hdinsight } from './hdinsight/dialect';
import { karapace } from './karapace/dialect';
import { redpanda } from './redpanda/dialect';
import { dialectRulesOf } from './rules';
import { strimzi } from './strimzi/dialect';

const known = [hdinsight, strimzi, karapace, confluent, redpanda] as const;

type Known = (typeof known)[number];
export type DialectKind = Known['kind'];

/** The values of the fields of a dialect. */
export type DialectFields<K extends DialectKind> = Readonly<
  Record<keyof Extract<Known, { readonly kind: K }>['fields'], string>
>;

/** The dialects. The first one is the default, because version 0.1 had no other. */
export const dialects: readonly [Dialect, ...Dialect[]] = known;

/** Returns the dialect that was read from the settings. */
export function dialectOf(dialect: Pick<Chosen, 'kind'>): Dialect {
  return kindOf(dialects, dialect);
}

/** How the settings represent a dialect. */
export const dialectRules = dialectRulesOf(dialects);
