// What the programmes are made of. Each list holds the cases that proxies and brokers treat
// differently.
import type { Operation, OtherRecord } from './operation';

export const keys = [
  '"a"',
  '"b"',
  '"key with ünïcödé 東京"',
  '""',
  '17',
  '-1.50',
  '{"id":9007199254740993}',
  '["x", 1]',
] as const;

export const jsonValues = [
  '"text"',
  '""',
  '"\\u0000 \\u2028 \\ud83d\\ude00"',
  '"line\\r\\nend\\ttab \\"quoted\\""',
  '0',
  '-12.50',
  '1e400',
  '18446744073709551615',
  '{}',
  '[]',
  '{"id":9007199254740993,"price":12.50}',
  '{ "spaced" : [ 1 , 2 ] }',
  '[[[{"deep":[null,true,false]}]]]',
  '"#3000#"',
  '"#19950#"',
] as const;

export const otherValues: readonly [OtherRecord['value'], ...OtherRecord['value'][]] = [
  null,
  '',
  'by another client',
  '{"json":true}',
  { hex: '00ff8081fe' },
  { hex: 'c3a9c328' },
  { hex: 'eda080' },
  '#2000#',
];

export const counts = [
  undefined,
  '1',
  '2',
  '3',
  '10',
  '1000',
  '2147483647',
  '2147483648',
  '0',
  '-1',
  '',
  'all',
  '1.5',
  '007',
] as const;

export const offsets = [
  '0',
  '1',
  '5',
  '00000',
  '9007199254740993',
  '9223372036854775807',
  '9223372036854775808',
  '99999999999999999999',
  '-1',
  '-2',
  '+1',
  '1e3',
  'latest',
  '%20',
] as const;

export const partitionIds = ['0', '1', '3', '99', '2147483647'] as const;

export const topicBodies: readonly [Readonly<Record<string, unknown>>, ...object[]] = [
  {},
  { 'retention.ms': 604_800_000, 'min.insync.replicas': '1' },
  { 'cleanup.policy': 'delete', 'message.timestamp.type': 'CreateTime' },
  { 'max.message.bytes': '20000' },
  { 'message.timestamp.type': 'LogAppendTime' },
  { 'compression.type': 'gzip' },
];

export const badTopicBodies = [
  '{"partition_count":0}',
  '{"partition_count":-1}',
  '{"partition_count":1.5}',
  '{"partition_count":"2"}',
  '{"partition_count":10001}',
  '{"replication_factor":0}',
  '{"replication_factor":"1"}',
  '{"topic_properties":[]}',
  '{"topic_properties":{"retention.ms":null}}',
  '{"topic_properties":{"no.such.property":1}}',
  '{"topic_properties":{"retention.ms":"soon"}}',
  '{"topic_properties":{"cleanup.policy":"burn"}}',
  '{"topic_properties":{"min.insync.replicas":0}}',
  '[]',
  '{',
  'null',
  '{"unknown":1}',
] as const;

export const badNames = [
  '.',
  '..%2f',
  'bad%20name',
  '%E6%9D%B1',
  `@0${'n'.repeat(249)}`,
  '%ZZ',
  '',
  'a/b',
  '@0%00',
] as const;

export const badBodies = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '{}',
  '{"records":[]}',
  '{"records":{}}',
  '{"records":[1]}',
  '{"records":[{}]}',
  '{"records":[{"key":"a"}]}',
  '{"records":[{"value":null}]}',
  '{"records":[{"value":true}]}',
  '{"records":[{"value":1,"key":false}]}',
  '{"records":[{"value":1,"partition":-1}]}',
  '{"records":[{"value":1,"partition":"0"}]}',
  '{"records":[{"value":1,"partition":1.5}]}',
  '{"records":[{"value":1,"partition":99}]}',
  '{"records":[{"value":1,"partition":4294967296}]}',
  '{"records":[{"value":1,"headers":[]}]}',
  '{"records":[{"value":1,"timestamp":5}]}',
  '{"records":[{"value":"\\ud800","key":"a"}]}',
  '{"records":[{"value":1,"key":"a","partition":0},{"value":null}]}',
] as const;

export function badRequests(topic: string): readonly [Operation, ...Operation[]] {
  const request = (method: 'DELETE' | 'GET' | 'POST' | 'PUT', path: string): Operation => ({
    kind: 'request',
    method,
    path,
  });
  return [
    request('DELETE', `/v1/topics/${topic}`),
    request('GET', `/v1/topics/${topic}`),
    request('GET', `/v1/producer/topics/${topic}`),
    request('PUT', '/v1/metadata/topics'),
    request('GET', '/'),
    request('GET', '/v2/metadata/topics'),
    request('GET', `/v1/metadata/topics/${topic}/partitions/`),
    request('GET', `/v1/metadata/topics/%ZZ/partitions`),
    request('GET', `/v1/metadata/topics/%2e%2e/partitions`),
    request('GET', `/v1/consumer/topics/${topic}/partitions/0/offsets/`),
    request('GET', `/v1/consumer/topics/${topic}/partitions/0/offsets/0?count=1&count=2`),
  ];
}
