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

  it('takes an id of a cluster, or none', () => {
    const { clusterId } = confluent.fields;
    assert.deepEqual(parseField(clusterId, ' lkc-abc123 '), { value: 'lkc-abc123' });
    assert.deepEqual(parseField(clusterId, ''), { value: '' });
    assert.deepEqual(parseField(clusterId, 'two words'), { problem: 'has-blanks' });
  });
});
