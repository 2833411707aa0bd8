import assert from 'node:assert/strict';
import fc from 'fast-check';
import { undecoded } from '../../../../src/core/message/decoded';
import { compileFilter } from '../../../../src/viewer/filter/conditions';
import type { FilterNode } from '../../../../src/viewer/filter/filterNode';
import { parseFilter } from '../../../../src/viewer/filter/filterParser';
import { scan, scanAmong } from '../../../../src/viewer/filter/scan';
import { narrows } from '../../../../src/viewer/index/narrows';
import { Steps } from '../../../../src/viewer/steps';
import { MessageStore } from '../../../../src/viewer/store/messageStore';
import { matches, records, views } from '../model';

const filters = views.map(({ filter }) => filter).filter((filter) => filter !== null);
/** Pairs of which the first one is often the narrower one. */
const pairs: fc.Arbitrary<[FilterNode, FilterNode]> = fc
  .tuple(filters, filters, fc.constantFrom('alone', 'and', 'or', 'not', 'longer'))
  .map(([a, b, way]) => {
    if (way === 'and') return [{ kind: 'and', nodes: [b, a] }, a];
    if (way === 'or') return [a, { kind: 'or', nodes: [b, a] }];
    if (way === 'not')
      return [
        { kind: 'not', node: { kind: 'or', nodes: [a, b] } },
        { kind: 'not', node: a },
      ];
    return way === 'longer' && a.kind === 'text' ? [{ ...a, text: `a${a.text}ß` }, a] : [b, a];
  });

describe('A filter', () => {
  for (const [filter, other, expected] of [
    ['order-12', 'order-1', true],
    ['key:order-12', 'order-1', true],
    ['order-12', 'key:order-1', false],
    ['order-1', 'order-12', false],
    ['ORDER', 'order', false],
    ['a b', 'a', true],
    ['a or b', 'a', false],
    ['a', 'a or b', true],
    ['ab or ac', 'a', true],
    ['-a', '-ab', true],
    ['-ab', '-a', false],
    ['partition:1 x', 'partition:1', true],
    ['$.a == 1 x', '$.a == 1', true],
  ] as const) {
    it(`${filter} ${expected ? 'narrows' : 'does not surely narrow'} ${other}`, () => {
      assert.equal(narrows(parsed(filter), parsed(other)), expected);
    });
  }

  it('that narrows another one finds nothing else', () => {
    fc.assert(
      fc.property(fc.array(records), pairs, (all, [filter, other]) => {
        if (!narrows(filter, other)) return;
        for (const record of all) {
          if (matches(filter, record)) assert.ok(matches(other, record));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('finds the same among all and among those of another one that it narrows', () => {
    const all = Array.from({ length: 20_000 }, (_, n) => ({
      partition: n % 3,
      offset: BigInt(n),
      key: null,
      value: `${'x'.repeat(n % 90)} message ${n}`,
    }));
    const store = new MessageStore({ maxMessages: 1e9, maxBytes: 1e12 });
    store.append(undecoded(all));
    const steps = new Steps(new Int32Array(new SharedArrayBuffer(8)), 0);
    const search = (filter: string) =>
      scan(store.chunks, 10, store.end, compileFilter(parsed(filter), steps), steps);
    for (const [filter, other] of [
      ['message 1999', 'message 1'],
      ['message 77', 'message 7'],
      ['age 5 partition:1', 'age 5'],
      ['nowhere', 'no'],
    ] as const) {
      const condition = compileFilter(parsed(filter), steps);
      const found = scanAmong(store.chunks, search(other), condition, steps);
      assert.deepEqual(found, search(filter));
    }
  });
});

function parsed(filter: string): FilterNode {
  const node = parseFilter(filter, { now: 0, zone: 'utc' });
  assert.ok(node);
  return node;
}
