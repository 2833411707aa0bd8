import type { CallResponse } from '../http';

/** The ways in which clients show their secrets, as the discovery document names them. */
export type ClientAuthentication = 'client_secret_basic' | 'client_secret_post';

/** The errors of RFC 6749, 5.2, RFC 8707, 2, and Auth0, with their statuses. */
const statuses = {
  invalid_request: 400,
  invalid_client: 401,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  invalid_target: 400,
  access_denied: 403,
} as const;

/** Says why a provider issues no token. */
export class OauthError extends Error {
  constructor(
    readonly error: keyof typeof statuses,
    description: string,
    /** How the client showed its secret, if that is what failed. */
    readonly shownBy?: ClientAuthentication,
  ) {
    super(description);
  }
}

/** Returns the error in the shape of RFC 6749, 5.2. */
export function oauthErrorResponse({ error, message, shownBy }: OauthError): CallResponse {
  return {
    status: statuses[error],
    ...(shownBy === 'client_secret_basic' && {
      headers: { 'WWW-Authenticate': 'Basic realm="emulator"' },
    }),
    body: JSON.stringify({ error, error_description: message }),
  };
}
