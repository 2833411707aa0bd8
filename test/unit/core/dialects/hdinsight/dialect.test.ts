import assert from 'node:assert/strict';
import { parseEndpoint } from '../../../../../src/core/cluster/definition';
import { hdinsight } from '../../../../../src/core/dialects/hdinsight/dialect';

describe('the endpoint of an HDInsight cluster', () => {
  for (const [text, endpoint] of [
    ['contoso', 'https://contoso-kafkarest.azurehdinsight.net'],
    ['  Contoso-2 ', 'https://contoso-2-kafkarest.azurehdinsight.net'],
    ['proxy.example.com', 'https://proxy.example.com'],
    ['https://proxy.example.com:8443/kafka/', 'https://proxy.example.com:8443/kafka'],
    ['localhost', 'https://localhost'],
    ['contoso-', 'https://contoso-'],
  ] as const) {
    it(`is ${endpoint} for “${text}”`, () => {
      assert.deepEqual(parseEndpoint(text, hdinsight.shorthand), { value: endpoint });
    });
  }
});
