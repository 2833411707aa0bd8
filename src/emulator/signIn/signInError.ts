import { randomUUID } from 'node:crypto';
import type { CallResponse } from '../http';

interface Kind {
  readonly status: number;
  /** The OAuth error code (RFC 6749, 5.2, and Entra's own). */
  readonly error: string;
  /** Returns Entra's sentence about `what`: the tenant, application or value in question. */
  readonly sentence: (what: string) => string;
}

/** Entra's errors by their AADSTS number. */
const kinds = {
  50027: {
    status: 400,
    error: 'invalid_request',
    sentence: (what) => `JWT token is invalid or malformed: ${what}.`,
  },
  70003: {
    status: 400,
    error: 'unsupported_grant_type',
    sentence: (grant) => `The app requested an unsupported grant type '${grant}'.`,
  },
  70011: {
    status: 400,
    error: 'invalid_scope',
    sentence: (scope) =>
      `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  },
  90002: {
    status: 400,
    error: 'invalid_request',
    sentence: (tenant) =>
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  },
  500011: {
    status: 400,
    error: 'invalid_resource',
    sentence: (resource) =>
      `The resource principal named ${resource} was not found in the tenant named Emulator. This can happen if the application has not been installed by the administrator of the tenant.`,
  },
  700016: {
    status: 400,
    error: 'unauthorized_client',
    sentence: (client) =>
      `Application with identifier '${client}' was not found in the directory 'Emulator'. You may have sent your authentication request to the wrong tenant.`,
  },
  700021: {
    status: 401,
    error: 'invalid_client',
    sentence: (client) =>
      `Client assertion application identifier doesn't match 'client_id' parameter '${client}'.`,
  },
  700023: {
    status: 401,
    error: 'invalid_client',
    sentence: (client) =>
      `Client assertion audience claim does not match Realm issuer. Application: '${client}'.`,
  },
  700024: {
    status: 401,
    error: 'invalid_client',
    sentence: (now) => `Client assertion is not within its valid time range. Current time: ${now}.`,
  },
  700027: {
    status: 401,
    error: 'invalid_client',
    sentence: (client) =>
      `The certificate with identifier used to sign the client assertion is not registered on application '${client}'.`,
  },
  700211: {
    status: 400,
    error: 'invalid_request',
    sentence: (issuer) =>
      `No matching federated identity record found for presented assertion issuer '${issuer}'.`,
  },
  700212: {
    status: 400,
    error: 'invalid_request',
    sentence: (audience) =>
      `No matching federated identity record found for presented assertion audience '${audience}'.`,
  },
  700213: {
    status: 400,
    error: 'invalid_request',
    sentence: (subject) =>
      `No matching federated identity record found for presented assertion subject '${subject}'.`,
  },
  900144: {
    status: 400,
    error: 'invalid_request',
    sentence: (name) => `The request body must contain the following parameter: '${name}'.`,
  },
  1000502: {
    status: 401,
    error: 'invalid_client',
    sentence: (thumbprint) =>
      `The provided certificate is not within its specified validity period. Thumbprint: '${thumbprint}'.`,
  },
  1002012: {
    status: 400,
    error: 'invalid_scope',
    sentence: (scope) =>
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  },
  7000215: {
    status: 401,
    error: 'invalid_client',
    sentence: (client) =>
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${client}'.`,
  },
  7000216: {
    status: 401,
    error: 'invalid_client',
    sentence: () =>
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  },
  7000222: {
    status: 401,
    error: 'invalid_client',
    sentence: (client) =>
      `The provided client secret keys for app '${client}' are expired. Visit the Azure portal to create new keys for your app.`,
  },
} satisfies Record<number, Kind>;

/** Says why Entra ID issues no token. */
export class SignInError extends Error {
  constructor(
    readonly code: keyof typeof kinds,
    what: string,
  ) {
    super(kinds[code].sentence(what));
  }
}

/** Returns the error in the shape that Entra's clients parse. */
export function signInErrorResponse({ code, message }: SignInError, origin: string): CallResponse {
  const { status, error } = kinds[code];
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = new Date().toISOString().replace('T', ' ').replace(/\..*/, 'Z');
  return {
    status,
    body: JSON.stringify({
      error,
      error_description: `AADSTS${code}: ${message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `${origin}/error?code=${code}`,
    }),
  };
}
