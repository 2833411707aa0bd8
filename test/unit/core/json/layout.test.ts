import assert from 'node:assert/strict';
import { compactJson, indentJson, isJson } from '../../../../src/core/json/layout';

describe('a text', () => {
  it('is JSON if it is one value', () => {
    for (const json of ['{}', ' [1]\n', '"x"', '-1.5e3', 'true', 'null', '\t0\r\n']) {
      assert.equal(isJson(json), true, json);
    }
    for (const other of [
      '',
      ' ',
      'hello',
      '{',
      '{} {}',
      "{'a':1}",
      '01',
      'nul',
      '\u00a01',
      'NaN',
    ]) {
      assert.equal(isJson(other), false, other);
    }
  });
});

describe('laying out JSON', () => {
  it('gives every member and item a line', () => {
    assert.equal(
      indentJson('{"a":[1,{"b":null}],"c":"d"}'),
      '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": "d"\n}',
    );
  });

  it('puts a margin before all lines but the first', () => {
    assert.equal(indentJson('[1,[2]]', 4), '[\n      1,\n      [\n        2\n      ]\n    ]');
  });

  it('keeps what is empty on one line', () => {
    assert.equal(indentJson('[ { } ,\t[\r\n] ]'), '[\n  {},\n  []\n]');
    assert.equal(indentJson('{}'), '{}');
  });

  it('keeps numbers and strings as they are written', () => {
    const literals = [
      '9007199254740993',
      '1.10',
      '-0',
      '1E+2',
      '"\\u00e4 \\" \\\\"',
      '"ä 😀 {}[],: "',
      '"\\\\"',
      `"${'x'.repeat(30)}\\\\\\"${'y'.repeat(100)}"`,
      `"${'x'.repeat(200)}\\\\"`,
      'true',
    ];
    for (const literal of literals) {
      assert.equal(indentJson(literal), literal);
      assert.equal(
        indentJson(` [ ${literal} , ${literal} ] `),
        `[\n  ${literal},\n  ${literal}\n]`,
      );
    }
  });

  it('does as JSON.stringify does, whatever stands before', () => {
    const value = [
      { a: [], b: {}, c: [[], [{}]], 'd:"': { e: ['\n', '\\', 'x'.repeat(99)] } },
      -1.5,
    ];
    const expected = JSON.stringify(value, null, 2);
    for (const spaces of [0, 1, 7]) {
      assert.equal(indentJson(JSON.stringify(value, null, spaces)), expected);
    }
  });

  it('is not limited by depth, and goes no further in than a hundred levels', () => {
    const depth = 5_000;
    const lines = indentJson('['.repeat(depth) + '1' + ']'.repeat(depth)).split('\n');
    assert.equal(lines.length, 2 * depth - 1 + 2);
    assert.equal(lines[150], `${' '.repeat(200)}[`);
    assert.equal(lines.at(-1), ']');
  });

  it('does not grow a text by more than a few times, however deep it is', () => {
    const depth = 100_000;
    const text = `[{"a":1,"b":${'['.repeat(depth)}${'1,'.repeat(depth)}1${']'.repeat(depth)}}]`;
    const laidOut = indentJson(text, 2);
    assert.ok(laidOut.length < 4 * text.length + 5_000_000, String(laidOut.length));
    assert.deepEqual(laidOut.replace(/\s/g, ''), text);
    assert.match(laidOut, /^\[\n {4}\{\n {6}"a": 1,\n {6}"b": \[\n/);
    assert.match(laidOut, /\n {4}\}\n {2}\]$/);
  });

  it('breaks outer levels into lines even where no more blanks may be added', () => {
    // Each of these levels would be indented by 200 blanks.
    const deep = `${'['.repeat(50_000)}1${']'.repeat(50_000)}`;
    const laidOut = indentJson(`[${deep},{"a":[2,3]}]`);
    assert.match(laidOut.slice(-50), /\],\n {2}\{"a": \[2,3\]\n {2}\}\n\]$/);
  });

  it('leaves a text with half a surrogate pair alone', () => {
    assert.equal(indentJson('["\ud800"]'), '["\ud800"]');
  });
});

describe('compacting JSON', () => {
  it('removes the blanks outside of strings', () => {
    const json = ' {\n\t"a b": [ 1, " \\" , ", "\\\\" , 2.50 ] } \r\n';
    assert.equal(compactJson(json), '{"a b":[1," \\" , ","\\\\",2.50]}');
    assert.equal(compactJson('[1]'), '[1]');
  });
});
