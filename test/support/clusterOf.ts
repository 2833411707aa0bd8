import { methodOf } from '../../src/auth/methods/registry';
import type { ClusterDefinition } from '../../src/core/cluster/definition';
import { choiceOf } from '../../src/core/cluster/kinds';
import type { EmulatorInfo } from '../../src/emulator/server';

/** Returns the definition of an emulator with Entra ID as a cluster. */
export function clusterOf(name: string, info: EmulatorInfo): ClusterDefinition {
  const { endpoint, tenantId, clientId, authority, scope, caFile } = info;
  const texts = { tenantId, clientId, authority: new URL(authority ?? '').origin, scope };
  const given = Object.entries(texts).map(([field, text]) => [field, text ?? ''] as const);
  return {
    name,
    endpoint,
    dialect: { kind: 'hdinsight-v1' },
    signIn: choiceOf(methodOf({ kind: 'clientSecret' }), Object.fromEntries(given)),
    ...(caFile !== null && { caFile }),
    protection: 'none',
  };
}
