import assert from 'node:assert/strict';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { undecoded } from '../../../../src/core/message/decoded';
import { compileFilter } from '../../../../src/viewer/filter/conditions';
import { parseFilter } from '../../../../src/viewer/filter/filterParser';
import { scan } from '../../../../src/viewer/filter/scan';
import { Steps } from '../../../../src/viewer/steps';
import { MessageStore } from '../../../../src/viewer/store/messageStore';
import { clock, read } from './reading';

const time = (hour: number, minute = 0) => Date.UTC(2026, 10, 22, hour, minute);

describe('A comparison in a filter', () => {
  const readings: readonly (readonly [string, string])[] = [
    // Names lead into the value.
    ['status == ok', '$.status == <ok>'],
    ['status==ok', '$.status == <ok>'],
    ["status != 'not ok'", '$.status != <not ok>'],
    ['user.id >= 5', '$.user.id >= 5'],
    ['a.b[0]["c d"].e = "x"', '$.a.b[0]["c d"].e == <x>'],
    ['items[*].price<=.5', '$.items[*].price <= 0.5'],
    ['.id == 5', '$.id == 5'],
    ['order-id === 5 größe !== 6', '($.order-id == 5 and $.größe != 6)'],
    ['name =~ /re x/i', '$.name =~ /re x/i'],
    ['x < 5 y > 6 z <> 7', '($.x < 5 and $.y > 6 and $.z != 7)'],
    ['-x == 5 !y == 6', '(not $.x == 5 and not $.y == 6)'],
    // In the value or the key.
    ['value.id == 5', '$.id == 5'],
    ['value.id=5', '$.id == 5'],
    ['value["odd name"][0] == 5', '$["odd name"][0] == 5'],
    ['Key.id>5', 'key:$.id > 5'],
    ['key:$.id', 'key:$.id'],
    ['key:$.id == 7', 'key:$.id == 7'],
    ['value:$.a.b', '$.a.b'],
    ['key:id >= 5 value:status == ok', '(key:$.id >= 5 and $.status == <ok>)'],
    ['key:($.id == 5 or id == 6)', '(key:$.id == 5 or key:$.id == 6)'],
    // What a person writes without quotes.
    ['$.a == ok', '$.a == <ok>'],
    ['$.a == 5f3a-c', '$.a == <5f3a-c>'],
    ['$.a == 007', '$.a == <007>'],
    ['$.a >= 2026-11-22', '$.a >= <2026-11-22>'],
    ['$.a == True $.b == NULL', '($.a == true and $.b == null)'],
    ['$.a == "5" $.b == 5', '($.a == <5> and $.b == 5)'],
    ['$.url == /api/x', '$.url == </api/x>'],
    // Lists.
    ['$.a in [1, 2.5]', '$.a in [1,2.5]'],
    ['$.a in ["x, y", z, null]', '$.a in [<x, y>,<z>,null]'],
    ["$.a NOT IN (1,'b')", '$.a not in [1,<b>]'],
    ['status in [new, in transit]', '$.status in [<new>,<in transit>]'],
    ['status in ("a")', '$.status in [<a>]'],
    ['key in [a, null]', '(key=null or key in [<a>])'],
    ['key not in (a)', 'not key in [<a>]'],
    ['header:a in [x, 5]', 'header<a> in [<x>,5]'],
    ['partition in [0, 2..3]', 'partition 0-0,2-3'],
    ['offset not in (5,6)', 'not offset 5-5,6-6'],
    // Fields.
    ['partition=0', 'partition 0-0'],
    ['partition = 0', 'partition 0-0'],
    ['partition=0,1 offset=100..200', '(partition 0-0,1-1 and offset 100-200)'],
    [
      'partition:0-2 offset:5 - 10 size = 1kb–2kb',
      '(partition 0-2 and offset 5-10 and size 1024-2048)',
    ],
    ['offset > 5 -7', '(offset 6- and any<-7>)'],
    ['offset:5 -x', '(offset 5-5 and not any<x>)'],
    ['PARTITION == 0', 'partition 0-0'],
    ['partition>=2 offset>100', '(partition 2- and offset 101-)'],
    ['partition != 1', 'partition -0,2-'],
    ['size > 1kb size <= 2 MB', '(size 1025- and size -2097152)'],
    ['timestamp > 2026-11-22', `time ${time(24)}-Infinity`],
    ['timestamp >= 2026-11-22 14:00 x', `(time ${time(14)}-Infinity and any<x>)`],
    ['time >= 22.11.2026 2 pm', `time ${time(14)}-Infinity`],
    ['time<today 14:00||x', `(time -Infinity-${time(14)} or any<x>)`],
    ['time >= 22 Nov 2026 x', `(time ${time(0)}-Infinity and any<x>)`],
    ['time > 2:30 pm', `time ${time(14, 30) + 1}-Infinity`],
    ['time != today', `not time ${time(0)}-${time(24)}`],
    ['time < 15 minutes ago', `time -Infinity-${time(15, 45)}`],
    ["time = '2026-11-22'", `time ${time(0)}-${time(24)}`],
    ['key = "m-1"', 'key == <m-1>'],
    ['key=m-1', 'key == <m-1>'],
    ['key == null value != null', '(key=null and not value=null)'],
    ['key != m-1', 'not key == <m-1>'],
    ['key:== m-1', 'key == <m-1>'],
    ['key > 5', 'key > 5'],
    ['value =~ /^{/', 'value/^{/'],
    ['header.trace = x', 'header<trace> == <x>'],
    ['headers.trace != null', 'header<trace> != null'],
    ['header["a b"] == \'c d\'', 'header<a b> == <c d>'],
    ['headers:trace', 'header<trace>'],
    ['header:retries > 3', 'header<retries> > 3'],
    // Operators that are words.
    ['value contains error', 'value<error>'],
    ['$.a contains "x.y"', '$.a =~ /x\\.y/isu'],
    ['key startsWith m-', 'key/^m-/isu'],
    ['header.a ends_with b', 'header<a> =~ /b$/isu'],
    ['$.a like "%x_"', '$.a =~ /^.*x.$/isu'],
    ['key is null and $.a is not null', '(key=null and $.a != null)'],
    // Combined as in programming languages.
    ['a && b || c', '((any<a> and any<b>) or any<c>)'],
    ['$.a==1&&$.b==x||c', '(($.a == 1 and $.b == <x>) or any<c>)'],
    ['partition=0||partition:1', '(partition 0-0 or partition 1-1)'],
    ['"a"||(b)&&"c"', '(any<a> or (any<b> and any<c>))'],
    ['!a !(b c) !$.d ! (e)', '(not any<a> and not (any<b> and any<c>) and not $.d and not any<e>)'],
    ['!!a', 'not not any<a>'],
    ['$[?@.a == 1 && @.b == 2] && c', '($[?@.a == 1 && @.b == 2] and any<c>)'],
  ];
  for (const [text, expected] of readings) {
    it(`is read from ${text}`, () => {
      assert.equal(read(text), expected);
    });
  }

  const texts = [
    ...['a->b', 'C++', 'x=1', 'x<5', 'a||b', 'a&b', 'x=>y', 'QUJD==', '(QUJD==)', '"a == b"'],
    ...['http://h/p?a==b', 'key.id', 'headers.trace', 'time=none', 'time=2026-11-22,x', '!=5', '!'],
    ...['value:==', 'value:=5', 'value:$.50', '<size>5</size>', 'key:a||b', "don't", '$5.00'],
    ...['-5', '-73.98', '-5°C', '/var/log', '/api/v1/orders', 'key:/a/b'],
  ];
  for (const text of texts) {
    it(`is not read from the text ${text}`, () => {
      const node = parseFilter(text, clock);
      assert.equal(node?.kind, 'text');
    });
  }

  it('is not read from words that mean something in a sentence', () => {
    assert.equal(read('x in y'), '(any<x> and any<in> and any<y>)');
    assert.equal(read('x in (y or z)'), '(any<x> and any<in> and (any<y> or any<z>))');
    assert.equal(read('queue contains error'), '(any<queue> and any<contains> and any<error>)');
    assert.equal(read('x => y'), '(any<x> and any<=>> and any<y>)');
    assert.equal(read('x ='), '(any<x> and any<=>)');
  });
});

describe('A filter with comparisons', () => {
  const text = (name: string, value: string) => ({ name, value: Buffer.from(value) });
  /** Keys, values and headers. */
  const messages: readonly (readonly [string | null, string | null, KafkaRecord['headers']?])[] = [
    ['m-1', '{"id":5,"status":"new"}', [text('n', '5')]],
    ['"m-1"', '{"id":6,"status":"n\\u0065w"}', [text('n', '10')]],
    ['5', '{"id":null}'],
    ['05', null],
    ['{"id":5}', '5.0'],
    [null, '73314510714175489', [{ name: 'n', value: null }]],
  ];
  const found = (filter: string): string => {
    const store = new MessageStore({ maxMessages: 1e9, maxBytes: 1e12 });
    const records = messages.map(([key, value, headers], index) => ({
      ...{ partition: 0, offset: BigInt(index), key, value },
      ...(headers && { headers }),
    }));
    store.append(undecoded(records));
    const steps = new Steps(new Int32Array(new SharedArrayBuffer(8)), 0);
    const node = parseFilter(filter, clock) ?? assert.fail();
    return scan(store.chunks, 0, records.length, compileFilter(node, steps), steps).join();
  };
  for (const [filter, expected] of [
    ['key == m-1', '0,1'],
    ['key == "m-1"', '0,1'],
    ['key != m-1', '2,3,4,5'],
    ['key == 5', '2'],
    ['key == "5"', '2'],
    ['key == 05', '3'],
    ['key == null', '5'],
    ['key != null', '0,1,2,3,4'],
    ['key in [m-1, 5, null]', '0,1,2,5'],
    ['key not in [m-1, 5]', '3,4,5'],
    ['key > m', '0,1,4'],
    ['key >= 4', '2'],
    ['key startsWith M', '0'],
    ['key:$.id == 5', '4'],
    ['key.id == 5', '4'],
    ['value.id == 5', '0'],
    ['status == new', '0,1'],
    ['status in [new, old]', '0,1'],
    ['status not in [new]', ''],
    ['id in [5, null]', '0,2'],
    ['id not in [5]', '1,2'],
    ['value == 5', '4'],
    ['value == 73314510714175489', '5'],
    ['value == 73314510714175488', ''],
    ['header.n > 5', '1'],
    ['header.n == 5', '0'],
    ['header.n in [5, null]', '0,5'],
    ['header.n not in [5]', '1,5'],
    ['header.n is not null', '0,1'],
    ['header.n contains 0', '1'],
  ] as const) {
    it(`finds ${expected || 'nothing'} by ${filter}`, () => {
      assert.equal(found(filter), expected);
    });
  }
});
