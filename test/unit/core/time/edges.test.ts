import assert from 'node:assert/strict';
import { isClockLike, readDuration } from '../../../../src/core/time/duration';
import { normal } from '../../../../src/core/time/form';
import {
  formatTime,
  momentProblem,
  parseEnd,
  parseSpan,
  spanProblem,
} from '../../../../src/core/time/parse';

const DAY = 86_400_000;
const utc = { now: Date.parse('2026-11-22T15:51:12.345Z'), zone: 'utc' } as const;

describe('a duration', () => {
  const table: Readonly<Record<string, number | undefined>> = {
    'a week': 7 * DAY,
    'an hour': 3_600_000,
    minute: 60_000,
    '5 secs': 5000,
    '5ms': 5,
    '1 hour and 5 minutes': 3_900_000,
    '1h, and 5m': 3_900_000,
    '1,5 s': 1500,
    pt1h30m: 5_400_000,
    p2w: 14 * DAY,
    p1dt1s: DAY + 1000,
    'an week hour': undefined,
    '5 and': 0,
    '5 parsecs': undefined,
    p: undefined,
    pt: undefined,
    p1m: undefined,
    '1234567s': undefined,
  };
  for (const [text, expected] of Object.entries(table)) {
    it(`of "${text}" ${expected === undefined ? 'is none' : `takes ${expected} ms`}`, () => {
      assert.equal(readDuration(text), expected);
    });
  }

  it('is below half of what a date reaches', () => {
    const days = '500000d'.repeat(99);
    assert.equal(readDuration(`${days}499999d`), 49_999_999 * DAY);
    assert.equal(readDuration(`${days}500000d`), undefined);
  });

  it('may also be a time of day', () => {
    for (const text of ['9h', '14h', '23 h', '1400h', '0059h', '2359h']) {
      assert.equal(isClockLike(text), true, text);
    }
    for (const text of ['123h', '9hx', '2400h', '2360h', '1960h', '14 m', '14  h', 'h', '235xh']) {
      assert.equal(isClockLike(text), false, text);
    }
  });
});

describe('the normal form of a time', () => {
  it('has single blanks, plain dashes, and nothing around it', () => {
    assert.equal(normal(' [ A\t B ] '), 'a b');
    assert.equal(normal('"'), '"');
    assert.equal(normal('[a"'), '[a"');
    assert.equal(normal('2026–1–2'), '2026-1-2');
    assert.equal(normal('2026—11—22'), '2026-11-22');
    assert.equal(normal('14:00–15:00'), '14:00 - 15:00');
    assert.equal(normal('6–11–22'), '6 - 11 - 22');
  });

  it('is empty for what is too long', () => {
    assert.equal(normal('x'.repeat(100)).length, 100);
    assert.equal(normal('x'.repeat(101)), '');
  });
});

describe('a text that means no time', () => {
  const problems: Readonly<Record<string, readonly string[]>> = {
    unknown: [
      ...['14:00 15:00', 'monday tuesday', 'at', 'cet', '2026-11-22 2026', 'this week 14:00'],
      ...['2026-11-22 +01:00', 'utc'],
    ],
    'no-such-time': ['14:00:60', '0 pm', '24:00:01'],
  };
  for (const [problem, texts] of Object.entries(problems)) {
    for (const text of texts) {
      it(`is "${text}", because of ${problem}`, () => {
        assert.equal(momentProblem(text, utc), problem);
      });
    }
  }

  it('is not one that means one', () => {
    for (const text of ['14:00', 'now', '2026-11-22', '1 am']) {
      assert.equal(momentProblem(text, utc), undefined, text);
    }
    assert.equal(spanProblem('today', utc), undefined);
  });
});

describe('a span of time', () => {
  const iso = (time = NaN) => new Date(time).toISOString().slice(0, 16);
  const table: Readonly<Record<string, readonly [from: string, to: string]>> = {
    '0:30-2pm': ['2026-11-22T00:30', '2026-11-22T14:00'],
    '13:00-2pm': ['2026-11-22T13:00', '2026-11-22T14:00'],
    // The day has begun there.
    '02:00-03:00 +10:00': ['2026-11-22T16:00', '2026-11-22T17:00'],
    '14:00 to 15:00 saturday': ['2026-11-21T14:00', '2026-11-21T15:00'],
    'saturday 14:00 to sunday 15:00': ['2026-11-21T14:00', '2026-11-22T15:00'],
    '14:00 for 1h': ['2026-11-22T14:00', '2026-11-22T15:00'],
  };
  for (const [text, ends] of Object.entries(table)) {
    it(`is "${text}"`, () => {
      const { from, to } = parseSpan(text, utc) ?? {};
      assert.deepEqual([iso(from), iso(to)], ends);
    });
  }

  const problems: Readonly<Record<string, string>> = {
    '1:00-2pm': 'half-missing',
    '12:59 to 2pm': 'half-missing',
    '14:00 to yesterday 15:00': 'empty-span',
    '14:00 to saturday 15:00': 'empty-span',
    '14:00 to 5 minutes': 'duration',
  };
  for (const [text, problem] of Object.entries(problems)) {
    it(`is not "${text}", because of ${problem}`, () => {
      assert.equal(spanProblem(text, utc), problem);
    });
  }

  it('ends on the day of the span that it is to begin with', () => {
    assert.equal(iso(parseEnd('14:05', 'yesterday 14:00 to 15:00', utc)), '2026-11-21T14:05');
    assert.equal(iso(parseEnd('14:05', 'last hour', utc)), '2026-11-22T14:05');
  });
});

describe('a time as it is written', () => {
  it('ends with the offset of its zone', () => {
    const before = process.env['TZ'];
    const winter = Date.UTC(2026, 0, 2, 3, 4, 5, 67);
    for (const [zone, text] of [
      ['UTC', '2026-01-02 03:04:05.067+00:00'],
      ['Asia/Kathmandu', '2026-01-02 08:49:05.067+05:45'],
      ['America/New_York', '2026-01-01 22:04:05.067-05:00'],
    ] as const) {
      process.env['TZ'] = zone;
      assert.equal(formatTime(winter, 'local'), text);
    }
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
    assert.equal(formatTime(0, 'utc'), '1970-01-01 00:00:00Z');
    assert.equal(formatTime(winter, 'utc'), '2026-01-02 03:04:05.067Z');
  });

  it('is a number of milliseconds beyond the calendar', () => {
    const end = Date.UTC(9999, 11, 31);
    assert.equal(formatTime(end, 'utc'), String(end));
    assert.equal(formatTime(end - 1, 'utc'), '9999-12-30 23:59:59.999Z');
    const begin = -99_999_999 * DAY;
    assert.equal(formatTime(begin, 'utc'), String(begin));
    assert.equal(formatTime(begin + 1, 'utc'), '-271821-04-21 00:00:00.001Z');
  });
});
