import assert from 'node:assert/strict';
import fc from 'fast-check';
import { JsonTree } from '../../../../src/webview/detail/jsonTree';

/** The rows of a tree as `level name text`. */
function rows(tree: JsonTree | undefined): readonly string[] {
  return (tree?.rows ?? []).map(({ level, name, at, end }) =>
    [level, name, tree?.text.slice(at, end)].filter((part) => part !== undefined).join(' '),
  );
}

describe('a tree of JSON', () => {
  it('keeps what is written: numbers, names given twice, __proto__', () => {
    const text = '{"n": 1.0e400, "n": -0, "__proto__": 9007199254740993}';
    assert.deepEqual(rows(JsonTree.of(text)), [
      `1 ${text}`,
      '2 n 1.0e400',
      '2 n -0',
      '2 __proto__ 9007199254740993',
    ]);
  });

  it('is none for other texts', () => {
    for (const text of ['', 'null x', '{"a":}', "{'a':1}", '[1,]', '01', 'NaN']) {
      assert.equal(JsonTree.of(text), undefined, text);
    }
  });

  it('opens and closes', () => {
    const tree = JsonTree.of('[[1,[2]],3]');
    assert.ok(tree);
    assert.equal(tree.rows.length, 6);
    tree.toggle(1);
    assert.deepEqual(rows(tree), ['1 [[1,[2]],3]', '2 0 [1,[2]]', '2 1 3']);
    tree.toggle(1);
    // What was open in it is open again.
    assert.equal(tree.rows.length, 6);
    tree.closeAll();
    assert.equal(tree.rows.length, 3);
    tree.toggle(0);
    assert.equal(tree.rows.length, 1);
    tree.openAll();
    assert.equal(tree.rows.length, 6);
  });

  it('shows every value of any JSON, all opened', () => {
    const count = (value: unknown): number =>
      1 +
      (typeof value === 'object' && value !== null
        ? Object.values(value).reduce<number>((sum, each) => sum + count(each), 0)
        : 0);
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const tree = JsonTree.of(text);
        assert.ok(tree);
        tree.openAll();
        assert.equal(tree.rows.length, count(JSON.parse(text)));
      }),
    );
  });

  it('takes any depth and length in its stride', () => {
    for (const text of [
      `${'['.repeat(500_000)}${']'.repeat(500_000)}`,
      `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
      `[${'1,'.repeat(500_000)}1]`,
    ]) {
      const from = performance.now();
      const tree = JsonTree.of(text);
      tree?.openAll();
      tree?.closeAll();
      assert.ok(tree);
      assert.ok(performance.now() - from < 4000);
    }
  });

  it('remembers which nodes are open, and opens them again', () => {
    const text = '{"a":{"b":[1,{"c":2}]},"d":[3]}';
    const tree = JsonTree.of(text);
    const other = JsonTree.of(text);
    assert.ok(tree && other);
    tree.closeAll();
    tree.toggle(1);
    other.reopen(tree.opened);
    const shown = ({ rows }: JsonTree) => rows.map(({ name, open }) => [name, open]);
    assert.deepEqual(tree.opened, [0, 5]);
    assert.deepEqual(shown(other), shown(tree));
    other.reopen([]);
    assert.deepEqual(shown(other), [[undefined, false]]);
  });
});
