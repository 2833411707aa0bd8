import assert from 'node:assert/strict';
import { describe as words } from '../../../../src/viewer/filter/describe';
import { parseFilter } from '../../../../src/viewer/filter/filterParser';
import { say } from '../../../support/viewer/viewerWords';
import { clock } from './reading';

describe('The words for a filter', () => {
  for (const [filter, expected] of [
    ['value.idd', 'the text “value.idd” in the key or the value'],
    ['a b', 'the text “a” in the key or the value, and the text “b” in the key or the value'],
    ['key:a or /b/i', 'the text “a” in the key, or a match of /b/i in the key or the value'],
    ['-(key:a value:b)', 'not (the text “a” in the key, and the text “b” in the value)'],
    ['key:null', 'the whole key is null'],
    ['partition:1,3..5', 'the partition is one of 1, 3 to 5'],
    ['partition != 1', 'the partition is at most 0, or the partition is at least 2'],
    ['offset:5', 'the offset is 5'],
    ['size > 1kb', 'the size in bytes is at least 1025'],
    ['time > 2026-11-22', 'the time is 2026-11-23 00:00:00Z or later'],
    ['time < 14:00', 'the time is before 2026-11-22 14:00:00Z'],
    [
      'time:14:00..15:00',
      'the time is 2026-11-22 14:00:00Z or later, but before 2026-11-22 15:00:00Z',
    ],
    ['key == "m-1"', 'the whole key is “m-1”'],
    ['header:trace', 'the header “trace” is there'],
    ['header:n not in [a, 5]', 'the header “n” is none of “a”, 5'],
    ['$.id == "5"', '$.id in the value is “5”'],
    ['key:$.id >= 5', '$.id in the key is at least 5'],
    ['$.a in [1, null]', '$.a in the value is one of 1, null'],
    ['$.a =~ /x/', '$.a in the value matches /x/'],
    ['x'.repeat(200), `the text “${'x'.repeat(80)}…” in the key or the value`],
  ] as const) {
    it(`are right for ${filter.slice(0, 40)}`, () => {
      assert.equal(words(parseFilter(filter, clock) ?? assert.fail(), say, 'utc'), expected);
    });
  }
});
