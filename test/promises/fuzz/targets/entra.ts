import assert from 'node:assert/strict';
import { clientCredentials } from '../../../../src/auth/entra/clientCredentials';
import { proofBySecret } from '../../../../src/auth/entra/proofBySecret';
import { KafkaError } from '../../../../src/core/errors';
import { httpResponse } from '../../../../src/core/http/exchange';
import { pick, type Target } from '../target';

const SECRET = 's3cret~value';
const STATUSES = [200, 200, 200, 400, 401, 404, 201, 428];
const TENANT = '5f0c1c1e-7d5b-4a51-9c1f-0e3a6a3c9b10';

/**
 * Whatever Entra ID answers, there is a token that a header can carry, or a `KafkaError` that does
 * not hold the secret. The first byte picks the status, the first line answers the discovery.
 */
export const target: Target = {
  seeds: [
    `\0{"token_endpoint":"https://login.test/${TENANT}/oauth2/v2.0/token","issuer":"https://login.test/${TENANT}/v2.0","authorization_endpoint":"https://login.test/a","jwks_uri":"https://login.test/k"}\n{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"eyJ0.eyJ1.c2ln"}`,
    `\0{"token_endpoint":"https://login.test/${TENANT}/oauth2/v2.0/token","issuer":"https://login.test/${TENANT}/v2.0","authorization_endpoint":"https://login.test/a","jwks_uri":"https://login.test/k"}\n{"token_type":"Bearer","expires_in":"x","access_token":["a\\n"],"refresh_in":-1,"client_info":"e30"}`,
    `\x03{}\n{"error":"invalid_client","error_description":"AADSTS7000215: ${SECRET} is bad","error_codes":[7000215]}`,
  ],
  words: [
    'access_token',
    'expires_in',
    'id_token',
    'client_info',
    'token_type',
    'refresh_in',
    'foci',
    SECRET,
  ],
  run: async (input) => {
    const { way, rest } = pick(input);
    const [discovery = '', ...lines] = rest.toString().split('\n');
    const tokens = clientCredentials({
      authority: 'https://login.test',
      tenantId: TENANT,
      clientId: '3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21',
      scope: 'https://hib.azurehdinsight.net/.default',
      signIn: 'clientSecret',
      proof: proofBySecret(() => Promise.resolve(SECRET)),
      http: {
        request: ({ method, secrets = [] }) => {
          assert.ok(secrets.includes(SECRET));
          const isToken = method === 'POST';
          const status = isToken ? (STATUSES[way % STATUSES.length] ?? 200) : 200;
          const body = Buffer.from(isToken ? lines.join('\n') : discovery);
          return Promise.resolve(httpResponse(status, { get: () => null }, body));
        },
        dispose: () => undefined,
      },
    });
    try {
      const token = await tokens.token({});
      assert.ok(typeof token === 'string' && /^[\x21-\x7e]+$/.test(token), 'a token');
    } catch (error) {
      assert.ok(error instanceof KafkaError, `not a KafkaError: ${String(error)}`);
      assert.ok(!error.message.includes(SECRET) && !error.detail.includes(SECRET), 'no secret');
    }
  },
};
