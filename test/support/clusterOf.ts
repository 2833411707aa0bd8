import { methodOf } from '../../src/auth/methods/registry';
import type { ClusterDefinition } from '../../src/core/cluster/definition';
import { choiceOf } from '../../src/core/cluster/kinds';
import { dialectOf } from '../../src/core/dialects/registry';
import type { EmulatorInfo } from '../../src/emulator/server';

/**
 * Returns the definition of an emulator as a cluster.
 *
 * @param fields what the dialect alone has in the definition of a cluster
 */
export function clusterOf(
  name: string,
  info: EmulatorInfo,
  fields: Readonly<Record<string, string>> = {},
): ClusterDefinition {
  const { dialect, endpoint, signIn, tenantId, clientId, scope, username, caFile } = info;
  const { certificateFile, keyFile } = info;
  const headers = Object.keys(info.headers ?? {}).join(', ');
  const authority = info.authority && new URL(info.authority).origin;
  const extras = { certificateFile, keyFile, headers };
  const texts = { tenantId, clientId, authority, scope, username, ...extras };
  const given = Object.entries(texts).map(([field, text]) => [field, text ?? ''] as const);
  return {
    name,
    endpoint,
    dialect: choiceOf(dialectOf({ kind: dialect }), fields),
    signIn: choiceOf(methodOf({ kind: signIn }), Object.fromEntries(given)),
    ...(caFile !== null && { caFile }),
    protection: 'none',
  };
}
