import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { KafkaError } from '../../../../../src/core/errors';
import type { KafkaErrorKind } from '../../../../../src/core/errors';
import { openHttp } from '../../../../../src/core/http/client';
import type {
  KafkaProxy,
  NewRecord,
  PartitionRange,
  ReadFlow,
  RecordPage,
} from '../../../../../src/core/kafka';
import { openProxy } from '../../../../../src/core/dialects/open';
import type { EmulatedProxy } from '../../../../support/emulatedProxy';
import { startEmulatedProxy } from '../../../../support/emulatedProxy';
import { fails } from '../../../../support/fails';

async function pagesOf(
  proxy: KafkaProxy,
  { from = 0n, until = 2n ** 63n - 1n, ...rest }: Partial<PartitionRange & ReadFlow> = {},
) {
  const pages: RecordPage[] = [];
  const { topic = 't', partition = 0, ...flow } = rest;
  for await (const page of proxy.read({ topic, partition, from, until }, flow)) pages.push(page);
  return pages;
}

function failure(kind: KafkaErrorKind, detail?: string | RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof KafkaError, String(error));
    assert.equal(error.kind, kind, error.message);
    if (detail !== undefined) assert.match(error.detail, new RegExp(detail));
    return true;
  };
}

describe('the HDInsight proxy', () => {
  describe('on the emulator', () => {
    let emulated: EmulatedProxy;
    let proxy: KafkaProxy;

    beforeEach(async () => {
      emulated = await startEmulatedProxy({
        topics: [{ name: 't', partitions: 2, records: 5, bytes: 100 }],
      });
      ({ proxy } = emulated);
    });
    afterEach(() => emulated.close());

    it('lists brokers', async () => {
      const brokers = await proxy.brokers();
      assert.equal(brokers.length, 3);
      assert.deepEqual(brokers[0], {
        id: 1001,
        host: 'wn0-kafka.emulator.internal',
        port: 9092,
        rack: '/rack0',
      });
    });

    it('lists topics by name', async () => {
      for (const name of ['b', '__a', 'Z']) emulated.emulator.createTopic({ name });
      const names = (await proxy.topics()).map(({ name }) => name);
      assert.deepEqual(names, ['Z', '__a', 'b', 't']);
    });

    it('describes partitions', async () => {
      emulated.emulator.trim('t', 0, 1n);
      const [first, second] = await proxy.partitions('t');
      assert.ok(first && second);
      assert.deepEqual(
        [first, second].map(({ id, earliest, latest }) => [id, earliest, latest]),
        [
          [0, 1n, 3n],
          [1, 0n, 2n],
        ],
      );
      assert.equal(first.leader, first.replicas[0]);
      assert.deepEqual([...first.isr].sort(), [1001, 1002, 1003]);
      assert.deepEqual(await proxy.partition('t', 1), second);
    });

    it('keeps offsets of 64 bits exact', async () => {
      const firstOffset = 2n ** 63n - 100n;
      emulated.emulator.createTopic({ name: 'old', firstOffset });
      emulated.emulator.append('old', [
        { value: 'a', timestamp: 1 },
        { value: 'b', timestamp: 2 },
      ]);
      const { earliest, latest } = await proxy.partition('old', 0);
      assert.deepEqual([earliest, latest], [firstOffset, firstOffset + 2n]);
      const until = firstOffset + 2n;
      const pages = await pagesOf(proxy, { topic: 'old', from: firstOffset + 1n, until });
      assert.deepEqual(
        pages.map(({ records, next }) => [records, next]),
        [
          [
            [
              {
                partition: 0,
                offset: firstOffset + 1n,
                timestamp: 2,
                timestampType: 'CreateTime',
                key: null,
                value: 'b',
              },
            ],
            latest,
          ],
        ],
      );
    });

    it('creates topics', async () => {
      await proxy.createTopic({ name: 'plain' });
      await proxy.createTopic({
        name: 'own',
        partitionCount: 4,
        replicationFactor: 2,
        properties: { 'retention.ms': '604800000' },
      });
      assert.ok((await proxy.partitions('plain')).length > 0);
      const partitions = await proxy.partitions('own');
      assert.equal(partitions.length, 4);
      assert.equal(partitions[0]?.replicas.length, 2);
      await assert.rejects(proxy.createTopic({ name: 'own' }), failure('rejected', 'exists'));
    });

    it('says what is not there', async () => {
      await assert.rejects(proxy.partitions('missing'), failure('not-found'));
      await assert.rejects(proxy.partition('t', 9), failure('not-found'));
      await assert.rejects(proxy.produce('missing', [{ value: '' }]), failure('not-found'));
      await assert.rejects(pagesOf(proxy, { topic: 'missing' }), failure('not-found'));
    });

    it('takes any name as one segment of a path', async () => {
      for (const name of ['a/b', 'a?b=c#d', '%2e', 'ä 😀', '../../x']) {
        await assert.rejects(proxy.partitions(name), failure('not-found'), name);
      }
      for (const name of ['', '.', '..', '\ud800']) {
        await assert.rejects(proxy.partitions(name), failure('rejected', 'invalid name'), name);
      }
    });

    it('writes each value to the log exactly as its text', async () => {
      const texts = [
        '',
        'a\n"b"\u0000',
        '{"n":12345678901234567890, "x": 1.0}',
        '12',
        'null',
        '😀\u2028',
        '[1 ,2]',
      ];
      const records: NewRecord[] = texts.map((value) => ({ key: value, value, partition: 1 }));
      const bytes: NewRecord = { key: null, value: Buffer.from('\ufeffbytes'), partition: 1 };
      const results = await proxy.produce('t', [...records, bytes]);
      assert.deepEqual(results, Array(8).fill({ status: 'accepted' }));
      const [page] = await pagesOf(proxy, { partition: 1, from: 2n, until: 10n });
      assert.deepEqual(
        page?.records.map(({ key, value }) => [key, value]),
        [...texts.map((value) => [value, value]), [null, '\ufeffbytes']],
      );
    });

    const unsupported: [what: string, record: NewRecord][] = [
      ['headers', { value: '', headers: [{ name: 'h', value: null }] }],
      ['timestamp', { value: '', timestamp: 1 }],
      ['tombstone', { value: null }],
      ['binary', { value: Buffer.from([0xff]) }],
      ['binary', { key: '\udc00', value: '' }],
    ];
    for (const [what, record] of unsupported) {
      it(`refuses ${what} before sending`, async () => {
        const produced = proxy.produce('t', [{ value: 'fine' }, record]);
        await assert.rejects(produced, failure('unsupported', what));
        assert.deepEqual(emulated.requests, []);
      });
    }

    it('reads a range, no more and no less', async () => {
      const pages = await pagesOf(proxy, { from: 1n, until: 2n });
      assert.deepEqual(
        pages.map(({ records }) => records.map(({ offset }) => offset)),
        [[1n]],
      );
      assert.deepEqual(emulated.requests, ['/v1/consumer/topics/t/partitions/0/offsets/1?count=1']);
      assert.ok((pages[0]?.bytes ?? 0) > 100);
    });

    it('goes over a gap at the end with NextOffset', async () => {
      emulated.emulator.punch('t', 0, [1n, 2n]);
      for (const [from, count] of [
        [0n, 1],
        [1n, 0],
      ] as const) {
        const pages = await pagesOf(proxy, { from, until: 3n });
        assert.deepEqual(
          pages.map(({ records, next, skipped }) => [records.length, next, skipped]),
          [[count, 3n, undefined]],
        );
      }
    });

    it('goes on at the earliest offset when retention has moved it', async () => {
      emulated.emulator.trim('t', 0, 2n);
      const pages = await pagesOf(proxy, { until: 3n });
      assert.deepEqual(
        pages.map(({ records, next, skipped }) => [records.length, next, skipped]),
        [
          [0, 2n, { from: 0n, to: 2n, reason: 'retention' }],
          [1, 3n, undefined],
        ],
      );
    });

    it('skips no further than the range when retention has passed it', async () => {
      emulated.emulator.trim('t', 0, 3n);
      const pages = await pagesOf(proxy, { until: 2n });
      assert.deepEqual(pages, [
        { records: [], next: 2n, bytes: 0, skipped: { from: 0n, to: 2n, reason: 'retention' } },
      ]);
    });

    it('reports an offset that is refused for another reason', async () => {
      await assert.rejects(
        pagesOf(proxy, { from: 9n, until: 10n }),
        failure('rejected', 'out of range'),
      );
    });

    it('asks for answers of the size wanted, whatever the size of the records', async () => {
      for (const [bytes, records] of [
        [50, 4000],
        [30_000, 60],
      ] as const) {
        const topic = `bytes${bytes}`;
        emulated.emulator.createTopic({ name: topic });
        emulated.emulator.append(topic, Array(records).fill({ value: 'x'.repeat(bytes) }));
        const pageBytes = 200_000;
        const pages = await pagesOf(proxy, { topic, until: BigInt(records), pageBytes });
        const total = pages.reduce((sum, page) => sum + page.bytes, 0);
        const paths = emulated.requests.filter((path) => path.includes(`/${topic}/`));
        const sizes = paths.map((path) => {
          const count = Number(/\?count=(\d+)$/.exec(path)?.[1]);
          return (Math.min(count, records) * total) / records;
        });
        assert.ok(sizes.length > 3);
        for (const size of sizes.slice(2, -1))
          assert.ok(size > 0.5 * pageBytes && size < 1.1 * pageBytes, String(size));
        for (const size of sizes) assert.ok(size <= 2 * pageBytes, String(size));
      }
    });
  });

  describe('on a server of any conduct', () => {
    type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
    let server: Server;
    let proxy: KafkaProxy;
    let requests: string[];
    let answer: Answer;

    beforeEach(async () => {
      requests = [];
      server = createServer((request, response) => {
        requests.push(request.url ?? '');
        void answer(request, response);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      assert.ok(typeof address === 'object' && address);
      const endpoint = `http://127.0.0.1:${address.port}/base/`;
      proxy = openProxy({ endpoint, http: openHttp({ retries: 0, requestTimeoutMs: 2000 }) });
    });
    afterEach(async () => {
      await proxy.dispose();
      server.closeAllConnections();
      server.close();
    });

    /** Answers each request with the next of these bodies, and the last one again and again. */
    function say(...bodies: (string | { body: string; next: string })[]): void {
      answer = (_, response) => {
        const said = bodies.length > 1 ? bodies.shift() : bodies[0];
        if (typeof said === 'object') response.setHeader('NextOffset', said.next).end(said.body);
        else response.end(said);
      };
    }

    function wire(offset: number | string, more = ''): string {
      return `{"key":null,"value":"v","partition":0,"offset":${offset},"timestamp":5,"timestampType":"CreateTime"${more}}`;
    }

    it('keeps the path of the endpoint', async () => {
      say('{"topics":[]}');
      await proxy.topics();
      assert.deepEqual(requests, ['/base/v1/metadata/topics']);
    });

    it('takes both forms of an answer to consume', async () => {
      for (const body of [`[${wire(7)}]`, `{"records":[${wire(7)}]}`]) {
        say(body);
        const [page] = await pagesOf(proxy, { from: 7n, until: 8n });
        assert.deepEqual(page, {
          records: [
            {
              partition: 0,
              offset: 7n,
              timestamp: 5,
              timestampType: 'CreateTime',
              key: null,
              value: 'v',
            },
          ],
          next: 8n,
          bytes: body.length,
        });
      }
    });

    it('takes records that lack what need not be there', async () => {
      say('[{"partition":0,"offset":0,"timestamp":null}]');
      const [page] = await pagesOf(proxy, { until: 1n });
      assert.deepEqual(page?.records, [{ partition: 0, offset: 0n, key: null, value: null }]);
    });

    it('takes keys and values that are no strings as their JSON text, numbers exact', async () => {
      say(
        '[{"partition":0,"offset":0,"key":9007199254740993,"value":{"a":[1.0,true,null,"x"]}},{"partition":0,"offset":1,"value":false}]',
      );
      const [page] = await pagesOf(proxy, { until: 2n });
      assert.deepEqual(
        page?.records.map(({ key, value }) => [key, value]),
        [
          ['9007199254740993', '{"a":[1.0,true,null,"x"]}'],
          [null, 'false'],
        ],
      );
    });

    const nextOffsets: [what: string, header: string | undefined, next: bigint][] = [
      ['ahead of the records', '9', 9n],
      ['beyond the range', '99', 10n],
      ['at a record that was there', '5', 6n],
      ['nonsense', '-1', 6n],
      ['missing', undefined, 6n],
    ];
    for (const [what, next, expected] of nextOffsets) {
      it(`goes on from the right offset if NextOffset is ${what}`, async () => {
        const body = `[${wire(5)}]`;
        say(next === undefined ? body : { body, next });
        const nexts: bigint[] = [];
        for await (const page of proxy.read({ topic: 't', partition: 0, from: 5n, until: 10n })) {
          nexts.push(page.next);
          break;
        }
        assert.deepEqual(nexts, [expected]);
      });
    }

    it('drops records before and behind the range', async () => {
      say(`[${[3, 4, 5, 6].map((n) => wire(n)).join()}]`);
      const pages = await pagesOf(proxy, { from: 4n, until: 6n });
      assert.deepEqual(
        pages.map(({ records, next }) => [records.map(({ offset }) => offset), next]),
        [[[4n, 5n], 6n]],
      );
    });

    it('asks an empty answer again, and goes on when it is none any more', async () => {
      say('[]', '[]', `[${wire(0)}]`);
      const pages = await pagesOf(proxy, { until: 1n });
      assert.deepEqual(
        pages.map(({ records, skipped }) => [records.length, skipped]),
        [[1, undefined]],
      );
    });

    it('gives up an offset range that stays empty, and says so', async () => {
      const partition =
        '{"partition_id":0,"earliest_offset":0,"latest_offset":9,"leader":null,"replicas":[],"isr":[]}';
      say('[]', '{"records":[]}', '[]', partition);
      assert.deepEqual(await pagesOf(proxy, { from: 3n, until: 9n }), [
        { records: [], next: 9n, bytes: 0, skipped: { from: 3n, to: 9n, reason: 'empty' } },
      ]);
      assert.equal(requests.length, 4);
    });

    it('finds that retention emptied the answers', async () => {
      const partition =
        '{"partition_id":0,"earliest_offset":5,"latest_offset":9,"leader":null,"replicas":[],"isr":[]}';
      say('[]', '[]', '[]', partition, `[${wire(5)}]`);
      const pages = await pagesOf(proxy, { from: 3n, until: 6n });
      assert.deepEqual(
        pages.map(({ records, skipped }) => [records.length, skipped]),
        [
          [0, { from: 3n, to: 5n, reason: 'retention' }],
          [1, undefined],
        ],
      );
    });

    const badAnswers: [what: string, body: string][] = [
      ['no JSON', '<html>'],
      ['an empty body', ''],
      ['a string', '"records"'],
      ['null', 'null'],
      ['no list', '{"records":{}}'],
      ['a record that is none', '[1]'],
      ['an offset as text', `[${wire('"0"')}]`],
      ['a broken offset', `[${wire('0.5')}]`],
      ['a negative offset', `[${wire(-1)}]`],
      ['no offset', '[{"partition":0}]'],
      ['another partition', '[{"partition":1,"offset":0}]'],
      ['an offset twice', `[${wire(0)},${wire(0)}]`],
      ['offsets backwards', `[${wire(1)},${wire(0)}]`],
      ['a timestamp that is none', '[{"partition":0,"offset":0,"timestamp":{}}]'],
    ];
    for (const [what, body] of badAnswers) {
      it(`calls ${what} a breach of the protocol when it reads`, async () => {
        say(body);
        await assert.rejects(pagesOf(proxy, { until: 2n }), failure('protocol'));
      });
    }

    it('never shows what a message holds in an error', async () => {
      say('[{"partition":0,"offset":"secret","key":"secret","value":"secret"}]');
      await assert.rejects(pagesOf(proxy, { until: 2n }), (error: unknown) => {
        assert.ok(error instanceof KafkaError);
        assert.doesNotMatch(`${error.message} ${error.detail}`, /secret/);
        return failure('protocol')(error);
      });
    });

    const P = '"leader":null,"replicas":[],"isr":[]';
    const badMetadata: [
      what: string,
      call: (proxy: KafkaProxy) => Promise<unknown>,
      body: string,
    ][] = [
      ['topics that are no names', (it) => it.topics(), '{"topics":[1]}'],
      ['topics without a list', (it) => it.topics(), '[]'],
      ['brokers without ids', (it) => it.brokers(), '{"brokers":[{"hostName":"h"}]}'],
      [
        'an earliest offset behind the latest',
        (it) => it.partition('t', 0),
        `{"partition_id":0,"earliest_offset":2,"latest_offset":1,${P}}`,
      ],
      [
        'negative offsets',
        (it) => it.partition('t', 0),
        `{"partition_id":0,"earliest_offset":-1,"latest_offset":1,${P}}`,
      ],
      [
        'another partition than asked for',
        (it) => it.partition('t', 0),
        `{"partition_id":1,"earliest_offset":0,"latest_offset":1,${P}}`,
      ],
      [
        'a partition twice',
        (it) => it.partitions('t'),
        `{"partitions":[${Array(2).fill(`{"partition_id":0,"earliest_offset":0,"latest_offset":1,${P}}`).join()}]}`,
      ],
    ];
    for (const [what, call, body] of badMetadata) {
      it(`calls ${what} a breach of the protocol`, async () => {
        say(body);
        await assert.rejects(call(proxy), failure('protocol'));
      });
    }

    it('knows a partition without a leader', async () => {
      for (const leader of ['', '"leader":null,', '"leader":{"id":-1},']) {
        say(
          `{"partition_id":0,"earliest_offset":0,"latest_offset":0,${leader}"replicas":[{"id":1}],"isr":[]}`,
        );
        assert.equal((await proxy.partition('t', 0)).leader, null);
      }
    });

    it('sorts partitions and counts each topic once', async () => {
      const partition = (id: number): string =>
        `{"partition_id":${id},"earliest_offset":0,"latest_offset":0,${P}}`;
      say(`{"partitions":[${[10, 2, 1].map(partition).join()}]}`, '{"topics":["a","a"]}');
      assert.deepEqual(
        (await proxy.partitions('t')).map(({ id }) => id),
        [1, 2, 10],
      );
      assert.deepEqual(await proxy.topics(), [{ name: 'a' }]);
    });

    it('sends all records of a call in one body', async () => {
      let body = '';
      answer = async (request, response) => {
        body = `${request.method ?? ''} ${request.headers['content-type'] ?? ''} ${await text(request)}`;
        response.end('"fine"');
      };
      await proxy.produce('t', [{ key: 'k', value: '{}', partition: 3 }, { value: 'é' }]);
      assert.equal(
        body,
        'POST application/json {"records":[{"key":"k","partition":3,"value":"{}"},{"value":"é"}]}',
      );
      assert.deepEqual(requests, ['/base/v1/producer/topics/t']);
    });

    it('tells where records went only if the answer does', async () => {
      say('{"offsets":[{"partition":1,"offset":9007199254740993}]}');
      assert.deepEqual(await proxy.produce('t', [{ value: '' }]), [
        { status: 'accepted', partition: 1, offset: 9007199254740993n },
      ]);
      for (const body of ['', '"ok"', '<b>', '{"offsets":[]}', '{"offsets":[{"offset":1}]}']) {
        say(body);
        assert.deepEqual(await proxy.produce('t', [{ value: '' }]), [{ status: 'accepted' }]);
      }
    });

    it('does not take an error in an answer of success for a success', async () => {
      const records = [{ value: 'a' }, { value: 'b' }];
      const unclear = { status: 'unclear', detail: 'the broker is gone' };
      say('{"error_code":50002,"message":"the broker is gone"}');
      assert.deepEqual(await proxy.produce('t', records), [unclear, unclear]);
      // As the proxies of Confluent's API v2 answer.
      say(
        '{"offsets":[{"partition":0,"offset":7,"error_code":null,"error":null},' +
          '{"partition":null,"offset":null,"error_code":2,"error":"the broker is gone"}]}',
      );
      assert.deepEqual(await proxy.produce('t', records), [
        { status: 'accepted', partition: 0, offset: 7n },
        unclear,
      ]);
    });

    it('does not take a page of somebody on the way for an answer to a write', async () => {
      // What it says is not shown: it may show the request, with its token and messages.
      say('\n<!DOCTYPE html><html><body>You sent: Basic c2VjcmV0</body></html>');
      const detail = 'an HTML page';
      assert.deepEqual(await proxy.produce('t', [{ value: '' }]), [{ status: 'unclear', detail }]);
      await fails(proxy.createTopic({ name: 't' }), { kind: 'unclear', detail });
    });

    it('calls the outcome unclear when the answer is cut off, or the server fails', async () => {
      const conducts: Answer[] = [
        (_, response) => void response.destroy(),
        (_, response) => void response.writeHead(500).end('broken'),
      ];
      for (const conduct of conducts) {
        answer = conduct;
        const results = await proxy.produce('t', [{ value: 'a' }, { value: 'b' }]);
        assert.deepEqual(
          results.map(({ status }) => status),
          ['unclear', 'unclear'],
        );
        assert.equal(requests.splice(0).length, 1);
      }
    });

    it('calls the outcome unclear when it is aborted on the way', async () => {
      const abort = new AbortController();
      answer = () => {
        abort.abort();
      };
      const results = await proxy.produce('t', [{ value: 'a' }], { signal: abort.signal });
      assert.deepEqual(
        results.map(({ status }) => status),
        ['unclear'],
      );
    });

    it('rejects with the reason when it is aborted before', async () => {
      const signal = AbortSignal.abort('enough');
      await assert.rejects(proxy.produce('t', [{ value: 'a' }], { signal }), /enough/);
      await assert.rejects(pagesOf(proxy, { signal }), /enough/);
      assert.deepEqual(requests, []);
    });

    it('is rejected for certain by 4xx', async () => {
      const kinds = {
        400: 'rejected',
        403: 'forbidden',
        404: 'not-found',
        413: 'too-large',
      } as const;
      for (const [status, kind] of Object.entries(kinds)) {
        answer = (_, response) => void response.writeHead(Number(status)).end('no');
        await assert.rejects(proxy.produce('t', [{ value: 'a' }]), failure(kind));
      }
    });
  });
});
