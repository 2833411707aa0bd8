import assert from 'node:assert/strict';
import { isoClock, parseTimestamp } from '../../../../src/core/message/timestamp';

describe('timestamp', () => {
  for (const [text, expected] of [
    ['1735689600000', 1735689600000],
    ['2025-01-01', 1735689600000],
    ['2025-01-01T00:00:00Z', 1735689600000],
    ['2025-01-01T01:00:00+01:00', 1735689600000],
    ['+275760-09-13T00:00:00.000Z', 8.64e15],
    ['8640000000000000', 8.64e15],
    ['8640000000000001', undefined],
    ['99999999999999999', undefined],
    ['2025-13-01', undefined],
    ['-5', undefined],
    ['tomorrow', undefined],
    ['', undefined],
  ] as const) {
    it(`is ${String(expected)} for ${JSON.stringify(text)}`, () => {
      assert.equal(parseTimestamp(text), expected);
    });
  }

  it('comes back from the text that it is written as', () => {
    const isoTime = isoClock();
    for (const time of [0, 1, 1795350605007, 253402300800000, 8.64e15]) {
      assert.equal(parseTimestamp(isoTime(time) ?? ''), time);
    }
  });
});
