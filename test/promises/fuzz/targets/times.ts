import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatTime,
  momentProblem,
  parseEnd,
  parseSpan,
  parseTime,
  spanProblem,
} from '../../../../src/core/time/parse';
import type { Zone } from '../../../../src/core/time/zones';
import { parseTimestamp } from '../../../../src/core/message/timestamp';
import { parseFrom, parsePartitions, parseTo } from '../../../../src/kafkaFile/values';
import { CLOCK } from '../../../support/kafkaFiles';
import { pick, type Target } from '../target';

/** Any text is a finite time, a span that is not empty, or neither; times are read back. */
export const target: Target = {
  seeds: [
    'a2026-11-22 14:00',
    'btoday',
    'clast 15 minutes',
    'd1h 30m ago',
    'e2026-11-22T14:00:00.123+05:30 to 15:00',
    'f@1700000000',
    'gyesterday 14:00..24:00',
    'hsince -15m',
    'i0-2,5',
    'j22.11.2026 14:00-14:05',
    'kSun, 22 Nov 2026 2:30:00 pm GMT+0100 (x)',
    'lbetween 11/22/2026 and PT5M',
    'm2026-11-22T14:00Z/20261122140000',
  ],
  words: [
    'nov',
    'monday',
    ' for ',
    'uhr',
    'this month',
    '–',
    '[',
    'ago',
    'weeks',
    'until',
    'before',
    'utc',
    '24:00',
    '275760-09-13',
  ],
  structured: fc
    .array(
      fc.constantFrom(
        '2026-11-22',
        '14:00',
        '..',
        ' ',
        'to',
        'last',
        '99999',
        'w',
        'ago',
        '-',
        'z',
        '+23:59',
        'now',
        ':59.999999999',
        '-17:00',
        '22.11.',
        '/',
        ' pm',
        'pt5m',
        'and',
      ),
    )
    .map((parts) => parts.join('')),
  run: (input) => {
    const { way, rest } = pick(input);
    const text = rest.toString();
    const zone: Zone = way % 2 ? 'utc' : 'local';
    const clock = { ...CLOCK, zone };
    const time = parseTime(text, clock);
    if (time !== undefined) {
      assert.ok(Number.isFinite(time));
      if (Math.abs(time) < 8e15 && time >= 0)
        assert.equal(parseTime(formatTime(time, zone), clock), time);
    }
    const span = parseSpan(text, clock);
    if (span) assert.ok((span.from ?? -Infinity) < (span.to ?? Infinity));
    assert.equal(momentProblem(text, clock) === undefined, time !== undefined);
    assert.equal(spanProblem(text, clock) === undefined, span !== undefined);
    const end = parseEnd(text, 'yesterday', clock);
    assert.ok(end === undefined || Number.isFinite(end));
    parseFrom(text, clock);
    parseTo(text, text, clock);
    assert.ok((parsePartitions(text)?.length ?? 0) <= 100_000);
    assert.ok(!Number.isNaN(parseTimestamp(text)));
  },
};
