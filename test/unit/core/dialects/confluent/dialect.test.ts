import assert from 'node:assert/strict';
import { parseEndpoint } from '../../../../../src/core/cluster/endpoint';
import { parseField } from '../../../../../src/core/cluster/kinds';
import { confluent } from '../../../../../src/core/dialects/confluent/dialect';

describe('the dialect of Confluent', () => {
  for (const [text, endpoint] of [
    ['https://rest.example.com:8082', 'https://rest.example.com:8082'],
    ['https://rest.example.com/v3/clusters', 'https://rest.example.com'],
    ['https://broker.example.com:8090/kafka/v3/', 'https://broker.example.com:8090/kafka'],
    [
      'curl https://pkc-1.eu.azure.confluent.cloud:443/kafka/v3/clusters/lkc-1/topics',
      'https://pkc-1.eu.azure.confluent.cloud/kafka',
    ],
    ['https://pkc-1.eu.azure.confluent.cloud:443', 'https://pkc-1.eu.azure.confluent.cloud/kafka'],
    ['pkc-1.eu.azure.confluent.cloud', 'https://pkc-1.eu.azure.confluent.cloud/kafka'],
    ['https://rest.example.com/v3x', 'https://rest.example.com/v3x'],
    ['http://localhost:8082/topics/orders', 'http://localhost:8082'],
    ['https://rest.example.com/kafka/v3/clusters/lkc-1/topics', 'https://rest.example.com/kafka'],
  ] as const) {
    it(`takes ${text} for an address`, () => {
      assert.equal(parseEndpoint(text, confluent.endpoint).value, endpoint);
    });
  }

  it('takes the addresses of the brokers of Confluent Cloud too, which are on the same host', () => {
    for (const text of [
      'pkc-1.eu.azure.confluent.cloud:9092',
      'SASL_SSL://pkc-1.eu.azure.confluent.cloud:9092',
    ]) {
      const { value } = parseEndpoint(text, confluent.endpoint);
      assert.equal(value, 'https://pkc-1.eu.azure.confluent.cloud/kafka');
    }
  });

  for (const [text, clusterId] of [
    ['https://pkc-1.eu.azure.confluent.cloud/kafka/v3/clusters/lkc-1a2b/topics', 'lkc-1a2b'],
    ['pkc-1.eu.azure.confluent.cloud:443/kafka/v3/clusters/LKC-1a2b', 'lkc-1a2b'],
    ['https://lkc-1a2b.dom1.eu.azure.confluent.cloud', 'lkc-1a2b'],
    ['https://lkc-1a2b-ap1.eu.aws.accesspoint.glb.confluent.cloud/kafka', 'lkc-1a2b'],
    ['https://pkc-1.eu.azure.confluent.cloud', undefined],
    ['https://rest.example.com/v3/clusters/lkc-1a2b', undefined],
  ] as const) {
    it(`finds the id ${clusterId ?? '(none)'} in ${text}`, () => {
      const { fields } = parseEndpoint(text, confluent.endpoint);
      assert.deepEqual(fields, clusterId && { clusterId });
    });
  }

  it('has the wizard ask for the id of a cluster of Confluent Cloud alone', () => {
    const { suggestion } = confluent.fields.clusterId;
    const place = { usualSignIn: 'basic', others: {} };
    const cloud = 'https://pkc-1.eu.azure.confluent.cloud/kafka';
    assert.equal(suggestion({ ...place, endpoint: cloud }), '');
    assert.equal(suggestion({ ...place, endpoint: 'https://rest.example.com' }), undefined);
  });

  it('takes an id of a cluster, or none', () => {
    const { clusterId } = confluent.fields;
    assert.deepEqual(parseField(clusterId, ' lkc-abc123 '), { value: 'lkc-abc123' });
    assert.deepEqual(parseField(clusterId, ''), { value: '' });
    assert.deepEqual(parseField(clusterId, 'two words'), { problem: 'has-blanks' });
  });
});
