import assert from 'node:assert/strict';
import { locate } from '../../../../src/core/json/locate';

/** The text at a path. */
function at(text: string, ...path: readonly (string | number)[]): string | undefined {
  const span = locate(text, path);
  return span && text.slice(span.start, span.end);
}

describe('locate', () => {
  it('finds a value by its path', () => {
    const text = '{"a": {"b": [1, {"c": "x"}, [2]]}, "a.b": [true]}';
    assert.equal(at(text), text);
    assert.equal(at(text, 'a', 'b', 0), '1');
    assert.equal(at(text, 'a', 'b', 1), '{"c": "x"}');
    assert.equal(at(text, 'a', 'b', 1, 'c'), '"x"');
    assert.equal(at(text, 'a', 'b', 2, 0), '2');
    assert.equal(at(text, 'a.b', 0), 'true');
  });

  it('finds nothing that is not there', () => {
    for (const path of [['b'], ['a', 1], ['a', 'b'], [0]]) {
      assert.equal(at('{"a": [1]}', ...path), undefined);
    }
    assert.equal(at('', 'a'), undefined);
  });

  it('passes comments, commas at the end and escaped names', () => {
    const text = `\ufeff{
      // "a": [0],
      "a" /* : [0] */ : [
        // one
        { "url": "https://x" }, // [
        /* two */ { "n": 2, },
      ],
      "\\u0062": "]",
    }`;
    assert.equal(at(text, 'a', 0), '{ "url": "https://x" }');
    assert.equal(at(text, 'a', 1), '{ "n": 2, }');
    assert.equal(at(text, 'b'), '"]"');
  });

  it('takes the last of two members with one name, as VS Code does', () => {
    assert.equal(at('{"a": 1, "a": 2}', 'a'), '2');
  });

  it('finds what stands before a mistake, and comes to an end after it', () => {
    assert.equal(at('{"a": [1, 2', 'a', 1), '2');
    assert.equal(at('{"a": [1, "x\n', 'a', 0), '1');
    for (const text of [
      '{"a"',
      '{"a": }',
      '{:}',
      '{]',
      '[}',
      '{"a": 1 /* ',
      '{{{',
      '[[1}',
      '"',
      '/',
    ]) {
      assert.equal(at(text, 'b'), undefined, text);
    }
  });

  it('finds what stands after a name without a value, and under a name without quotes', () => {
    assert.equal(at('{"a" "b": 1, c: 2}', 'b'), '1');
    assert.equal(at('{"a" "b": 1, c: 2}', 'c'), '2');
    assert.equal(at('{"a" "b": 1}', 'a'), undefined);
  });

  it('does not exhaust the stack', () => {
    assert.equal(at(`{"x": ${'['.repeat(1e6)}`, 'a'), undefined);
    for (const [open, step, close] of [
      ['[', 0, ']'],
      ['{"a":', 'a', '}'],
    ] as const) {
      const text = `${open.repeat(100)}1${close.repeat(100)}`;
      const path = Array.from({ length: 100 }, () => step);
      assert.equal(at(text, ...path), '1');
      // What is deeper counts as reaching to the end.
      assert.equal(at(open + text + close, ...path, step), `1${close.repeat(101)}`);
    }
  });
});
