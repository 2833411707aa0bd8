import assert from 'node:assert/strict';
import { nameFor, parseAskedEndpoint } from '../../../../src/core/cluster/askedEndpoint';
import { hdinsightEndpoint } from '../../../../src/core/dialects/hdinsight/endpoint';

describe('the endpoint that a person types', () => {
  it('is doubted where it has the port of a broker or of ZooKeeper', () => {
    for (const [text, value] of [
      ['https://broker:9092', 'https://broker:9092'],
      ['broker:9092', 'https://broker:9092'],
      ['zk1.example.com:2181', 'https://zk1.example.com:2181'],
      ['http://localhost:19092', 'http://localhost:19092'],
    ] as const) {
      assert.deepEqual(parseAskedEndpoint(text, hdinsightEndpoint), { value, doubt: 'kafka-port' });
    }
  });

  it('is doubted where its scheme has one slash or none', () => {
    for (const text of ['https:/kafka.example.com', 'https:kafka.example.com']) {
      assert.deepEqual(parseAskedEndpoint(text), {
        value: 'https://kafka.example.com',
        doubt: 'scheme-mended',
      });
    }
  });

  it('is refused where it cannot be one', () => {
    assert.deepEqual(parseAskedEndpoint('a:9092,b:9092'), { problem: 'kafka-protocol' });
    assert.deepEqual(parseAskedEndpoint('SASL_SSL://a:9092'), { problem: 'kafka-protocol' });
    assert.deepEqual(parseAskedEndpoint(''), { problem: 'empty' });
  });

  it('may be plain http, and may have blanks around it', () => {
    const plain = { value: 'http://kafka.example.com' };
    assert.deepEqual(parseAskedEndpoint('http://kafka.example.com'), plain);
    const asked = { value: 'https://broker:9092', doubt: 'kafka-port' };
    assert.deepEqual(parseAskedEndpoint(' broker:9092 '), asked);
    const mended = { value: 'https://kafka.example.com', doubt: 'scheme-mended' };
    assert.deepEqual(parseAskedEndpoint(' https:/kafka.example.com '), mended);
  });

  it('is taken as it is otherwise', () => {
    const value = 'https://kafka.example.com:8082';
    assert.deepEqual(parseAskedEndpoint(value), { value });
    assert.deepEqual(parseAskedEndpoint('contoso', hdinsightEndpoint), {
      value: 'https://contoso-kafkarest.azurehdinsight.net',
    });
  });
});

describe('the name of a cluster', () => {
  const isFree = () => false;

  it('follows from the endpoint', () => {
    for (const [endpoint, name] of [
      ['https://mycluster-kafkarest.azurehdinsight.net', 'mycluster'],
      ['https://a-b-kafkarest-int.azurehdinsight.cn:9400', 'a-b'],
      ['https://kafka.example.com/rest', 'kafka.example.com'],
      ['http://127.0.0.1:8082', '127.0.0.1'],
      ['http://[::1]:8082', '::1'],
    ] as const) {
      assert.equal(nameFor(endpoint, hdinsightEndpoint, isFree), name);
    }
  });

  it('is made unique', () => {
    const taken = ['kafka', 'kafka-2'];
    assert.equal(
      nameFor('https://kafka', {}, (name) => taken.includes(name)),
      'kafka-3',
    );
  });
});
