import type { Dialect } from '../dialect';
import { CAPABILITIES } from './capabilities';
import { hdinsightEndpoint } from './endpoint';

/** The Kafka REST proxy of Azure HDInsight, API version 1. */
export const hdinsight = {
  kind: 'hdinsight-v1',
  fields: {},
  endpoint: hdinsightEndpoint,
  signIn: 'clientSecret',
  signIns: [
    'clientSecret',
    'clientCertificate',
    'federatedAssertion',
    'managedIdentity',
    'account',
    'azureCli',
  ],
  capabilities: CAPABILITIES,
} as const satisfies Dialect<never>;
