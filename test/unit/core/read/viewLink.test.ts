import assert from 'node:assert/strict';
import {
  around,
  isRelative,
  MAX_LINK,
  readLink,
  type ViewLink,
  writeLink,
} from '../../../../src/core/read/viewLink';

const contoso = { cluster: 'contoso', topic: 'orders' };

/** What VS Code hands on of a link: it decodes the query as a whole. */
function opened(query: string): string {
  return decodeURIComponent(query);
}

function problemOf(query: string): string {
  const read = readLink(query);
  return 'problem' in read ? `${read.problem}: ${read.member}` : 'none';
}

describe('a link to messages', () => {
  const links: Readonly<Record<string, ViewLink>> = {
    'a topic': contoso,
    'a cluster by its address': { endpoint: 'https://kafka.example.com:8443/a', topic: 'orders' },
    'some partitions': { ...contoso, partitions: [0, 2] },
    'the latest': {
      ...contoso,
      request: { topic: 'orders', from: { latestMinus: 100n }, newest: 100 },
    },
    'the first of some partitions': {
      ...contoso,
      request: { topic: 'orders', partitions: [3], from: { at: 'earliest' }, maxRecords: 7 },
    },
    'a range of offsets': {
      ...contoso,
      request: { topic: 'orders', from: { offset: 2n ** 62n }, until: 2n ** 62n + 1n },
    },
    'offsets by partition': {
      ...contoso,
      request: {
        topic: 'orders',
        from: {
          offsets: new Map([
            [0, 5n],
            [12, 0n],
          ]),
          since: 1_700_000_000_123,
        },
      },
    },
    'a span of time': {
      ...contoso,
      request: { topic: 'orders', from: { time: -1 }, untilTime: 253_402_300_800_000 },
    },
    'formats, a filter and a message': {
      ...contoso,
      request: { topic: 'orders', from: { offset: 7n } },
      formats: {
        key: { kind: 'string', argument: 'base64' },
        value: { kind: 'long', argument: '' },
      },
      filter: 'value.name="50% off & more = less?" #1 + 1 “ö” 😀 %41 %2541',
      message: { partition: 2, offset: 9_000_000_000_000_000_000n },
    },
    'a cluster of any name': { cluster: 'Ärger & Söhne = 100%+#?/\\', topic: 'a.b_c-1' },
  };
  for (const [what, link] of Object.entries(links)) {
    it(`to ${what} means what it was made of`, () => {
      assert.deepEqual(readLink(opened(writeLink(link))), link);
      // Programs that a link passes through may decode it, or what is decoded may be encoded again.
      assert.deepEqual(readLink(opened(encodeURIComponent(opened(writeLink(link))))), link);
    });
  }

  it('can be read, and be written by hand', () => {
    const request = { topic: 'orders', from: { latestMinus: 100n }, newest: 100 } as const;
    assert.equal(
      writeLink({ ...contoso, request }),
      'cluster=contoso&topic=orders&from=latest-100&newest=100',
    );
    assert.deepEqual(
      readLink('topic=orders&cluster=my cluster&filter=a b&from=2026-11-22T14:00Z'),
      {
        cluster: 'my cluster',
        topic: 'orders',
        request: { topic: 'orders', from: { time: Date.UTC(2026, 10, 22, 14) } },
        filter: 'a b',
      },
    );
  });

  it('may tell times to the second, and one format alone', () => {
    const base = 'cluster=contoso&topic=orders';
    assert.deepEqual(readLink(`${base}&from=2026-11-22T14:00:07Z&key=long`), {
      ...contoso,
      request: { topic: 'orders', from: { time: Date.UTC(2026, 10, 22, 14, 0, 7) } },
      formats: { key: { kind: 'long', argument: '' } },
    });
    assert.deepEqual(readLink(`${base}&value=long`), {
      ...contoso,
      formats: { value: { kind: 'long', argument: '' } },
    });
  });

  it('may choose its window', () => {
    assert.deepEqual(readLink('windowId=_blank&cluster=contoso&topic=orders'), contoso);
  });

  it('is refused if it lacks a cluster or a topic, or says more of a range that it lacks', () => {
    assert.equal(problemOf(''), 'missing: topic');
    assert.equal(problemOf('topic=orders'), 'missing: cluster');
    assert.equal(problemOf('cluster=contoso'), 'missing: topic');
    for (const more of ['until=5', 'to=2026-11-22T14:00Z', 'max=1', 'newest=1']) {
      assert.equal(problemOf(`cluster=contoso&topic=orders&${more}`), 'missing: from');
    }
  });

  it('is refused with anything that is unknown, or there twice', () => {
    const base = 'cluster=contoso&topic=orders';
    for (const name of ['secret', 'toString', '__proto__', 'constructor', 'Cluster', '%63luster']) {
      assert.equal(problemOf(`${base}&${name}=x`), `unknown: ${name}`);
    }
    assert.equal(problemOf(`${base}&topic=payments`), 'repeated: topic');
    assert.equal(problemOf(`${base}&=x`), 'unknown: ');
  });

  it('is refused if it is too long', () => {
    const tail = '&topic=orders&from=earliest&filter=x';
    const longest = `cluster=contoso${'&'.repeat(MAX_LINK - 15 - tail.length)}${tail}`;
    assert.equal(problemOf(longest), 'none');
    assert.equal(problemOf(`${longest}x`), 'too-long: ');
    assert.equal(problemOf(`cluster=${'c'.repeat(1000)}&topic=orders`), 'none');
  });

  const hostile: Readonly<Record<string, readonly string[]>> = {
    cluster: ['', 'a\u202eb', 'a%00', 'a\nb', '\u200b', 'x'.repeat(1001), '%', '%ff'],
    endpoint: ['', 'https://a\u0000'],
    topic: ['', '.', '..', 'a/b', 'a b', 'a%2fb', 'ö', 'x'.repeat(250), 'a\u202e'],
    partitions: ['', '-1', '1,', ',1', '1;2', '0x1', '1e3', 'all', '99999999999', '1.5'],
    from: [
      '',
      'latest',
      'latest--1',
      '-1',
      'now',
      '2026-11-22',
      '2026-13-01T00:00Z',
      '1@',
      '@1',
      'x2026-11-22T14:00Z',
      '2026-11-22T14:00Zx',
      '0@1,0@2',
    ],
    until: ['-1', 'x', '12345678901234567890'],
    to: ['0', '2026-11-22', '2026-11-22T14:00+99:00', 'Infinity'],
    max: ['0', '-1', '1.5', 'all', 'NaN'],
    newest: ['0', '1e9'],
    key: ['', 'avro(order.avsc)', 'nonsense', 'string(nonsense)'],
    value: ['java.lang.String'],
    filter: ['a\u0000', 'a\u001b[2J', 'a\nb'],
    message: ['', '5', '0@', '0@-1', '0@1@2', '0@1,1@2'],
  };
  for (const [member, texts] of Object.entries(hostile)) {
    it(`is refused if its ${member} is not what it should be`, () => {
      const base = Object.entries({ ...contoso, from: 'earliest' })
        .filter(([name]) => name !== member)
        .map(([name, text]) => `${name}=${text}`)
        .join('&');
      for (const text of texts) {
        assert.equal(problemOf(`${base}&${member}=${text}`), `invalid: ${member}`, text);
      }
    });
  }

  it('to many partitions, or to times beyond all dates, is written and read all the same', () => {
    const partitions = Array.from({ length: 1_000 }, (_, each) => each);
    assert.deepEqual(readLink(writeLink({ ...contoso, partitions })), { ...contoso, partitions });
    const request = { topic: 'orders', from: { time: 1e300 } } as const;
    assert.equal(problemOf(opened(writeLink({ ...contoso, request }))), 'none');
  });
});

describe('the request for a message and those around it', () => {
  it('begins 50 offsets before it, or at the first one', () => {
    assert.deepEqual(around('orders', { partition: 2, offset: 51n }), {
      topic: 'orders',
      partitions: [2],
      from: { offset: 1n },
      maxRecords: 100,
    });
    for (const offset of [50n, 3n]) {
      assert.deepEqual(around('orders', { partition: 0, offset }).from, { offset: 0n });
    }
  });
});

describe('a request is relative', () => {
  it('if new messages change what it reads', () => {
    const topic = 'orders';
    assert.equal(isRelative({ topic, from: { latestMinus: 5n } }), true);
    assert.equal(isRelative({ topic, from: { at: 'earliest' }, newest: 5 }), true);
    assert.equal(isRelative({ topic, from: { offset: 5n } }), false);
  });
});
