import { plainHost } from '../../../auth/base/signInHost';
import { methodOf } from '../../../auth/methods/registry';
import type { SecretSource } from '../../../auth/methods/signInMethod';
import type { RegistryDefinition } from '../../../core/cluster/definition';
import { type HttpOptions, openHttp } from '../../../core/http/client';
import { ConfluentRegistry, MAX_REGISTRY_BYTES } from '../../../core/schemaRegistry/client';
import type { SchemaRegistry } from '../../../core/schemaRegistry/registry';
import type { Surroundings } from '../connect';

/** Opens a schema registry. Nothing is sent before it is used. */
export type ConnectToRegistry = (
  definition: RegistryDefinition,
  secret: SecretSource,
) => SchemaRegistry;

/** As `connectWith`, to schema registries. */
export function connectToRegistryWith(
  options: () => HttpOptions,
  { host = plainHost }: Pick<Surroundings, 'host'> = {},
): ConnectToRegistry {
  return ({ endpoint, signIn, caFile, protection }, secret) => {
    const { maxResponseBytes = MAX_REGISTRY_BYTES, ...given } = options();
    const http = openHttp({
      ...given,
      ...(caFile && { caFile }),
      maxResponseBytes: Math.min(maxResponseBytes, MAX_REGISTRY_BYTES),
    });
    const { origin } = new URL(endpoint);
    const authorizer = methodOf(signIn).authorizer(signIn, { origin, http, secret, host });
    const readOnly = protection === 'readOnly';
    return new ConfluentRegistry({ endpoint, http, authorizer, readOnly });
  };
}
