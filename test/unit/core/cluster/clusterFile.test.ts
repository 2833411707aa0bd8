import assert from 'node:assert/strict';
import { readClusterFile, writeClusterFile } from '../../../../src/core/cluster/clusterFile';
import { parseDefinition } from '../../../../src/core/cluster/definition';
import { readForeign } from '../../../../src/core/cluster/settings';
import { definitionRules } from '../../../../src/ui/clusters/definitionRules';

const guid = '1a2b3c4d-0000-4000-8000-00000000abcd';
const contoso = {
  name: 'contoso',
  endpoint: 'https://contoso-kafkarest.azurehdinsight.net',
  signIn: { kind: 'clientSecret', tenantId: guid, clientId: guid },
  protection: 'production',
};
const open = { name: 'open', endpoint: 'https://open.example.com', signIn: { kind: 'none' } };

function definitionOf(entry: object) {
  const parsed = parseDefinition(entry, definitionRules);
  assert.ok('definition' in parsed);
  return parsed.definition;
}

function problemOf(text: string): unknown {
  const read = readClusterFile(text);
  return 'problem' in read ? read.problem : 'none';
}

describe('a file of clusters', () => {
  it('holds the definitions, and can be read again', () => {
    const definitions = [definitionOf(contoso), definitionOf(open)];
    const entries = readClusterFile(writeClusterFile(definitions, definitionRules));
    const { clusters, invalid } = readForeign(entries, [], definitionRules);
    assert.deepEqual(
      clusters.map(({ definition }) => definition),
      definitions,
    );
    assert.deepEqual(invalid, []);
  });

  it('holds nothing that the person put beside a definition in the settings', () => {
    const entry = { ...contoso, password: 'x', signIn: { ...contoso.signIn, clientSecret: 'y' } };
    const text = writeClusterFile([definitionOf(entry)], definitionRules);
    assert.doesNotMatch(text, /password|"x"|clientSecret"?:|"y"/);
  });

  it('may be a file of settings, a list, or one cluster', () => {
    const list = [contoso, open];
    for (const value of [list, { 'kafkaRest.clusters': list }, { clusters: list }]) {
      assert.deepEqual(readClusterFile(JSON.stringify(value)), list);
    }
    assert.deepEqual(readClusterFile(`\ufeff${JSON.stringify(open)}`), [open]);
    assert.deepEqual(readClusterFile('{"kafkaRestClusters": 1, "clusters": []}'), []);
  });

  it('is refused with the reason', () => {
    assert.equal(problemOf(''), 'not-json');
    assert.equal(problemOf('{"kafkaRest'), 'not-json');
    assert.equal(problemOf('7'), 'nothing');
    assert.equal(problemOf('null'), 'nothing');
    assert.equal(problemOf('{"a": [1]}'), 'nothing');
    assert.equal(problemOf('{"kafkaRestClusters": 2, "clusters": []}'), 'later-version');
    assert.equal(problemOf(JSON.stringify(Array.from({ length: 501 }, () => open))), 'too-large');
    assert.equal(problemOf(' '.repeat(1_000_001)), 'too-large');
  });

  const brokers = {
    'kafka-ui, in YAML':
      'kafka:\n  clusters:\n    - name: local\n      bootstrapServers: kafka:9092\n      properties:\n        sasl.jaas.config: password="x"\n',
    'AKHQ, in YAML':
      'akhq:\n  connections:\n    local:\n      properties:\n        bootstrap.servers: "kafka:9092"\n',
    'the extension of Confluent':
      '{"name": "local", "type": "DIRECT", "kafka_cluster": {"bootstrap_servers": "kafka:9092", "credentials": {"username": "a", "password": "x"}}}',
    'Tools for Apache Kafka': '[{"id": "local", "name": "local", "bootstrap": "kafka:9092"}]',
    'a client of Kafka': 'bootstrap.servers=kafka:9092\nsecurity.protocol=SASL_SSL\n',
  };
  for (const [tool, text] of Object.entries(brokers)) {
    it(`of ${tool} names no REST proxy, which is told`, () => {
      assert.deepEqual(readClusterFile(text), { problem: 'only-brokers' });
    });
  }

  it('of Confluent’s command line names an address and no API key, which is told', () => {
    const cluster = {
      id: 'lkc-abc123',
      name: 'cluster_0',
      endpoint: 'SASL_SSL://pkc-1.europe-west1.gcp.confluent.cloud:9092',
      rest_endpoint: 'https://pkc-1.europe-west1.gcp.confluent.cloud:443',
    };
    assert.deepEqual(readClusterFile(JSON.stringify(cluster)), {
      problem: 'no-api-key',
      endpoint: cluster.rest_endpoint,
    });
  });
});

describe('clusters that somebody else defined', () => {
  it('are no weaker protected than those that the person has at the endpoint', () => {
    const theirs = [{ ...contoso, name: 'theirs', protection: 'none' }];
    const protectionOf = (own: unknown) =>
      readForeign(theirs, own, definitionRules).clusters[0]?.definition.protection;
    assert.equal(protectionOf([contoso]), 'production');
    assert.equal(protectionOf([{ ...contoso, protection: 'readOnly' }]), 'readOnly');
    assert.equal(protectionOf(undefined), 'none');
  });

  it('are read as those of a workspace, and what is wrong is named', () => {
    const entries = [
      open,
      open,
      { ...open, name: 'a\u202eb' },
      { ...open, name: 'http', endpoint: 'http://open.example.com', allowHttp: true },
      { ...open, name: 'file', caFile: 'relative.pem' },
      { ...open, name: 'sign-in', signIn: { kind: 'telepathy' } },
      null,
      'contoso',
      { name: { toString: 'x' }, endpoint: ['https://open.example.com'] },
    ];
    const { clusters, invalid } = readForeign(entries, [contoso], definitionRules);
    assert.deepEqual(
      clusters.map(({ definition: { name } }) => name),
      ['open'],
    );
    assert.deepEqual(
      invalid.map(({ index, field, problem }) => `${index} ${field}: ${problem}`),
      [
        '1 name: duplicate',
        '2 name: has-hidden',
        '3 endpoint: http-not-yours',
        '4 caFile: not-absolute',
        '5 signIn.kind: not-a-sign-in',
        '6 name: empty',
        '7 name: empty',
        '8 name: empty',
      ],
    );
  });
});
