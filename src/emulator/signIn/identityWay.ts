import { byToken } from './authorization';
import { CLIENT_ID, type Surroundings, TENANT_ID, type TokenOptions } from './directory';
import { Entra, RESOURCE, SCOPE } from './entra';
import { type AssignedIdentity, respondAsImds } from './imds';

/** The user-assigned identity, which is a member of the security group. */
const identity: AssignedIdentity = {
  clientId: CLIENT_ID,
  objectId: CLIENT_ID.replace(/^.{8}/, '0b1ec7ed'),
  resourceId:
    '/subscriptions/5f0c1c1e-7d5b-4a51-9c1f-0e3a6a3c9b10/resourcegroups/emulator/providers/Microsoft.ManagedIdentity/userAssignedIdentities/explorer',
};

/** Starts the service that gives tokens to the managed identities of a computer. */
export async function startIdentity(
  { tokenLifetime = 3600, onToken }: TokenOptions,
  { start }: Surroundings,
) {
  const options = { tenantId: TENANT_ID, applications: [], tokenLifetime, onToken };
  const entra = await Entra.create(options);
  entra.origin = 'https://entra.emulator.example';
  const imds = {
    resource: RESOURCE,
    system: identity,
    assigned: [identity],
    issue: (clientId: string) => entra.issue(clientId),
  };
  const port = await start('identity', (call) => respondAsImds(call, imds), { plain: true });
  return {
    facts: {
      signIn: 'managedIdentity' as const,
      clientId: CLIENT_ID,
      scope: SCOPE,
      identityHost: `http://127.0.0.1:${port}`,
      identityObjectId: identity.objectId,
      identityResourceId: identity.resourceId,
    },
    authorize: byToken(entra.verify.bind(entra), CLIENT_ID),
  };
}
