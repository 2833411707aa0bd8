import assert from 'node:assert/strict';
import { onFirstUse } from '../../../../src/auth/base/onFirstUse';
import { none } from '../../../../src/auth/methods/none';
import { plainHost } from '../../../../src/auth/base/signInHost';
import { openHttp } from '../../../../src/core/http/client';

describe('What signs in, and is loaded when it is first used', () => {
  const { signal } = new AbortController();
  const origin = 'https://kafka.example.com';
  const secret = () => assert.fail('no secret is asked for');
  const loaded = none.authorizer({}, { origin, http: openHttp(), secret, host: plainHost });

  it('is loaded once, by the first request', async () => {
    let loads = 0;
    const authorizer = onFirstUse('none', origin, () => {
      loads++;
      return Promise.resolve(loaded);
    });
    assert.equal(loads, 0);
    await Promise.all([authorizer.credentials(signal), authorizer.credentials(signal)]);
    await authorizer.credentials(signal);
    assert.equal(loads, 1);
  });

  it('is tried again after it could not be loaded', async () => {
    let loads = 0;
    const authorizer = onFirstUse('none', origin, () => {
      loads++;
      return loads === 1 ? Promise.reject(new Error('no such file')) : Promise.resolve(loaded);
    });
    await assert.rejects(authorizer.credentials(signal), { message: 'no such file' });
    assert.deepEqual((await authorizer.credentials(signal)).headers, {});
  });
});
