import assert from 'node:assert/strict';
import { elements, members } from '../../../src/emulator/rawJson.js';

describe('raw JSON', () => {
  const arrays: [json: string, expected: string[] | undefined][] = [
    ['[]', []],
    [' [ 1 , 2 ] ', ['1', '2']],
    ['[9007199254740993, 12.50, 1E+400]', ['9007199254740993', '12.50', '1E+400']],
    ['["a , ] b", "\\"", "\\\\"]', ['"a , ] b"', '"\\""', '"\\\\"']],
    ['[ { "a" : [ 1, 2 ] }, [ [ ] ] ]', ['{"a":[1,2]}', '[[]]']],
    ['["  keeps  ", true, null]', ['"  keeps  "', 'true', 'null']],
    ['{"0":1}', undefined],
    ['"[1]"', undefined],
  ];
  for (const [json, expected] of arrays) {
    it(`takes the elements of ${json}`, () => {
      assert.deepEqual(elements(json), expected);
    });
  }

  const objects: [json: string, expected: Record<string, string> | undefined][] = [
    ['{}', {}],
    ['{ "a" : 1.0 , "b" : { "c" : "}" } }', { a: '1.0', b: '{"c":"}"}' }],
    ['{"a:b": ":"}', { 'a:b': '":"' }],
    ['{"\\u0061": 1, "a": 2}', { a: '2' }],
    ['{"__proto__": 1}', Object.fromEntries([['__proto__', '1']])],
    ['[{"a":1}]', undefined],
    ['7', undefined],
  ];
  for (const [json, expected] of objects) {
    it(`takes the members of ${json}`, () => {
      const found = members(json);
      assert.deepEqual(found && Object.fromEntries(found), expected);
    });
  }
});
