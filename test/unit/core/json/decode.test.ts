import assert from 'node:assert/strict';
import {
  array,
  decodeJson,
  field,
  integer,
  isArray,
  isObject,
  memberMap,
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

  // Asks for a large integer first, so that what follows is read from a text parsed again.
  const large = '9007199254740993';
  const again =
    <T>(decode: Decoder<T>): Decoder<T> =>
    (value) => {
      field(value, 'large', integer);
      return field(value, 'value', decode);
    };

  it('tells arrays from other things', () => {
    const json = '[[],{},null,"[",1]';
    const kinds: Decoder<boolean[]> = (value) => array(value, isArray);
    const expected = [true, false, false, false, false];
    assert.deepEqual(decodeJson(json, kinds), expected);
    assert.deepEqual(decodeJson(`{"large":${large},"value":${json}}`, again(kinds)), expected);
  });

  it('takes all members of an object, in their order', () => {
    const integers: Decoder<[string, bigint][]> = (value) => [...memberMap(value, integer)];
    assert.deepEqual(decodeJson('{"b":1,"a":2,"__proto__":3}', integers), [
      ['b', 1n],
      ['a', 2n],
      ['__proto__', 3n],
    ]);
    assert.deepEqual(decodeJson(`{"b":${large},"a":2,"b":3}`, integers), [
      ['b', 3n],
      ['a', 2n],
    ]);
    assert.deepEqual(decodeJson(`{"b":1,"a":${large}}`, integers), [
      ['b', 1n],
      ['a', 9007199254740993n],
    ]);
  });

  it('takes everything that is no number from a text that has large integers as well', () => {
    const read: Decoder<unknown> = again((value) => [
      field(value, 'text', string),
      ...['text', 'true', 'false', 'null'].map((name) => field(value, name, text)),
      optionalField(value, 'null', string),
      array(
        field(value, 'none', (none) => none),
        string,
      ),
      field(value, 'members', (members) => [...memberMap(members, string)]),
    ]);
    const value =
      '{"text":"a\\u0041","true":true,"false":false,"null":null,"none":[ ],"members":{ }}';
    assert.deepEqual(decodeJson(`{"large":${large},"value":${value}}`, read), [
      'aA',
      'aA',
      'true',
      'false',
      'null',
      undefined,
      [],
      [],
    ]);
  });

  it('takes an integer of up to 400 digits beside a large one', async () => {
    const read = (digits: string) =>
      decodeJson(`{"large":${large},"value":${digits}}`, again(integer));
    assert.equal(read('9'.repeat(400)), BigInt('9'.repeat(400)));
    const more = Promise.resolve().then(() => read('9'.repeat(401)));
    await fails(more, { detail: 'value: expected an integer' });
  });

  const shapes: [string, string, Decoder<unknown>, string][] = [
    ['text', '"x"', integer, 'the response: expected an integer'],
    ['a fraction', '1.5', integer, 'the response: expected an integer'],
    [
      'a large fraction',
      '[9007199254740993,1.5]',
      (v) => array(v, integer),
      '[1]: expected an integer',
    ],
    ['a huge number', '1e400', integer, 'the response: expected an integer'],
    [
      'a large integer',
      '9007199254740993',
      smallInteger,
      'the response: expected an integer below 2^53',
    ],
    ['a number', '1', string, 'the response: expected a string'],
    [
      'an object beside a large integer',
      `{"large":${large},"value":{"0":"a"}}`,
      again((value) => array(value, string)),
      'value: expected an array',
    ],
    [
      'an array beside a large integer',
      `{"large":${large},"value":["a"]}`,
      again((value) => field(value, '0', string)),
      'value: expected an object',
    ],
    [
      'an array of members',
      '["a"]',
      (v) => memberMap(v, string),
      'the response: expected an object',
    ],
    ['members of a number', '1', (v) => memberMap(v, string), 'the response: expected an object'],
    ['an object', '{}', (v) => array(v, string), 'the response: expected an array'],
    ['an array', '[]', (v) => field(v, 'a', string), 'the response: expected an object'],
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
