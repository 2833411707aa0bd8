import assert from 'node:assert/strict';
import { parseDefinition, toSetting } from '../../../../src/core/cluster/definition';
import { definitionRules } from '../../../../src/ui/clusters/definitionRules';
import { guid } from '../../../support/fields';

describe('a cluster in the settings', () => {
  const entry = { name: 'contoso', endpoint: 'contoso', tenantId: guid, clientId: guid };

  it('gets the defaults of the public cloud', () => {
    assert.deepEqual(parseDefinition(entry, definitionRules), {
      definition: {
        name: 'contoso',
        endpoint: 'https://contoso-kafkarest.azurehdinsight.net',
        dialect: { kind: 'hdinsight-v1' },
        signIn: {
          kind: 'clientSecret',
          tenantId: guid,
          clientId: guid,
          authority: 'https://login.microsoftonline.com',
          scope: 'https://hib.azurehdinsight.net/.default',
          certificateFile: '',
          keyFile: '',
          headers: '',
        },
        protection: 'none',
      },
    });
  });

  it('can be protected, and can allow plain http', () => {
    const marks = { protection: 'production', allowHttp: true };
    const parsed = parseDefinition(
      { ...entry, endpoint: 'http://proxy.example.com', ...marks },
      definitionRules,
    );
    assert.ok('definition' in parsed);
    assert.equal(parsed.definition.protection, 'production');
    assert.deepEqual(toSetting(parsed.definition, definitionRules), {
      name: 'contoso',
      endpoint: 'http://proxy.example.com',
      signIn: { kind: 'clientSecret', tenantId: guid, clientId: guid },
      ...marks,
    });
  });

  it('is written back without the defaults', () => {
    const parsed = parseDefinition(
      { ...entry, caFile: '/ca.pem', scope: 'api://x/.default' },
      definitionRules,
    );
    assert.ok('definition' in parsed);
    assert.deepEqual(toSetting(parsed.definition, definitionRules), {
      name: 'contoso',
      endpoint: 'https://contoso-kafkarest.azurehdinsight.net',
      signIn: { kind: 'clientSecret', tenantId: guid, clientId: guid, scope: 'api://x/.default' },
      caFile: '/ca.pem',
    });
  });

  it('says how it is signed in to, and in which dialect it speaks', () => {
    const place = { name: 'contoso', endpoint: 'https://kafka.example.com' };
    for (const signIn of [
      { kind: 'basic', username: 'reader' },
      { kind: 'none' },
      { kind: 'clientSecret', tenantId: guid, clientId: guid, authority: 'https://login.test' },
    ]) {
      const parsed = parseDefinition(
        { ...place, signIn, dialect: 'hdinsight-v1' },
        definitionRules,
      );
      assert.ok('definition' in parsed);
      assert.equal(parsed.definition.signIn.kind, signIn.kind);
      assert.deepEqual(toSetting(parsed.definition, definitionRules), { ...place, signIn });
    }
  });

  it('keeps what is not known of an entry that it takes the place of', () => {
    const before = { ...entry, scope: 'api://x/.default', caFile: '/ca.pem', colour: 'red' };
    const parsed = parseDefinition(entry, definitionRules);
    assert.ok('definition' in parsed);
    const { definition } = parsed;
    const written = {
      name: 'contoso',
      endpoint: definition.endpoint,
      signIn: { kind: 'clientSecret', tenantId: guid, clientId: guid },
      colour: 'red',
    };
    assert.deepEqual(toSetting(definition, definitionRules, before), written);
    const later = { ...written, signIn: { ...written.signIn, scope: 'api://y', shade: 1 } };
    assert.deepEqual(toSetting(definition, definitionRules, later), {
      ...written,
      signIn: { ...written.signIn, shade: 1 },
    });
    const basic = { ...definition, signIn: { kind: 'basic', username: 'reader' } };
    assert.deepEqual(toSetting(basic, definitionRules, later), {
      ...written,
      signIn: basic.signIn,
    });
  });

  it('names the first field that is wrong, whatever the settings hold', () => {
    const table: readonly (readonly [entry: unknown, field: string, problem: string])[] = [
      [undefined, 'name', 'empty'],
      [null, 'name', 'empty'],
      ['contoso', 'name', 'empty'],
      [[entry], 'name', 'empty'],
      [{ ...entry, name: 7 }, 'name', 'empty'],
      [{ ...entry, name: 'contoso\u200b' }, 'name', 'has-hidden'],
      [{ ...entry, name: 'a\n-- @cluster: b' }, 'name', 'has-hidden'],
      [{ ...entry, endpoint: { toString: 'x' } }, 'endpoint', 'empty'],
      [{ ...entry, endpoint: 'http://evil.example.com' }, 'endpoint', 'not-https'],
      [{ ...entry, endpoint: 'https://portal.azure.com' }, 'endpoint', 'not-the-proxy'],
      [{ ...entry, endpoint: 'broker:9092' }, 'endpoint', 'kafka-protocol'],
      [{ ...entry, tenantId: '' }, 'tenantId', 'empty'],
      [{ ...entry, clientId: 'x' }, 'clientId', 'not-a-guid'],
      [{ ...entry, authority: 'http://evil.example.com' }, 'authority', 'not-https'],
      [{ ...entry, caFile: 'ca.pem' }, 'caFile', 'not-absolute'],
      [{ ...entry, caFile: './certs/ca.pem' }, 'caFile', 'not-absolute'],
      [{ ...entry, scope: 'a b' }, 'scope', 'has-blanks'],
      [{ ...entry, dialect: 'confluent-v9' }, 'dialect', 'not-a-dialect'],
      [{ ...entry, signIn: 'basic' }, 'signIn.kind', 'not-a-sign-in'],
      [{ ...entry, signIn: { kind: 'toString' } }, 'signIn.kind', 'not-a-sign-in'],
      [{ ...entry, signIn: { kind: 'clientSecret' } }, 'signIn.tenantId', 'empty'],
      [{ ...entry, signIn: { kind: 'basic' } }, 'signIn.username', 'empty'],
      [{ ...entry, signIn: { kind: 'basic', username: 'a:b' } }, 'signIn.username', 'has-colon'],
      [{ ...entry, protection: 'readonly' }, 'protection', 'not-a-protection'],
      [{ ...entry, protection: null }, 'protection', 'not-a-protection'],
      [
        { ...entry, endpoint: 'http://evil.example.com', allowHttp: 'true' },
        'endpoint',
        'not-https',
      ],
      [
        { ...entry, authority: 'http://evil.example.com', allowHttp: true },
        'authority',
        'not-https',
      ],
    ];
    for (const [given, field, problem] of table) {
      const parsed = parseDefinition(given, definitionRules);
      assert.ok('problem' in parsed, JSON.stringify(given));
      assert.deepEqual([parsed.field, parsed.problem], [field, problem], JSON.stringify(given));
    }
  });
});

describe('the resource of a cluster in Azure', () => {
  const entry = {
    name: 'contoso',
    endpoint: 'https://contoso-kafkarest.azurehdinsight.net',
    signIn: { kind: 'none' },
  };
  const resourceId = '/subscriptions/s/clusters/contoso';
  const read = (azure: unknown) => {
    const parsed = parseDefinition({ ...entry, azure }, definitionRules);
    assert.ok('definition' in parsed);
    return parsed.definition;
  };

  it('is read and written, with the group of those who may use it', () => {
    const azure = { resourceId, group: 'kafka-clients' };
    assert.deepEqual(read(azure).azure, azure);
    assert.deepEqual(
      toSetting(read(azure), definitionRules, { azure: { old: 1 } })['azure'],
      azure,
    );
    assert.deepEqual(read({ resourceId }).azure, { resourceId });
  });

  it('does no harm if it is wrong', () => {
    for (const azure of [undefined, null, 'x', {}, { resourceId: 7 }, { resourceId: ' ' }]) {
      assert.equal(read(azure).azure, undefined);
      assert.ok(!('azure' in toSetting(read(azure), definitionRules)));
    }
    assert.deepEqual(read({ resourceId, group: 'a\u200bb' }).azure, { resourceId });
  });
});
