import assert from 'node:assert/strict';
import {
  dateText,
  daysOf,
  durationOf,
  durationText,
  timestampText,
  timeText,
  unitsOfTime,
  unitsOfTimestamp,
} from '../../../../../../src/core/message/decoders/avro/dates';

describe('Dates and times of Avro', () => {
  it('are dates of the years 1 to 9999', () => {
    const table = [
      [0, '1970-01-01'],
      [-1, '1969-12-31'],
      [-719162, '0001-01-01'],
      [2932896, '9999-12-31'],
    ] as const;
    for (const [days, text] of table) {
      assert.equal(dateText(days), text);
      assert.equal(daysOf(text), days);
    }
    for (const days of [-719163, 2932897]) assert.equal(dateText(days), undefined);
    for (const text of [
      '2026-1-1',
      ' 2026-01-01',
      '2026-01-01T00:00',
      '2026-02-30',
      '0000-12-31',
    ]) {
      assert.equal(daysOf(text), undefined, text);
    }
  });

  it('are times of a day', () => {
    const table = [
      [0, 3, '00:00:00.000'],
      [86_399_999, 3, '23:59:59.999'],
      [36_930_001, 3, '10:15:30.001'],
      [36_930_000_001, 6, '10:15:30.000001'],
      [36_930_000_000_010n, 9, '10:15:30.000000010'],
    ] as const;
    for (const [units, digits, text] of table) {
      assert.equal(timeText(units, digits), text);
      assert.equal(unitsOfTime(text, digits), BigInt(units));
    }
    for (const units of [-1, 86_400_000]) assert.equal(timeText(units, 3), undefined);
    assert.equal(timeText(-1, 6), undefined);
    assert.equal(unitsOfTime('23:59', 3), 86_340_000n);
    assert.equal(unitsOfTime('00:00:00.1000', 3), 100n);
  });

  it('are moments before 1970 as well', () => {
    const table = [
      [0, 3, '1970-01-01T00:00:00.000'],
      [-1, 3, '1969-12-31T23:59:59.999'],
      [-1n, 6, '1969-12-31T23:59:59.999999'],
      [-1n, 9, '1969-12-31T23:59:59.999999999'],
      [-62135596800000, 3, '0001-01-01T00:00:00.000'],
      [253402300799999, 3, '9999-12-31T23:59:59.999'],
    ] as const;
    for (const [units, digits, text] of table) {
      assert.equal(timestampText(units, digits), text);
      assert.equal(unitsOfTimestamp(text, digits, false), BigInt(units));
      assert.equal(unitsOfTimestamp(`${text}Z`, digits, true), BigInt(units));
    }
    for (const units of [-62135596800001, 253402300800000]) {
      assert.equal(timestampText(units, 3), undefined);
    }
  });

  it('are moments in any zone', () => {
    const moment = (text: string) => unitsOfTimestamp(text, 3, true);
    for (const text of [
      '1970-01-01T01:30+01:30',
      '1969-12-31 22:00:00-0200',
      '1970-01-01t00:00z',
    ]) {
      assert.equal(moment(text), 0n, text);
    }
    for (const text of ['1970-01-01T00:00+1', '1970-01-01T00:00', 'x1970-01-01T00:00Z']) {
      assert.equal(typeof moment(text), 'object', text);
    }
  });

  it('are durations of months, days and milliseconds', () => {
    assert.equal(durationText({ months: 1, days: 2, millis: 3004 }), 'P1M2DT3.004S');
    assert.equal(durationText({ months: 0, days: 0, millis: 0 }), 'P0M0DT0.000S');
    const table = {
      P1Y2M3W4DT5H6M7S: [14, 25, 18_367_000],
      'PT0.5S': [0, 0, 500],
      'PT1.05S': [0, 0, 1050],
      P4294967295D: [0, 4294967295, 0],
    };
    for (const [text, [months, days, millis]] of Object.entries(table)) {
      assert.deepEqual(durationOf(text), { months, days, millis }, text);
    }
    for (const text of ['', 'P', 'PT', 'P1DT', 'P1S', '1D', 'PT1.0000S', 'P4294967296M', 'xP1D']) {
      assert.equal(durationOf(text), undefined, text);
    }
  });
});
