import assert from 'node:assert/strict';
import { parsePath } from '../../../../src/viewer/filter/path/parsePath';
import { seenIn } from './seen';

/** Paths with what was seen there. */
function paths(...values: readonly string[]): readonly string[] {
  return seenIn(values).paths.map(
    ({ where, path, kinds, values: seen }) =>
      `${where} ${path} ${[...kinds].join('|')} ${seen ? seen.join(' ') : '...'}`,
  );
}

describe('The fields that are seen in messages', () => {
  it('are paths with their kinds and values, the most frequent first', () => {
    assert.deepEqual(
      paths('{"a":1,"b":{"c":"x"}}', '{"b":{"c":"y","d":null}}', '{"b":{"c":"y"}}', 'no JSON', '5'),
      [
        'value $.b object ',
        'value $.b.c text "y" "x"',
        'value $.a number 1',
        'value $.b.d null null',
      ],
    );
  });

  it('are those of keys as well, with the keys, the headers and the partitions', () => {
    const seen = seenIn([null, null, null], ['{"k":1}', 'a', 'a'], { trace: 't', 'a b': '"' });
    assert.deepEqual(
      seen.paths.map(({ where, path }) => [where, path]),
      [['key', '$.k']],
    );
    assert.deepEqual(seen.keys, ['"a"', '"{\\"k\\":1}"']);
    assert.deepEqual(seen.headers, [
      { name: 'trace', values: ['"t"'] },
      { name: 'a b', values: ['"\\""'] },
    ]);
    assert.deepEqual(seen.partitions, [0, 1]);
  });

  it('have one path for all elements of an array', () => {
    assert.deepEqual(paths('{"a":[1,"x",{"b":true}],"c":[[2]]}'), [
      'value $.a[*] number|text|object 1 "x"',
      'value $.a array ',
      'value $.a[*].b boolean true',
      'value $.c array ',
      'value $.c[*] array ',
      'value $.c[*][*] number 2',
    ]);
  });

  it('keep all digits of numbers', () => {
    assert.deepEqual(paths('{"id":73314510714175489}'), ['value $.id number 73314510714175489']);
  });

  it('list no values if these are many or long', () => {
    const many = Array.from({ length: 13 }, (_, n) => `{"a":${n},"b":"${'x'.repeat(n * 6)}"}`);
    assert.deepEqual(paths(...many), ['value $.a number ...', 'value $.b text ...']);
  });

  it('are paths that filters take, whatever the names', () => {
    const names = [
      'odd name',
      '',
      '__proto__',
      '"]',
      "'",
      '\n',
      '日本',
      '\u{1f600}',
      '\ud800',
      '$',
      '*',
    ];
    const value = JSON.stringify(Object.fromEntries(names.map((name) => [name, 1])));
    const found = seenIn([value]).paths;
    assert.equal(found.length, names.length - 1);
    for (const { path } of found) {
      const [selector] = parsePath(path).segments[0]?.selectors ?? [];
      assert.ok(selector?.kind === 'name' && names.includes(selector.name), path);
    }
  });

  it('are bounded, whatever the messages are', () => {
    const wide = `{${Array.from({ length: 5000 }, (_, n) => `"n${n}":1`).join()}}`;
    const many = Array.from({ length: 50 }, (_, n) => `{"o${n}":${wide}}`);
    const deep = '{"a":'.repeat(5000) + '1' + '}'.repeat(5000);
    assert.equal(seenIn([...many, deep, '['.repeat(5000)]).paths.length, 400);
    assert.equal(seenIn([deep]).paths.length, 9);
    assert.deepEqual(paths(`{"${'x'.repeat(101)} ":1}`), []);
  });
});
