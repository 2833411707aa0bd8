import assert from 'node:assert/strict';
import {
  headerNamesIn,
  parseHeaderNames,
  parseHeaderValue,
} from '../../../../src/auth/extras/headers';

describe('the names of extra headers', () => {
  it('are separated by commas or lines, and keep their order and case', () => {
    for (const text of [
      'X-Api-Key, X-Tenant',
      ' X-Api-Key,X-Tenant ,',
      'X-Api-Key:\r\nX-Tenant:',
    ]) {
      assert.deepEqual(parseHeaderNames(text), { value: 'X-Api-Key, X-Tenant' });
    }
    assert.deepEqual(headerNamesIn('X-Api-Key, X-Tenant'), ['X-Api-Key', 'X-Tenant']);
    assert.deepEqual(parseHeaderNames(' '), { value: '' });
    assert.deepEqual(headerNamesIn(''), []);
  });

  it('are tokens', () => {
    assert.deepEqual(parseHeaderNames("!#$%&'*+-.^_`|~9z"), { value: "!#$%&'*+-.^_`|~9z" });
    for (const text of ['X-Api-Key: 1', 'X/Key', 'Schl\u00fcssel', 'X-Key;', '"X"', 'X\u0000']) {
      assert.deepEqual(parseHeaderNames(text), { problem: 'not-a-header' }, text);
    }
  });

  for (const name of [
    ...['Authorization', 'PROXY-AUTHORIZATION', 'Proxy-Connection', 'Cookie', 'Host'],
    ...['Connection', 'Keep-Alive', 'TE', 'Trailer', 'Transfer-Encoding', 'Upgrade', 'Expect'],
    ...['Content-Type', 'Content-Length', 'Content-Encoding', 'Accept', 'Accept-Encoding'],
    ...['User-Agent', 'Origin', 'Referer', 'Range', 'If-Match', 'Sec-Fetch-Mode', 'Forwarded'],
    ...['x-ms-client-request-id'],
  ]) {
    it(`cannot be ${name}`, () => {
      assert.deepEqual(parseHeaderNames(`X-Api-Key, ${name}`), { problem: 'header-reserved' });
    });
  }

  it('can be those of gateways', () => {
    for (const name of [
      ...['Ocp-Apim-Subscription-Key', 'X-Api-Key', 'apikey', 'CF-Access-Client-Secret'],
      ...['X-Forwarded-Client-Cert', 'Hostname', 'Contents', 'tenant'],
    ]) {
      assert.deepEqual(parseHeaderNames(name), { value: name });
    }
  });

  it('are each named once, whatever their case', () => {
    assert.deepEqual(parseHeaderNames('X-Key, x-key'), { problem: 'header-twice' });
  });
});

describe('the value of an extra header', () => {
  it('is a line of Latin characters without the blanks around it', () => {
    assert.deepEqual(parseHeaderValue('  k3y "\u00fc" \t1 '), { value: 'k3y "\u00fc" \t1' });
    assert.deepEqual(parseHeaderValue(' '), { problem: 'empty' });
    for (const text of ['a\nb', 'a\r\nHost: b', 'a\u0000', 'a\u007f', 'a\u0085b', '\u20ac']) {
      assert.deepEqual(parseHeaderValue(text), { problem: 'not-a-header-value' });
    }
  });
});
