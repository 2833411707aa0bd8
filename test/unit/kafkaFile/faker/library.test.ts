import assert from 'node:assert/strict';
import { parseCall } from '../../../../src/kafkaFile/faker/call';
import { openFaker } from '../../../../src/kafkaFile/faker/library';

const faker = openFaker('en');
const NOW = Date.UTC(2025, 0, 31, 12);

/** What a template's expression gives. */
function valueOf(expression: string): unknown {
  const { name, args, problem } = parseCall(expression);
  assert.equal(problem, undefined);
  return faker.call(name, args ?? []);
}

/** Checks a few values, since each is random. */
function always(expression: string, holds: (value: unknown) => boolean): void {
  faker.seed([1, 2, 3], NOW);
  for (let times = 0; times < 30; times += 1) {
    const value = valueOf(expression);
    assert.ok(holds(value), `${expression} gives ${String(value)}`);
  }
}

const within = (min: number, max: number) => (value: unknown) =>
  typeof value === 'number' && value >= min && value <= max;
const whole = (min: number, max: number) => (value: unknown) =>
  within(min, max)(value) && Number.isInteger(value);
const like = (pattern: RegExp) => (value: unknown) =>
  typeof value === 'string' && pattern.test(value);
const between = (from: string, to: string) => (value: unknown) =>
  value instanceof Date && value >= new Date(from) && value <= new Date(to);

describe('methods of earlier versions of faker', () => {
  const table: [expression: string, holds: (value: unknown) => boolean][] = [
    ['random.number', whole(0, 99_999)],
    ['random.number(5)', whole(0, 5)],
    ['random.number({min: 5, max: 7})', whole(5, 7)],
    ['random.number({min: 200000})', whole(200_000, 299_999)],
    ['datatype.number({max: 1, precision: 0.01})', within(0, 1)],
    ['random.float({min: 1, max: 2})', within(1, 2)],
    ['datatype.float(0.1)', (value) => Number.isInteger(Math.round(Number(value) * 10_000) / 1000)],
    ['datatype.datetime({min: 0, max: 1000})', between('1970-01-01', '1970-01-02')],
    ['datatype.datetime', between('1990-01-01', '2100-01-01')],
    ['datatype.string(4)', like(/^.{4}$/)],
    ['datatype.hexaDecimal(3)', like(/^0x[\da-fA-F]{3}$/)],
    ["datatype.hexadecimal({length: 2, prefix: '', case: 'upper'})", like(/^[\dA-F]{2}$/)],
    ['datatype.json', (value) => Object.keys(JSON.parse(String(value)) as object).length === 7],
    ['datatype.array(3)', (value) => Array.isArray(value) && value.length === 3],
    ['random.alpha', like(/^[a-z]$/)],
    ['random.alpha({count: 3, upcase: true})', like(/^[A-Z]{3}$/)],
    ['random.alphaNumeric(5)', like(/^[a-z\d]{5}$/)],
    ["random.alphaNumeric(5, {bannedChars: ['a', 'b']})", like(/^[c-z\d]{5}$/)],
    ['random.numeric(3)', like(/^[1-9]\d\d$/)],
    ["random.arrayElement(['x'])", (value) => value === 'x'],
    ['random.arrayElement', like(/^[abc]$/)],
    ["random.objectElement({a: 'b'}, 'key')", (value) => value === 'a'],
    ["random.objectElement({a: 'b'})", (value) => value === 'b'],
    ['random.words(2)', like(/^\S+ \S+$/)],
    ['random.locale', like(/^[a-z]{2}(?:_\w+)?$/)],
    ['name.firstName(0)', like(/^\S+/)],
    ["name.findName('Ada', 'Byron', 1)", like(/Ada Byron/)],
    ['name.gender(true)', like(/^(?:fe)?male$/)],
    ["address.zipCode('##')", like(/^\d\d$/)],
    ['address.stateAbbr', like(/^[A-Z]{2}$/)],
    ['address.state(true)', like(/^[A-Z]{2}$/)],
    ['address.latitude(10, 5)', within(5, 10)],
    ['address.zipCodeByState', like(/^\d{5}/)],
    ['finance.amount(2, 2, 3)', (value) => value === '2.000'],
    ['finance.mask(5)', like(/^\(\.\.\.\d{5}\)$/)],
    ['finance.mask(5, false, false)', like(/^\d{5}$/)],
    ['finance.maskedNumber({length: 3, parens: false})', like(/^\.\.\.\d{3}$/)],
    ['finance.account(4)', like(/^\d{4}$/)],
    ["phone.phoneNumber('+49 !##')", like(/^\+49 [2-9]\d\d$/)],
    ["phone.number('##')", like(/^\d\d$/)],
    ['phone.phoneNumberFormat(1)', like(/^\d[\d-]+ x\d+$/)],
    ['phone.phoneFormats', like(/#/)],
    ['internet.color(255, 0, 0)', like(/^#[7-9a-f][\da-f][0-7][\da-f][0-7][\da-f]$/)],
    ['internet.password(9, false, /[A-Z]/)', like(/^[A-Z]{9}$/)],
    ['image.cats(10, 20, true)', like(/^https:.*\/10\/20\/cats\?/)],
    ['image.imageUrl', like(/^https:.*\/640\/480\?/)],
    ["image.imageUrl(1, 2, 'x')", like(/^https:.*\/1\/2\/x\?/)],
    ['image.lorempicsum.imageGrayscale(10, 20)', like(/10\/20.*grayscale/)],
    ["helpers.fromRegExp('[A-Z]{2}')", like(/^[A-Z]{2}$/)],
    ['helpers.fromRegExp(/^[\\d.]{2}\\d{3}\\.\\w$/)', like(/^[\d.]{2}\d{3}\.\w$/)],
    ["helpers.fromRegExp('\\\\d{3}')", like(/^\d{3}$/)],
    ['git.shortSha', like(/^[\da-f]{7}$/)],
    ['mersenne.rand(3, 1)', whole(1, 2)],
    ["helpers.repeatString('ab', 2)", (value) => value === 'abab'],
    ["helpers.replaceSymbolWithNumber('#!?')", like(/^\d[2-9]\?$/)],
    ["helpers.replaceSymbolWithNumber('a#', 'a')", like(/^\d#$/)],
    ["helpers.regexpStyleStringParse('#{2}t[15-10]')", like(/^##t1[0-5]$/)],
    ['date.past(1)', between('2024-01-31', '2025-01-31T12:00:00Z')],
    ["date.future(1, '2030-01-01')", between('2030-01-01', '2031-01-02')],
    ['date.birthdate({min: 1990, max: 1991})', between('1989-12-31', '1992-01-01')],
    ["date.betweens('2020-01-01', '2020-01-02', 2)", (value) => Array.isArray(value)],
    ['time.recent', (value) => value === NOW],
    ["time.recent('date')", between('2025-01-31', '2025-02-01')],
    [
      'helpers.userCard',
      (value) => typeof value === 'object' && value !== null && 'company' in value,
    ],
  ];
  for (const [expression, holds] of table) {
    it(expression, () => {
      always(expression, holds);
    });
  }

  it('do not look for ever for what there is not', () => {
    assert.throws(() => valueOf('internet.password(5, false, /é/)'), /no character/);
  });

  it('do not make up what faker does not know', () => {
    for (const pattern of ['/(a|b)/', '/a|b/', '/\\s/']) {
      assert.throws(() => valueOf(`helpers.fromRegExp(${pattern})`), /neither groups/, pattern);
    }
  });

  it('do not fill the memory', () => {
    for (const expression of [
      "helpers.repeatString('abcdefghij', 10001)",
      'datatype.array(1000000)',
      'random.alphaNumeric(1e9)',
      'finance.mask(1e9)',
      "helpers.regexpStyleStringParse('#{1000000}')",
      'helpers.fromRegExp(/a{1000000}/)',
      "helpers.replaceCreditCardSymbols('#{1000000}')",
      "finance.creditCardNumber({issuer: '#{1000000}'})",
      'airline.flightNumber({length: 1e9})',
      'system.fileName({extensionCount: 1e9})',
    ]) {
      assert.throws(() => valueOf(expression), /no more than/, expression);
    }
  });
});
