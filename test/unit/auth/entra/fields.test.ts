import assert from 'node:assert/strict';
import {
  parseAuthority,
  parseClientId,
  parseScope,
  parseTenant,
} from '../../../../src/auth/entra/fields';

const guid = '1a2b3c4d-0000-4000-8000-00000000abcd';

function check(
  parse: (text: string) => { readonly value?: string; readonly problem?: string },
  table: readonly (readonly [text: string, expected: string])[],
): void {
  for (const [text, expected] of table) {
    const { value, problem } = parse(text);
    assert.equal(problem ?? value, expected, JSON.stringify(text));
  }
}

describe('the fields of an application of Entra ID', () => {
  it('leave the tenant out of the authority', () => {
    check(parseAuthority, [
      ['https://login.microsoftonline.us/', 'https://login.microsoftonline.us'],
      [`https://login.microsoftonline.com/${guid}/v2.0`, 'https://login.microsoftonline.com'],
      ['http://login.microsoftonline.com', 'not-https'],
      ['', 'empty'],
    ]);
  });

  it('tell a tenant, a client ID and a scope from other text', () => {
    check(parseTenant, [
      [guid, guid],
      ['contoso.onmicrosoft.com', 'contoso.onmicrosoft.com'],
      ['contoso', 'not-a-tenant'],
      [`${guid}/../common`, 'not-a-tenant'],
      [' ', 'empty'],
    ]);
    check(parseClientId, [
      [` ${guid} `, guid],
      ['kafka-app', 'not-a-guid'],
      ['', 'empty'],
    ]);
    check(parseScope, [
      ['api://x/.default', 'api://x/.default'],
      ['a b', 'has-blanks'],
      ['', 'empty'],
    ]);
  });
});
