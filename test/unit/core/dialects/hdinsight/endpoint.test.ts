import assert from 'node:assert/strict';
import { parseEndpoint } from '../../../../../src/core/cluster/endpoint';
import {
  hdinsightEndpoint,
  type HdinsightRemark,
} from '../../../../../src/core/dialects/hdinsight/endpoint';
import { guid } from '../../../../support/fields';

const contoso = 'https://contoso-kafkarest.azurehdinsight.net';
const resource = `/subscriptions/${guid}/resourceGroups/rg/providers/Microsoft.HDInsight/clusters/contoso`;

describe('the endpoint of an HDInsight cluster', () => {
  const parse = (text: string) => parseEndpoint(text, hdinsightEndpoint, true);

  const addresses: Readonly<Record<string, readonly string[]>> = {
    [contoso]: [
      ...['contoso', 'CONTOSO', '  Contoso ', '"contoso"', '`contoso`', 'contoso,', 'contoso/'],
      ...['contoso-kafkarest', 'Contoso-KafkaRest', 'contoso-kafkarest.azurehdinsight.net'],
      ...[contoso, `${contoso}/`, `<${contoso}>`, `“${contoso}”`, `${contoso}.`, `${contoso}/,`],
      ...[`${contoso}:443`, `${contoso}:443/v1`, 'http://contoso-kafkarest.azurehdinsight.net'],
      ...[
        'http://contoso-kafkarest.azurehdinsight.net:80/',
        'contoso-kafkarest.azurehdinsight.net:443',
      ],
      ...[`${contoso}/v1/metadata/topics`, `${contoso}/v1/`, `${contoso}/v1/metadata/brokers?x=1`],
      ...[`${contoso}/v1/consumer/topics/a/partitions/0/offsets/5?count=9#top`, `${contoso}/#/`],
      ...[`${contoso}/v1/topics/a`, `${contoso.toUpperCase()}/V1`, `${contoso}\u200b`],
      `curl -H "Authorization: Bearer x" '${contoso}/v1/metadata/topics' -s`,
      `GET ${contoso}/v1/metadata/topics HTTP/1.1`,
      ...[`${contoso}/v2/topics`, `${contoso}/metadata/topics`, `${contoso}/docs?a#b`],
      `curl ${contoso}/v1/producer/topics/a -d '{"records":[{"value":"https://example.com"}]}'`,
      `curl https://login.microsoftonline.com/token && curl ${contoso}/v1/metadata/topics`,
      'curl -s contoso-kafkarest.azurehdinsight.net/v1/metadata/topics',
      'GET /v1/metadata/topics HTTP/1.1\nHost: contoso-kafkarest.azurehdinsight.net',
      'https//contoso-kafkarest.azurehdinsight.net/v1',
      'contoso-kafkarest.privatelink.azurehdinsight.net',
      `[the proxy](${contoso}/v1)`,
      'Host: contoso-kafkarest.azurehdinsight.net',
      'CLUSTER=contoso',
      '//contoso-kafkarest.azurehdinsight.net/v1',
      'https:/contoso-kafkarest.azurehdinsight.net',
      `"endpoint": "${contoso}",`,
    ],
    'https://contoso-2-kafkarest.azurehdinsight.net': ['Contoso-2', 'contoso-2-kafkarest'],
    'https://contoso-kafkarest.azurehdinsight.cn': ['contoso-kafkarest.azurehdinsight.cn'],
    'https://contoso-kafkarest.azurehdinsight.us': ['contoso-kafkarest.azurehdinsight.us/v1'],
    'https://contoso-kafkarest.azurehdinsight.net:9400': [`${contoso}:9400`],
    'https://proxy.example.com': [
      'proxy.example.com',
      'https://proxy.example.com/v1/metadata/topics',
    ],
    'https://proxy.example.com:8443/kafka': [
      ...['https://proxy.example.com:8443/kafka/', 'https://proxy.example.com:8443/kafka/v1'],
      'https://proxy.example.com:8443/kafka/v1/producer/topics/a',
      'https://proxy.example.com:8443/kafka/v1/v1/metadata/topics?a=b#c',
    ],
    'https://proxy.example.com/v1beta': ['https://proxy.example.com/v1beta'],
    'https://proxy.example.com/v1/kafka': ['https://proxy.example.com/v1/kafka/'],
    'https://contoso.westeurope.cloudapp.azure.com': ['contoso.westeurope.cloudapp.azure.com'],
    'https://localhost': ['localhost'],
    'https://localhost:8080': ['localhost:8080'],
    'http://localhost:8080': ['http://localhost:8080/v1/metadata/topics'],
    'https://contoso-': ['contoso-'],
  };
  for (const [address, texts] of Object.entries(addresses)) {
    for (const text of texts) {
      it(`is ${address} for ${text}`, () => {
        assert.deepEqual(parse(text), { value: address });
        assert.deepEqual(parse(address), { value: address });
      });
    }
  }

  const remarks: Readonly<Record<HdinsightRemark, readonly (readonly [string, string?])[]>> = {
    gateway: [
      ['contoso.azurehdinsight.net', contoso],
      ['https://contoso.azurehdinsight.net/#/main/services/KAFKA', contoso],
      ['http://contoso.azurehdinsight.net/api/v1/clusters', contoso],
      ['contoso-int.azurehdinsight.net', contoso],
      ['contoso.privatelink.azurehdinsight.net', contoso],
      ['contoso.azurehdinsight.us', 'https://contoso-kafkarest.azurehdinsight.us'],
    ],
    ssh: [
      ['contoso-ssh.azurehdinsight.net:22', contoso],
      ['ssh sshuser@contoso-ssh.azurehdinsight.net', contoso],
      ['ssh -L 8080:localhost:8080 sshuser@contoso-ssh.azurehdinsight.net -p 22', contoso],
      ['https://contoso-ssh.azurehdinsight.net/', contoso],
    ],
    resource: [
      [resource, contoso],
      [`https://portal.azure.com/#@contoso.onmicrosoft.com/resource${resource}/overview`, contoso],
      [`https://ms.portal.azure.com/#resource${resource.replaceAll('/', '%2F')}`, contoso],
      [`https://management.azure.com${resource}?api-version=2021-06-01`, contoso],
      [
        `https://portal.azure.cn/#@t/resource${resource}`,
        'https://contoso-kafkarest.azurehdinsight.cn',
      ],
      [
        `https://portal.azure.us/#@t/resource${resource}`,
        'https://contoso-kafkarest.azurehdinsight.us',
      ],
    ],
    node: [
      ['wn0-contos'],
      ['wn0-contos.abc.bx.internal.cloudapp.net'],
      ['https://hn0-contos.abc.bx.internal.cloudapp.net'],
    ],
    scope: [['https://hib.azurehdinsight.net/.default']],
    portal: [['https://portal.azure.com/#home'], ['portal.azure.com']],
    page: [
      ['https://learn.microsoft.com/azure/hdinsight/kafka/rest-proxy'],
      ['https://login.microsoftonline.com/common/oauth2/token'],
      ['https://management.azure.com/'],
    ],
  };
  for (const [remark, cases] of Object.entries(remarks)) {
    for (const [text, address] of cases) {
      it(`is told of ${text}: ${remark}`, () => {
        const expected = address === undefined ? { problem: 'not-the-proxy' } : { value: address };
        assert.deepEqual(parse(text), { ...expected, remark });
      });
    }
  }

  it('is none of what else people may have copied', () => {
    for (const [text, problem] of [
      [guid, 'not-an-address'],
      ['ops@contoso.com', 'not-an-address'],
      ['{name}-kafkarest.azurehdinsight.net', 'not-an-address'],
      ['Authorization: Bearer x', 'not-an-address'],
      ['wn0-contoso:9092', 'kafka-protocol'],
      ['contoso.servicebus.windows.net:9093', 'kafka-protocol'],
      ['https://user:secret@contoso-kafkarest.azurehdinsight.net', 'not-plain-address'],
      ['https://user:secret@contoso.azurehdinsight.net/v1', 'not-plain-address'],
    ] as const) {
      assert.deepEqual(parse(text), { problem }, text);
    }
  });
});
