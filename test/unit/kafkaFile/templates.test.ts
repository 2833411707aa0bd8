import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { de, de_AT } from '@faker-js/faker';
import fc from 'fast-check';
import { openFaker } from '../../../src/kafkaFile/faker/library';
import type { RenderContext } from '../../../src/kafkaFile/render';
import { newSeed, render, usesFaker } from '../../../src/kafkaFile/render';
import { findTemplates } from '../../../src/kafkaFile/templates';

const faker = openFaker('en');
const NOW = Date.UTC(2025, 0, 31, 12, 0, 0, 999);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const context: RenderContext = {
  index: 7,
  seed: [1, 2, 3],
  now: NOW,
  env: (name) => (name === 'HOME_TOWN' ? '{{person.firstName}} $& in Bern' : undefined),
  faker,
};

/** What a text becomes, or the kind of the problem and where it is. */
function rendered(text: string): string {
  const { text: result, problem } = render(text, context);
  return problem ? `${problem.kind} ${text.slice(problem.start, problem.end)}` : result;
}

describe('templates', () => {
  describe('finds', () => {
    const table: [text: string, found: string[]][] = [
      ['{{person.firstName}}', ['{{person.firstName}}']],
      ['a {{$index}}-{{string.uuid()}} b', ['{{$index}}', '{{string.uuid()}}']],
      ['{"a":{{number.int}}}', ['{{number.int}}']],
      ['{"a":{"b":{{number.int({"min":1,"max":9})}}}}', ['{{number.int({"min":1,"max":9})}}']],
      ['{{{number.int}}}', ['{{number.int}}']],
      ['{{helpers.arrayElement([{"a":{"b":1}}])}}', ['{{helpers.arrayElement([{"a":{"b":1}}])}}']],
      ['{{number.int({"max":{{$timestamp}}})}}', ['{{number.int({"max":{{$timestamp}}})}}']],
      ['{{helpers.arrayElement(["a)","}}"])}}', ['{{helpers.arrayElement(["a)","}}"])}}']],
      ['{{ person.firstName }}', []],
      ['{{$ index}}', []],
      ['{{}} {{Person.x}} {{1}} {{"a":1}}', []],
      ['{"a":{"b":{"c":1}}}', []],
      ['{{person.firstName', ['{{person.firstName template-open']],
      ['{{whatever', []],
      ['{{person.nobody}}', ['{{person.nobody}} template-unknown']],
      ['{{person}}', ['{{person}} template-unknown']],
      ['{{constructor.constructor("x")}}', ['{{constructor.constructor("x")}} template-unknown']],
      ['{{helpers.fake("x")}}', ['{{helpers.fake("x")}} template-unknown']],
      ['{{person.firstName("a").b("c")}}', ['{{person.firstName("a").b("c")}} template-unknown']],
      ["{{helpers.arrayElement(['a','}}'])}}", ["{{helpers.arrayElement(['a','}}'])}}"]],
      ['{{number.int({min:{max:1}})}} }}', ['{{number.int({min:{max:1}})}} template-arguments']],
      ['{{number.int({min:1,max:{{$index}}})}}', ['{{number.int({min:1,max:{{$index}}})}}']],
      ['{{helpers.maybe(() => 1)}}', ['{{helpers.maybe(() => 1)}} template-unknown']],
      ['{{number.int({minimum:1})}}', ['{{number.int({minimum:1})}} template-option']],
      ['{{faker.name.firstName()}}', ['{{faker.name.firstName()}}']],
      ['{{image.unsplash.food}}', ['{{image.unsplash.food}}']],
      ['{{number.int(5}}', ['{{number.int(5}} template-arguments']],
      ['{{$nothing}}', ['{{$nothing}} template-unknown']],
      ['{{$index 5}}', ['{{$index 5}} template-arguments']],
      [
        '{{$randomInt 1 6}}{{$randomInt(-5, -5)}}',
        ['{{$randomInt 1 6}}', '{{$randomInt(-5, -5)}}'],
      ],
      ['{{$uuid()}}{{$index }}', ['{{$uuid()}}', '{{$index }}']],
      ['{{$randomInt 6 1}}', ['{{$randomInt 6 1}} template-arguments']],
      ['{{$randomInt a b}}', ['{{$randomInt a b}} template-arguments']],
      ['{{$env.PATH}}{{$env.}}', ['{{$env.PATH}}', '{{$env.}} template-unknown']],
    ];
    for (const [text, found] of table) {
      it(text, () => {
        const templates = findTemplates(text).map(({ start, end, problem }) =>
          [text.slice(start, end), ...(problem ? [problem.kind] : [])].join(' '),
        );
        assert.deepEqual(templates, found);
      });
    }

    it('none in JSON outside of strings', () => {
      fc.assert(
        fc.property(fc.json({ stringUnit: fc.constantFrom('a', ' ') }), (json) => {
          assert.deepEqual(findTemplates(json), []);
        }),
      );
    });

    it('all in time that grows with the text', () => {
      for (const text of [
        '{{number.int({"a":'.repeat(5000) + '}}'.repeat(5000),
        `{{git.branch("${')'.repeat(32)}}}`.repeat(5000),
        `{{git.branch('${')'.repeat(32)}}}`.repeat(5000),
        `{{number.int([{{$index}},`.repeat(5000),
        `{{number.int({a:[}}`.repeat(5000),
      ]) {
        assert.ok(findTemplates(text).length > 0);
      }
    });
  });

  describe('fill in', () => {
    const table: [text: string, result: string | RegExp][] = [
      [
        'no templates {{ $index }} {{ person.x }} }}',
        'no templates {{ $index }} {{ person.x }} }}',
      ],
      ['{{$timestamp}} {{$date.now}}', `${NOW} ${NOW}`],
      ['{{$date.iso}}', '2025-01-31T12:00:00.999Z'],
      ['{{$date.unix}}', String(Math.floor(NOW / 1000))],
      ['{{$index}}', '7'],
      ['{{$uuid}}', UUID],
      ['{{$randomInt 5 5}}', '5'],
      ['{{$randomInt -3 3}}', /^-?[0-3]$/],
      ['{{$randomInt 9007199254740993 9007199254740993}}', '9007199254740993'],
      ['{{$env.HOME_TOWN}}', '{{person.firstName}} $& in Bern'],
      ['{{$env.MISSING}}', 'env-missing {{$env.MISSING}}'],
      ['{{number.int(0)}}', '0'],
      ['{{number.int({"min":5,"max":5})}}', '5'],
      [
        '{{number.int({"min":{{$date.unix}},"max":{{$date.unix}}})}}',
        String(Math.floor(NOW / 1000)),
      ],
      ['{{helpers.arrayElement(["a"])}}', 'a'],
      ['{{helpers.arrayElements(["a","a"])}}', 'a'],
      ['{{helpers.slugify(a b)}}', 'a-b'],
      ['{{string.alpha(3)}}', /^[A-Za-z]{3}$/],
      ['{{string.uuid()}}', UUID],
      ['{{airline.airport.iataCode}}', /^[A-Z]{3}$/],
      ['{{airline.airport().iataCode}}', /^[A-Z]{3}$/],
      ['{{airline.airport}}', /^\{"name":.*\}$/],
      ['{{internet.userName}}', /^\S+$/],
      ['{"a":{"b":{{number.int(0)}}},"c":"{{datatype.boolean(1)}}"}', '{"a":{"b":0},"c":"true"}'],
      ['{{helpers.arrayElement(["{{person.firstName}}"])}}', '{{person.firstName}}'],
      ['a {{person.nobody}}', 'template-unknown {{person.nobody}}'],
      ["{{helpers.arrayElement(['a'])}}", 'a'],
      ['{{number.int({min:4,max:4,})}}', '4'],
      ['{{number.int({minimum:1})}}', 'template-option {{number.int({minimum:1})}}'],
      ['{{random.number(0)}}{{datatype.number({"max":0})}}', '00'],
      [
        '{{ random.number(0) }}{{random.number(0) }}{{faker.random.number(0)}}',
        '{{ random.number(0) }}00',
      ],
      ["{{name.findName('Ada', 'Byron')}}", /Ada Byron/],
      ["{{finance.amount(3, 3, 1, '$')}}", '$3.0'],
      ["{{phone.phoneNumber('+1 (##)')}}{{phone.phoneNumber(7)}}", /^\+1 \(\d\d\)7$/],
      ["{{date.between('2020-01-01', '2020-01-01').x}}", /^template-unknown/],
      ['{{helpers.fromRegExp(/[a-z]{3}/)}}{{helpers.fromRegExp([A-Z]{2})}}', /^[a-z]{3}[A-Z]{2}$/],
      ['{{number.bigInt({min: 9007199254740993n, max: 9007199254740993n})}}', '9007199254740993'],
      ["{{date.past({refDate: new Date('1999-01-01')})}}", /1998/],
      ['{{number.int(1, 5)}}', 'template-arguments {{number.int(1, 5)}}'],
      ['{{number.int("5")}}', 'template-arguments {{number.int("5")}}'],
      [
        '{{number.int({{$env.HOME_TOWN}})}}',
        'template-arguments {{number.int({{$env.HOME_TOWN}})}}',
      ],
      ['{{string.alpha(1000000000)}}', 'template-failed {{string.alpha(1000000000)}}'],
      [
        '{{lorem.words({"min":1,"max":1e9})}}',
        'template-failed {{lorem.words({"min":1,"max":1e9})}}',
      ],
      [
        '{{helpers.fromRegExp("(a{999}){2,999}")}}',
        'template-failed {{helpers.fromRegExp("(a{999}){2,999}")}}',
      ],
      ['{{helpers.arrayElement([1000000])}}', '1000000'],
      ['{{number.int({"min":2,"max":1})}}', 'template-failed {{number.int({"min":2,"max":1})}}'],
      ['{{airline.airport.nothing}}', 'template-unknown {{airline.airport.nothing}}'],
      ['{{airline.airport.constructor}}', 'template-unknown {{airline.airport.constructor}}'],
      ['{{person.firstName', '{{person.firstName'],
    ];
    for (const [text, expected] of table) {
      it(text, () => {
        const result = rendered(text);
        if (expected instanceof RegExp) assert.match(result, expected);
        else assert.equal(result, expected);
      });
    }

    it('the same in key and value, since both begin with the seed of the record', () => {
      for (const text of ['{{person.fullName}}', '{{$uuid}}', '{{$randomInt 0 1000000}}']) {
        const [first, again] = [rendered(text), rendered(`${text} ${text}`)];
        assert.equal(again.slice(0, first.length), first);
        assert.notEqual(again, `${first} ${first}`);
      }
    });

    it('something else in the next record', () => {
      for (const text of ['{{string.uuid}}', '{{$uuid}}']) {
        const next = render(text, { ...context, seed: [...newSeed(), 8] });
        assert.notEqual(next.text, rendered(text));
      }
    });

    it('without faker what needs none', () => {
      const without = { ...context, faker: undefined };
      assert.equal(usesFaker('{{$index}} {{ person.x }}'), false);
      assert.equal(usesFaker('{{$index}} {{person.firstName}}'), true);
      assert.equal(render('{{$index}}', without).text, '7');
    });
  });

  describe('in another language', () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'locales-'));
      writeFileSync(join(folder, 'locales.br'), brotliCompressSync(JSON.stringify({ de, de_AT })));
    });
    after(() => {
      rmSync(folder, { recursive: true });
    });

    const weekday = (locale: string) => {
      const localized = openFaker(locale, folder);
      localized.seed([1], NOW);
      return String(localized.call('date.weekday', []));
    };

    it('come from the file beside the bundle', () => {
      assert.match(weekday('de'), /tag$|Mittwoch/);
      assert.match(weekday('en'), /day$/);
    });

    it('fall back on the language that a variety is of, and on English', () => {
      assert.match(weekday('de_AT'), /tag$|Mittwoch/);
      assert.match(weekday('xx'), /day$/);
    });
  });
});
