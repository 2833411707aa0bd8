import assert from 'node:assert/strict';
import {
  parseCount,
  parseEvery,
  parseFrom,
  parseHeaders,
  parsePartition,
  parsePartitions,
  parseTo,
  type Position,
} from '../../../src/kafkaFile/values';
import { CLOCK } from '../../support/kafkaFiles';

function cases<T>(parse: (text: string) => T, table: readonly (readonly [string, T])[]): void {
  for (const [text, expected] of table) {
    it(JSON.stringify(text.slice(0, 40)), () => {
      assert.deepEqual(parse(text), expected);
    });
  }
}

describe('values of properties', () => {
  describe('from and to', () => {
    const offset = (value: bigint) => ({ at: 'offset', offset: value }) as const;
    const at = (text: string) => Date.parse(`2026-11-22T${text}Z`);
    const time = (text: string) => ({ at: 'time', span: { from: Date.parse(text) } }) as const;
    const span = (from: string, to: string) =>
      ({ at: 'time', span: { from: at(from), to: at(to) } }) as const;
    cases<Position | undefined>(
      (text) => parseFrom(text, CLOCK),
      [
        ['earliest', { at: 'earliest' }],
        ['latest', { at: 'latest' }],
        ['0', offset(0n)],
        ['9223372036854775807', offset(9223372036854775807n)],
        ['9223372036854775808', undefined],
        ['20261122', offset(20261122n)],
        ['1700000000-1700000060', undefined],
        ['1700000000..1700000060', undefined],
        ['@1700000000', time('2023-11-14T22:13:20Z')],
        ['12abc', undefined],
        ['12 # here', undefined],
        ['1.5', undefined],
        ['1_000', undefined],
        ['-1', undefined],
        ['20 26', undefined],
        ['14h', undefined],
        ['22.11.26', undefined],
        ['22.11.', undefined],
        ['11/12/2026', undefined],
        ['14:00 CET', undefined],
        ['22.11.2026 14:00', time('2026-11-22T14:00:00Z')],
        ['22.11.2026', time('2026-11-22T00:00:00Z')],
        ['2026/11/22', time('2026-11-22T00:00:00Z')],
        ['2026.11.22 14:00', time('2026-11-22T14:00:00Z')],
        ['22 Nov 2026', time('2026-11-22T00:00:00Z')],
        ['2pm', time('2026-11-22T14:00:00Z')],
        ['3 days', time('2026-11-19T15:51:12Z')],
        ['14:00-14:05', span('14:00:00', '14:05:00')],
        ['09:00-17:00', span('09:00:00', '17:00:00')],
        ['14:00–14:05', span('14:00:00', '14:05:00')],
        ['2026-02-30', undefined],
        ['25:00', undefined],
        ['2026-11-22', time('2026-11-22T00:00:00Z')],
        ['14:00', time('2026-11-22T14:00:00Z')],
        ['15 minutes ago', time('2026-11-22T15:36:12Z')],
        ['last hour', time('2026-11-22T14:51:12Z')],
        ['Earliest', undefined],
        ['', undefined],
      ],
    );

    it('end on the day that they begin on, whether that is a moment or a span', () => {
      const end = (text: string, from: string) => {
        const position = parseTo(text, from, CLOCK);
        return position?.at === 'time' ? position.span.to : position;
      };
      assert.equal(end('14:05', '21.11.2026 14:00'), Date.parse('2026-11-21T14:05:00Z'));
      assert.equal(end('14:05', 'yesterday 14:00-14:01'), Date.parse('2026-11-21T14:05:00Z'));
      assert.equal(end('14:05', '1700000000'), at('14:05:00'));
      assert.deepEqual(end('22', 'earliest'), offset(22n));
      for (const wrong of ['22.11.26', '22abc', '14h', '14:00-14:05', 'earliest', '3 days']) {
        assert.equal(end(wrong, 'earliest'), undefined, wrong);
      }
    });
  });

  describe('partitions', () => {
    cases(parsePartitions, [
      ['0', [0]],
      ['0,1,2', [0, 1, 2]],
      ['0-2', [0, 1, 2]],
      ['0,2-3', [0, 2, 3]],
      [' 0 , 2 - 3 ', [0, 2, 3]],
      ['10,2,1', [1, 2, 10]],
      ['1,1,0-1', [0, 1]],
      ['3-1', undefined],
      ['', undefined],
      ['0,', undefined],
      ['a', undefined],
      ['-1', undefined],
      ['0-2147483647', undefined],
      ['2147483648', undefined],
    ]);
  });

  describe('every', () => {
    cases(parseEvery, [
      ['3s', 3000],
      ['5m', 300_000],
      ['1h', 3_600_000],
      ['596h', 2_145_600_000],
      ['597h', undefined],
      ['0s', undefined],
      ['3', undefined],
      ['3 s', undefined],
      ['3ms', undefined],
      ['1.5s', undefined],
      ['', undefined],
    ]);
  });

  describe('count', () => {
    cases(parseCount, [
      ['1', 1],
      ['100', 100],
      ['0', undefined],
      ['-1', undefined],
      ['1e3', undefined],
    ]);
  });

  describe('@partition', () => {
    cases(parsePartition, [
      ['0', 0],
      ['2147483647', 2147483647],
      ['2147483648', undefined],
      ['0,1', undefined],
      ['', undefined],
    ]);
  });

  describe('headers', () => {
    const parse = (text: string) => {
      const { headers, dropped } = parseHeaders({ start: 0, end: text.length, text });
      return [
        ...headers.map(({ name, value }) => `${name.text}=${value.text}`),
        ...dropped.map((entry) => `dropped ${entry.text}`),
      ];
    };
    cases(parse, [
      ['a=b, c=d', ['a=b', 'c=d']],
      [' a = b ,c=', ['a=b', 'c=']],
      ['a=1=2', ['a=1']],
      ['a, b=c', ['b=c', 'dropped a']],
      ['a={{number.int({"min":1,"max":9})}}', ['a={{number.int({"min":1', 'dropped "max":9})}}']],
      ['', []],
    ]);

    it('tells where they stand', () => {
      const { headers, dropped } = parseHeaders({ start: 100, end: 113, text: ' a = 1=2 , bc' });
      assert.deepEqual(headers, [
        {
          name: { start: 101, end: 102, text: 'a' },
          value: { start: 105, end: 106, text: '1' },
          cut: { start: 106, end: 108 },
        },
      ]);
      assert.deepEqual(dropped, [{ start: 111, end: 113, text: 'bc' }]);
    });
  });
});
