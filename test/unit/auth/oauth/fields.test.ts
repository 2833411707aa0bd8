import assert from 'node:assert/strict';
import { oauth } from '../../../../src/auth/methods/oauth';
import { signInRules } from '../../../../src/auth/methods/registry';
import { membersOf } from '../../../../src/core/cluster/definition';

const { issuer, tokenEndpoint, scope, resource, clientAuthentication } = oauth.fields;

describe('the fields of OAuth client credentials', () => {
  const pasted: [string, ReturnType<typeof issuer.pasted>][] = [
    ['https://id.example.com/realms/kafka', undefined],
    ['id.example.com', undefined],
    ['https://id.example.com/token-service/kafka', undefined],
    [
      'https://id.example.com/realms/kafka/.well-known/openid-configuration',
      { text: 'https://id.example.com/realms/kafka' },
    ],
    [
      'https://id.example.com/.well-known/oauth-authorization-server/a/b?x=1',
      { text: 'https://id.example.com/a/b' },
    ],
    ['https://id.example.com/.well-known/openid-configuration', { text: 'https://id.example.com' }],
    ...[
      'https://id.example.com/realms/kafka/protocol/openid-connect/token',
      'https://id.example.com/oauth/token',
      'https://id.example.com/as/token.oauth2',
      'https://id.example.com/o/token/',
      'https://id.example.com/oauth2/access_token',
      'http://localhost:8080/oauth2/v1/token',
    ].map((address): [string, ReturnType<typeof issuer.pasted>] => [
      address,
      { text: '', others: { tokenEndpoint: address } },
    ]),
    ['http://id.example.com/oauth/token', undefined],
  ];
  for (const [text, expected] of pasted) {
    it(`tell an issuer from a token endpoint: ${text}`, () => {
      assert.deepEqual(issuer.pasted(` ${text} `), expected);
    });
  }

  it('keep the slash of a token endpoint, and drop that of an issuer', () => {
    const address = 'https://id.example.com/o/token/';
    assert.deepEqual(tokenEndpoint.parse(address), { value: address });
    assert.deepEqual(issuer.parse('https://id.example.com/o/'), {
      value: 'https://id.example.com/o',
    });
    for (const rule of [issuer, tokenEndpoint]) {
      assert.deepEqual(rule.parse('http://id.example.com'), { problem: 'not-https' });
      assert.deepEqual(rule.parse('http://localhost:8080/x'), { value: 'http://localhost:8080/x' });
    }
  });

  it('take several scopes, absolute resources, and known ways to show the secret', () => {
    assert.deepEqual(scope.parse(' a  b\tc '), { value: 'a b c' });
    assert.deepEqual(resource.parse('urn:kafka:rest'), { value: 'urn:kafka:rest' });
    assert.deepEqual(resource.parse('https://x/#y'), { problem: 'not-a-resource' });
    assert.deepEqual(resource.parse('kafka'), { problem: 'not-a-resource' });
    assert.deepEqual(clientAuthentication.parse('post'), { value: 'post' });
    assert.deepEqual(clientAuthentication.parse('none'), { problem: 'not-an-option' });
  });

  it('need an issuer or a token endpoint, and are written without defaults', () => {
    const read = (fields: object) =>
      signInRules.read(membersOf({ signIn: { kind: 'oauth', clientId: 'kafka', ...fields } }));
    for (const [name, address] of [
      ['issuer', 'https://id.example.com/realms/kafka'],
      ['tokenEndpoint', 'https://id.example.com/oauth/token'],
    ] as const) {
      const result = read({ [name]: address });
      assert.ok('value' in result);
      const written = signInRules.write(result.value, new Map());
      assert.deepEqual(written, { kind: 'oauth', clientId: 'kafka', [name]: address });
    }
    assert.deepEqual(read({}), { field: 'signIn.issuer', problem: 'empty' });
    assert.deepEqual(read({ issuer: 'x y', tokenEndpoint: 'https://id.example.com/token' }), {
      field: 'signIn.issuer',
      problem: 'not-an-address',
    });
  });

  it('bind the secret to what gets it and what it is for', () => {
    const fields = {
      issuer: 'https://a.example.com',
      ...{ tokenEndpoint: '', clientId: 'kafka', scope: '', audience: '', resource: '' },
      clientAuthentication: 'auto',
    };
    const { boundTo } = oauth.secrets.clientSecret;
    const changes = [
      {},
      { issuer: 'https://b.example.com' },
      { tokenEndpoint: 'https://a.example.com/token' },
      { clientId: 'other' },
      { scope: 'kafka' },
      { audience: 'kafka' },
      { resource: 'urn:kafka' },
    ];
    const bindings = changes.map((change) => boundTo({ ...fields, ...change }).join('|'));
    assert.equal(new Set(bindings).size, changes.length);
    assert.equal(boundTo({ ...fields, clientAuthentication: 'post' }).join('|'), bindings[0]);
  });
});
