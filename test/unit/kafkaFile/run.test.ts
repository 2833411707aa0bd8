import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NewRecord } from '../../../src/core/kafka';
import { producerBlock, starterFile } from '../../../src/kafkaFile/blockText';
import { problemsOf } from '../../../src/language/diagnostics';
import { openFaker } from '../../../src/kafkaFile/faker';
import { parse } from '../../../src/kafkaFile/parser';
import type { RunOptions } from '../../../src/kafkaFile/run';
import { needsFaker, previewOf, toReadRequest, toRecords } from '../../../src/kafkaFile/run';
import { headers, plainHeaders } from '../../support/headers';
import { CAPABLE, catalog, CLOCK, consumer, HDINSIGHT, producer } from '../../support/kafkaFiles';

const options: RunOptions = {
  capabilities: CAPABLE,
  seed: [1, 2],
  now: 1735689600000,
  faker: openFaker('en'),
  env: () => undefined,
};

/** The records of a block, or its problems as `kind at text`. */
function produced(text: string, more: Partial<RunOptions> = {}): unknown {
  const { records, problems } = toRecords(producer(text), { ...options, ...more });
  return records ?? problems.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

describe('a PRODUCER block', () => {
  const table: [what: string, text: string, expected: unknown, more?: Partial<RunOptions>][] = [
    ['a value', 'PRODUCER\ntopic: t\nhello\n', [{ value: 'hello' }]],
    ['a key', 'PRODUCER\ntopic: t\nkey: k\nv', [{ key: 'k', value: 'v' }]],
    ['an empty key is none', 'PRODUCER\ntopic: t\nkey:\nv', [{ value: 'v' }]],
    ['the last of two keys', 'PRODUCER\ntopic: t\nkey: a\nkey: b\nv', [{ key: 'b', value: 'v' }]],
    [
      'formats',
      'PRODUCER\ntopic: t\nkey: 258\nkey-format: long\nvalue-format: string(hex)\nff00',
      [{ key: Buffer.from([0, 0, 0, 0, 0, 0, 1, 2]), value: Buffer.from([255, 0]) }],
    ],
    [
      'headers, of two with one name the last',
      'PRODUCER\ntopic: t\nheaders: a=1, b=2, a={{$index}}, c\nv',
      [
        {
          value: 'v',
          headers: [
            { name: 'a', value: Buffer.from('0') },
            { name: 'b', value: Buffer.from('2') },
          ],
        },
      ],
    ],
    [
      'headers exactly as they are, after the others',
      'PRODUCER\n-- @headers: [{"name":"a","value":"{{$index}}"},{"name":"","value":null}]\n' +
        'topic: t\nheaders: a=1\nv',
      [
        {
          value: 'v',
          headers: [
            { name: 'a', value: Buffer.from('1') },
            { name: 'a', value: Buffer.from('{{$index}}') },
            { name: '', value: null },
          ],
        },
      ],
    ],
    [
      'a partition and a timestamp',
      'PRODUCER\n-- @partition: 2\n-- @timestamp: 2025-01-01\ntopic: t\nv',
      [{ value: 'v', partition: 2, timestamp: 1735689600000 }],
    ],
    ['a tombstone', 'PRODUCER\n-- @tombstone\ntopic: t\nkey: k\n###', [{ key: 'k', value: null }]],
    [
      'several, each with its number',
      'PRODUCER\ntopic: t\nkey: {{$index}}\n{"n":{{$index}}}',
      [
        { key: '5', value: '{"n":5}' },
        { key: '6', value: '{"n":6}' },
      ],
      { count: 2, startIndex: 5 },
    ],
    [
      'templates as they are, if they are switched off',
      'PRODUCER\ntopic: t\n{{$index}} {{person.nobody}}',
      [{ value: '{{$index}} {{person.nobody}}' }],
      { templates: false },
    ],
    [
      'templates are filled in before formats',
      'PRODUCER\ntopic: t\nvalue-format: short\n{{$index}}',
      [{ value: Buffer.from([0, 0]) }],
    ],
    [
      'bytes as text, where the proxy deals in text',
      'PRODUCER\ntopic: t\nvalue-format: short\n5',
      [{ value: '\0\x05' }],
      { capabilities: HDINSIGHT },
    ],
    [
      'what is not known in CONSUMER blocks',
      'PRODUCER\ntopic: t\nevery: nonsense\nv',
      [{ value: 'v' }],
    ],
    ['no topic', 'PRODUCER\nv', ['topic-missing PRODUCER']],
    [
      'a topic with a template',
      'PRODUCER\ntopic: {{lorem.word}}\nv',
      ['topic-invalid {{lorem.word}}'],
    ],
    ['no value', 'PRODUCER\ntopic: t\n', ['value-missing PRODUCER']],
    [
      'a tombstone with a value',
      'PRODUCER\n-- @tombstone\ntopic: t\nv',
      ['tombstone-with-value -- @tombstone'],
    ],
    [
      'a value that templates leave nothing of',
      'PRODUCER\ntopic: t\n{{string.alpha(0)}}',
      ['value-empty {{string.alpha(0)}}'],
    ],
    ['an unknown template', 'PRODUCER\ntopic: t\nkey: {{a.b}}\nv', ['template-unknown {{a.b}}']],
    [
      'an unknown template in a header',
      'PRODUCER\ntopic: t\nheaders: a={{$x}}\nv',
      ['template-unknown {{$x}}'],
    ],
    ['an unknown format', 'PRODUCER\ntopic: t\nkey-format: int\nv', ['format-unknown int']],
    [
      'none, which is for CONSUMER blocks',
      'PRODUCER\ntopic: t\nkey-format: none\nv',
      ['format-unknown none'],
    ],
    ['avro', 'PRODUCER\ntopic: t\nvalue-format: avro(a.avsc)\nv', ['format-reserved avro(a.avsc)']],
    [
      'an unknown encoding',
      'PRODUCER\ntopic: t\nkey-format: string(x)\nv',
      ['encoding-unknown string(x)'],
    ],
    ['no number', 'PRODUCER\ntopic: t\nvalue-format: long\nx', ['not-in-format x']],
    [
      'no number after templates',
      'PRODUCER\ntopic: t\nvalue-format: long\nx{{$index}}',
      ['not-in-format x{{$index}}'],
    ],
    [
      'a number too large',
      'PRODUCER\ntopic: t\nvalue-format: short\n40000',
      ['out-of-range 40000'],
    ],
    [
      'a partition that is none',
      'PRODUCER\n-- @partition: x\ntopic: t\nv',
      ['partition-invalid x'],
    ],
    [
      'a timestamp that is none',
      'PRODUCER\n-- @timestamp\ntopic: t\nv',
      ['timestamp-invalid -- @timestamp'],
    ],
    [
      'headers that the proxy cannot carry',
      'PRODUCER\ntopic: t\nheaders: a=b\nv',
      ['headers-unsupported headers: a=b'],
      { capabilities: HDINSIGHT },
    ],
    [
      'exact headers that are none',
      'PRODUCER\n-- @headers: a=b\ntopic: t\nv',
      ['headers-invalid a=b'],
    ],
    [
      'exact headers that the proxy cannot carry',
      'PRODUCER\n-- @headers: {"a":"b"}\ntopic: t\nv',
      ['headers-unsupported -- @headers: {"a":"b"}'],
      { capabilities: HDINSIGHT },
    ],
    [
      'a timestamp that the proxy cannot carry',
      'PRODUCER\n-- @timestamp: 1\ntopic: t\nv',
      ['timestamp-unsupported -- @timestamp: 1'],
      { capabilities: HDINSIGHT },
    ],
    [
      'bytes that the proxy cannot carry',
      'PRODUCER\ntopic: t\nvalue-format: short\n200',
      ['bytes-unsupported 200'],
      { capabilities: HDINSIGHT },
    ],
    [
      'bytes of a template that the proxy cannot carry',
      'PRODUCER\ntopic: t\nvalue-format: short\n20{{$index}}',
      ['bytes-unsupported 20{{$index}}'],
      { capabilities: HDINSIGHT },
    ],
    [
      'anything, where the proxy does not produce',
      'PRODUCER\ntopic: t\nv',
      ['produce-unsupported PRODUCER'],
      { capabilities: { produce: false } },
    ],
  ];
  for (const [what, text, expected, more] of table) {
    it(`produces or refuses: ${what}`, () => {
      assert.deepEqual(produced(text, more), expected);
    });
  }

  it('is previewed as it will be sent', () => {
    const block = producer(
      'PRODUCER\ntopic: t\nkey: {{string.uuid}}\nvalue-format: short\nheaders: h={{$uuid}}\n{{$randomInt 1 9}}',
    );
    const shown = previewOf(block, options);
    assert.ok('preview' in shown);
    const { preview } = shown;
    const { records } = toRecords(block, options);
    assert.deepEqual(records, [preview.record]);
    assert.match(preview.value ?? '', /^[1-9]$/);
    assert.equal(preview.key, preview.record.key);
    assert.equal(preview.record.headers?.[0]?.name, 'h');
    assert.ok('problems' in previewOf(producer('PRODUCER\nv'), options));
  });

  it('makes the same records in parts as at once', () => {
    const block = producer('PRODUCER\ntopic: t\n{{string.uuid}}');
    const all = toRecords(block, { ...options, count: 4 }).records ?? [];
    const parts = [0, 2].flatMap(
      (startIndex) => toRecords(block, { ...options, count: 2, startIndex }).records ?? [],
    );
    assert.deepEqual(parts, all);
    assert.equal(new Set(all.map(({ value }) => value)).size, 4);
  });

  it('says whether it needs faker', () => {
    assert.equal(needsFaker(producer('PRODUCER\ntopic: t\n{{$index}}')), false);
    assert.equal(needsFaker(producer('PRODUCER\ntopic: t\nheaders: a={{lorem.word}}\nv')), true);
    assert.equal(needsFaker(producer('PRODUCER\nkey: {{lorem.word}}\nv')), true);
  });

  it('is written from any record so that it produces it again', () => {
    const payload = fc.oneof(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.constantFrom('a\n###\nb', ' a', '{{person.x}}', 'topic: x', '-- x', 'PRODUCER'),
      fc.constantFrom('a\r\nb', 'a\rb', 'a\u2028b', 'a\u2029', 'a\0b'),
      fc.uint8Array({ minLength: 1 }),
    );
    const record = fc.record<NewRecord>(
      {
        key: payload,
        value: fc.option(payload),
        partition: fc.nat(),
        headers,
        timestamp: fc.nat({ max: 8.64e15 }),
      },
      { requiredKeys: ['value'] },
    );
    const bytes = (part: NewRecord['key']) => part && Buffer.from(part).toString('hex');
    fc.assert(
      fc.property(record, (original) => {
        const text = producerBlock('t', original, { timestamps: true });
        assert.equal(parse(text).blocks.length, 1);
        // Editors do not keep them.
        assert.doesNotMatch(text, /[\0\r\u2028\u2029]/);
        const { records, problems } = toRecords(producer(text), options);
        assert.deepEqual(problems, undefined);
        const [again] = records;
        assert.equal(bytes(again?.key), bytes(original.key));
        assert.equal(bytes(again?.value), bytes(original.value));
        assert.equal(again?.partition, original.partition);
        assert.equal(again?.timestamp, original.timestamp);
        assert.deepEqual(plainHeaders(again?.headers), plainHeaders(original.headers));
      }),
    );
  });

  it('stands in a new file, which has no problems', () => {
    const file = parse(starterFile('orders'));
    assert.deepEqual(problemsOf(file, catalog()), []);
    assert.deepEqual(
      file.blocks.map(({ kind }) => kind),
      ['producer', 'consumer'],
    );
  });

  it('is written as plain text where that will do', () => {
    assert.equal(
      producerBlock('t', { key: 'k', value: '{"a":{"b":1}}', partition: 1 }),
      'PRODUCER\n-- @partition: 1\ntopic: t\nkey: k\n{"a":{"b":1}}\n###\n',
    );
    const headers = [
      { name: 'a', value: Buffer.from('1') },
      { name: 'b', value: Buffer.from('') },
    ];
    assert.equal(
      producerBlock('t', { value: 'v', timestamp: 5, headers }, { timestamps: true }),
      'PRODUCER\n-- @timestamp: 5\ntopic: t\nheaders: a=1, b=\nv\n###\n',
    );
    assert.equal(
      producerBlock('t', {
        value: 'v',
        timestamp: 5,
        headers: [...headers, ...headers.slice(0, 1)],
      }),
      'PRODUCER\n-- @headers: [{"name":"a","value":"1"},{"name":"b","value":""},' +
        '{"name":"a","value":"1"}]\ntopic: t\nv\n###\n',
    );
  });
});

describe('a CONSUMER block', () => {
  const reading = { count: 20, timeContext: CLOCK, timeMargin: 7 };
  const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);
  const table: [what: string, text: string, expected: unknown, follow?: boolean][] = [
    [
      'the newest by default',
      'CONSUMER\ntopic: t',
      { topic: 't', from: { latestMinus: 20n }, newest: 20 },
    ],
    [
      'what is to come',
      'CONSUMER\ntopic: t\nfrom: latest\nto: 5\ncount: 3',
      { topic: 't', from: { latestMinus: 0n } },
      true,
    ],
    [
      'all',
      'CONSUMER g\ntopic: t\nfrom: earliest\nto: latest\ncount: 1000',
      { topic: 't', from: { at: 'earliest' }, maxRecords: 1000 },
    ],
    [
      'a range, its last offset included, of some partitions',
      'CONSUMER\ntopic: t\nfrom: 10\nto: 20\npartitions: 10,2,0-1',
      { topic: 't', from: { offset: 10n }, until: 21n, partitions: [0, 1, 2, 10], maxRecords: 20 },
    ],
    [
      'an offset with something behind it',
      'CONSUMER\ntopic: t\nfrom: 12abc',
      { topic: 't', from: { offset: 12n }, maxRecords: 20 },
    ],
    [
      'blanks before names and colons',
      'CONSUMER\n  topic : t',
      { topic: 't', from: { latestMinus: 20n }, newest: 20 },
    ],
    [
      'unknown properties do no harm',
      'CONSUMER\ntopic: t\nfoo: x',
      { topic: 't', from: { latestMinus: 20n }, newest: 20 },
    ],
    ['no topic', 'CONSUMER', ['topic-missing CONSUMER']],
    ['a line without colon', 'CONSUMER\ntopic: t\n bar baz', ['colon-missing bar baz']],
    [
      'bad values',
      'CONSUMER\ntopic: a b\nfrom: x\nto: earliest\ncount: 0\npartitions: a\nkey-format: x',
      [
        'topic-invalid a b',
        'from-invalid x',
        'to-invalid earliest',
        'count-invalid 0',
        'partitions-invalid a',
        'format-unknown x',
      ],
    ],
    ['an end before the start', 'CONSUMER\ntopic: t\nfrom: 5\nto: 4', ['to-before-from 4']],
    [
      'a time on',
      'CONSUMER\ntopic: t\nfrom: 2026-11-22 14:00',
      { topic: 't', from: { time: at('14:00:00') }, timeMargin: 7, maxRecords: 20 },
    ],
    [
      'a time on, to be followed',
      'CONSUMER\ntopic: t\nfrom: last 15 minutes\nto: now',
      { topic: 't', from: { time: at('15:36:12') }, timeMargin: 7 },
      true,
    ],
    [
      'a span of time',
      'CONSUMER\ntopic: t\nfrom: 2026-11-22 14:00\nto: 14:05',
      {
        topic: 't',
        from: { time: at('14:00:00') },
        untilTime: at('14:05:00'),
        timeMargin: 7,
        maxRecords: 20,
      },
    ],
    [
      'a span of time in one line, with another end',
      'CONSUMER\ntopic: t\nfrom: 14:00 to 14:10\nto: latest',
      { topic: 't', from: { time: at('14:00:00') }, timeMargin: 7, maxRecords: 20 },
    ],
    [
      'all before a time',
      'CONSUMER\ntopic: t\nfrom: before 14:00',
      {
        topic: 't',
        from: { at: 'earliest' },
        untilTime: at('14:00:00'),
        timeMargin: 7,
        maxRecords: 20,
      },
    ],
    [
      'an offset up to a time',
      'CONSUMER\ntopic: t\nfrom: 5\nto: 14:00',
      {
        topic: 't',
        from: { offset: 5n },
        untilTime: at('14:00:00'),
        timeMargin: 7,
        maxRecords: 20,
      },
    ],
    [
      'digits are an offset, not seconds since 1970',
      'CONSUMER\ntopic: t\nfrom: 1700000000',
      { topic: 't', from: { offset: 1700000000n }, maxRecords: 20 },
    ],
    [
      'seconds since 1970, behind an @',
      'CONSUMER\ntopic: t\nfrom: @1700000000',
      { topic: 't', from: { time: 1_700_000_000_000 }, timeMargin: 7, maxRecords: 20 },
    ],
    [
      'a day that there is not',
      'CONSUMER\ntopic: t\nfrom: 2026-02-30',
      ['from-invalid 2026-02-30'],
    ],
    [
      'a time before the start',
      'CONSUMER\ntopic: t\nfrom: 14:00\nto: 2026-11-22 13:59',
      ['to-before-from 2026-11-22 13:59'],
    ],
  ];
  for (const [what, text, expected, follow = false] of table) {
    it(`reads or refuses: ${what}`, () => {
      const { request, problems } = toReadRequest(consumer(text), { ...reading, follow });
      const found = problems?.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
      assert.deepEqual(
        new Set(Array.isArray(expected) ? found : []),
        new Set(Array.isArray(expected) ? expected : []),
      );
      if (!Array.isArray(expected)) assert.deepEqual(request, expected);
    });
  }

  it('gives its name and formats', () => {
    const block = consumer('CONSUMER my view\ntopic: t\nkey-format: none\nvalue-format: long');
    const read = toReadRequest(block, reading);
    assert.ok(read.request);
    const { group, keyFormat, valueFormat } = read.settings;
    assert.deepEqual([group, keyFormat.kind, valueFormat.kind], ['my view', 'none', 'long']);
  });
});
