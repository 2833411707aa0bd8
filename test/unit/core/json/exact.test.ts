import assert from 'node:assert/strict';
import { JsonNumber, parseExact, plainJson } from '../../../../src/core/json/exact';
import { JsonSyntaxError } from '../../../../src/core/json/scanner';

describe('Exact JSON', () => {
  it('keeps the digits of numbers, and members of any name', () => {
    const value = parseExact(' {"a":[9007199254740993,1.50,null,true],"__proto__":"\\u0041"} ');
    assert.deepEqual(
      value,
      new Map<string, unknown>([
        ['a', [new JsonNumber('9007199254740993'), new JsonNumber('1.50'), null, true]],
        ['__proto__', 'A'],
      ]),
    );
  });

  it('is what JSON.parse returns once it is plain', () => {
    const json = '{"a":[1.5,{"b":false}],"__proto__":{"c":null},"a b":""}';
    assert.deepEqual(plainJson(parseExact(json)), JSON.parse(json));
  });

  it('refuses what is no JSON, and what is deeper than anyone writes', () => {
    for (const text of ['', '{', '1 2', '[1,]', "'a'", '['.repeat(1000) + ']'.repeat(1000)]) {
      assert.throws(() => parseExact(text), JsonSyntaxError, text.slice(0, 10));
    }
    parseExact('['.repeat(400) + ']'.repeat(400));
  });
});
