import assert from 'node:assert/strict';
import { isMembers, JsonNumber, parseExact, plainJson } from '../../../../src/core/json/exact';
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

  it('has 500 levels below the outermost one', () => {
    const nested = (open: string, levels: number, close: string) =>
      open.repeat(levels) + '1' + close.repeat(levels);
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      parseExact(nested(open, 500, close));
      assert.throws(() => parseExact(nested(open, 501, close)), JsonSyntaxError);
    }
  });

  it('passes the blanks of RFC 8259, and no others', () => {
    const blanks = ' \t\n\r';
    const text = ['[', '1', ',', '{', '"a"', ':', '{', '}', '}', ']'].join(blanks);
    assert.deepEqual(plainJson(parseExact(blanks + text + blanks)), [1, { a: {} }]);
    for (const blank of ['\v', '\f', '\u00a0', '\ufeff']) {
      assert.throws(() => parseExact(`${blank}1`), JsonSyntaxError);
    }
  });

  it('says where a text stops being JSON', () => {
    for (const [text, at] of [
      ['[1 2]', 3],
      ['{"a" 1}', 5],
      ['["a\n"]', 3],
      ['', 0],
    ] as const) {
      assert.throws(() => parseExact(text), {
        name: 'JsonSyntaxError',
        message: `Not JSON at ${at}`,
        at,
      });
    }
  });

  it('tells objects from arrays', () => {
    assert.deepEqual(
      ['{}', '[]', 'null', '1'].map((text) => isMembers(parseExact(text))),
      [true, false, false, false],
    );
  });
});
