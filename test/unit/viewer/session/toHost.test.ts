import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseToHost } from '../../../../src/viewer/session/toHost';

describe('What a webview says', () => {
  const good = [
    { type: 'ready' },
    { type: 'rows', start: 0, end: 100 },
    { type: 'detail', sequence: 7 },
    { type: 'locate', sequence: 7 },
    { type: 'filter', text: 'key:ada' },
    { type: 'complete', text: 'key:', caret: 4 },
    { type: 'sort', sort: { column: 'timestamp', descending: true } },
    { type: 'sort', sort: null },
    { type: 'span', span: { from: 1, to: 2 } },
    { type: 'span', span: null },
    { type: 'columns', columns: { hidden: ['size'], widths: { key: 120 } } },
    { type: 'selection', sequences: [1, 2] },
    { type: 'action', action: 'compareMessages', sequences: [1, 2] },
    { type: 'clear' },
    { type: 'changeLimits' },
    { type: 'only', leaf: { part: 'value', path: ['a b', 0], json: '"x"' } },
    { type: 'remedy', index: 0 },
  ];
  for (const message of good) {
    it(`is taken: ${JSON.stringify(message)}`, () => {
      assert.deepEqual(parseToHost(message), message);
    });
  }

  const bad = [
    undefined,
    null,
    'ready',
    {},
    { type: 'constructor' },
    { type: 'rows', start: -1, end: 5 },
    { type: 'rows', start: 5, end: 1 },
    { type: 'rows', start: 0.5, end: 1 },
    { type: 'detail', sequence: '7' },
    { type: 'filter', text: 7 },
    { type: 'complete', text: 'key:', caret: 5 },
    { type: 'complete', text: 'x'.repeat(10_001), caret: 0 },
    { type: 'filter', text: 'x'.repeat(10_001) },
    { type: 'sort', sort: { column: '__proto__', descending: true } },
    { type: 'sort', sort: { column: 'headers', descending: true } },
    { type: 'span', span: { from: 2, to: 1 } },
    { type: 'span', span: { from: 1, to: Infinity } },
    { type: 'columns', columns: { hidden: 'all', widths: {} } },
    { type: 'selection', sequences: [1, null] },
    { type: 'selection', sequences: Array.from({ length: 10_001 }, (_, n) => n) },
    { type: 'action', action: 'removeCluster', sequences: [1] },
    { type: 'only', leaf: { part: 'headers', path: [], json: '1' } },
    { type: 'only', leaf: { part: 'key', path: [-1], json: '1' } },
    { type: 'only', leaf: { part: 'key', path: [], json: '{"a":1}' } },
    { type: 'only', leaf: { part: 'key', path: [], json: 'a' } },
    { type: 'remedy', index: -1 },
  ];
  for (const message of bad) {
    it(`is refused: ${JSON.stringify([message]).slice(1, 80)}`, () => {
      assert.equal(parseToHost(message), undefined);
    });
  }

  it('cannot ask for more rows than a screen could show', () => {
    const asked = { type: 'rows', start: 10, end: 1_000_000 };
    assert.deepEqual(parseToHost(asked), { type: 'rows', start: 10, end: 2_010 });
  });

  it('leaves out columns that there are not', () => {
    const columns = { hidden: ['size', 'evil'], widths: { key: 'wide', value: 20, evil: 1 } };
    const expected = { hidden: ['size'], widths: { value: 20 } };
    assert.deepEqual(parseToHost({ type: 'columns', columns }), {
      type: 'columns',
      columns: expected,
    });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), fc.string(), (value, type) => {
        parseToHost(value);
        parseToHost({ type, ...(typeof value === 'object' ? value : {}) });
      }),
    );
  });
});
