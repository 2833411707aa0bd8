import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TimeContext } from '../../../../src/core/time/parse';
import { formatTime, parseEnd, parseSpan, parseTime } from '../../../../src/core/time/parse';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Asia/Beirut', // clocks change at midnight
  'America/Havana', // and are put back to it
  'Australia/Lord_Howe', // by half an hour
  'Pacific/Apia', // skipped a whole day
];

const now = Date.parse('2026-11-22T15:51:12.345Z');
const utc: TimeContext = { now, zone: 'utc' };
const local: TimeContext = { now, zone: 'local' };

function inZone(zone: string, task: () => void): void {
  const before = process.env['TZ'];
  process.env['TZ'] = zone;
  try {
    task();
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
}

const iso = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString().replace('.000', '');

function timeOf(text: string, clock = utc): string | undefined {
  return iso(parseTime(text, clock));
}

/** "from..to", an open end left out. */
function spanOf(text: string, clock = utc): string | undefined {
  const span = parseSpan(text, clock);
  return span && `${iso(span.from) ?? ''}..${iso(span.to) ?? ''}`;
}

describe('times', () => {
  describe('are read', () => {
    const cases: readonly (readonly [text: string, expected: string])[] = [
      ['2026-11-22 14:00', '2026-11-22T14:00:00Z'],
      ['2026-11-22T14:00:05', '2026-11-22T14:00:05Z'],
      ['2026-11-22T14:00:00.123Z', '2026-11-22T14:00:00.123Z'],
      ['2026-11-22T14:00:00,123456789z', '2026-11-22T14:00:00.123Z'],
      ['2026-11-22 14:00:00.5', '2026-11-22T14:00:00.500Z'],
      ['2026-1-2 9:05', '2026-01-02T09:05:00Z'],
      ['2026-11-22 14:00 +05:30', '2026-11-22T08:30:00Z'],
      ['2026-11-22T14:00-0800', '2026-11-22T22:00:00Z'],
      ['2026-11-22T14:00+01', '2026-11-22T13:00:00Z'],
      ['2026-11-22 14:00 UTC', '2026-11-22T14:00:00Z'],
      ['2026-11-22', '2026-11-22T00:00:00Z'],
      ['2026-11-22 24:00', '2026-11-23T00:00:00Z'],
      ['2028-02-29', '2028-02-29T00:00:00Z'],
      ['14:00', '2026-11-22T14:00:00Z'],
      ['14:00:01.25', '2026-11-22T14:00:01.250Z'],
      // At that moment, the 23rd has begun there.
      ['02:00+10:00', '2026-11-22T16:00:00Z'],
      ['now', '2026-11-22T15:51:12.345Z'],
      [' Today ', '2026-11-22T00:00:00Z'],
      ['yesterday', '2026-11-21T00:00:00Z'],
      ['yesterday 14:00', '2026-11-21T14:00:00Z'],
      ['15 minutes ago', '2026-11-22T15:36:12.345Z'],
      ['an hour ago', '2026-11-22T14:51:12.345Z'],
      ['-15m', '2026-11-22T15:36:12.345Z'],
      ['-1h30m', '2026-11-22T14:21:12.345Z'],
      ['1 hour 30 mins ago', '2026-11-22T14:21:12.345Z'],
      ['1.5 days ago', '2026-11-21T03:51:12.345Z'],
      ['-345ms', '2026-11-22T15:51:12Z'],
      ['2 weeks ago', '2026-11-08T15:51:12.345Z'],
      ['1700000000', '2023-11-14T22:13:20Z'],
      ['1700000000123', '2023-11-14T22:13:20.123Z'],
      ['@1700000000', '2023-11-14T22:13:20Z'],
      ['999999999999', '2001-09-09T01:46:39.999Z'],
    ];
    for (const [text, expected] of cases) {
      it(`"${text}"`, () => {
        assert.equal(timeOf(text), expected);
      });
    }

    const wrong = [
      '',
      'x',
      '2026-02-30',
      '2026-13-01',
      '2026-00-10',
      '2026-11-22 25:00',
      '2026-11-22 24:01',
      '2026-11-22 14:60',
      '2026-11-22 14:00:60',
      '2026-11-22 14',
      '2026-11-22 14:00+25:00',
      '2026-11-22 14:00+05:99',
      '1969-12-31 23:59',
      '2026',
      '12345678',
      '1234567890123456',
      '-15',
      '15m',
      '5 parsecs ago',
      'ago',
      `-${'999999w'.repeat(12)}`,
      `-${'1m'.repeat(100_000)}`,
    ];
    for (const text of wrong) {
      it(`not from "${text.slice(0, 40)}"`, () => {
        assert.equal(timeOf(text), undefined);
        assert.equal(spanOf(`since ${text}`), undefined);
      });
    }
  });

  describe('of the local clock', () => {
    it('are those of the zone of the computer', () => {
      inZone('Europe/Berlin', () => {
        assert.equal(timeOf('2026-11-22 14:00', local), '2026-11-22T13:00:00Z');
        assert.equal(timeOf('2026-07-22 14:00', local), '2026-07-22T12:00:00Z');
        assert.equal(timeOf('2026-11-22 14:00Z', local), '2026-11-22T14:00:00Z');
        assert.equal(spanOf('today', local), '2026-11-21T23:00:00Z..2026-11-22T23:00:00Z');
      });
      inZone('Asia/Tokyo', () => {
        assert.equal(spanOf('today', local), '2026-11-22T15:00:00Z..2026-11-23T15:00:00Z');
      });
    });

    it('that clocks skip are the moment at which they are put forward', () => {
      inZone('Europe/Berlin', () => {
        assert.equal(timeOf('2026-03-29 02:30', local), '2026-03-29T01:00:00Z');
        assert.equal(
          spanOf('2026-03-29 01:30 to 02:30', local),
          '2026-03-29T00:30:00Z..2026-03-29T01:00:00Z',
        );
      });
    });

    it('that clocks show twice are the first to begin with, and the second to end with', () => {
      inZone('Europe/Berlin', () => {
        assert.equal(timeOf('2026-10-25 02:30', local), '2026-10-25T00:30:00Z');
        assert.equal(
          spanOf('2026-10-25 02:15 to 02:30', local),
          '2026-10-25T00:15:00Z..2026-10-25T01:30:00Z',
        );
      });
    });

    it('make days of 23 or 25 hours', () => {
      inZone('Europe/Berlin', () => {
        assert.equal(spanOf('2026-03-29', local), '2026-03-28T23:00:00Z..2026-03-29T22:00:00Z');
        assert.equal(spanOf('2026-10-25', local), '2026-10-24T22:00:00Z..2026-10-25T23:00:00Z');
      });
      inZone('Asia/Beirut', () => {
        // Clocks go from 23:59:59 to 01:00.
        assert.equal(spanOf('2026-03-29', local), '2026-03-28T22:00:00Z..2026-03-29T21:00:00Z');
      });
    });

    it('on a day that there was not are none', () => {
      inZone('Pacific/Apia', () => {
        assert.equal(spanOf('2011-12-30', local), undefined);
        assert.equal(spanOf('2011-12-29 to 2011-12-31', local)?.length, 42);
      });
    });
  });

  describe('make spans', () => {
    const cases: readonly (readonly [text: string, expected: string])[] = [
      ['last 15 minutes', '2026-11-22T15:36:12.345Z..'],
      ['last 2 h', '2026-11-22T13:51:12.345Z..'],
      ['Last hour', '2026-11-22T14:51:12.345Z..'],
      ['today', '2026-11-22T00:00:00Z..2026-11-23T00:00:00Z'],
      ['yesterday', '2026-11-21T00:00:00Z..2026-11-22T00:00:00Z'],
      ['2026-11-20', '2026-11-20T00:00:00Z..2026-11-21T00:00:00Z'],
      ['2026-11-20 to 2026-11-22', '2026-11-20T00:00:00Z..2026-11-23T00:00:00Z'],
      ['yesterday to today', '2026-11-21T00:00:00Z..2026-11-23T00:00:00Z'],
      ['2026-11-22 14:00 to 14:05', '2026-11-22T14:00:00Z..2026-11-22T14:05:00Z'],
      ['2026-11-20 14:00..14:05', '2026-11-20T14:00:00Z..2026-11-20T14:05:00Z'],
      ['2026-11-20 14:00 - 14:05', '2026-11-20T14:00:00Z..2026-11-20T14:05:00Z'],
      ['from 14:00 until 14:05', '2026-11-22T14:00:00Z..2026-11-22T14:05:00Z'],
      ['2026-11-20T14:00+05:00 to 14:05', '2026-11-20T09:00:00Z..2026-11-20T09:05:00Z'],
      ['2026-11-20 23:50 to 00:10', '2026-11-20T23:50:00Z..2026-11-21T00:10:00Z'],
      ['-2h..-1h', '2026-11-22T13:51:12.345Z..2026-11-22T14:51:12.345Z'],
      ['an hour ago to now', '2026-11-22T14:51:12.345Z..2026-11-22T15:51:12.345Z'],
      ['1700000000..1700000060', '2023-11-14T22:13:20Z..2023-11-14T22:14:20Z'],
      ['since yesterday 14:00', '2026-11-21T14:00:00Z..'],
      ['since 2026-11-20', '2026-11-20T00:00:00Z..'],
      ['before 2026-11-20', '..2026-11-20T00:00:00Z'],
    ];
    for (const [text, expected] of cases) {
      it(`"${text}"`, () => {
        assert.equal(spanOf(text), expected);
      });
    }

    const wrong = [
      '',
      '14:00',
      'now',
      '14:00 to 14:00',
      '2026-11-22 to 2026-11-21',
      'now to -1h',
      '14:00 to x',
      'x to 14:00',
      '14:00 to 14:05 to 14:10',
      'since',
      'last 15',
    ];
    for (const text of wrong) {
      it(`not from "${text}"`, () => {
        assert.equal(spanOf(text), undefined);
      });
    }

    it('end as their beginning has it, when that is given apart', () => {
      const end = (text: string, begin?: string) => iso(parseEnd(text, begin, utc));
      assert.equal(end('14:05', '2026-11-20 14:00'), '2026-11-20T14:05:00Z');
      assert.equal(end('14:05', 'earliest'), '2026-11-22T14:05:00Z');
      assert.equal(end('14:05'), '2026-11-22T14:05:00Z');
      assert.equal(end('2026-11-20'), '2026-11-21T00:00:00Z');
      assert.equal(end('x', '14:00'), undefined);
    });
  });

  describe('whatever the zone and the time', () => {
    const times = fc.integer({ min: Date.UTC(1973, 3), max: Date.UTC(2200, 0) });
    for (const zone of ZONES) {
      it(`are written as they are read in ${zone}`, () => {
        inZone(zone, () => {
          fc.assert(
            fc.property(times, fc.constantFrom('local', 'utc'), (time, kind) => {
              const text = formatTime(time, kind);
              assert.equal(parseTime(text, { now, zone: kind }), time, text);
            }),
          );
        });
      });

      it(`have a day in ${zone} that begins and ends where clocks show another date`, () => {
        inZone(zone, () => {
          fc.assert(
            fc.property(times, (time) => {
              const { from = NaN, to = NaN } =
                parseSpan('today', { now: time, zone: 'local' }) ?? {};
              const date = (each: number) => new Date(each).toDateString();
              assert.ok(from <= time && time < to);
              assert.deepEqual([date(from), date(to - 1)], [date(time), date(time)]);
              assert.ok(date(from - 1) !== date(time) && date(to) !== date(time));
            }),
          );
        });
      });
    }

    it('are read or not, but never throw', () => {
      const words = fc.constantFrom(
        ...['2026-11-22', '14:00', 'to', '..', '-', ' ', 'last', 'since', 'ago', '5', 'm', 'h'],
        ...['today', 'now', '@', '1700000000', 'Z', '+01:00', 'T', '99', ':', '.5'],
      );
      const texts = fc.oneof(
        fc.string(),
        fc.array(words, { maxLength: 8 }).map((list) => list.join(' ')),
        fc.array(words, { maxLength: 8 }).map((list) => list.join('')),
      );
      fc.assert(
        fc.property(texts, (text) => {
          const time = parseTime(text, utc);
          if (time !== undefined) new Date(time).toISOString();
          const span = parseSpan(text, utc);
          if (span) assert.ok((span.from ?? -Infinity) < (span.to ?? Infinity));
        }),
        { numRuns: 2000 },
      );
    });

    it('are written even where no calendar reaches', () => {
      assert.equal(formatTime(Number.MAX_SAFE_INTEGER, 'local'), '9007199254740991');
      assert.equal(formatTime(NaN, 'utc'), 'NaN');
    });
  });
});
