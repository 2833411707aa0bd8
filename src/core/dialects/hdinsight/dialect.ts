import type { Dialect } from '../dialect';

const clusterName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;

/** The Kafka REST proxy of Azure HDInsight, API version 1. */
export const hdinsight = {
  kind: 'hdinsight-v1',
  fields: {},
  /** The bare name of a cluster stands for the address that HDInsight gives to its REST proxy. */
  shorthand: (text) =>
    clusterName.test(text) && text !== 'localhost'
      ? `https://${text.toLowerCase()}-kafkarest.azurehdinsight.net`
      : undefined,
  signIn: 'clientSecret',
} as const satisfies Dialect<never>;
