import assert from 'node:assert/strict';
import { toReadRequest } from '../../../src/kafkaFile/readRequest';
import { CLOCK, consumer } from '../../support/kafkaFiles';

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
      'CONSUMER\ntopic: t\nfrom: 12abc\nto: 20 ?',
      ['from-invalid 12abc', 'to-invalid 20 ?'],
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
      'a date as it is written in Germany, which is never an offset',
      'CONSUMER\ntopic: t\nfrom: 22.11.2026 14:00\nto: 22.11.2026 14:05',
      {
        topic: 't',
        from: { time: at('14:00:00') },
        untilTime: at('14:05:00'),
        timeMargin: 7,
        maxRecords: 20,
      },
    ],
    [
      'a date with slashes',
      'CONSUMER\ntopic: t\nfrom: 2026/11/22',
      { topic: 't', from: { time: at('00:00:00') }, timeMargin: 7, maxRecords: 20 },
    ],
    [
      'a span of time without blanks',
      'CONSUMER\ntopic: t\nfrom: 14:00-14:05',
      {
        topic: 't',
        from: { time: at('14:00:00') },
        untilTime: at('14:05:00'),
        timeMargin: 7,
        maxRecords: 20,
      },
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
