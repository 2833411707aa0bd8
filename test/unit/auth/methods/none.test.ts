import assert from 'node:assert/strict';
import { none } from '../../../../src/auth/methods/none';
import { plainHost } from '../../../../src/auth/base/signInHost';
import { openHttp } from '../../../../src/core/http/client';
import { openProxy } from '../../../../src/core/dialects/open';
import { type RequestLogEntry, startEmulator } from '../../../../src/emulator/server';
import { fails } from '../../../support/fails';
import { answer, startFaultyServer } from '../../../support/faultyServer';

describe('no sign-in', () => {
  const secret = () => assert.fail('no secret is asked for');

  it('sends no credentials to a REST proxy that asks for none', async () => {
    const seen: RequestLogEntry[] = [];
    const { info, stop } = await startEmulator({
      auth: 'none',
      samples: false,
      onRequest: (request) => seen.push(request),
    });
    const { endpoint } = info;
    const http = openHttp({ caFile: info.caFile ?? '' });
    const authorizer = none.authorizer(
      {},
      {
        origin: new URL(endpoint).origin,
        http,
        secret,
        host: plainHost,
      },
    );
    const proxy = openProxy({ endpoint, http, authorizer });
    assert.deepEqual(await proxy.topics(), []);
    await proxy.dispose();
    await stop();
    assert.deepEqual(
      seen.map(({ authorized }) => authorized),
      [false],
    );
  });

  it('says that it was without sign-in where the server asks for one', async () => {
    const server = await startFaultyServer();
    server.will(answer(401));
    const http = openHttp();
    const authorizer = none.authorizer(
      {},
      {
        origin: server.origin,
        http,
        secret,
        host: plainHost,
      },
    );
    const request = { method: 'GET', url: server.url('/'), idempotent: true, authorizer } as const;
    await fails(http.request(request), { kind: 'unauthorized', signIn: 'none' });
    assert.equal(server.arrivals.length, 1);
    http.dispose();
    await server.close();
  });
});
