import { secretOfHeader } from '../../src/auth/methods/extras';
import { methodOf } from '../../src/auth/methods/registry';
import type { SecretSource } from '../../src/auth/methods/signInMethod';
import type { ClusterDefinition } from '../../src/core/cluster/definition';
import { choiceOf } from '../../src/core/cluster/kinds';
import { dialectOf } from '../../src/core/dialects/registry';
import type { EmulatorInfo } from '../../src/emulator/server';

/** The facts of an emulator for a client, which may sign in in another way. */
type ClientInfo = Omit<EmulatorInfo, 'signIn'> & { readonly signIn: string };

/**
 * Returns the definition of an emulator as a cluster.
 *
 * @param fields what the dialect alone has in the definition of a cluster
 */
export function clusterOf(
  name: string,
  info: ClientInfo,
  fields: Readonly<Record<string, string>> = {},
): ClusterDefinition {
  const { dialect, endpoint, signIn, caFile } = info;
  const authority = info.authority === null ? '' : new URL(info.authority).origin;
  const headers = Object.keys(info.headers ?? {}).join(', ');
  return {
    name,
    endpoint,
    dialect: choiceOf(dialectOf({ kind: dialect }), fields),
    signIn: choiceOf(methodOf({ kind: signIn }), { ...textsIn(info), authority, headers }),
    ...(caFile !== null && { caFile }),
    protection: 'none',
  };
}

/** Returns the secrets of an emulator by their names, as a cluster asks for them. */
export function secretsOf(info: ClientInfo): SecretSource {
  const headers = Object.entries(info.headers ?? {});
  const values = headers.map(([header, value]) => [secretOfHeader(header), value] as const);
  const secrets = { ...textsIn(info), ...Object.fromEntries(values) };
  return (name) => Promise.resolve(secrets[name]);
}

/** Returns the facts that are texts, whose names are those of the fields and secrets. */
function textsIn(info: ClientInfo): Readonly<Record<string, string>> {
  const facts: readonly (readonly [string, unknown])[] = Object.entries(info);
  return Object.fromEntries(
    facts.flatMap(([name, fact]) => (typeof fact === 'string' ? [[name, fact] as const] : [])),
  );
}
