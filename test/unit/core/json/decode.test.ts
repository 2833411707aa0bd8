import assert from 'node:assert/strict';
import {
  array,
  decodeJson,
  field,
  indentJson,
  integer,
  isJson,
  isObject,
  nullable,
  optionalField,
  smallInteger,
  string,
  text,
} from '../../../../src/core/json/decode';
import type { Decoder } from '../../../../src/core/json/decode';
import { fails } from '../../../support/fails';

describe('JSON of a server', () => {
  it('keeps 64-bit integers exact, however deep they are', () => {
    const offsets: Decoder<bigint[]> = (value) =>
      array(value, (item) => field(item, 'offset', integer));
    assert.deepEqual(decodeJson('[{"offset":1},{"offset":9007199254740991}]', offsets), [
      1n,
      9007199254740991n,
    ]);
    assert.deepEqual(
      decodeJson(
        '[{"offset":9007199254740993},{"offset":-9223372036854775808},{"offset":3}]',
        offsets,
      ),
      [9007199254740993n, -9223372036854775808n, 3n],
    );
  });

  it('takes whole numbers in any spelling', () => {
    const integers: Decoder<bigint[]> = (value) => array(value, integer);
    assert.deepEqual(decodeJson('[1e3,2.0]', integers), [1000n, 2n]);
    assert.deepEqual(decodeJson('[1e3,2.0,9007199254740993]', integers), [
      1000n,
      2n,
      9007199254740993n,
    ]);
  });

  it('takes small integers as numbers', () => {
    assert.equal(decodeJson('1767225600000', smallInteger), 1767225600000);
    const both: Decoder<[bigint, number]> = (value) => [
      field(value, 'offset', integer),
      field(value, 'partition', smallInteger),
    ];
    assert.deepEqual(decodeJson('{"offset":9007199254740993,"partition":2}', both), [
      9007199254740993n,
      2,
    ]);
  });

  it('takes strings, nulls, and members that may be missing', () => {
    const read: Decoder<unknown> = (value) => [
      field(value, 'key', nullable(string)),
      field(value, 'value', nullable(string)),
      optionalField(value, 'type', string),
      optionalField(value, 'none', string),
      optionalField(value, 'null', string),
    ];
    assert.deepEqual(decodeJson('{"key":null,"value":"v","type":"t","null":null}', read), [
      null,
      'v',
      't',
      undefined,
      undefined,
    ]);
  });

  it('takes any value as text, its numbers exact', () => {
    const read: Decoder<string> = (value) => field(value, 'value', text);
    assert.equal(decodeJson('{"value":"1"}', read), '1');
    assert.equal(
      decodeJson('{"value":{"a":[9007199254740993,1.10,null]}}', read),
      '{"a":[9007199254740993,1.10,null]}',
    );
  });

  it('tells objects from other things', () => {
    const kinds = decodeJson('[{},[],null,"x",1]', (value) => array(value, isObject));
    assert.deepEqual(kinds, [true, false, false, false, false]);
  });

  const shapes: [string, string, Decoder<unknown>, string][] = [
    ['text', '"x"', integer, 'the answer: expected an integer'],
    ['a fraction', '1.5', integer, 'the answer: expected an integer'],
    [
      'a large fraction',
      '[9007199254740993,1.5]',
      (v) => array(v, integer),
      '[1]: expected an integer',
    ],
    ['a huge number', '1e400', integer, 'the answer: expected an integer'],
    [
      'a large integer',
      '9007199254740993',
      smallInteger,
      'the answer: expected an integer below 2^53',
    ],
    ['a number', '1', string, 'the answer: expected a string'],
    ['an object', '{}', (v) => array(v, string), 'the answer: expected an array'],
    ['an array', '[]', (v) => field(v, 'a', string), 'the answer: expected an object'],
    ['nothing', '{}', (v) => field(v, 'a', string), 'a: expected a string'],
    ['nothing for any value', '{}', (v) => field(v, 'a', text), 'a: expected a value'],
    [
      'what every object inherits',
      '{}',
      (v) => field(v, 'toString', string),
      'toString: expected a string',
    ],
    [
      'a wrong value deep inside',
      '{"records":[{},{"leader":{"id":"secret"}}]}',
      (value) =>
        field(value, 'records', (records) =>
          array(records, (record) =>
            optionalField(record, 'leader', (leader) => field(leader, 'id', smallInteger)),
          ),
        ),
      'records[1].leader.id: expected an integer',
    ],
  ];
  for (const [what, json, decode, detail] of shapes) {
    it(`says where ${what} is not what was expected`, async () => {
      const decoding = Promise.resolve().then(() => decodeJson(json, decode));
      await fails(decoding, { kind: 'protocol', detail });
    });
  }

  it('quotes nothing of a text that is not JSON', async () => {
    for (const json of ['<html>secret', '']) {
      const decoding = Promise.resolve().then(() => decodeJson(json, string));
      await fails(decoding, { kind: 'protocol', detail: 'not JSON' });
    }
  });

  it('keeps values as they are written, however deep, also what JavaScript would not', () => {
    const deep = `${'['.repeat(100_000)}9007199254740993${']'.repeat(100_000)}`;
    const twice = '{"b":"x","1":[],"b":{ "__proto__" : 12.50 }}';
    for (const json of [deep, twice, 'true', 'null', '1.10']) {
      const read: Decoder<string> = (value) => field(value, 'value', text);
      assert.equal(decodeJson(`{"a":1,"value": ${json} }`, read), json);
    }
    const inner: Decoder<string> = (all) => field(all, 'b', (b) => field(b, '__proto__', text));
    assert.equal(decodeJson(twice, inner), '12.50');
  });

  it('takes no time for an integer of a million digits', async () => {
    const digits: Decoder<bigint> = (value) => field(value, 'a', integer);
    const json = `{"a":9007199254740993,"b":1,"a":${'9'.repeat(1_000_000)}}`;
    const decoding = Promise.resolve().then(() =>
      decodeJson(json, (value) => [field(value, 'b', text), digits(value)]),
    );
    await fails(decoding, { kind: 'protocol', detail: 'a: expected an integer' });
  });
});

describe('a decoder that fails by itself', () => {
  it('fails as it does', () => {
    const mistake = new TypeError('mistake');
    const decode = (): never => {
      throw mistake;
    };
    assert.throws(
      () => decodeJson('{}', decode),
      (error) => error === mistake,
    );
  });
});

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
    assert.equal(indentJson('[ { } , [\n] ]'), '[\n  {},\n  []\n]');
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
    const depth = 1_000_000;
    const text = `[{"a":1,"b":${'['.repeat(depth)}${'1,'.repeat(depth)}1${']'.repeat(depth)}}]`;
    const laidOut = indentJson(text, 2);
    assert.ok(laidOut.length < 4 * text.length + 5_000_000, String(laidOut.length));
    assert.deepEqual(laidOut.replace(/\s/g, ''), text);
    assert.match(laidOut, /^\[\n {4}\{\n {6}"a": 1,\n {6}"b": \[\n/);
    assert.match(laidOut, /\n {4}\}\n {2}\]$/);
  });

  it('leaves a text with half a surrogate pair alone', () => {
    assert.equal(indentJson('["\ud800"]'), '["\ud800"]');
  });
});
