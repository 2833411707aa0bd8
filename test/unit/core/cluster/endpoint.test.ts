import assert from 'node:assert/strict';
import {
  type EndpointRules,
  isUnencrypted,
  parseEndpoint,
} from '../../../../src/core/cluster/endpoint';
import { checkField, guid } from '../../../support/fields';

describe('the endpoint of a cluster', () => {
  const parse = (text: string) => parseEndpoint(text);

  it('may be a text that the dialect reads, whose address is checked too', () => {
    const addresses = new Map([
      ['short', 'https://proxy.example.com/'],
      ['plain', 'http://proxy.example.com'],
    ]);
    const read: EndpointRules['read'] = (text) => {
      const address = addresses.get(text);
      if (text === 'odd') return { remark: 'odd' };
      return address === undefined ? undefined : { address };
    };
    checkField(
      (text) => parseEndpoint(text, { read }),
      [
        ['  short ', 'https://proxy.example.com'],
        ['plain', 'not-https'],
        ['odd', 'not-the-proxy'],
        ['other.example.com', 'https://other.example.com'],
      ],
    );
  });

  it('comes with what the dialect says of it, and with the fields that it fills in', () => {
    const reading = { address: 'https://proxy.example.com', fields: { clusterId: 'c' } };
    const value = 'https://proxy.example.com';
    const read = (given: ReturnType<NonNullable<EndpointRules['read']>>) =>
      parseEndpoint('text', { read: () => given });
    assert.deepEqual(read(reading), { value, fields: { clusterId: 'c' } });
    assert.deepEqual(read({ ...reading, remark: 'r' }), {
      ...{ value, remark: 'r', fields: { clusterId: 'c' } },
    });
    assert.deepEqual(read({ address: value }), { value });
    assert.deepEqual(read({ remark: 'r' }), { problem: 'not-the-proxy', remark: 'r' });
  });

  it('is the only one of several in a text that the dialect knows', () => {
    const known = ['proxy.example.com', 'https://other.example.com'];
    const read: EndpointRules['read'] = (text) =>
      known.includes(text) ? { address: text } : undefined;
    checkField(
      (text) => parseEndpoint(text, { read }),
      [
        ['curl -H a.b proxy.example.com', 'https://proxy.example.com'],
        ['see https://a.example.com, https://other.example.com', 'https://other.example.com'],
        ['proxy.example.com https://other.example.com https://b.example', 'not-an-address'],
        ['nothing. here', 'not-an-address'],
      ],
    );
  });

  it('loses the path of the API, if the dialect has one', () => {
    checkField(
      (text) => parseEndpoint(text, { apiPath: /\/api(?:\/|$)/ }),
      [
        ['https://proxy.example.com/api', 'https://proxy.example.com'],
        ['https://proxy.example.com/x/api/y?z#a', 'https://proxy.example.com/x'],
        ['https://user:secret@proxy.example.com/api', 'not-plain-address'],
        ['https://proxy.example.com/?a=/api', 'not-plain-address'],
      ],
    );
  });

  it('is an https address, or http on this computer alone', () => {
    checkField(parse, [
      ['https://proxy.example.com', 'https://proxy.example.com'],
      ['https://proxy.example.com:8443/kafka/', 'https://proxy.example.com:8443/kafka'],
      ['https://proxy.example.com:9092', 'https://proxy.example.com:9092'],
      ['proxy.example.com', 'https://proxy.example.com'],
      ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
      ['http://localhost:8080/', 'http://localhost:8080'],
      ['http://[::1]:8080', 'http://[::1]:8080'],
      ['[::1]:8080', 'https://[::1]:8080'],
      ['https://bücher.example', 'https://xn--bcher-kva.example'],
      ['http://proxy.example.com', 'not-https'],
      ['ftp://proxy.example.com', 'not-https'],
      ['javascript://x', 'not-https'],
      ['', 'empty'],
      [' "" ', 'empty'],
      ['https://', 'not-an-address'],
      ['two words', 'not-an-address'],
      ['https://a.example https://b.example', 'not-an-address'],
      ['https://user:pass@proxy.example.com', 'not-plain-address'],
      ['https://proxy.example.com/?a=1', 'not-plain-address'],
      ['https://proxy.example.com/#a', 'not-plain-address'],
    ]);
  });

  it('is found among what was copied with it', () => {
    const address = 'https://proxy.example.com/kafka';
    for (const text of [
      `"${address}"`,
      `'${address}/'`,
      `\`${address}\``,
      `<${address}>`,
      `«${address}»`,
      `(${address})`,
      `${address}, `,
      `${address};`,
      `${address}\u200b`,
      `curl -s ${address}`,
      `see ${address}.`,
      `[proxy](${address})`,
      `${address} -H "Accept: application/json"`,
      `KAFKA_REST_URL="${address}"`,
    ]) {
      assert.deepEqual(parse(text), { value: address }, text);
    }
  });

  it('is not an address of a broker or of ZooKeeper', () => {
    for (const text of [
      'broker:9092',
      'broker.example.com:9093',
      ...['kafka:29092', 'localhost:19092', 'b-1.example.com:9098'],
      '10.0.0.4:9092',
      '[::1]:9092',
      'zk0.example.com:2181/kafka',
      'a.example.com,b.example.com',
      'a:9092,b:9092, c:9092',
      'PLAINTEXT://broker:9092',
      'SASL_SSL://broker.example.com:9094',
      'ssl://broker:19093',
    ]) {
      assert.deepEqual(parse(text), { problem: 'kafka-protocol' }, text);
    }
  });

  it('is not an ID, a file or a person', () => {
    for (const text of [
      guid,
      '/etc/kafka',
      './a',
      '~/a',
      '../a',
      'C:\\kafka',
      'd:/x',
      'a@b.example',
    ]) {
      assert.deepEqual(parse(text), { problem: 'not-an-address' }, text);
    }
  });

  it('may be http elsewhere where that is allowed', () => {
    checkField(
      (text) => parseEndpoint(text, undefined, true),
      [
        ['http://proxy.example.com/', 'http://proxy.example.com'],
        ['ftp://proxy.example.com', 'not-https'],
        ['http://user:pass@proxy.example.com', 'not-plain-address'],
      ],
    );
    assert.ok(isUnencrypted('http://proxy.example.com'));
    for (const endpoint of ['https://proxy.example.com', 'http://127.0.0.1:8080']) {
      assert.ok(!isUnencrypted(endpoint));
    }
  });
});
