import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { azureCliLogin, azureCliTokens } from '../../../../src/auth/azureCli/tokens';
import { KafkaError } from '../../../../src/core/errors';
import { fails, rejectsWith } from '../../../support/fails';
import { type FakeAzureCli, fakeAzureCli, tokenOutput } from '../../../support/signIn/fakeAzureCli';
import { until } from '../../../support/until';

const SCOPE = 'https://hib.azurehdinsight.net/.default';
const HOUR = 3_600_000;

describe('a token of the Azure CLI', () => {
  let az: FakeAzureCli;

  beforeEach(() => {
    az = fakeAzureCli();
  });

  afterEach(() => {
    az.remove();
  });

  function source({ tenantId = '', scope = SCOPE, path = az.path, limitMs = 20_000 } = {}) {
    return azureCliTokens({ scope, tenantId, path: () => path, signIn: 'azureCli', limitMs });
  }

  it('is asked for by resource and tenant, once until it is about to expire', async () => {
    az.will({ stdout: tokenOutput('first', Date.now() + HOUR) });
    const tokens = source({ tenantId: 'contoso.com' });
    const both = await Promise.all([tokens.token({}), tokens.token({})]);
    assert.deepEqual([...both, await tokens.token({})], ['first', 'first', 'first']);
    const call = [
      'account',
      'get-access-token',
      '--resource=https://hib.azurehdinsight.net',
      '--tenant=contoso.com',
      '--output=json',
    ];
    assert.deepEqual(az.calls(), [call]);
    az.will({ stdout: tokenOutput('second', Date.now() + HOUR) });
    assert.equal(await tokens.token({ refused: 'first' }), 'second');
  });

  it('is asked for by scope if that names a permission', async () => {
    az.will({ stdout: tokenOutput('one', Date.now() + HOUR) });
    await source({ scope: 'api://proxy/read' }).token({});
    assert.deepEqual(az.calls()[0]?.slice(2), ['--scope=api://proxy/read', '--output=json']);
  });

  it('ends when its seconds say, or else its local time', async () => {
    const pad = (part: number) => String(part).padStart(2, '0');
    const local = (time: number) => {
      const at = new Date(time);
      const day = [at.getFullYear(), pad(at.getMonth() + 1), pad(at.getDate())].join('-');
      return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(pad).join(':')}.000123`;
    };
    const token = (more: object) => JSON.stringify({ accessToken: 'eyJ', ...more });
    const fresh = Math.floor((Date.now() + HOUR) / 1000);
    for (const more of [
      { expires_on: fresh, expiresOn: local(0) },
      { expires_on: String(fresh), expiresOn: 'soon' },
      { expiresOn: local(Date.now() + HOUR) },
      { expires_on: null, expiresOn: 'soon' },
    ]) {
      az.will({ stdout: token(more) });
      assert.equal(await source().token({}), 'eyJ', JSON.stringify(more));
    }
    const kind = 'credential-expired';
    az.will({ stdout: token({ expires_on: 1_700_000_000, expiresOn: local(Date.now() + HOUR) }) });
    await fails(source().token({}), { kind, detail: '2023-11-14T22:13:20.000Z' });
    az.will({ stdout: token({ expiresOn: local(Date.now() - HOUR) }) });
    await fails(source().token({}), { kind });
  });

  it('is not taken from output that is something else', async () => {
    const outputs = ['', '[]', 'null', 'WARNING: x', '{"accessToken":"a b"}', '{"accessToken":7}'];
    for (const stdout of [...outputs, '{"accessToken":"a\\nX-Header: b"}']) {
      az.will({ stdout });
      await fails(source().token({}), { kind: 'credential-unusable', detail: 'no usable token' });
    }
    az.will({ stdout: 'x'.repeat(2_000_000) });
    await fails(source().token({}), { kind: 'credential-unusable', detail: 'too much output' });
  });

  const login = `az login --tenant contoso.com --scope ${SCOPE}`;
  const failures = [
    ["ERROR: Please run 'az login' to setup account.", 'signed-out', login],
    [
      "ERROR: AADSTS65001: The user or administrator has not consented to use the application with ID '04b07795-8ddb-461a-bbee-02f9e1bf7b46' named 'Microsoft Azure CLI'. To re-authenticate, please run:\naz login --scope x",
      'consent-missing',
      login,
    ],
    [
      'ERROR: AADSTS50076: Due to a configuration change made by your administrator, you must use multi-factor authentication.\nInteractive authentication is needed. Please run:\naz login',
      'interaction-required',
      login,
    ],
    ['ERROR: AADSTS53003: Access has been blocked.', 'interaction-required', login],
    ['ERROR: AADSTS700082: The refresh token has expired.', 'interaction-required', login],
    ['ERROR: AADSTS500011: The resource x was not found.', 'scope-unknown', undefined],
    ['ERROR: AADSTS90002: Tenant not found.', 'tenant-unknown', undefined],
    ['ERROR: The disk is full.', 'sign-in-failed', 'The disk is full.'],
  ] as const;
  for (const [stderr, kind, detail] of failures) {
    it(`is missing with a reason: ${stderr.slice(0, 30)} is ${kind}`, async () => {
      az.will({ stderr: `${stderr}\n`, code: 1 });
      const facts = { kind, signIn: 'azureCli', ...(detail !== undefined && { detail }) };
      await fails(source({ tenantId: 'contoso.com' }).token({}), facts);
    });
  }

  it('is in no error, wherever the program writes it', async () => {
    const secret = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl';
    for (const behaviour of [
      { stdout: tokenOutput(secret, Date.now() + HOUR), stderr: `ERROR: ${secret}`, code: 1 },
      { stdout: `not JSON: ${secret}` },
      { stdout: tokenOutput(secret, 0) },
    ]) {
      az.will(behaviour);
      const error: unknown = await source()
        .token({})
        .catch((reason: unknown) => reason);
      assert.ok(error instanceof KafkaError);
      assert.doesNotMatch(`${error.stack ?? ''} ${JSON.stringify(error)}`, /eyJ|c2lnbmF0dXJl/);
    }
  });

  it('is missing where there is no Azure CLI, or none that runs', async () => {
    const nowhere = `${az.path}-nowhere`;
    await fails(source({ path: nowhere }).token({}), { kind: 'program-missing', detail: nowhere });
    await fails(azureCliLogin({ scope: SCOPE, tenantId: '', path: () => nowhere }), {
      kind: 'program-missing',
    });
  });

  it('ends the program, and what that has started, if it takes too long or is cancelled', async () => {
    az.will({ hangs: true });
    // One that has ended may stay in the list until its parent, which is not ours, looks after it.
    const isRunning = (pid: number) =>
      /^[^Z]/.test(
        spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout,
      );
    await fails(source({ limitMs: 300 }).token({}), { kind: 'timeout', signIn: 'azureCli' });
    const abort = new AbortController();
    const reason = new Error('stopped by the user');
    const token = source().token({ signal: abort.signal });
    const rejected = rejectsWith(token, reason);
    await until(() => az.hanging().length >= 2);
    abort.abort(reason);
    await rejected;
    await until(() => !az.hanging().some(isRunning));
  });

  it('is asked for where a person signs in, with the same tenant and scope', async () => {
    const { file, args } = await azureCliLogin({
      scope: SCOPE,
      tenantId: 'contoso.com',
      path: () => az.path,
    });
    assert.equal(file, az.path);
    assert.deepEqual(args, ['login', '--tenant', 'contoso.com', '--scope', SCOPE]);
  });
});
