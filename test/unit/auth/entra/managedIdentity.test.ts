import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IdentityNetwork } from '../../../../src/auth/entra/identityNetwork';
import {
  type ManagedIdentity,
  managedIdentityTokens,
} from '../../../../src/auth/entra/managedIdentity';
import { type HttpClient, openHttp } from '../../../../src/core/http/client';
import {
  type Emulator,
  type RequestLogEntry,
  startEmulator,
} from '../../../../src/emulator/server';
import { topicsBy } from '../../../support/entraSource';
import { fails, rejectsWith } from '../../../support/fails';

const signIn = 'managedIdentity';

describe('a managed identity', () => {
  let emulator: Emulator;
  let http: HttpClient;
  let seen: RequestLogEntry[];

  before(async () => {
    emulator = await startEmulator({
      samples: false,
      auth: 'identity',
      onRequest: (entry) => seen.push(entry),
    });
    process.env['AZURE_POD_IDENTITY_AUTHORITY_HOST'] = emulator.info.identityHost ?? '';
    http = openHttp({ caFile: emulator.info.caFile ?? '', backoffMs: 1 });
  });

  after(async () => {
    delete process.env['AZURE_POD_IDENTITY_AUTHORITY_HOST'];
    http.dispose();
    await emulator.stop();
  });

  beforeEach(() => {
    seen = [];
  });

  const source = (options: Partial<ManagedIdentity> = {}) =>
    managedIdentityTokens({
      identity: 'system',
      identityId: '',
      scope: emulator.info.scope ?? '',
      signIn,
      backoffMs: 1,
      ...options,
    });

  it('of the computer opens the REST proxy, with one request for all who ask', async () => {
    const tokens = source();
    assert.equal(await topicsBy(emulator.info, tokens, http), '{"topics":[]}');
    await Promise.all([tokens.token({}), tokens.token({})]);
    assert.equal(seen.filter(({ server }) => server === 'identity').length, 1);
  });

  it('that is user-assigned is found by each of its IDs', async () => {
    const { clientId, identityObjectId, identityResourceId } = emulator.info;
    for (const [identity, id] of [
      ['clientId', clientId],
      ['objectId', identityObjectId],
      ['resourceId', identityResourceId],
    ] as const) {
      assert.match(await source({ identity, identityId: id ?? '' }).token({}), /^eyJ/);
    }
  });

  it('that was not assigned is told, and so is a scope that is unknown', async () => {
    const identityId = '00000000-0000-0000-0000-000000000000';
    await fails(source({ identity: 'clientId', identityId }).token({}), {
      kind: 'identity-missing',
      status: 400,
      detail: 'Identity not found',
      field: 'identityId',
      signIn,
    });
    await fails(source({ scope: 'https://nothing.example/.default' }).token({}), {
      kind: 'scope-unknown',
      signIn,
    });
  });

  it('needs an ID that fits, before anybody is asked', async () => {
    for (const [identity, identityId] of [
      ['clientId', ''],
      ['objectId', 'no guid'],
      ['resourceId', 'subscriptions/1'],
    ] as const) {
      const facts = { kind: 'credential-unusable', field: 'identityId', signIn } as const;
      await fails(source({ identity, identityId }).token({}), facts);
    }
    assert.equal(seen.length, 0);
  });

  describe('at a service of another kind', () => {
    let server: Server | undefined;

    afterEach(() => {
      server?.closeAllConnections();
      server?.close();
    });

    /** Returns the address of a server that responds in these ways, one after the other. */
    async function serve(...responses: RequestListener[]): Promise<string> {
      const own = createServer((request, response) => responses.shift()?.(request, response));
      server = own;
      await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(own.address() as AddressInfo).port}/token`;
    }

    const respond =
      (status: number, body = ''): RequestListener =>
      (_request, response) =>
        response.writeHead(status).end(body);
    const network = (signal = new AbortController().signal, connectMs = 3000) =>
      new IdentityNetwork({ signIn, field: 'identity', signal, backoffMs: 1, connectMs });

    it('is asked again where that helps', async () => {
      const url = await serve(respond(429), respond(410), respond(500), respond(200, '{"a":1}'));
      const { status, body } = await network().sendGetRequestAsync(url);
      assert.deepEqual([status, body], [200, { a: 1 }]);
    });

    it('is told when it stays unavailable, busy, or is something else', async () => {
      const four = (status: number, body = '') => [1, 2, 3, 4].map(() => respond(status, body));
      const table: [RequestListener[], Parameters<typeof fails>[1]][] = [
        [four(503), { kind: 'unavailable', status: 503 }],
        [four(429), { kind: 'throttled', status: 429 }],
        [four(404, '<html>'), { kind: 'identity-missing', status: 404, detail: '' }],
        [[respond(200, 'Welcome')], { kind: 'identity-missing' }],
        [[respond(401, '{"error":"x"}')], { kind: 'sign-in-failed', status: 401 }],
        [four(503, '{"error":"x"}'), { kind: 'unavailable', status: 503 }],
        [four(429, '{"message":"x"}'), { kind: 'throttled', status: 429 }],
      ];
      for (const [responses, facts] of table) {
        const url = await serve(...responses);
        await fails(network().sendGetRequestAsync(url), { ...facts, signIn });
        server?.close();
      }
    });

    it('may say with a challenge which file proves who asks', async () => {
      const url = await serve((_request, response) =>
        response.writeHead(401, { 'www-authenticate': 'Basic realm=/file' }).end('x'),
      );
      const { status, headers, body } = await network().sendGetRequestAsync(url);
      const challenge = { 'www-authenticate': 'Basic realm=/file' };
      assert.deepEqual([status, headers, body], [401, challenge, {}]);
    });

    it('is asked without encryption alone, as it is on this computer', async () => {
      const asked = network().sendGetRequestAsync('https://127.0.0.1:1/token');
      await fails(asked, { kind: 'identity-missing', signIn });
    });

    it('is missed where nobody listens', async () => {
      const url = await serve();
      await new Promise((resolve) => server?.close(resolve));
      const facts = { kind: 'identity-missing', detail: '', field: undefined, signIn } as const;
      await fails(network().sendGetRequestAsync(url), facts);
    });

    it('is left when the person gives up, also between two attempts', async () => {
      const user = new AbortController();
      const reason = new Error('stopped by the user');
      const url = await serve(() => {
        user.abort(reason);
      });
      await rejectsWith(network(user.signal).sendGetRequestAsync(url), reason);
    });
  });
});
