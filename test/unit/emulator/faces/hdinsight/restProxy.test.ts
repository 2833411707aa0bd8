import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import {
  startEmulator,
  type Emulator,
  type EmulatorOptions,
} from '../../../../../src/emulator/server.js';
import { KafkaFailure } from '../../../../../src/emulator/backend';
import { object, send, type Reply, type Request } from '../../support.js';

/** Starts without Entra ID and TLS: what is tested here lies behind both. */
function start(options: EmulatorOptions = {}): Promise<Emulator> {
  return startEmulator({ auth: 'none', tls: false, samples: false, ...options });
}

describe('emulated REST proxy', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await start();
  });
  after(() => emulator.stop());

  let topics = 0;
  const newTopic = (partitions: number, firstOffset = 0n): string => {
    const name = `topic-${++topics}`;
    emulator.createTopic({ name, partitions, firstOffset });
    return name;
  };
  const call = (path: string, request?: Request): Promise<Reply> =>
    send(emulator.info.endpoint + path, null, request);
  const produce = (topic: string, body: string): Promise<Reply> =>
    call(`/v1/producer/topics/${topic}`, { method: 'POST', body });
  const read = (topic: string, partition: number, offset: bigint, count = 100): Promise<Reply> =>
    call(`/v1/consumer/topics/${topic}/partitions/${partition}/offsets/${offset}?count=${count}`);
  const values = async (topic: string, partition: number): Promise<unknown[]> => {
    const { records } = object((await read(topic, partition, 0n)).text);
    return Array.isArray(records) ? records.map((record: { value: unknown }) => record.value) : [];
  };

  describe('metadata', () => {
    it('lists the brokers', async () => {
      const { status, headers, text } = await call('/v1/metadata/brokers');
      assert.equal(status, 200);
      assert.equal(headers['content-type'], 'application/json');
      assert.deepEqual(object(text), {
        brokers: [0, 1, 2].map((n) => ({
          hostName: `wn${n}-kafka.emulator.internal`,
          port: 9092,
          id: 1001 + n,
          rack: `/rack${n}`,
        })),
      });
    });

    it('lists the names of the topics', async () => {
      const name = newTopic(1);
      const { topics } = object((await call('/v1/metadata/topics')).text);
      assert.ok(Array.isArray(topics) && topics.includes(name));
    });

    it('describes partitions with leaders in turn, and a replica that is not in sync', async () => {
      emulator.createTopic({ name: 'short', partitions: 2, replicas: 2, shortOfReplica: [1] });
      const { topic, partitions } = object(
        (await call('/v1/metadata/topics/short/partitions')).text,
      );
      assert.equal(topic, 'short');
      const broker = (n: number): object => ({
        hostName: `wn${n}-kafka.emulator.internal`,
        port: 9092,
        id: 1001 + n,
        rack: `/rack${n}`,
      });
      const second = {
        partition_id: 1,
        earliest_offset: 0,
        latest_offset: 0,
        leader: broker(1),
        replicas: [broker(1), broker(2)],
        isr: [broker(1)],
      };
      assert.deepEqual(partitions, [
        {
          ...second,
          partition_id: 0,
          leader: broker(0),
          replicas: [broker(0), broker(1)],
          isr: [broker(0), broker(1)],
        },
        second,
      ]);
      const alone = await call('/v1/metadata/topics/short/partitions/1');
      assert.deepEqual(object(alone.text), second);
    });
  });

  describe('creating a topic', () => {
    const put = (name: string, body = ''): Promise<Reply> =>
      call(`/v1/topics/${name}`, { method: 'PUT', body });
    const replicasOf = async (name: string): Promise<number[]> => {
      const { partitions } = object((await call(`/v1/metadata/topics/${name}/partitions`)).text);
      assert.ok(Array.isArray(partitions));
      return partitions.map(({ replicas }: { replicas: unknown[] }) => replicas.length);
    };

    it('answers with a string and takes partitions, replicas and properties', async () => {
      const { status, text } = await put(
        'created',
        '{"partition_count":2,"replication_factor":1,' +
          '"topic_properties":{"retention.ms":604800000,"min.insync.replicas":"1"}}',
      );
      assert.equal(status, 200);
      assert.equal(typeof JSON.parse(text), 'string');
      assert.deepEqual(await replicasOf('created'), [1, 1]);
    });

    for (const body of ['', '{}']) {
      it(`makes one partition on all brokers of the body '${body}'`, async () => {
        const name = `default-${body.length}`;
        assert.equal((await put(name, body)).status, 200);
        assert.deepEqual(await replicasOf(name), [3]);
      });
    }

    it('refuses a topic that exists', async () => {
      const { status, text } = await put(newTopic(1));
      assert.equal(status, 400);
      assert.match(text, /already exists/);
    });

    for (const body of [
      '{',
      '[]',
      'null',
      '{"partition_count":0}',
      '{"partition_count":1.5}',
      '{"partition_count":"1"}',
      '{"partition_count":10001}',
      '{"replication_factor":4}',
      '{"topic_properties":[]}',
      '{"topic_properties":{"no.such.property":"1"}}',
      '{"topic_properties":{"retention.ms":null}}',
    ]) {
      it(`refuses the body ${body}`, async () => {
        assert.equal((await put('never', body)).status, 400);
        assert.equal((await call('/v1/metadata/topics/never/partitions')).status, 404);
      });
    }

    for (const name of ['..', '.', 'a%20b', 'a%2Fb', 'caf%C3%A9', 'a'.repeat(250), '%']) {
      it(`refuses the name ${name.slice(0, 10)}`, async () => {
        assert.equal((await put(name)).status, 400);
      });
    }
  });

  describe('producing', () => {
    const stored: [sent: string, stored: string][] = [
      ['"text \\u00e9\\n"', 'text é\n'],
      ['""', ''],
      ['5', '5'],
      ['-12.50', '-12.50'],
      ['9007199254740993', '9007199254740993'],
      ['1e400', '1e400'],
      [
        '{ "id" : 18446744073709551615, "a b" : [ 1.0, "x  y" ] }',
        '{"id":18446744073709551615,"a b":[1.0,"x  y"]}',
      ],
      ['[ ]', '[]'],
    ];
    for (const [sent, expected] of stored) {
      it(`stores the value ${sent} as ${JSON.stringify(expected)}`, async () => {
        const topic = newTopic(1);
        const { status, text } = await produce(topic, `{"records":[{"value":${sent}}]}`);
        assert.equal(status, 200);
        assert.equal(typeof JSON.parse(text), 'string');
        assert.deepEqual(await values(topic, 0), [expected]);
      });
    }

    it('puts a key where Kafka puts it, and a record with a partition there', async () => {
      const topic = newTopic(10);
      await produce(
        topic,
        '{"records":[{"key":"abc","value":"by key"},{"key":"abc","partition":3,"value":"by partition"}]}',
      );
      assert.deepEqual(await values(topic, 7), ['by key']);
      assert.deepEqual(await values(topic, 3), ['by partition']);
    });

    it('keeps the records of a request without keys together, and turns to the next partition', async () => {
      const topic = newTopic(2);
      const both = '{"records":[{"value":"a"},{"key":null,"partition":null,"value":"b"}]}';
      await produce(topic, both);
      await produce(topic, both);
      assert.deepEqual(await values(topic, 0), ['a', 'b']);
      assert.deepEqual(await values(topic, 1), ['a', 'b']);
    });

    for (const body of [
      '',
      'text',
      '[]',
      '{}',
      '{"records":{}}',
      '{"records":[]}',
      '{"records":["a"]}',
      '{"records":[{}]}',
      '{"records":[{"key":"a"}]}',
      '{"records":[{"value":null}]}',
      '{"records":[{"value":true}]}',
      '{"records":[{"value":1,"key":false}]}',
      '{"records":[{"value":1,"headers":[]}]}',
      '{"records":[{"value":1,"partition":2}]}',
      '{"records":[{"value":1,"partition":-1}]}',
      '{"records":[{"value":1,"partition":"0"}]}',
      '{"records":[{"value":1},{"value":1,"partition":1.5}]}',
    ]) {
      it(`refuses ${body} and stores nothing`, async () => {
        const topic = newTopic(2);
        assert.equal((await produce(topic, body)).status, 400);
        assert.deepEqual([await values(topic, 0), await values(topic, 1)], [[], []]);
      });
    }

    it('refuses a body that is not UTF-8', async () => {
      const path = `/v1/producer/topics/${newTopic(1)}`;
      const body = Buffer.from('{"records":[{"value":"\xff"}]}', 'latin1');
      assert.equal((await call(path, { method: 'POST', body })).status, 400);
    });

    it('answers 413 to more than 4 MB, and takes what is just below', async () => {
      const topic = newTopic(1);
      const frame = '{"records":[{"value":""}]}';
      const body = (length: number): string =>
        frame.replace('""', `"${'x'.repeat(length - frame.length)}"`);
      assert.equal((await produce(topic, body(4 * 1024 * 1024 + 1))).status, 413);
      assert.deepEqual(await values(topic, 0), []);
      assert.equal((await produce(topic, body(4 * 1024 * 1024))).status, 200);
    });
  });

  describe('consuming', () => {
    it('gives one record by default, with all its fields', async () => {
      const topic = newTopic(1);
      emulator.append(topic, [
        { key: 'k', value: 'v', timestamp: 1_700_000_000_000 },
        { value: 'next' },
      ]);
      const path = `/v1/consumer/topics/${topic}/partitions/0/offsets/0`;
      const { headers, text } = await call(path);
      assert.deepEqual(object(text), {
        records: [
          {
            key: 'k',
            value: 'v',
            partition: 0,
            offset: 0,
            timestamp: 1_700_000_000_000,
            timestampType: 'CreateTime',
          },
        ],
      });
      assert.equal(headers['nextoffset'], '1');
    });

    it('gives null for a missing key and for a tombstone', async () => {
      const topic = newTopic(1);
      emulator.append(topic, [{ value: null, timestamp: 0 }]);
      assert.match((await read(topic, 0, 0n)).text, /"key":null,"value":null/);
    });

    it('gives an empty answer at the end', async () => {
      const { status, headers, text } = await read(newTopic(1), 0, 0n);
      assert.deepEqual([status, headers['nextoffset'], text], [200, '0', '{"records":[]}']);
    });

    it('writes offsets above 2^53 with all their digits', async () => {
      const topic = newTopic(1, 9_223_372_036_854_770_001n);
      emulator.append(topic, [{ value: 'a' }, { value: 'b' }]);
      const { headers, text } = await read(topic, 0, 9_223_372_036_854_770_002n);
      assert.match(text, /"offset":9223372036854770002,/);
      assert.equal(headers['nextoffset'], '9223372036854770003');
      const partition = await call(`/v1/metadata/topics/${topic}/partitions/0`);
      assert.match(
        partition.text,
        /"earliest_offset":9223372036854770001,"latest_offset":9223372036854770003,/,
      );
    });

    it('leaves gaps as compaction does', async () => {
      const topic = newTopic(1);
      emulator.append(
        topic,
        ['a', 'b', 'c', 'd'].map((value) => ({ value })),
      );
      emulator.punch(topic, 0, [0n, 1n, 3n]);
      const first = await read(topic, 0, 0n, 1);
      assert.match(first.text, /"offset":2,/);
      assert.equal(first.headers['nextoffset'], '3');
      const tail = await read(topic, 0, 3n, 1);
      assert.deepEqual([tail.text, tail.headers['nextoffset']], ['{"records":[]}', '4']);
      const { earliest_offset: earliest } = object(
        (await call(`/v1/metadata/topics/${topic}/partitions/0`)).text,
      );
      assert.equal(earliest, 0);
    });

    it('refuses offsets before earliest and behind latest', async () => {
      const topic = newTopic(1);
      emulator.append(
        topic,
        ['a', 'b', 'c'].map((value) => ({ value })),
      );
      emulator.trim(topic, 0, 2n);
      assert.equal((await read(topic, 0, 1n)).status, 400);
      assert.equal((await read(topic, 0, 2n)).status, 200);
      assert.equal((await read(topic, 0, 4n)).status, 400);
      assert.throws(() => {
        emulator.trim(topic, 0, 4n);
      }, RangeError);
    });

    it('ends before 6 MB, but gives at least one record', async () => {
      const topic = newTopic(1);
      const mega = 'x'.repeat(1024 * 1024);
      emulator.append(topic, [
        ...Array.from({ length: 7 }, () => ({ value: mega })),
        { value: mega.repeat(7) },
      ]);
      const page = await read(topic, 0, 0n);
      assert.equal(page.headers['nextoffset'], '5');
      assert.ok(page.bytes.length < 6 * 1024 * 1024);
      assert.equal((await read(topic, 0, 7n)).headers['nextoffset'], '8');
    });

    it('packs what is large for a client that takes gzip', async () => {
      const topic = newTopic(1);
      emulator.append(
        topic,
        Array.from({ length: 500 }, (_, n) => ({ value: `value ${n}` })),
      );
      const path = `/v1/consumer/topics/${topic}/partitions/0/offsets/0?count=500`;
      const plain = await call(path);
      assert.equal(plain.headers['content-encoding'], undefined);
      for (const accepted of ['gzip', 'deflate, gzip;q=0.5']) {
        const packed = await call(path, { headers: { 'Accept-Encoding': accepted } });
        assert.equal(packed.headers['content-encoding'], 'gzip');
        assert.equal(gunzipSync(packed.bytes).toString(), plain.text);
      }
      const refused = await call(path, { headers: { 'Accept-Encoding': 'gzip;q=0, br' } });
      assert.equal(refused.text, plain.text);
    });

    for (const [offset, count] of [
      ['-1', '1'],
      ['1.5', '1'],
      ['x', '1'],
      ['9223372036854775808', '1'],
      ['0', '0'],
      ['0', '-1'],
      ['0', 'x'],
      ['0', '2147483648'],
    ]) {
      it(`refuses offset ${offset} with count ${count}`, async () => {
        const path = `/v1/consumer/topics/${newTopic(1)}/partitions/0/offsets/${offset}?count=${count}`;
        assert.equal((await call(path)).status, 400);
      });
    }
  });

  describe('paths', () => {
    const statuses: [method: string, path: string, status: number, allow?: string][] = [
      ['GET', '/', 404],
      ['GET', '/v1', 404],
      ['GET', '/v2/metadata/topics', 404],
      ['GET', '/v1/metadata/topics/', 404],
      ['GET', '/v1/metadata/topics/nowhere/partitions', 404],
      ['GET', '/v1/metadata/topics/paths/partitions/2', 404],
      ['GET', '/v1/metadata/topics/paths/partitions/x', 400],
      ['GET', '/v1/metadata/topics/paths/partitions/2147483648', 400],
      ['GET', '/v1/consumer/topics/nowhere/partitions/0/offsets/0', 404],
      ['GET', '/v1/consumer/topics/paths/partitions/2/offsets/0', 404],
      ['POST', '/v1/producer/topics/nowhere', 404],
      ['DELETE', '/v1/topics/paths', 405, 'PUT'],
      ['GET', '/v1/topics/paths', 405, 'PUT'],
      ['PUT', '/v1/producer/topics/paths', 405, 'POST'],
      ['POST', '/v1/metadata/brokers', 405, 'GET'],
      ['POST', '/v1/consumer/topics/paths/partitions/0/offsets/0', 405, 'GET'],
    ];
    before(() => {
      emulator.createTopic({ name: 'paths', partitions: 2 });
    });
    for (const [method, path, status, allow] of statuses) {
      it(`answers ${method} ${path} with ${status}`, async () => {
        const reply = await call(path, { method });
        assert.deepEqual([reply.status, reply.headers.allow], [status, allow]);
        assert.equal(object(reply.text)['code'], status);
      });
    }
  });

  it('lets only what exists be changed behind the API', () => {
    assert.throws(() => {
      emulator.append('nowhere', []);
    }, KafkaFailure);
    assert.throws(() => {
      emulator.punch(newTopic(1), 1, []);
    }, KafkaFailure);
  });
});

describe('emulated REST proxy with options', () => {
  let emulator: Emulator;
  afterEach(() => emulator.stop());
  const call = (path: string, request?: Request): Promise<Reply> =>
    send(emulator.info.endpoint + path, null, request);

  it('answers with a bare array', async () => {
    emulator = await start({
      answer: 'array',
      topics: [{ name: 't', partitions: 1, records: 2, bytes: 30 }],
    });
    const { headers, text } = await call('/v1/consumer/topics/t/partitions/0/offsets/0?count=2');
    const records: unknown = JSON.parse(text);
    assert.ok(Array.isArray(records));
    assert.equal(records.length, 2);
    assert.equal(headers['nextoffset'], '2');
  });

  it('keeps a number of records a partition, and moves earliest on', async () => {
    emulator = await start({
      retention: 3,
      topics: [{ name: 't', partitions: 2, records: 10, bytes: 9 }],
    });
    const partition = object((await call('/v1/metadata/topics/t/partitions/1')).text);
    assert.deepEqual([partition['earliest_offset'], partition['latest_offset']], [2, 5]);
  });

  it('shows a new topic after the metadata delay, and does not take records before', async () => {
    emulator = await start({ metadataDelay: 300 });
    const put = { method: 'PUT' };
    assert.equal((await call('/v1/topics/late', put)).status, 200);
    const produce = { method: 'POST', body: '{"records":[{"value":1}]}' };
    assert.equal((await call('/v1/producer/topics/late', produce)).status, 404);
    assert.equal((await call('/v1/metadata/topics')).text, '{"topics":[]}');
    assert.equal((await call('/v1/topics/late', put)).status, 400);
    let status = 404;
    while (status === 404) ({ status } = await call('/v1/producer/topics/late', produce));
    assert.equal(status, 200);
    assert.equal((await call('/v1/metadata/topics')).text, '{"topics":["late"]}');
  });

  it('fills a topic with values of an exact size, in turn over the partitions', async () => {
    emulator = await start({
      topics: [
        { name: 'small', partitions: 1, records: 3, bytes: 3 },
        { name: 'large', partitions: 2, records: 3, bytes: 1024, firstOffset: 7n },
      ],
    });
    const read = async (path: string): Promise<unknown[]> => {
      const { records } = object((await call(`/v1/consumer/topics/${path}?count=9`)).text);
      assert.ok(Array.isArray(records));
      return records.map(({ value }: { value: string }) => {
        JSON.parse(value);
        return value.length;
      });
    };
    assert.deepEqual(await read('small/partitions/0/offsets/0'), [3, 3, 3]);
    assert.deepEqual(await read('large/partitions/0/offsets/7'), [1024, 1024]);
    assert.deepEqual(await read('large/partitions/1/offsets/7'), [1024]);
  });
});
