import assert from 'node:assert/strict';
import { type AccountToken, plainHost } from '../../../../src/auth/base/signInHost';
import { account } from '../../../../src/auth/methods/account';
import { KafkaError } from '../../../../src/core/errors';
import { openHttp } from '../../../../src/core/http/client';
import { fails } from '../../../support/fails';
import { answer, startFaultyServer } from '../../../support/faultyServer';

const AUTHORITY = 'https://login.microsoftonline.us';
const SCOPE = 'https://hib.azurehdinsight.net/.default';

describe('the sign-in with VS Code’s account', () => {
  const fields = { tenantId: '', clientId: '', authority: AUTHORITY, scope: SCOPE };

  it('asks for a token by authority, scope, tenant and application, and no more than that', () => {
    assert.deepEqual(account.person(fields), {
      by: 'account',
      token: { authority: AUTHORITY, scope: SCOPE },
    });
    assert.deepEqual(account.person({ ...fields, tenantId: 'contoso.com', clientId: 'id' }), {
      by: 'account',
      token: { authority: AUTHORITY, scope: SCOPE, tenantId: 'contoso.com', clientId: 'id' },
    });
  });

  it('shares a token, and asks again for one that the server refuses', async () => {
    const server = await startFaultyServer();
    const http = openHttp();
    const asked: AccountToken[] = [];
    const accountToken = (wanted: AccountToken) => {
      asked.push(wanted);
      return Promise.resolve(`token-${asked.length}`);
    };
    const secret = () => Promise.resolve(undefined);
    const { origin } = server;
    const authorizer = account.authorizer(fields, {
      origin,
      http,
      secret,
      host: { ...plainHost, accountToken },
    });
    const get = () =>
      http.request({ method: 'GET', url: server.url('/'), idempotent: true, authorizer });
    server.will(answer(200, '[]'), answer(200, '[]'), answer(401, 'no'), answer(200, '[]'));
    await get();
    await get();
    await get();
    const sent = server.arrivals.map(({ headers }) => headers.authorization);
    assert.deepEqual(
      sent,
      [1, 1, 1, 2].map((count) => `Bearer token-${count}`),
    );
    server.will(answer(401, 'token-2'), answer(401, 'token-3'));
    await fails(get(), { kind: 'unauthorized', signIn: 'account', detail: '***' });
    await server.close();
    http.dispose();
  });

  it('says whose sign-in failed', async () => {
    const http = openHttp();
    const failure = new KafkaError('consent-missing', { detail: 'AADSTS65001', host: 'login' });
    const authorizer = account.authorizer(fields, {
      origin: 'https://kafka.example.com',
      http,
      secret: () => Promise.resolve(undefined),
      host: { ...plainHost, accountToken: () => Promise.reject(failure) },
    });
    const { signal } = new AbortController();
    await fails(authorizer.credentials(signal), {
      kind: 'consent-missing',
      detail: 'AADSTS65001',
      host: 'login',
      signIn: 'account',
    });
    http.dispose();
  });
});
