import assert from 'node:assert/strict';
import { parseBootstrap } from '../../../../src/core/cluster/bootstrap';

describe('the addresses of brokers', () => {
  it('are read as people find them', () => {
    for (const [text, brokers, tls] of [
      ['localhost:9092', ['localhost:9092'], undefined],
      ['  Kafka.example.com ', ['kafka.example.com:9092'], undefined],
      ['a:9092,b:9093 , c', ['a:9092', 'b:9093', 'c:9092'], undefined],
      ['bootstrap.servers=a:9092', ['a:9092'], undefined],
      ['PLAINTEXT://127.0.0.1:19092', ['127.0.0.1:19092'], false],
      ['SASL_SSL://kafka:9094/', ['kafka:9094'], true],
      ['"[::1]:9092"', ['[::1]:9092'], undefined],
      ['a:9092;a:9092', ['a:9092'], undefined],
    ] as const) {
      const expected = { brokers: [...brokers], ...(tls !== undefined && { tls }) };
      assert.deepEqual(parseBootstrap(text), expected, text);
    }
  });

  it('are nothing else', () => {
    for (const text of [
      '',
      ' , ',
      'https://kafka:9092',
      'a:0',
      'a:70000',
      'a:b',
      '-a:1',
      'a@b:9092',
      'not an address',
    ]) {
      assert.equal(parseBootstrap(text), undefined, text);
    }
  });
});
