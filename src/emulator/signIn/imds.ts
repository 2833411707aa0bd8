import { type Call, type CallResponse, HttpError } from '../http';

/** An identity that Azure assigned to the computer. */
export interface AssignedIdentity {
  readonly clientId: string;
  readonly objectId: string;
  readonly resourceId: string;
}

export interface ImdsOptions {
  readonly resource: string;
  /** Missing: the computer has no system-assigned identity. */
  readonly system: AssignedIdentity | undefined;
  readonly assigned: readonly AssignedIdentity[];
  /** Returns a token for an application, and its life in seconds. */
  readonly issue: (clientId: string) => { readonly token: string; readonly lifetime: number };
}

const PATH = '/metadata/identity/oauth2/token';

/** Returns the response of Azure's Instance Metadata Service to a request for a token. */
export function respondAsImds(call: Call, options: ImdsOptions): CallResponse {
  const { method, path, query, headers } = call;
  // MSAL adds a slash.
  if (path.replace(/\/$/, '') !== PATH) throw new HttpError(404, 'Not Found');
  if (method !== 'GET') throw new HttpError(405, 'Method Not Allowed', { Allow: 'GET' });
  // A page in a browser cannot set this header, nor does a proxy come without the other one.
  if (headers['metadata'] !== 'true' || headers['x-forwarded-for'] !== undefined) {
    return refuse('invalid_request', 'Required metadata header not specified');
  }
  if (query.get('api-version') !== '2018-02-01') {
    return refuse('bad_request_102', 'Required query variable api-version is invalid');
  }
  if (query.get('resource') !== options.resource) {
    const resource = query.get('resource') ?? '';
    return refuse(
      'invalid_resource',
      `AADSTS500011: The resource principal named ${resource} was not found in the tenant.`,
    );
  }
  const identity = identityFor(query, options);
  if (!identity) return refuse('invalid_request', 'Identity not found');
  const { token, lifetime } = options.issue(identity.clientId);
  const now = Math.floor(Date.now() / 1000);
  const body = {
    access_token: token,
    client_id: identity.clientId,
    expires_in: String(lifetime),
    expires_on: String(now + lifetime),
    not_before: String(now),
    resource: options.resource,
    token_type: 'Bearer',
  };
  return { status: 200, body: JSON.stringify(body) };
}

function identityFor(
  query: URLSearchParams,
  { system, assigned }: ImdsOptions,
): AssignedIdentity | undefined {
  const names = { client_id: 'clientId', object_id: 'objectId', msi_res_id: 'resourceId' } as const;
  for (const [parameter, member] of Object.entries(names)) {
    const wanted = query.get(parameter)?.toLowerCase();
    if (wanted !== undefined) {
      return assigned.find((identity) => identity[member].toLowerCase() === wanted);
    }
  }
  return system;
}

function refuse(error: string, description: string): CallResponse {
  return { status: 400, body: JSON.stringify({ error, error_description: description }) };
}
