import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FilterError, type FilterFault } from '../../../../src/viewer/filter/filterError';
import { parseFilter } from '../../../../src/viewer/filter/filterParser';
import { clock, read } from './reading';

const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 22, hour, minute);

/** What is wrong, and the part of the text that is marked. */
function wrong(text: string): FilterFault & { readonly marked: string } {
  try {
    parseFilter(text, clock);
  } catch (error) {
    assert.ok(error instanceof FilterError, String(error));
    return { ...error.fault, marked: text.slice(error.at, error.at + error.length) };
  }
  return assert.fail(`No problem with ${text}`);
}

describe('A filter', () => {
  const readings: readonly (readonly [string, string])[] = [
    ['', 'everything'],
    ['  ', 'everything'],
    ['order', 'any<order>'],
    [' order  42 ', '(any<order> and any<42>)'],
    ['a and b or c d', '((any<a> and any<b>) or (any<c> and any<d>))'],
    ['a OR B And c', '(any<a> or (any<B> and any<c>))'],
    ['(a or b) c', '((any<a> or any<b>) and any<c>)'],
    ['not a b', '(not any<a> and any<b>)'],
    ['not (a b)', 'not (any<a> and any<b>)'],
    ['-a -"b c" -(d)', '(not any<a> and not any<b c> and not any<d>)'],
    ['not(a)or(b)', '(not any<a> or any<b>)'],
    ['android oracle nothing', '(any<android> and any<oracle> and any<nothing>)'],
    // What is pasted from somewhere.
    ['getUser(5)', 'any<getUser(5)>'],
    ['(getUser(5))', 'any<getUser(5)>'],
    ['{"id":5,"a":[1]}', 'any<{"id":5,"a":[1]}>'],
    ['"id":5', 'any<"id":5>'],
    ["don't", "any<don't>"],
    ['http://host/path?a=b', 'any<http://host/path?a=b>'],
    ['$5.00', 'any<$5.00>'],
    ['- -> --flag', '(any<-> and any<->> and any<--flag>)'],
    // Quotes.
    ['"and"', 'any<and>'],
    ['"say \\"hi\\" C:\\\\dir \\n"', 'any<say "hi" C:\\dir \\n>'],
    ['""', 'any<>'],
    ['("a")', 'any<a>'],
    // Regular expressions.
    ['/a b\\/[/)]/i', 'any/a b\\/[/)]/i'],
    ['(/a/imsu or b)', '(any/a/imsu or any<b>)'],
    // Keys and values.
    ['key:42 VALUE:"a b"', '(key<42> and value<a b>)'],
    ['key: 42', 'key<42>'],
    ['value:/x/', 'value/x/'],
    ['key:null value:"null" null', '(key=null and value<null> and any<null>)'],
    ['-value:null', 'not value=null'],
    ['key:(a or null) b', '((key<a> or key=null) and any<b>)'],
    ['value:(a key:b) c', '((value<a> and key<b>) and any<c>)'],
    // Numbers.
    ['partition:2', 'partition 2-2'],
    ['partition:1,3', 'partition 1-1,3-3'],
    ['partition:>=1', 'partition 1-'],
    ['partition:!=1', 'partition -0,2-'],
    ['header:trace', 'header<trace>'],
    ['header:a=b', 'header<a> == <b>'],
    ['Header:a==b x', '(header<a> == <b> and any<x>)'],
    ['header:a != "b c"', 'header<a> != <b c>'],
    ['header:"a b"="c"', 'header<a b> == <c>'],
    ['header:""="null"', 'header<> == <null>'],
    ['header:a=null', 'header<a> == null'],
    ['header:a=~/x/i', 'header<a> =~ /x/i'],
    ['not (header:a=b or header:c)', 'not (header<a> == <b> or header<c>)'],
    ['offset:100..200', 'offset 100-200'],
    ['offset:..5,9..', 'offset -5,9-'],
    ['offset:> 9007199254740993', 'offset 9007199254740994-'],
    ['offset:<5 offset:<=5 offset:=5', '(offset -4 and offset -5 and offset 5-5)'],
    ['size:>1kb', 'size 1025-'],
    ['size:1.5MB..2mib', 'size 1572864-2097152'],
    // Times.
    ['time:14:00..14:05', `time ${at(14)}-${at(14, 5)}`],
    ['time:"last 15 minutes"', `time ${at(15, 45)}-Infinity`],
    ['time:>=2026-11-22T14:00', `time ${at(14)}-Infinity`],
    ['time:>"2026-11-22 14:00"', `time ${at(14) + 1}-Infinity`],
    [
      'time:<14:00 timestamp:<=14:00',
      `(time -Infinity-${at(14)} and time -Infinity-${at(14) + 1})`,
    ],
    ['time:2026-11-22', `time ${at(0)}-${at(24)}`],
    ['time:2026-11-22 14:00..15:00 x', `(time ${at(14)}-${at(15)} and any<x>)`],
    ['time:between 14:00 and 15:00 and x', `(time ${at(14)}-${at(15)} and any<x>)`],
    ['time: last 15 minutes||x', `(time ${at(15, 45)}-Infinity or any<x>)`],
    [
      '(time:since 14:00) time:today on',
      `(time ${at(14)}-Infinity and time ${at(0)}-${at(24)} and any<on>)`,
    ],
    ['time:!=2026-11-22', `not time ${at(0)}-${at(24)}`],
    [
      'time:>2026-11-22 time:<=2026-11-22',
      `(time ${at(24)}-Infinity and time -Infinity-${at(24)})`,
    ],
    ['time:=2026-11-22', `time ${at(0)}-${at(24)}`],
    // JSON paths.
    ['$.a', '$.a'],
    ['$.user.id == 5', '$.user.id == 5'],
    ['$.user.id=-5.0e3', '$.user.id == -5.0e3'],
    ['$.a=="x y" and b', '($.a == <x y> and any<b>)'],
    ["$.a != 'it\\'s \"\\u0041\"'", '$.a != <it\'s "A">'],
    ['$.a <= null or $.b==true $.c>false', '($.a <= null or ($.b == true and $.c > false))'],
    ['$.a =~ /x y/i', '$.a =~ /x y/i'],
    ['$["a b"][\'c)\'] < 1', '$["a b"][\'c)\'] < 1'],
    ['$[?(@.a == "]" && @.b > 1)].c >= 1', '$[?(@.a == "]" && @.b > 1)].c >= 1'],
    ['($.a)', '$.a'],
    ['$.items[*].price > 10', '$.items[*].price > 10'],
    ['$ == 5', '$ == 5'],
    ['-$.a', 'not $.a'],
  ];
  for (const [text, expected] of readings) {
    it(`reads ${text || 'nothing'}`, () => {
      assert.equal(read(text), expected);
    });
  }
});

describe('A bad filter', () => {
  const faults: readonly (readonly [string, FilterFault, string])[] = [
    ['a "b', { kind: 'unclosed', what: 'quote' }, '"'],
    ['a /b', { kind: 'unclosed', what: 'regex' }, '/'],
    ['a (b (c)', { kind: 'unclosed', what: 'parenthesis' }, '('],
    ['$.a[1', { kind: 'unclosed', what: 'bracket' }, '['],
    ['$.a["b]', { kind: 'unclosed', what: 'quote' }, '"'],
    ["$.a == 'b", { kind: 'unclosed', what: 'quote' }, "'"],
    ['a)', { kind: 'unopened' }, ')'],
    ['a and', { kind: 'term-missing', after: 'and' }, 'and'],
    ['a AND or b', { kind: 'term-missing', after: 'AND' }, 'AND'],
    ['a or )', { kind: 'term-missing', after: 'or' }, 'or'],
    [' or a', { kind: 'term-missing', after: '' }, 'or'],
    ['not', { kind: 'term-missing', after: 'not' }, 'not'],
    ['a ()', { kind: 'term-missing', after: '(' }, '('],
    ['key:', { kind: 'value-missing', after: 'key:' }, 'key:'],
    ['(Offset: >=)', { kind: 'value-missing', after: 'Offset:>=' }, 'Offset: >='],
    ['$.a ==', { kind: 'value-missing', after: '==' }, ' =='],
    ['/(/', { kind: 'regex', detail: 'Unterminated group' }, '/(/'],
    ['/a: b(/i', { kind: 'regex', detail: 'Unterminated group' }, '/a: b(/i'],
    ['/a/g', { kind: 'regex-flag', flag: 'g' }, 'g'],
    ['/a/imi', { kind: 'regex-flag', flag: 'i' }, 'imi'],
    ['partition:x', { kind: 'number', field: 'partition', text: 'x' }, 'x'],
    ['partition:1,', { kind: 'number', field: 'partition', text: '1,' }, '1,'],
    ['header:', { kind: 'value-missing', after: 'header:' }, 'header:'],
    ['header:=b', { kind: 'value-missing', after: 'header:' }, 'header:'],
    ['header:a=', { kind: 'value-missing', after: '=' }, '='],
    ['header:a=~b', { kind: 'literal', text: 'b' }, 'b'],
    ['header:"a', { kind: 'unclosed', what: 'quote' }, '"'],
    ['offset:1.5', { kind: 'number', field: 'offset', text: '1.5' }, '1.5'],
    ['offset:-1', { kind: 'number', field: 'offset', text: '-1' }, '-1'],
    ['offset:..', { kind: 'number', field: 'offset', text: '..' }, '..'],
    ['offset:!=1,2', { kind: 'number', field: 'offset', text: '!=1,2' }, '!=1,2'],
    ['offset:=<1', { kind: 'number', field: 'offset', text: '=<1' }, '=<1'],
    ['offset:1kb', { kind: 'number', field: 'offset', text: '1kb' }, '1kb'],
    ['size:1xb', { kind: 'number', field: 'size', text: '1xb' }, '1xb'],
    ['offset:9..3', { kind: 'empty-range', text: '9..3' }, '9..3'],
    ['time:soon', { kind: 'time', text: 'soon', problem: 'unknown' }, 'soon'],
    ['time:14:00', { kind: 'time', text: '14:00', problem: 'is-moment' }, '14:00'],
    ['time:!=soon', { kind: 'time', text: '!=soon', problem: 'unknown' }, '!=soon'],
    [
      'time:2026-11-22 14:00 x',
      { kind: 'time', text: '2026-11-22 14:00', problem: 'is-moment' },
      '2026-11-22 14:00',
    ],
    ['time > 3 days', { kind: 'time', text: '>3 days', problem: 'is-span' }, '3 days'],
    ['time:11/12/2026', { kind: 'time', text: '11/12/2026', problem: 'day-order' }, '11/12/2026'],
    ['time:>14h', { kind: 'time', text: '>14h', problem: 'duration' }, '>14h'],
    [
      'time:14:05..14:05',
      { kind: 'time', text: '14:05..14:05', problem: 'empty-span' },
      '14:05..14:05',
    ],
    ['$.a == "\\x"', { kind: 'literal', text: '"\\x"' }, '"\\x"'],
    ['$.a == (b or c)', { kind: 'literal', text: '(b' }, '(b'],
    ['$.a == {}', { kind: 'literal', text: '{}' }, '{}'],
    ['$.a =~ b', { kind: 'literal', text: 'b' }, 'b'],
    ['a'.repeat(10_003), { kind: 'too-long', limit: 10_000 }, 'aaa'],
  ];
  for (const [text, fault, marked] of faults) {
    it(`is told at ${text.slice(0, 40)}`, () => {
      assert.deepEqual(wrong(text), { ...fault, marked });
    });
  }

  it('does not go deeper than the stack', () => {
    assert.equal(wrong('('.repeat(9000)).kind, 'too-deep');
    assert.equal(wrong('not '.repeat(2000) + 'a').kind, 'too-deep');
    assert.equal(read('('.repeat(100) + 'a' + ')'.repeat(100)), 'any<a>');
    assert.equal(read('(a) '.repeat(101)), `(${Array(101).fill('any<a>').join(' and ')})`);
  });

  it('may have 10,000 characters', () => {
    assert.equal(read('a'.repeat(10_000)), `any<${'a'.repeat(10_000)}>`);
  });

  it('is the only thing that goes wrong, whatever is typed', () => {
    const pieces = fc.constantFrom(
      ...['and', 'or', 'not', '-', '(', ')', '"', '/', '$', '.', '[', ']', '=', '==', '=~', '<'],
      ...[' ', '\\', 'key:', 'value:', 'offset:', 'time:', 'size:', '..', ',', '5', 'a', "'", '?@'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (all) => {
        const text = all.join('');
        try {
          parseFilter(text, clock);
        } catch (error) {
          assert.ok(error instanceof FilterError, String(error));
          assert.ok(error.at >= 0 && error.length > 0 && error.at + error.length <= text.length);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
