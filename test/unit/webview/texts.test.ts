import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { binAt, BinCursor } from '../../../src/webview/histogram/binCursor';
import { strings } from '../../../src/viewer/strings';
import { formatTime, formatTimeBy, formatTimeIn } from '../../../src/webview/lib/times';

describe('times', () => {
  const time = Date.UTC(2026, 10, 22, 14, 0, 0, 123);

  it('are written as ISO 8601 does it, in any time zone', () => {
    assert.equal(formatTime(time, 'UTC'), '2026-11-22 14:00:00.123');
    assert.equal(formatTime(time, 'Asia/Kolkata'), '2026-11-22 19:30:00.123');
    assert.equal(formatTime(time, 'America/New_York'), '2026-11-22 09:00:00.123');
    assert.equal(formatTime(Date.UTC(2026, 0, 1), 'UTC'), '2026-01-01 00:00:00.000');
    assert.equal(formatTime(time, 'No/Where'), '2026-11-22 14:00:00.123');
    assert.equal(formatTime(0, 'UTC'), '1970-01-01 00:00:00.000');
  });

  it('stay numbers where they are none', () => {
    assert.equal(formatTime(1e300, 'UTC'), '1e+300');
  });

  it('are as exact as they need be', () => {
    const steps = [1, 1000, 60_000, 86_400_000];
    assert.deepEqual(
      steps.map((step) => formatTimeBy(time, step, 'UTC')),
      ['14:00:00.123', '14:00:00', '14:00', '2026-11-22'],
    );
    assert.equal(formatTimeIn(time, 60_000, 3_600_000, 'UTC'), '14:00');
    assert.equal(formatTimeIn(time, 60_000, 172_800_000, 'UTC'), '2026-11-22 14:00');
  });
});

describe('the cursor of the histogram', () => {
  const bins = { from: 0, to: 60, width: 10, total: [1, 2, 3, 4, 5, 6], matched: [], outside: 0 };

  it('stays at its time when the bins are cut anew', () => {
    const cursor = new BinCursor();
    cursor.go(bins, 1, false);
    cursor.go(bins, 3, true);
    assert.deepEqual(cursor.span(bins), { from: 10, to: 40 });
    const wider = { ...bins, to: 120, width: 20 };
    assert.deepEqual(cursor.span(wider), { from: 0, to: 40 });
    assert.equal(cursor.bin(wider), 1);
  });

  it('ends where the bins end', () => {
    const cursor = new BinCursor();
    cursor.go(bins, 99, false);
    assert.equal(cursor.bin(bins), 5);
    cursor.go(bins, -1, true);
    assert.deepEqual(cursor.bins(bins), [0, 5]);
    assert.equal(binAt(bins, 1e9), 5);
  });
});

describe('the words of the viewer', () => {
  it('are each used', () => {
    const folder = 'src/webview';
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .join('\n');
    const unused = Object.keys(strings).filter((key) => !new RegExp(`\\b${key}\\b`).test(source));
    assert.deepEqual(unused, []);
  });
});
