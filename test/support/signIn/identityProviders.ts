/** A response of an identity provider, as its documentation or its issues show it. */
interface Said {
  readonly status: number;
  readonly body: string;
}

/** What an identity provider says, with the paths that it has. */
export interface IdentityProvider {
  /** The path of the issuer. */
  readonly issuer: string;
  /** Whether the issuer in documents and tokens ends with a slash. */
  readonly hasSlash: boolean;
  readonly tokenPath: string;
  /** A token, with the members that this provider adds. */
  readonly issued: object;
  readonly wrongSecret: Said;
  readonly notForClient: Said;
  readonly wrongScope: Said;
}

function said(status: number, body: object): Said {
  return { status, body: JSON.stringify(body) };
}

export const identityProviders: Readonly<Record<string, IdentityProvider>> = {
  Keycloak: {
    issuer: '/realms/kafka',
    hasSlash: false,
    tokenPath: '/realms/kafka/protocol/openid-connect/token',
    issued: {
      expires_in: 300,
      refresh_expires_in: 0,
      token_type: 'Bearer',
      'not-before-policy': 0,
      scope: 'profile email',
    },
    wrongSecret: said(401, {
      error: 'unauthorized_client',
      error_description: 'Invalid client or Invalid client credentials',
    }),
    notForClient: said(401, {
      error: 'unauthorized_client',
      error_description: 'Client not enabled to retrieve service account',
    }),
    wrongScope: said(400, {
      error: 'invalid_scope',
      error_description: 'Invalid scopes: everything',
    }),
  },
  Auth0: {
    issuer: '',
    hasSlash: true,
    tokenPath: '/oauth/token',
    issued: { scope: 'read:topics', expires_in: 86_400, token_type: 'Bearer' },
    wrongSecret: said(401, { error: 'access_denied', error_description: 'Unauthorized' }),
    notForClient: said(403, {
      error: 'unauthorized_client',
      error_description: "Grant type 'client_credentials' not allowed for the client.",
      error_uri: 'https://auth0.com/docs/clients/client-grant-types',
    }),
    wrongScope: said(403, {
      error: 'invalid_scope',
      error_description: 'Client has not been granted scopes: everything',
    }),
  },
  Okta: {
    issuer: '/oauth2/default',
    hasSlash: false,
    tokenPath: '/oauth2/default/v1/token',
    issued: { token_type: 'Bearer', expires_in: 3600, scope: 'kafka' },
    wrongSecret: said(401, {
      errorCode: 'invalid_client',
      errorSummary: "Invalid value for 'client_id' parameter.",
      errorLink: 'invalid_client',
      errorId: 'oae0',
      errorCauses: [],
    }),
    notForClient: said(400, {
      error: 'unauthorized_client',
      error_description: 'The client is not authorized to use the provided grant type.',
    }),
    wrongScope: said(400, {
      error: 'invalid_scope',
      error_description:
        'One or more scopes are not configured for the authorization server resource.',
    }),
  },
  PingFederate: {
    issuer: '',
    hasSlash: false,
    tokenPath: '/as/token.oauth2',
    issued: { token_type: 'Bearer', expires_in: 7199 },
    wrongSecret: said(401, {
      error: 'invalid_client',
      error_description: 'Invalid client or client credentials',
    }),
    notForClient: said(400, {
      error: 'unauthorized_client',
      error_description: 'The client is not allowed to use the grant type client_credentials',
    }),
    wrongScope: said(400, {
      error: 'invalid_scope',
      error_description: 'The requested scope(s) must be blank or a subset of the provided scopes.',
    }),
  },
};
