import assert from 'node:assert/strict';
import { plainHost } from '../../../../src/auth/base/signInHost';
import { azureCli } from '../../../../src/auth/methods/azureCli';
import { openProxy } from '../../../../src/core/dialects/open';
import { openHttp } from '../../../../src/core/http/client';
import { startEmulator } from '../../../../src/emulator/server';
import { fails } from '../../../support/fails';
import { fakeAzureCli } from '../../../support/signIn/fakeAzureCli';

describe('the sign-in with the Azure CLI', () => {
  it('opens a REST proxy with one token, in a workspace that the person trusts', async () => {
    const az = fakeAzureCli();
    const { info, stop } = await startEmulator({ samples: false });
    const caFile = info.caFile ?? '';
    const http = openHttp({ caFile });
    const resource = 'https://hib.azurehdinsight.net';
    az.will({
      issuer: {
        authority: info.authority ?? '',
        clientId: info.clientId ?? '',
        clientSecret: info.clientSecret ?? '',
        resource,
        caFile,
      },
    });
    const open = (scope: string, isTrusted = true) =>
      openProxy({
        endpoint: info.endpoint,
        http,
        authorizer: azureCli.authorizer(
          { tenantId: '', scope },
          {
            origin: new URL(info.endpoint).origin,
            http,
            secret: () => Promise.resolve(undefined),
            host: { ...plainHost, azureCli: () => az.path, isTrusted: () => isTrusted },
          },
        ),
      });
    const proxy = open(`${resource}/.default`);
    assert.deepEqual(await proxy.topics(), []);
    assert.deepEqual(await proxy.topics(), []);
    assert.equal(az.calls().length, 1);
    await fails(open('https://other.example/.default').topics(), { kind: 'scope-unknown' });
    const before = az.calls().length;
    const untrusted = open(`${resource}/.default`, false).topics();
    await fails(untrusted, { kind: 'workspace-untrusted', signIn: 'azureCli' });
    assert.equal(az.calls().length, before);
    await stop();
    http.dispose();
    az.remove();
  });

  it('takes a tenant that may be empty, and no scope that would make the program read a file', () => {
    const { tenantId, scope } = azureCli.fields;
    assert.deepEqual(tenantId.parse('contoso.com'), { value: 'contoso.com' });
    assert.deepEqual(tenantId.pasted('https://login.microsoftonline.com/contoso.com/'), {
      text: 'contoso.com',
    });
    assert.deepEqual(scope.parse('api://x/.default'), { value: 'api://x/.default' });
    assert.deepEqual(scope.parse('@/etc/passwd'), { problem: 'not-a-scope' });
  });
});
