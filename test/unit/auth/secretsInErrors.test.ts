import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { bearer } from '../../../src/auth/base/bearer';
import { plainHost } from '../../../src/auth/base/signInHost';
import { clientCredentials } from '../../../src/auth/entra/clientCredentials';
import { proofBySecret } from '../../../src/auth/entra/proofBySecret';
import { basic } from '../../../src/auth/methods/basic';
import { KafkaError } from '../../../src/core/errors';
import { type Authorizer, type HttpClient, openHttp } from '../../../src/core/http/client';
import { echoes, entraEchoes, withDiscovery } from '../../promises/canary/echoes';
import { Needles } from '../../promises/canary/needles';
import { type FaultyServer, reset, startFaultyServer } from '../../support/faultyServer';

const word = (): string => randomBytes(12).toString('hex');
const secret = `${word()}~${word()}+/&=%"'\\<é> ${word()}`;
const token = ['eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9', word(), word() + word()].join('.');
const pair = Buffer.from(`kafka:${secret}`).toString('base64');
const needles = new Needles([secret, token, pair]);

describe('the errors and the log of a server that echoes', () => {
  let server: FaultyServer;
  let http: HttpClient;
  let log: string[];

  before(async () => {
    server = await startFaultyServer({ tls: true });
  });

  after(() => server.close());

  beforeEach(() => {
    log = [];
    const trace = (line: string) => log.push(line);
    http = openHttp({ caFile: server.caFile, backoffMs: 1, log: { trace } });
  });

  afterEach(() => {
    http.dispose();
  });

  /** Everything that hangs on an error: causes, hidden members, errors of other libraries. */
  function assertClean(error: unknown): void {
    const whole = { showHidden: true, depth: 20, maxArrayLength: null, maxStringLength: null };
    assert.equal(needles.find('error', inspect(error, whole)), undefined);
    assert.equal(needles.find('log', log.join('\n')), undefined);
    assert.ok(log.length > 0);
  }

  const authorizers = (): Readonly<Record<string, Authorizer>> => ({
    token: bearer('clientSecret', server.origin, { token: () => Promise.resolve(token) }),
    password: basic.authorizer(
      { username: 'kafka' },
      { origin: server.origin, http, secret: () => Promise.resolve(secret), host: plainHost },
    ),
  });

  const request = (method: 'GET' | 'POST', authorizer: Authorizer | undefined) =>
    http.request({
      method,
      url: server.url('/v1/metadata/topics'),
      body: secret,
      idempotent: method === 'GET',
      ...(authorizer && { authorizer }),
      secrets: [secret],
    });

  for (const [what, behaviour] of Object.entries({ ...echoes, 'breaks the connection': reset })) {
    for (const credential of ['token', 'password']) {
      it(`hold no ${credential} where the proxy ${what}`, async () => {
        for (const method of ['GET', 'POST'] as const) {
          server.will(behaviour);
          const sent = request(method, authorizers()[credential]);
          const error: unknown = await sent.catch((reason: unknown) => reason);
          assert.ok(error instanceof KafkaError || what.startsWith('answers 200'));
          if (error instanceof Error) assertClean(error);
        }
      });
    }
  }

  for (const [what, behaviour] of Object.entries({ ...entraEchoes, 'hangs up': reset })) {
    it(`hold no secret where Entra ID ${what}`, async () => {
      server.will(withDiscovery(server.origin, behaviour));
      const source = clientCredentials({
        authority: server.origin,
        tenantId: '5f0c1c1e-7d5b-4a51-9c1f-0e3a6a3c9b10',
        clientId: '3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21',
        scope: 'https://hib.azurehdinsight.net/.default',
        signIn: 'clientSecret',
        proof: proofBySecret(() => Promise.resolve(secret)),
        http,
      });
      const error: unknown = await source.token({}).catch((reason: unknown) => reason);
      assert.ok(error instanceof KafkaError);
      assertClean(error);
    });
  }
});
