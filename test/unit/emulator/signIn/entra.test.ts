import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, sign, verify, type JsonWebKey } from 'node:crypto';
import { startEmulator, type Emulator } from '../../../../src/emulator/server.js';
import { askToken, getToken, object, send } from '../support.js';

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function decode(token: string, part: 0 | 1): Record<string, unknown> {
  return object(Buffer.from(token.split('.')[part] ?? '', 'base64url').toString());
}

describe('emulated Entra ID', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({ samples: false, expiredSecret: 'last-year' });
  });
  after(() => emulator.stop());

  const get = async (path: string): Promise<Record<string, unknown>> => {
    const { authority, caFile } = emulator.info;
    return object((await send(`${authority ?? ''}${path}`, caFile)).text);
  };
  const publicKey = async (): Promise<JsonWebKey> => {
    const { keys } = await get('/discovery/v2.0/keys');
    assert.ok(Array.isArray(keys));
    const [key] = keys.map((jwk: JsonWebKey) => jwk);
    return key ?? {};
  };

  describe('documents', () => {
    it('describes both versions of the token endpoint', async () => {
      const authority = emulator.info.authority ?? '';
      const first = await get('/.well-known/openid-configuration');
      assert.equal(first['issuer'], `${authority}/`);
      assert.equal(first['token_endpoint'], `${authority}/oauth2/token`);
      assert.equal(first['jwks_uri'], `${authority}/discovery/keys`);
      const second = await get('/v2.0/.well-known/openid-configuration');
      assert.equal(second['issuer'], `${authority}/v2.0`);
      assert.equal(second['token_endpoint'], `${authority}/oauth2/v2.0/token`);
      assert.equal(second['jwks_uri'], `${authority}/discovery/v2.0/keys`);
    });

    it('publishes the same key for both versions', async () => {
      assert.deepEqual(await get('/discovery/keys'), await get('/discovery/v2.0/keys'));
    });

    it('answers instance discovery for its own host', async () => {
      const { origin, host } = new URL(emulator.info.authority ?? '');
      const path = '/common/discovery/instance?api-version=1.1';
      const { text } = await send(origin + path, emulator.info.caFile);
      assert.deepEqual(object(text)['metadata'], [
        { preferred_network: host, preferred_cache: host, aliases: [host] },
      ]);
    });

    it('knows one tenant', async () => {
      const { origin } = new URL(emulator.info.authority ?? '');
      const path = '/00000000-0000-0000-0000-000000000000/v2.0/.well-known/openid-configuration';
      const { status, text } = await send(origin + path, emulator.info.caFile);
      assert.equal(status, 400);
      assert.deepEqual(object(text)['error_codes'], [90002]);
    });

    const statuses: [method: string, path: string, status: number, allow?: string][] = [
      ['GET', '/nowhere', 404],
      ['GET', '/constructor', 404],
      ['GET', '/oauth2/v2.0/token', 405, 'POST'],
      ['GET', '/oauth2/token', 405, 'POST'],
      ['POST', '/discovery/keys', 405, 'GET'],
    ];
    for (const [method, path, expected, allow] of statuses) {
      it(`answers ${method} ${path} with ${expected}`, async () => {
        const { authority, caFile } = emulator.info;
        const { status, headers } = await send(`${authority ?? ''}${path}`, caFile, { method });
        assert.deepEqual([status, headers.allow], [expected, allow]);
      });
    }
  });

  describe('tokens', () => {
    it('come from version 2 for a scope', async () => {
      const { status, headers, text } = await askToken(emulator.info);
      assert.equal(status, 200);
      assert.equal(headers['cache-control'], 'no-store');
      const { access_token: token, ...rest } = object(text);
      assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600 });
      const { tenantId, clientId, authority } = emulator.info;
      const { iat, nbf, exp, oid, uti, ...claims } = decode(String(token), 1);
      assert.deepEqual(claims, {
        iss: `${authority ?? ''}/`,
        aud: 'https://hib.azurehdinsight.net',
        appid: clientId,
        tid: tenantId,
        ver: '1.0',
      });
      assert.equal(nbf, iat);
      assert.equal(exp, Number(iat) + 3600);
      assert.match(String(oid), /^[0-9a-f-]{36}$/);
      assert.match(String(uti), /^[\w-]{22}$/);
    });

    it('differ, however fast they come', async () => {
      const tokens = await Promise.all([1, 2].map(() => askToken(emulator.info)));
      const [first, second] = tokens.map(({ text }) => object(text)['access_token']);
      assert.notEqual(first, second);
    });

    it('come from version 1 for a resource, with numbers as strings', async () => {
      const changes = { scope: null, resource: 'https://hib.azurehdinsight.net' };
      const { status, text } = await askToken(emulator.info, changes, { path: '/oauth2/token' });
      assert.equal(status, 200);
      const { expires_in: lifetime, expires_on: end, not_before: start, resource } = object(text);
      assert.deepEqual([lifetime, resource], ['3600', 'https://hib.azurehdinsight.net']);
      assert.equal(typeof end, 'string');
      assert.equal(Number(end) - Number(start), 3600);
    });

    it('can be asked for with HTTP Basic', async () => {
      const { clientId, clientSecret } = emulator.info;
      const pair = `${clientId ?? ''}:${encodeURIComponent(clientSecret ?? '')}`;
      const headers = { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
      const nothing = { client_id: null, client_secret: null };
      assert.equal((await askToken(emulator.info, nothing, { headers })).status, 200);
    });

    it('are for the resource with a slash at its end, too', async () => {
      const scope = 'https://hib.azurehdinsight.net//.default';
      assert.equal((await askToken(emulator.info, { scope })).status, 200);
    });

    it('can be verified with the published key', async () => {
      const token = await getToken(emulator.info);
      const [header = '', claims = '', signature = ''] = token.split('.');
      const jwk = await publicKey();
      assert.deepEqual(decode(token, 0), { typ: 'JWT', alg: 'RS256', kid: jwk['kid'] });
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      const signed = Buffer.from(`${header}.${claims}`);
      assert.ok(verify('sha256', signed, key, Buffer.from(signature, 'base64url')));
    });
  });

  describe('errors', () => {
    const v1 = { path: '/oauth2/token' };
    const errors: [
      what: string,
      changes: Record<string, string | null>,
      expected: [status: number, error: string, code: number],
      version?: { path: string },
    ][] = [
      ['a wrong secret', { client_secret: 'x' }, [401, 'invalid_client', 7000215]],
      ['an expired secret', { client_secret: 'last-year' }, [401, 'invalid_client', 7000222]],
      ['no secret', { client_secret: null }, [401, 'invalid_client', 7000216]],
      ['an unknown client', { client_id: 'x' }, [400, 'unauthorized_client', 700016]],
      ['no client', { client_id: null }, [400, 'invalid_request', 900144]],
      ['no grant type', { grant_type: null }, [400, 'invalid_request', 900144]],
      ['another grant type', { grant_type: 'password' }, [400, 'unsupported_grant_type', 70003]],
      ['no scope', { scope: null }, [400, 'invalid_request', 900144]],
      ['two scopes', { scope: 'a/.default b/.default' }, [400, 'invalid_scope', 70011]],
      [
        'a scope without /.default',
        { scope: 'https://hib.azurehdinsight.net' },
        [400, 'invalid_scope', 1002012],
      ],
      [
        'a scope of another resource',
        { scope: 'https://example.com/.default' },
        [400, 'invalid_resource', 500011],
      ],
      ['no resource', { scope: null }, [400, 'invalid_request', 900144], v1],
      [
        'another resource',
        { resource: 'https://example.com' },
        [400, 'invalid_resource', 500011],
        v1,
      ],
      [
        'a wrong secret (v1)',
        { resource: 'x', client_secret: 'x' },
        [401, 'invalid_client', 7000215],
        v1,
      ],
    ];
    for (const [what, changes, [status, error, code], version] of errors) {
      it(`are told for ${what}`, async () => {
        const reply = await askToken(emulator.info, changes, version);
        assert.equal(reply.status, status);
        const body = object(reply.text);
        assert.deepEqual([body['error'], body['error_codes']], [error, [code]]);
      });
    }

    it('are told for an unknown tenant', async () => {
      const { authority, tenantId } = emulator.info;
      const elsewhere = { authority: (authority ?? '').replace(tenantId ?? '', 'contoso.com') };
      const { status, text } = await askToken({ ...emulator.info, ...elsewhere });
      assert.equal(status, 400);
      const { error, error_codes: codes, error_description: description } = object(text);
      assert.deepEqual([error, codes], ['invalid_request', [90002]]);
      assert.match(String(description), /^AADSTS90002: Tenant 'contoso.com' not found/);
    });

    it('have the shape of Entra ID, and do not repeat the secret', async () => {
      const { text } = await askToken(emulator.info, { client_secret: 'not-the-secret' });
      const body = object(text);
      const [trace, correlation, timestamp] = ['trace_id', 'correlation_id', 'timestamp'].map(
        (name) => String(body[name]),
      );
      assert.match(String(trace), /^[0-9a-f-]{36}$/);
      assert.match(String(timestamp), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
      assert.match(String(body['error_description']), /^AADSTS7000215: Invalid client secret/);
      const tail = `Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`;
      assert.ok(String(body['error_description']).endsWith(tail));
      assert.match(String(body['error_uri']), /\/error\?code=7000215$/);
      assert.doesNotMatch(text, /not-the-secret/);
    });
  });

  describe('the REST proxy', () => {
    const ask = async (authorization?: string): Promise<[number, string | undefined]> => {
      const { endpoint, caFile } = emulator.info;
      const headers = authorization === undefined ? {} : { Authorization: authorization };
      const reply = await send(`${endpoint}/v1/metadata/topics`, caFile, { headers });
      return [reply.status, reply.headers['www-authenticate']];
    };
    /** A token as the emulator makes it, with other claims, signed by `privateKey`. */
    const forge = async (
      claims: object,
      privateKey: Parameters<typeof sign>[2],
      header: object = {},
    ): Promise<string> => {
      const token = await getToken(emulator.info);
      const signed = `${base64({ ...decode(token, 0), ...header })}.${base64({ ...decode(token, 1), ...claims })}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
    };

    it('takes a token of the client', async () => {
      const token = await getToken(emulator.info);
      assert.equal((await ask(`Bearer ${token}`))[0], 200);
      assert.equal((await ask(`bearer ${token}`))[0], 200);
    });

    it('answers 401 without one', async () => {
      assert.deepEqual(await ask(), [401, 'Bearer']);
      assert.deepEqual(await ask('Basic eDp5'), [401, 'Bearer']);
    });

    it('answers 401 before 404', async () => {
      const { endpoint, caFile } = emulator.info;
      assert.equal((await send(`${endpoint}/nowhere`, caFile)).status, 401);
    });

    it('answers 401 to what is no token', async () => {
      for (const token of ['x', 'a.b.c', `${base64(null)}.${base64(7)}.`]) {
        const [status, header] = await ask(`Bearer ${token}`);
        assert.equal(status, 401);
        assert.match(String(header), /^Bearer error="invalid_token"/);
      }
    });

    it('answers 401 to a changed token', async () => {
      const [header, claims, signature = ''] = (await getToken(emulator.info)).split('.');
      const changed = base64({
        ...object(Buffer.from(String(claims), 'base64url').toString()),
        x: 1,
      });
      assert.equal((await ask(`Bearer ${header}.${changed}.${signature}`))[0], 401);
      assert.equal((await ask(`Bearer ${header}.${claims}.`))[0], 401);
    });

    it('answers 401 to a token that somebody else signed', async () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      assert.equal((await ask(`Bearer ${await forge({}, privateKey)}`))[0], 401);
      assert.equal((await ask(`Bearer ${await forge({}, privateKey, { alg: 'none' })}`))[0], 401);
    });

    it('answers 401 to a token of a former start', async () => {
      const former = await startEmulator({ samples: false });
      const token = await getToken(former.info);
      await former.stop();
      assert.equal((await ask(`Bearer ${token}`))[0], 401);
    });

    it('answers 403 to an application outside the group', async () => {
      const { outsider } = emulator.info;
      const token = await getToken(emulator.info, {
        client_id: outsider?.clientId ?? '',
        client_secret: outsider?.clientSecret ?? '',
      });
      assert.equal((await ask(`Bearer ${token}`))[0], 403);
    });
  });

  it('lets tokens expire', async () => {
    const shortLived = await startEmulator({ samples: false, tokenLifetime: 0 });
    const { endpoint, caFile } = shortLived.info;
    const headers = { Authorization: `Bearer ${await getToken(shortLived.info)}` };
    const { status, text } = await send(`${endpoint}/v1/metadata/topics`, caFile, { headers });
    await shortLived.stop();
    assert.deepEqual([status, object(text)['message']], [401, 'The token is expired']);
  });
});
