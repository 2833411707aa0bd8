import assert from 'node:assert/strict';
import {
  type ClusterDefinition,
  parseDefinition,
  toSetting,
} from '../../../../src/core/cluster/definition';
import { parseEndpoint } from '../../../../src/core/cluster/endpoint';
import { registryEndpoint } from '../../../../src/core/cluster/registryEndpoint';
import {
  allowsAll,
  type Layer,
  readClusters,
  readForeign,
  withMarks,
} from '../../../../src/core/cluster/settings';
import { definitionRules } from '../../../../src/ui/clusters/definitionRules';

const base = { name: 'contoso', endpoint: 'https://proxy.example.com', signIn: { kind: 'none' } };
const address = 'https://registry.example.com';
const plain = 'http://registry.example.com';

const withRegistry = (schemaRegistry: object) => ({ ...base, schemaRegistry });

function parsed(entry: object): ClusterDefinition {
  const read = parseDefinition(entry, definitionRules);
  assert.ok('definition' in read, JSON.stringify(read));
  return read.definition;
}

function problemOf(schemaRegistry: object): string {
  const read = parseDefinition(withRegistry(schemaRegistry), definitionRules);
  return 'problem' in read ? `${read.field}: ${read.problem}` : 'fine';
}

describe('the schema registry of a cluster in the settings', () => {
  it('does not sign in unless it says how', () => {
    const { schemaRegistry } = parsed(withRegistry({ endpoint: `${address}/` }));
    assert.equal(schemaRegistry?.endpoint, address);
    assert.equal(schemaRegistry.signIn.kind, 'none');
    assert.equal(schemaRegistry.protection, 'none');
    assert.equal('schemaRegistry' in parsed(base), false);
  });

  it('is written back as it was, with what is not known here', () => {
    const entry = withRegistry({
      endpoint: address,
      signIn: { kind: 'basic', username: 'ada', shade: 'blue' },
      caFile: '/ca.pem',
      protection: 'production',
      mode: 'later',
    });
    assert.deepEqual(toSetting(parsed(entry), definitionRules, entry), entry);
    assert.deepEqual(toSetting(parsed(base), definitionRules, entry), base);
  });

  it('says which of its members is wrong', () => {
    assert.equal(problemOf({}), 'schemaRegistry.endpoint: empty');
    assert.equal(problemOf({ endpoint: plain }), 'schemaRegistry.endpoint: not-https');
    assert.equal(problemOf({ endpoint: plain, allowHttp: true }), 'fine');
    assert.equal(problemOf({ endpoint: 'http://127.0.0.1:8081' }), 'fine');
    const strange = { endpoint: address, signIn: { kind: 'telepathy' } };
    assert.equal(problemOf(strange), 'schemaRegistry.signIn.kind: not-a-sign-in');
    const nobody = { endpoint: address, signIn: { kind: 'basic' } };
    assert.equal(problemOf(nobody), 'schemaRegistry.signIn.username: empty');
    const weak = { endpoint: address, protection: 'weak' };
    assert.equal(problemOf(weak), 'schemaRegistry.protection: not-a-protection');
    const near = { endpoint: address, caFile: 'ca.pem' };
    assert.equal(problemOf(near), 'schemaRegistry.caFile: not-absolute');
    assert.equal(problemOf(['nonsense']), 'schemaRegistry.endpoint: empty');
  });

  it('has an address that may be pasted as that of a call, or of Apicurio', () => {
    const found = (text: string) => parseEndpoint(text, registryEndpoint).value;
    assert.equal(found(`${address}/subjects/orders-value/versions/1`), address);
    assert.equal(found(`curl ${address}/api/schemas/ids/7`), `${address}/api`);
    const ccompat = `${address}/apis/ccompat/v7`;
    assert.equal(found(`${ccompat}/subjects`), ccompat);
    assert.equal(found(`${address}/apis/registry/v3/groups/default`), ccompat);
    assert.equal(found(`${address}/team/apis/registry/v2`), `${address}/team/apis/ccompat/v7`);
    assert.equal(found(`${address}/schemas-of-ours`), `${address}/schemas-of-ours`);
  });
});

describe('the schema registry of a cluster that a workspace defines', () => {
  const read = (own: readonly object[], theirs: readonly object[]) => {
    const layers: readonly Layer[] = [
      { source: { scope: 'user' }, value: own },
      { source: { scope: 'workspace' }, value: theirs },
    ];
    return readClusters(layers, definitionRules, () => true);
  };

  it('is protected as the own settings protect its address', () => {
    const theirs = withRegistry({ endpoint: address, protection: 'none' });
    for (const own of [
      { ...base, name: 'mine', schemaRegistry: { endpoint: address, protection: 'readOnly' } },
      { ...base, name: 'mine', endpoint: address, protection: 'readOnly' },
    ]) {
      const [, cluster] = read([own], [theirs]).clusters;
      assert.equal(cluster?.definition.schemaRegistry?.protection, 'readOnly');
      assert.equal(cluster.definition.protection, 'none');
      assert.equal(cluster.asWritten.schemaRegistry?.protection, 'none');
    }
  });

  it('may be of plain http only if the own settings allow that', () => {
    const theirs = withRegistry({ endpoint: plain, allowHttp: true });
    const [refused] = read([], [theirs]).invalid;
    assert.equal(refused?.field, 'schemaRegistry.endpoint');
    assert.equal(refused.problem, 'http-not-yours');
    const own = { ...base, name: 'mine', schemaRegistry: { endpoint: plain, allowHttp: true } };
    assert.deepEqual(read([own], [theirs]).invalid, []);
    const imported = readForeign([theirs], [], definitionRules);
    assert.equal(imported.invalid[0]?.problem, 'http-not-yours');
  });

  it('marks the own entries with its protection and its permission', () => {
    const definition = parsed(
      withRegistry({ endpoint: plain, allowHttp: true, protection: 'production' }),
    );
    const own = { ...base, name: 'mine', schemaRegistry: { endpoint: plain, allowHttp: false } };
    assert.equal(allowsAll([own], definition, definitionRules), false);
    const marked = withMarks([own], definition, definitionRules);
    const schemaRegistry = { endpoint: plain, allowHttp: true, protection: 'production' };
    assert.deepEqual(marked, [{ ...own, schemaRegistry }]);
    assert.equal(allowsAll(marked, definition, definitionRules), true);
    assert.equal(allowsAll([], parsed(base), definitionRules), true);
  });
});
