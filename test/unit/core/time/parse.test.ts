import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TimeContext } from '../../../../src/core/time/parse';
import {
  formatTime,
  momentProblem,
  parseEnd,
  parseSpan,
  parseTime,
  spanProblem,
  type TimeProblem,
} from '../../../../src/core/time/parse';

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

    const two = '2026-11-22T14:00:00Z';
    const forms: Readonly<Record<string, readonly string[]>> = {
      '2026-11-22T00:00:00Z': [
        ...['22.11.2026', '22. 11. 2026', '2026/11/22', '2026.11.22', '11/22/2026', '22/11/2026'],
        ...['22-11-2026', '22 Nov 2026', '22. November 2026', 'Nov 22, 2026', '22-NOV-2026'],
        ...['2026-Nov-22', 'November 22nd, 2026', '22nd of november 2026', '20261122'],
        ...['sunday', 'Sun, 22 Nov 2026', '2026‑11‑22', '2026–11–22', '２０２６-11-22'],
        ...['2026-11-22 UTC', 'midnight', '12 am', '0:00 on 22.11.2026'],
      ],
      [two]: [
        ...['22.11.2026 14:00', '22.11.2026, 14:00 Uhr', '2026/11/22 14:00:00', '2 pm', '2:00 PM'],
        ...['2 p.m.', '11/22/2026, 2:00:00 PM', 'Nov 22, 2026 at 2:00 pm', '14 Uhr', '14.00 Uhr'],
        ...['today 14h', '14h00', '14 h 00', 'today at 2pm', '14:00 today', '14:00 22.11.2026'],
        ...['20261122T140000Z', '20261122T1400', '20261122140000', '20261122 140000'],
        ...['Sun, 22 Nov 2026 14:00:00 GMT', 'Sun Nov 22 14:00:00 UTC 2026'],
        ...['Sun Nov 22 2026 15:00:00 GMT+0100 (Central European Standard Time)'],
        ...['[22/Nov/2026:15:00:00 +0100]', '2026-11-22 14:00:00 +0000 UTC', '2026-11-22_14:00'],
        ...['2026-11-22T15:00:00+01:00[Europe/Berlin]', '"2026-11-22 14:00"', '`14:00`'],
        ...['2026-11-22\u00a014:00', '15:00 UTC+1', '15:00 GMT+01:00', '14:00:00Z'],
        ...['2026-11-22T09:00-05:00', '2026-11-22 09:00:00-05:00', '09:00:00-05:00'],
        ...['2026-11-22 14:00:00.000999', '2026-11-23 04:00+14:00', '2026-11-22T02:00-12:00'],
      ],
      '2026-11-22T14:00:00.123Z': [
        ...['2026-11-22 14:00:00.123456', '2026-11-22T14:00:00.123456789Z'],
        ...['[2026-11-22 14:00:00,123]', '22.11.2026 14:00:00,123'],
      ],
      '2026-11-16T00:00:00Z': ['monday', 'Mon', 'last monday', 'this week'],
      '2026-11-15T00:00:00Z': ['last sunday'],
      '2026-11-20T00:00:00Z': ['the day before yesterday', 'friday'],
      '2026-11-23T00:00:00Z': ['tomorrow'],
      '2026-11-22T12:00:00Z': ['noon', '12 pm'],
      '2026-11-22T14:21:12.345Z': [
        ...['1,5 hours ago', '1h, 30m ago', '1 hour and 30 minutes ago', '-PT1H30M', 'now-90m'],
        ...['now - 1h 30m', '−90 min', '– 90 min', 'PT90M ago'],
      ],
      '2023-11-14T22:13:20.500Z': ['1700000000.5', '@1700000000.5'],
    };
    for (const [expected, texts] of Object.entries(forms)) {
      for (const text of texts) {
        it(`"${text}"`, () => {
          assert.equal(timeOf(text), expected);
        });
      }
    }

    const problems: Readonly<Record<TimeProblem, readonly string[]>> = {
      'day-order': ['11/12/2026', '1-2-2026 14:00', '01/02/2026-03/04/2026'],
      'year-missing': ['22.11.26', '22.11.', '11/22/26', '22-Nov-26', 'Nov 22', '22 nov 14:00'],
      'no-such-day': ['31/02/2026', '22.13.2026', 'Mon, 22 Nov 2026', '1969-12-31'],
      'no-such-time': ['25:00', '14:60', '13 pm', '0:30 am'],
      'half-missing': [],
      'zone-name': [
        '14:00 CET',
        '2026-11-22 14:00 EST',
        '14:00 Europe/Berlin',
        '14:00[Asia/Tokyo]',
      ],
      'no-such-offset': ['14:00+14:05', '14:00 UTC+15', '14:00:00-1300', '2026-11-22 14:00+99:00'],
      duration: ['14h', '14 h', '24h', '1400h'],
      'is-span': ['14:00-14:05', '3 days', 'last hour', '22:00-02:00', 'since 14:00', '15m', 'P1D'],
      'is-moment': [],
      'empty-span': [],
      unknown: ['22', '12abc', 'lunch', '2026-W47-7', '2026-326', '14.30', '14:00x', '22.11.2026x'],
    };
    for (const [problem, texts] of Object.entries(problems)) {
      for (const text of texts) {
        it(`not from "${text}", because of ${problem}`, () => {
          assert.equal(timeOf(text), undefined);
          assert.equal(momentProblem(text, utc), problem);
        });
      }
    }

    it('with the order of day and month only where it is clear', () => {
      const days = fc.date({
        min: new Date('1970-01-01'),
        max: new Date('2999-12-31'),
        noInvalidDate: true,
      });
      fc.assert(
        fc.property(days, (date) => {
          const [year = '', month = '', day = ''] = date.toISOString().slice(0, 10).split('-');
          const expected = `${year}-${month}-${day}T00:00:00Z`;
          assert.equal(timeOf(`${day}.${month}.${year}`), expected);
          assert.equal(timeOf(`${year}/${month}/${day}`), expected);
          const isClear = Number(day) > 12 || day === month;
          for (const text of [`${day}/${month}/${year}`, `${month}/${day}/${year}`]) {
            assert.equal(timeOf(text), isClear ? expected : undefined, text);
          }
        }),
      );
    });

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

    const short = '2026-11-22T14:00:00Z..2026-11-22T14:05:00Z';
    const forms: Readonly<Record<string, readonly string[]>> = {
      [short]: [
        ...['14:00-14:05', '14:00–14:05', '14:00 – 14:05', '14:00 -14:05', '14:00- 14:05'],
        ...['14:00..14:05', '14:00…14:05', '14:00->14:05', '14:00 → 14:05', '14:00/14:05'],
        ...['2026-11-22 14:00-14:05', '22.11.2026 14:00-14:05', '2026-11-22T14:00-14:05'],
        ...['14:00:00-14:05', '14:00:00-14:05:00', '14:00-14:05 today', '2:00pm-2:05pm'],
        ...['14:00-14:05 UTC', '14:00Z-14:05Z', '14:00+00:00-14:05+00:00', '15:00 - 15:05 +01:00'],
        ...['between 14:00 and 14:05', 'from 14:00 to 14:05', 'today between 14:00 and 14:05'],
        ...['2026-11-22T14:00Z/2026-11-22T14:05Z', '2026-11-22T14:00Z/PT5M', '14:00 for 5 minutes'],
        ...['22.11.2026 from 14:00 till 14:05', '2026-11-22 14:00-2026-11-22 14:05'],
        ...[
          '14:00:00.000-14:05',
          '14:00−14:05',
          '14:00‐14:05',
          '[14:00-14:05]',
          '14:00 - 14:05 Uhr',
        ],
      ],
      '2026-11-22T09:00:00Z..2026-11-22T17:00:00Z': [
        ...['09:00-17:00', '9:00-17:00', '9am-5pm', '9 Uhr - 17 Uhr', '2026-11-22 09:00-17:00'],
      ],
      // The end would be a possible offset, but it is later than the beginning.
      '2026-11-22T09:00:00Z..2026-11-22T10:00:00Z': ['09:00-10:00', '2026-11-22 09:00-10:00'],
      '2026-11-22T22:00:00Z..2026-11-23T02:00:00Z': [
        ...['22:00-02:00', '22:00 - 02:00', '22.11.2026 22:00-02:00', 'today 22:00-02:00'],
        ...['22:00-02:00 today', '22:00 bis 02:00'],
      ],
      '2026-11-21T14:00:00Z..2026-11-21T15:00:00Z': [
        ...['yesterday 14:00-15:00', '14:00-15:00 yesterday', 'between 14:00 and 15:00 yesterday'],
      ],
      '2026-11-20T00:00:00Z..2026-11-23T00:00:00Z': [
        ...['2026-11-20..2026-11-22', '2026-11-20-2026-11-22', '20.11.2026-22.11.2026'],
        ...['2026/11/20/2026/11/22', '20/11/2026 - 22/11/2026', 'friday to sunday'],
      ],
      '2026-11-19T15:51:12.345Z..': [
        ...['last 3 days', 'past 3 days', 'in the last 3 days', '3 days', '3d', 'last P3D', 'P3D'],
      ],
      '2026-11-22T14:51:12.345Z..2026-11-22T15:51:12.345Z': ['now-1h to now', 'now-1h..now'],
      '2026-11-16T00:00:00Z..2026-11-23T00:00:00Z': ['this week'],
      '2026-11-01T00:00:00Z..2026-12-01T00:00:00Z': ['this month'],
      '2026-01-01T00:00:00Z..2027-01-01T00:00:00Z': ['this year'],
      '2026-11-20T00:00:00Z..': ['from 20.11.2026', '20.11.2026..', 'after 19.11.2026'],
      '..2026-11-20T00:00:00Z': ['..19.11.2026', 'until 19.11.2026', 'up to 19.11.2026'],
    };
    for (const [expected, texts] of Object.entries(forms)) {
      for (const text of texts) {
        it(`"${text}"`, () => {
          assert.equal(spanOf(text), expected);
        });
      }
    }

    const problems: Readonly<Partial<Record<TimeProblem, readonly string[]>>> = {
      'day-order': ['11/12/2026', '11/12/2026-11/13/2026'],
      'no-such-time': ['14:00-25:00', '14:00 to 14:60'],
      'half-missing': ['2:00-3:00 pm', '2pm to 3:00', '10:00-2pm'],
      'zone-name': ['14:00 to 15:00 CET', '14:00 PST - 15:00 PST'],
      duration: ['14h', '1400h', '9h-17h', 'since 3 days'],
      'is-moment': ['14:00', 'now', '2026-11-22T14:00-05:00', '2026-11-22 14:00-05:00'],
      'empty-span': ['14:00-14:00', '2026-11-22 15:00 to 2026-11-22 14:00', 'tomorrow to today'],
      unknown: [
        '09:00-17',
        '9-17',
        '2-3pm',
        '2026-11-22-14:00',
        '2026-11',
        '0900-1700',
        '100-200',
        'now/d',
        'now-1d/d',
      ],
    };
    for (const [problem, texts] of Object.entries(problems)) {
      for (const text of texts) {
        it(`not from "${text}", because of ${problem}`, () => {
          assert.equal(spanOf(text), undefined);
          assert.equal(spanProblem(text, utc), problem);
        });
      }
    }

    it('whose ends are in the same zone and on the same day, in every zone', () => {
      for (const zone of ZONES) {
        inZone(zone, () => {
          const day = (text: string) => parseTime(`2026-06-17 ${text}`, local);
          assert.deepEqual(parseSpan('17.06.2026 14:00-14:05', local), {
            from: day('14:00'),
            to: day('14:05'),
          });
          assert.deepEqual(parseSpan('14:00-14:05 Z', local), parseSpan('14:00Z to 14:05Z', local));
        });
      }
    });

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
        ...[
          'today',
          'now',
          '@',
          '1700000000',
          'Z',
          '+01:00',
          'T',
          '99',
          ':',
          '.5',
          '/',
          'and',
          'pm',
        ],
        ...['22.11.2026', 'nov', 'monday', '–', '-05:00', 'between', 'PT5M', '[', ']', 'h', 'cet'],
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
