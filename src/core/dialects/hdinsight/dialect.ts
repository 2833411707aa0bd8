import type { Dialect } from '../dialect';
import { hdinsightEndpoint } from './endpoint';

/** The Kafka REST proxy of Azure HDInsight, API version 1. */
export const hdinsight = {
  kind: 'hdinsight-v1',
  fields: {},
  endpoint: hdinsightEndpoint,
  signIn: 'clientSecret',
} as const satisfies Dialect<never>;
