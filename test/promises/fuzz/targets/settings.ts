import assert from 'node:assert/strict';
import { parseDefinition, toSetting } from '../../../../src/core/cluster/definition';
import { definitionRules } from '../../../../src/ui/clusters/definitionRules';
import type { Target } from '../target';

/** Any JSON is a definition whose addresses are safe, and which the settings keep, or a problem. */
export const target: Target = {
  seeds: [
    '{"name":"prod","endpoint":"cluster","tenantId":"contoso.com","clientId":"3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21"}',
    '{"name":"x","endpoint":"https://h:8443/p//","tenantId":"5f0c1c1e-7d5b-4a51-9c1f-0e3a6a3c9b10","clientId":"3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21","authority":"https://login.microsoftonline.us/","scope":"s","caFile":"/ca.pem"}',
    '{"name":"l","endpoint":"http://127.0.0.1:1","tenantId":"a.bc","clientId":"3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21","protection":"readOnly","allowHttp":true}',
    '{"name":"l","endpoint":"http://h","tenantId":"a.bc","clientId":"3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21","protection":"production","allowHttp":true,"__proto__":{"name":"y"}}',
    '{"name":"b","endpoint":"https://h","dialect":"hdinsight-v1","signIn":{"kind":"basic","username":"u","x":1},"y":2}',
    '{"name":"n","endpoint":"https://h","signIn":{"kind":"none"}}',
    '{"name":"n","endpoint":"h","dialect":{"kind":"hdinsight-v1","x":1},"signIn":{"kind":"none"}}',
    '{"name":"n","endpoint":"https://h","signIn":{"kind":"clientSecret","tenantId":"a.bc","clientId":"3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21","scope":"s"}}',
    '{"name":"v","endpoint":"https://h/p/v1/v1/metadata/topics?a#b","signIn":{"kind":"none"}}',
    '{"name":"g","endpoint":"<https://c.azurehdinsight.net/#/x>","signIn":{"kind":"none"}}',
    '[null]',
    '"a"',
  ],
  words: [
    'http://',
    'https://',
    '//',
    '@',
    '#',
    '?',
    '[::1]',
    'localhost',
    '127.0.0.1',
    ' ',
    'allowHttp',
    'protection',
    'signIn',
    'kind',
    '/v1',
    '-kafkarest',
    '.azurehdinsight.net',
    'ssh ',
    '/providers/Microsoft.HDInsight/clusters/',
    'clientSecret',
    ':',
  ],
  run: (input) => {
    let entry: unknown;
    try {
      entry = JSON.parse(input.toString());
    } catch {
      entry = input.toString();
    }
    const parsed = parseDefinition(entry, definitionRules);
    if (!('definition' in parsed)) {
      assert.equal(typeof parsed.problem, 'string');
      return;
    }
    const { definition } = parsed;
    const endpoint = new URL(definition.endpoint);
    const authority = new URL(definition.signIn['authority'] ?? endpoint);
    for (const { username, password, search, hash } of [endpoint, authority]) {
      assert.equal(username + password + search + hash, '');
    }
    const allowed = JSON.stringify(entry).includes('"allowHttp":true');
    if (!allowed) checkSecure(endpoint);
    if (authority.href !== endpoint.href) checkSecure(authority);
    const written = JSON.stringify(toSetting(definition, definitionRules, entry));
    const again = parseDefinition(JSON.parse(written), definitionRules);
    assert.deepEqual(again, parsed);
  },
};

/** TLS, or this computer. */
function checkSecure({ protocol, hostname }: URL): void {
  if (protocol === 'https:') return;
  assert.equal(protocol, 'http:');
  assert.ok(['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}
