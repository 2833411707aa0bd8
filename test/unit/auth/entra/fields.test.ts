import {
  parseAuthority,
  parseClientId,
  parseScope,
  parseTenant,
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
});
