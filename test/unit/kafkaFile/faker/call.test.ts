import assert from 'node:assert/strict';
import { parseCall } from '../../../../src/kafkaFile/faker/call';

describe('calls of faker', () => {
  const accepted: [expression: string, args: unknown[] | undefined][] = [
    ['person.firstName', undefined],
    ['person.firstName()', []],
    ['faker.person.firstName( )', []],
    ['number.int(5)', [5]],
    ['number.int({min: 1, max: 5})', [{ min: 1, max: 5 }]],
    ['number.int (5) ', [5]],
    ['number.int(undefined)', [undefined]],
    ['helpers.slugify(a b)', ['a b']],
    ['helpers.slugify(2025)', ['2025']],
    ["helpers.arrayElements(['a', 'b'], {min: 1, max: 2})", [['a', 'b'], { min: 1, max: 2 }]],
    // Options one by one, as in earlier versions.
    ["finance.amount(1, 5, 2, '$')", [{ min: 1, max: 5, dec: 2, symbol: '$' }]],
    ['finance.amount(null, 5)', [{ max: 5 }]],
    ['finance.amount({min: 1})', [{ min: 1 }]],
    ['date.past(2)', [{ years: 2 }]],
    ["date.between('2020-01-01', '2021-01-01')", [{ from: '2020-01-01', to: '2021-01-01' }]],
    ["internet.email('a', 'b')", [{ firstName: 'a', lastName: 'b' }]],
    [
      "internet.email('a', {allowSpecialCharacters: true})",
      [{ firstName: 'a', allowSpecialCharacters: true }],
    ],
    ['location.nearbyGPSCoordinate([1, 2], 5)', [{ origin: [1, 2], radius: 5 }]],
    // Former names of options.
    ['date.month({abbr: true})', [{ abbreviated: true }]],
    ['number.float({max: 1, precision: 0.1})', [{ max: 1, multipleOf: 0.1 }]],
    ["random.alpha({count: 3, bannedChars: ['a']})", [{ length: 3, exclude: ['a'] }]],
    ["person.fullName({gender: 'male'})", [{ sex: 'male' }]],
    // What a helper becomes is not known yet.
    ['helpers.arrayElement({{$env.LIST}})', [0]],
  ];
  for (const [expression, args] of accepted) {
    it(`accept ${expression}`, () => {
      const call = parseCall(expression);
      assert.equal(call.problem, undefined);
      if (!expression.includes('{{')) assert.deepEqual(call.args, args);
    });
  }

  const refused: [expression: string, detail: string | undefined, suggestion?: string][] = [
    [
      'number.int(1, 5)',
      'takes a number or {min, max, multipleOf}',
      'number.int({min: 1, max: 5})',
    ],
    ["number.int('5')", 'takes a number or {min, max, multipleOf}', 'number.int(5)'],
    ['number.int(five)', 'takes a number or {min, max, multipleOf}'],
    ['number.int(null)', 'takes a number or {min, max, multipleOf}'],
    ["number.int({min: '1'})", 'takes a number as "min"'],
    ['string.hexadecimal(8)', 'takes {length, casing, prefix}', 'string.hexadecimal({length: 8})'],
    ['person.bio(5)', 'takes no arguments', 'person.bio'],
    ["helpers.arrayElement('a', 'b')", 'takes a list', "helpers.arrayElement(['a', 'b'])"],
    ['helpers.arrayElement(red, green)', 'takes a list', "helpers.arrayElement(['red', 'green'])"],
    ['helpers.arrayElement([red])', 'takes a list', "helpers.arrayElement(['red'])"],
    ['helpers.arrayElement', 'takes a list'],
    ['lorem.paragraphs(1, " ", 3)', 'takes a number or {min, max}, then a text in quotes'],
    ['finance.amount(1, 2, 2, "$", true, 6)', 'takes {min, max, dec, symbol, autoFormat}'],
    ["date.past('soon')", 'takes a number or {min, max} as "years"'],
    ["date.between('2020-01-01')", 'takes {from, to}'],
    ['person.firstName(() => 1)', undefined],
    ['airline.airport(5).iataCode', 'takes no arguments', 'airline.airport.iataCode'],
  ];
  for (const [expression, detail, suggestion] of refused) {
    it(`refuse ${expression}`, () => {
      const { name, problem } = parseCall(expression);
      assert.equal(problem?.kind, 'template-arguments');
      assert.equal(problem.detail, detail && `"${name}" ${detail}`);
      assert.equal(problem.suggestions?.[0], suggestion);
    });
  }

  const unknownOptions: readonly (readonly [string, string, ...string[]])[] = [
    ['number.int({minimum: 1})', 'minimum', 'number.int({min: 1})'],
    ['number.int({Min: 1, Max: 5})', 'Min", "Max', 'number.int({min: 1, max: 5})'],
    ['number.int({from: 1, max: 5})', 'from'],
  ];
  for (const [expression, detail, ...suggestions] of unknownOptions) {
    it(`refuse ${expression}, whose options would be ignored`, () => {
      const { problem, args } = parseCall(expression);
      assert.equal(args, undefined);
      assert.deepEqual(problem, { kind: 'template-option', detail, suggestions });
    });
  }

  const withoutParentheses: readonly (readonly [string, string])[] = [
    ['number.int 1 5', 'number.int({min: 1, max: 5})'],
    ['number.int[1,5]', 'number.int({min: 1, max: 5})'],
    ['number.int:5', 'number.int(5)'],
    ['date.recent.toISOString()', 'date.recent'],
  ];
  for (const [expression, suggestion] of withoutParentheses) {
    it(`lead from ${expression} to ${suggestion}`, () => {
      const { problem } = parseCall(expression);
      assert.equal(problem?.kind, 'template-unknown');
      assert.deepEqual(problem.suggestions, [suggestion]);
    });
  }

  it('need a known name, and a path of names', () => {
    for (const expression of [
      'a.b',
      'person',
      'person.firstName.',
      'person.firstName().x()',
      'x(1)',
    ]) {
      assert.equal(parseCall(expression).problem?.kind, 'template-unknown', expression);
    }
  });
});
