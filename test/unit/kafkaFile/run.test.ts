import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NewRecord } from '../../../src/core/kafka';
import { producerBlock, starterFile } from '../../../src/kafkaFile/blockText';
import { problemsOf } from '../../../src/language/diagnostics';
import { openFaker } from '../../../src/kafkaFile/faker/library';
import { parse } from '../../../src/kafkaFile/parser';
import type { RunOptions } from '../../../src/kafkaFile/run';
import { needsFaker, previewOf, toRecords } from '../../../src/kafkaFile/run';
import { headers, plainHeaders } from '../../support/headers';
import { CAPABLE, catalog, HDINSIGHT, producer } from '../../support/kafkaFiles';

const options: RunOptions = {
  capabilities: CAPABLE,
  seed: [1, 2],
  now: 1735689600000,
  faker: openFaker('en'),
  env: () => undefined,
};

/** The records of a block, or its problems as `kind at text`. */
async function produced(text: string, more: Partial<RunOptions> = {}): Promise<unknown> {
  const { records, problems } = await toRecords(producer(text), { ...options, ...more });
  return records ?? problems.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

describe('a PRODUCER block', () => {
  it('says which template was probably meant', async () => {
    const suggestionsOf = async (template: string) => {
      const { problems = [] } = await toRecords(
        producer(`PRODUCER\ntopic: t\n${template}`),
        options,
      );
      return problems[0]?.suggestions;
    };
    assert.deepEqual(await suggestionsOf('{{person.firstname}}'), ['person.firstName']);
    assert.deepEqual(await suggestionsOf('{{number.int(1,5)}}'), ['number.int({min: 1, max: 5})']);
    assert.deepEqual(await suggestionsOf('{{airline.airport.iatacode}}'), [
      'airline.airport.iataCode',
    ]);
  });

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
      'names of earlier versions of faker, which mean what they meant',
      `PRODUCER a\ntopic: t\nkey: {{random.number({min: 7, max: 7})}}\n` +
        `{"id":"{{helpers.repeatString('u', 2)}}","n":{{random.number(0)}},"a":"{{finance.amount(5, 5, 1, '$')}}"}\n###`,
      [{ key: '7', value: '{"id":"uu","n":0,"a":"$5.0"}' }],
    ],
    [
      'arguments as in JavaScript',
      `PRODUCER\ntopic: t\n{"n": {{number.int({min:4,max:4})}}, "s": "{{helpers.arrayElement(['x', ])}}"}`,
      [{ value: '{"n": 4, "s": "x"}' }],
    ],
    [
      'no arguments that a method would ignore',
      'PRODUCER\ntopic: t\n{{number.int(1, 5)}}',
      ['template-arguments {{number.int(1, 5)}}'],
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
    ['avro', 'PRODUCER\ntopic: t\nvalue-format: avro(a@0)\nv', ['schema-invalid avro(a@0)']],
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
    it(`produces or refuses: ${what}`, async () => {
      assert.deepEqual(await produced(text, more), expected);
    });
  }

  it('is previewed as it will be sent', async () => {
    const block = producer(
      'PRODUCER\ntopic: t\nkey: {{string.uuid}}\nvalue-format: short\nheaders: h={{$uuid}}\n{{$randomInt 1 9}}',
    );
    const shown = await previewOf(block, options);
    assert.ok('preview' in shown);
    const { preview } = shown;
    const { records } = await toRecords(block, options);
    assert.deepEqual(records, [preview.record]);
    assert.match(preview.value ?? '', /^[1-9]$/);
    assert.equal(preview.key, preview.record.key);
    assert.equal(preview.record.headers?.[0]?.name, 'h');
    assert.ok('problems' in (await previewOf(producer('PRODUCER\nv'), options)));
  });

  it('makes the same records in parts as at once', async () => {
    const block = producer('PRODUCER\ntopic: t\n{{string.uuid}}');
    const records = async (startIndex: number, count: number) =>
      (await toRecords(block, { ...options, count, startIndex })).records ?? [];
    const all = await records(0, 4);
    assert.deepEqual([...(await records(0, 2)), ...(await records(2, 2))], all);
    assert.equal(new Set(all.map(({ value }) => value)).size, 4);
  });

  it('says whether it needs faker', () => {
    assert.equal(needsFaker(producer('PRODUCER\ntopic: t\n{{$index}}')), false);
    assert.equal(needsFaker(producer('PRODUCER\ntopic: t\nheaders: a={{lorem.word}}\nv')), true);
    assert.equal(needsFaker(producer('PRODUCER\nkey: {{lorem.word}}\nv')), true);
  });

  it('is written from any record so that it produces it again', async () => {
    const payload = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('a\n###\nb', ' a', '{{person.x}}', 'topic: x', '-- x', 'PRODUCER'),
      fc.constantFrom('a\r\nb', 'a\rb', 'a\u2028b', 'a\u2029', 'a\0b'),
      fc.uint8Array(),
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
    await fc.assert(
      fc.asyncProperty(record, async (original) => {
        const text = producerBlock('t', original, { timestamps: true });
        assert.equal(parse(text).blocks.length, 1);
        // Editors do not keep them.
        assert.doesNotMatch(text, /[\0\r\u2028\u2029]/);
        const { records, problems } = await toRecords(producer(text), options);
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

  it('stands in a new file, which has no problems', async () => {
    const file = parse(starterFile('orders'));
    assert.deepEqual(await problemsOf(file, catalog()), []);
    assert.deepEqual(
      file.blocks.map(({ kind }) => kind),
      ['producer', 'consumer'],
    );
  });

  it('is written as plain text where that will do, and in Base64 elsewhere', () => {
    assert.equal(
      producerBlock('t', { key: 'k', value: '{"a":{"b":1}}', partition: 1 }),
      'PRODUCER\n-- @partition: 1\ntopic: t\nkey: k\n{"a":{"b":1}}\n###\n',
    );
    assert.equal(
      producerBlock('t', { key: '', value: '' }),
      'PRODUCER\ntopic: t\nkey: =\nkey-format: string(base64)\nvalue-format: string(base64)\n=\n###\n',
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
