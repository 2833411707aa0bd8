import type { Application } from './applications';
import { type ClientAuthentication, OauthError } from './oauthError';

/** What a client shows to prove who it is. */
interface Shown {
  readonly by: ClientAuthentication;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Returns the client that a token request shows to be (RFC 6749, 2.3.1). Throws an `OauthError` if
 * it shows none, two, another than it is, or shows it in a way that is not among `allowed`.
 */
export function clientIn(
  form: URLSearchParams,
  authorization: string | undefined,
  applications: readonly Application[],
  allowed: readonly ClientAuthentication[],
): Application {
  const shown =
    authorization === undefined ? inBody(form) : inHeader(authorization, form.get('client_secret'));
  const { by, clientId, clientSecret } = shown;
  const named = form.get('client_id');
  if (named !== null && named !== clientId) {
    throw new OauthError('invalid_request', 'The client IDs differ');
  }
  const refuse = (why: string) => new OauthError('invalid_client', why, by);
  if (!allowed.includes(by)) throw refuse('Client authentication is not allowed in this way');
  const client = applications.find((each) => each.clientId === clientId);
  if (client && clientSecret === client.expiredSecret)
    throw refuse('The client secret has expired');
  if (client?.clientSecret === clientSecret) return client;
  throw refuse('Invalid client or Invalid client credentials');
}

function inBody(form: URLSearchParams): Shown {
  const clientId = form.get('client_id');
  const clientSecret = form.get('client_secret');
  if (!clientId || !clientSecret) {
    throw new OauthError('invalid_client', 'No client authentication');
  }
  return { by: 'client_secret_post', clientId, clientSecret };
}

/** ID and secret are form-encoded before they are joined by a colon. */
function inHeader(authorization: string, inForm: string | null): Shown {
  if (inForm !== null) {
    throw new OauthError('invalid_request', 'More than one way of client authentication');
  }
  const pair = /^Basic +([\w+/]+=*)$/i.exec(authorization)?.[1];
  const parts = Buffer.from(pair ?? '', 'base64')
    .toString()
    .split(':');
  const [clientId = '', clientSecret = ''] = parts.map(formDecoded);
  if (parts.length !== 2) {
    throw new OauthError('invalid_client', 'No client authentication', 'client_secret_basic');
  }
  return { by: 'client_secret_basic', clientId, clientSecret };
}

function formDecoded(text: string): string {
  return new URLSearchParams(`_=${text}`).get('_') ?? '';
}
