import assert from 'node:assert/strict';
import {
  doubtSameId,
  doubtSecret,
  parseAuthority,
  parseClientId,
  parseScope,
  parseTenant,
  pastedTenant,
  withoutBraces,
} from '../../../../src/auth/entra/fields';
import { checkField, guid } from '../../../support/fields';

describe('the fields of an application of Entra ID', () => {
  it('leave the tenant out of the authority', () => {
    checkField(parseAuthority, [
      ['https://login.microsoftonline.us/', 'https://login.microsoftonline.us'],
      [`https://login.microsoftonline.com/${guid}/v2.0`, 'https://login.microsoftonline.com'],
      ['http://login.microsoftonline.com', 'not-https'],
      ['', 'empty'],
    ]);
  });

  it('tell a tenant, a client ID and a scope from other text', () => {
    checkField(parseTenant, [
      [guid, guid],
      ['contoso.onmicrosoft.com', 'contoso.onmicrosoft.com'],
      ['contoso', 'not-a-tenant'],
      [`${guid}/../common`, 'not-a-tenant'],
      [' ', 'empty'],
    ]);
    checkField(parseClientId, [
      [` ${guid} `, guid],
      ['kafka-app', 'not-a-guid'],
      ['', 'empty'],
    ]);
    checkField(parseScope, [
      ['api://x/.default', 'api://x/.default'],
      ['a b', 'has-blanks'],
      ['', 'empty'],
    ]);
  });

  it('are taken out of braces', () => {
    assert.deepEqual(withoutBraces(` {${guid}} `), { text: guid });
    assert.deepEqual(pastedTenant(`{ ${guid} }`), { text: guid });
    for (const text of [guid, `{${guid}`, '{}', '{a b}']) {
      assert.equal(withoutBraces(text), undefined, text);
    }
  });

  it('take a tenant out of an address of the sign-in service, with its authority', () => {
    for (const [address, authority] of [
      [`https://login.microsoftonline.com/${guid}/v2.0`, 'https://login.microsoftonline.com'],
      [`https://login.microsoftonline.com/%7B${guid}%7D/`, 'https://login.microsoftonline.com'],
      [
        `https://login.microsoftonline.us/${guid}/oauth2/v2.0/token`,
        'https://login.microsoftonline.us',
      ],
      [
        ` https://login.partner.microsoftonline.cn/${guid}?a=b`,
        'https://login.partner.microsoftonline.cn',
      ],
      [`https://sts.windows.net/${guid}/`, 'https://login.microsoftonline.com'],
    ] as const) {
      assert.deepEqual(pastedTenant(address), { text: guid, others: { authority } }, address);
    }
  });

  it('take no authority from an address where nobody signs in', () => {
    for (const address of [
      `https://login.example.com/${guid}`,
      `https://portal.azure.com/${guid}`,
      'https://login.microsoftonline.com/common/v2.0',
      'https://login.microsoftonline.com/%zz',
      'https://',
    ]) {
      assert.equal(pastedTenant(address), undefined, address);
    }
  });

  it('are doubted where one stands for another', () => {
    assert.equal(doubtSameId(guid, guid.toUpperCase()), 'tenant-as-client');
    assert.equal(doubtSameId(guid, 'contoso.com'), undefined);
    assert.equal(doubtSameId(guid), undefined);
    assert.equal(doubtSecret(guid), 'secret-id');
    assert.equal(doubtSecret('abc~1'), undefined);
  });
});
