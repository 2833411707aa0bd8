import assert from 'node:assert/strict';
import type { TokenSource } from '../../../../src/auth/base/bearer';
import { type OauthClient, oauthTokens } from '../../../../src/auth/oauth/clientCredentials';
import { KafkaError } from '../../../../src/core/errors';
import { type HttpClient, openHttp } from '../../../../src/core/http/client';
import { fails, rejectsWith } from '../../../support/fails';
import { answer, type FaultyServer, hang, startFaultyServer } from '../../../support/faultyServer';
import { identityProviders } from '../../../support/signIn/identityProviders';

const SECRET = 'p~q&r s:x%y';

/** What real providers say, and what none should. */
describe('an identity provider', () => {
  let server: FaultyServer;
  let http: HttpClient;

  beforeEach(async () => {
    server = await startFaultyServer({ tls: true });
    http = openHttp({ caFile: server.caFile, backoffMs: 1 });
  });

  afterEach(async () => {
    http.dispose();
    await server.close();
  });

  function source(options: Partial<OauthClient> = {}): TokenSource {
    return oauthTokens({
      issuer: server.origin,
      tokenEndpoint: '',
      clientId: 'kafka client',
      scope: '',
      audience: '',
      resource: '',
      authentication: 'auto',
      signIn: 'oauth',
      secret: () => Promise.resolve(SECRET),
      http,
      ...options,
    });
  }

  function discovery(issuer = '', more: object = {}, tokenPath = '/token') {
    const document = { issuer: server.origin + issuer, token_endpoint: server.origin + tokenPath };
    return answer(200, JSON.stringify({ ...document, ...more }));
  }

  const issued = (token = 'good', more: object = {}) =>
    answer(200, JSON.stringify({ access_token: token, token_type: 'Bearer', ...more }));

  for (const [name, provider] of Object.entries(identityProviders)) {
    describe(`like ${name}`, () => {
      const document = () =>
        discovery(provider.issuer + (provider.hasSlash ? '/' : ''), {}, provider.tokenPath);
      const own = () => source({ issuer: server.origin + provider.issuer });

      it('issues a token', async () => {
        server.will(document(), issued('good', provider.issued));
        assert.equal(await own().token({}), 'good');
        assert.deepEqual(
          server.arrivals.map(({ path }) => path),
          [`${provider.issuer}/.well-known/openid-configuration`, provider.tokenPath],
        );
      });

      const said = [
        ['wrongSecret', 'secret-wrong'],
        ['notForClient', 'sign-in-failed'],
        ['wrongScope', 'scope-unknown'],
      ] as const;
      for (const [what, kind] of said) {
        it(`tells ${what}`, async () => {
          const { status, body } = provider[what];
          server.will(document(), answer(status, body));
          await fails(own().token({}), { kind, status, host: server.url().host, signIn: 'oauth' });
        });
      }
    });
  }

  it('like Auth0 opens no API to a client without a grant for it', async () => {
    const error_description = 'Client is not authorized to access "https://kafka".';
    server.will(
      discovery(),
      answer(403, JSON.stringify({ error: 'access_denied', error_description })),
    );
    await fails(source().token({}), { kind: 'consent-missing', detail: error_description });
  });

  it('may have the document of RFC 8414 alone, with the path of the issuer at its end', async () => {
    server.will(answer(404), discovery('/a/b/'), issued());
    assert.equal(await source({ issuer: `${server.origin}/a/b` }).token({}), 'good');
    assert.equal(server.arrivals[1]?.path, '/.well-known/oauth-authorization-server/a/b');
  });

  it('gets ID and secret form-encoded, in the header or in the body', async () => {
    server.will(issued());
    const tokenEndpoint = server.url('/token').href;
    await source({ tokenEndpoint, authentication: 'basic' }).token({});
    await source({ tokenEndpoint, authentication: 'post', audience: 'https://x y' }).token({});
    const [basic, post] = server.arrivals;
    const pair = (basic?.headers.authorization ?? '').replace('Basic ', '');
    assert.equal(Buffer.from(pair, 'base64').toString(), 'kafka+client:p%7Eq%26r+s%3Ax%25y');
    assert.equal(basic?.body, 'grant_type=client_credentials');
    assert.equal(post?.headers.authorization, undefined);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(post?.body)), {
      grant_type: 'client_credentials',
      audience: 'https://x y',
      client_id: 'kafka client',
      client_secret: SECRET,
    });
  });

  it('may be on this computer without TLS', async () => {
    const plain = await startFaultyServer();
    const document = { issuer: plain.origin, token_endpoint: `${plain.origin}/token` };
    plain.will(answer(200, JSON.stringify(document)), issued());
    assert.equal(await source({ issuer: plain.origin }).token({}), 'good');
    await plain.close();
  });

  it('gets the secret at no other origin than that of the issuer', async () => {
    const elsewhere = await startFaultyServer({ tls: true });
    elsewhere.will(issued());
    server.will(discovery('', { token_endpoint: `${elsewhere.origin}/token` }));
    await fails(source().token({}), {
      kind: 'redirect',
      detail: elsewhere.origin,
      host: server.url().host,
      signIn: 'oauth',
    });
    server.will(discovery(), answer(307, '', { Location: elsewhere.url('/token').href }));
    await fails(source().token({}), { kind: 'redirect', status: 307 });
    assert.equal(elsewhere.arrivals.length, 0);
    await elsewhere.close();
  });

  it('must be the issuer that is wanted', async () => {
    server.will(discovery('/other'));
    const detail = `${server.origin}/other`;
    await fails(source().token({}), { kind: 'tenant-unknown', detail, signIn: 'oauth' });
  });

  it('that responds with a page is none', async () => {
    server.will(answer(200, '<html>Welcome</html>'));
    const expected = { kind: 'protocol', host: server.url().host, signIn: 'oauth' } as const;
    await fails(source().token({}), expected);
    await fails(source({ tokenEndpoint: server.url('/token').href }).token({}), expected);
  });

  it('that is down is tried again, and told', async () => {
    server.will(answer(503), discovery(), answer(429), issued());
    assert.equal(await source().token({}), 'good');
    server.will(answer(503));
    await fails(source().token({}), { kind: 'unavailable', host: server.url().host });
    await server.close();
    await fails(source().token({}), { kind: 'connection', host: server.url().host });
  });

  for (const [what, body] of Object.entries({
    'without a token': '{"token_type":"Bearer"}',
    'without a type': '{"access_token":"a"}',
    'of another type': '{"access_token":"a","token_type":"mac"}',
    'bound to a key': '{"access_token":"a","token_type":"DPoP"}',
    'with a token that no header can carry': '{"access_token":"a b","token_type":"Bearer"}',
    'with a life that is none': '{"access_token":"a","token_type":"Bearer","expires_in":"soon"}',
    'with a negative life': '{"access_token":"a","token_type":"Bearer","expires_in":-1}',
  })) {
    it(`issues nothing with a response ${what}`, async () => {
      server.will(discovery(), answer(200, body));
      await assert.rejects(source().token({}), (error: unknown) => {
        assert.ok(error instanceof KafkaError);
        assert.ok(['protocol', 'sign-in-failed'].includes(error.kind), error.kind);
        return error.signIn === 'oauth' && error.detail !== '';
      });
    });
  }

  it('may leave out how long a token lives, or say it as a text', async () => {
    for (const more of [{}, { expires_in: '3600' }]) {
      server.will(discovery(), issued('good', more));
      const tokens = source();
      const before = server.arrivals.length;
      await tokens.token({});
      assert.equal(await tokens.token({}), 'good');
      assert.equal(server.arrivals.length, before + 2);
    }
  });

  it('is not heard when it echoes the secret', async () => {
    server.will(discovery(), (response, { headers }) => {
      response.writeHead(400).end(`bad: ${headers.authorization ?? ''} and ${SECRET}`);
    });
    const error: unknown = await source()
      .token({})
      .catch((reason: unknown) => reason);
    assert.ok(error instanceof KafkaError);
    assert.equal(error.detail, 'bad: Basic *** and ***');
  });

  it('is left when all have cancelled, and asked anew for the next', async () => {
    const reason = new Error('stopped by the user');
    const user = new AbortController();
    const tokens = source();
    server.will(hang);
    const arrival = server.nextArrival();
    const first = tokens.token({ signal: user.signal });
    await arrival;
    user.abort(reason);
    await rejectsWith(first, reason);
    server.will(discovery(), issued());
    assert.equal(await tokens.token({}), 'good');
  });
});
