import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sortTexts } from '../../../../src/viewer/index/sortTexts';
import { TextTable } from '../../../../src/viewer/index/textTable';
import { Steps } from '../../../../src/viewer/steps';

/** What texts begin with: nothing, more than a table holds of it, or more than a key can count. */
const beginnings = ['', 'x'.repeat(83), 'x'.repeat(84), 'x'.repeat(90), 'x'.repeat(32_780)];
const text = fc
  .tuple(
    fc.constantFrom(...beginnings),
    fc.string({ unit: fc.constantFrom('\0', 'a', 'x', 'é'), maxLength: 12 }),
  )
  .map((parts) => parts.join(''));
const texts = fc.array(fc.option(text, { freq: 9 }), { maxLength: 80 });

describe('Sorting texts', () => {
  it('goes by their bytes, and leaves equal ones in their order', () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (all, descending) => {
        assert.deepEqual(sorted(all, descending), expected(all, descending));
      }),
      { numRuns: 500 },
    );
  });

  it('does so where many share the same bytes', () => {
    const all = Array.from({ length: 5000 }, (_, n) =>
      n % 7 === 0 ? null : `${'ab'.repeat(n % 50)}${n % 3 ? 'c' : ''}${'\0'.repeat(n % 4)}`,
    );
    for (const descending of [false, true]) {
      assert.deepEqual(sorted(all, descending), expected(all, descending));
    }
  });
});

function sorted(all: readonly (string | null)[], descending: boolean): number[] {
  const table = new TextTable(all.length);
  const bytes = Buffer.from(all.join(''));
  let end = 0;
  for (const [row, each] of all.entries()) {
    const start = end;
    if (each === null) continue;
    end += Buffer.byteLength(each);
    table.put(row, bytes, start, end);
  }
  const steps = new Steps(new Int32Array(new SharedArrayBuffer(8)), 0);
  return Array.from(sortTexts(table, descending, steps));
}

function expected(all: readonly (string | null)[], descending: boolean): number[] {
  const compare = (a: string | null = null, b: string | null = null) =>
    a === null || b === null
      ? Number(b === null) - Number(a === null)
      : Buffer.compare(Buffer.from(a), Buffer.from(b));
  return [...all.keys()].sort((a, b) => (descending ? -1 : 1) * compare(all[a], all[b]));
}
