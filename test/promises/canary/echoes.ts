import { type Arrival, type Behaviour } from '../../support/faultyServer';

/** All that a request gave away: its token, its form or message, its address. */
function secretsOf({ headers, body, path }: Arrival): string {
  return `${headers.authorization ?? ''} ${path} ${body}`;
}

function answerWith(
  status: number,
  text: (arrival: Arrival) => string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  return (response, arrival) => {
    response.writeHead(status, headers).end(text(arrival));
  };
}

const asHtml = (text: string) =>
  `<html><pre>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&#34;')}`;

/** What servers and gateways do that show a request in their answer. */
export const echoes: Readonly<Record<string, Behaviour>> = {
  'answers 401 with the request as text': answerWith(401, secretsOf),
  'answers 403 with the request in JSON': answerWith(403, (arrival) =>
    JSON.stringify({ error: { message: `Forbidden: ${secretsOf(arrival)}` } }),
  ),
  'answers 400 with all headers in JSON': answerWith(400, ({ headers }) =>
    JSON.stringify({ title: 'Bad Request', detail: JSON.stringify(headers) }),
  ),
  'answers 500 with the request in HTML': answerWith(500, (arrival) => asHtml(secretsOf(arrival))),
  'answers 500 with the request encoded for URLs': answerWith(500, (arrival) =>
    encodeURIComponent(secretsOf(arrival)),
  ),
  'answers 500 with the request in Base64': answerWith(500, (arrival) =>
    Buffer.from(`request: ${secretsOf(arrival)}`).toString('base64'),
  ),
  'answers 500 with the beginning of the token': answerWith(
    500,
    ({ headers }) => `Invalid token ${(headers.authorization ?? '').slice('Bearer '.length, 300)}`,
  ),
  'answers 500 with the end of the token': answerWith(
    500,
    ({ headers }) => `Invalid signature ${(headers.authorization ?? '').split('.').at(-1) ?? ''}`,
  ),
  'redirects with the token': (response, { headers }) => {
    const token = (headers.authorization ?? '').slice('Bearer '.length);
    response.writeHead(302, { Location: `https://127.0.0.1:9/sign-in?token=${token}` }).end();
  },
  'answers 200 with the request': answerWith(200, secretsOf),
  'answers 200 with the request in JSON': answerWith(200, (arrival) =>
    JSON.stringify({ topics: secretsOf(arrival), brokers: secretsOf(arrival), records: {} }),
  ),
};

const refused = (text: string) =>
  JSON.stringify({ error: 'invalid_client', error_description: `AADSTS7000215: ${text}` });

/** The same for the sign-in, whose form holds the client secret. */
export const entraEchoes: Readonly<Record<string, Behaviour>> = {
  'refuses with the form': answerWith(401, ({ body }) => refused(body)),
  'refuses with the secret': answerWith(401, (arrival) => refused(secretOf(arrival))),
  'refuses with the secret in its own words': answerWith(400, (arrival) =>
    JSON.stringify({ error: 'bad', error_description: `No: ${secretOf(arrival)}` }),
  ),
  'fails with the form in HTML': answerWith(500, ({ body }) => asHtml(body)),
  'fails with the secret in HTML': answerWith(500, (arrival) => asHtml(secretOf(arrival))),
  'fails with the secret in Base64': answerWith(500, (arrival) =>
    Buffer.from(`id:${secretOf(arrival)}`).toString('base64'),
  ),
  'fails with the beginning of the form': answerWith(500, ({ body }) =>
    body.slice(0, body.indexOf('client_secret=') + 'client_secret='.length + 20),
  ),
  'gives no token, but the form': answerWith(200, ({ body }) => JSON.stringify({ hint: body })),
  'gives a token that is none': answerWith(200, (arrival) =>
    JSON.stringify({ token_type: 'Bearer', expires_in: 'x', access_token: secretOf(arrival) }),
  ),
};

function secretOf({ body }: Arrival): string {
  return new URLSearchParams(body).get('client_secret') ?? '';
}

/** Answers as Entra ID does up to the request for a token, which the behaviour is for. */
export function withDiscovery(origin: string, behaviour: Behaviour): Behaviour {
  return (response, arrival) => {
    if (arrival.method === 'POST') behaviour(response, arrival);
    else {
      const base = `${origin}/tenant`;
      response.end(
        JSON.stringify({
          issuer: `${base}/v2.0`,
          authorization_endpoint: `${base}/authorize`,
          token_endpoint: `${base}/token`,
          jwks_uri: `${base}/keys`,
        }),
      );
    }
  };
}
