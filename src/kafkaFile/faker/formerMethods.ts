import { formerCards } from './formerCards';
import { isPlainObject } from './parameters';
import { matchesCharacters, toPattern } from './patterns';
import type { FormerMethod, Tools } from './tools';

/** The time that `datetime` chose from by default. */
const DATETIME = { min: Date.UTC(1990, 0, 1), max: Date.UTC(2100, 0, 1) };
const ABC = ['a', 'b', 'c'];
const FOO_BAR = { foo: 'bar', too: 'car' };
const LOCALES = (
  'af_ZA ar az cz de de_AT de_CH el en en_AU en_BORK en_CA en_GB en_GH en_IE en_IND en_NG en_US ' +
  'en_ZA es es_MX fa fi fr fr_BE fr_CA fr_CH ge he hr hu hy id_ID it ja ko lv mk nb_NO ne nl ' +
  'nl_BE pl pt_BR pt_PT ro ru sk sv tr uk ur vi zh_CN zh_TW zu_ZA'
).split(' ');
const IMAGE_CATEGORIES =
  'abstract animals buildings business cats city fashion food nature nightlife objects people ' +
  'sports technics technology transport';

/** Methods of faker today that take less than former versions did, or must not take all. */
const WIDER: Readonly<Record<string, FormerMethod>> = {
  'date.birthdate': ([options], { call, now }) => {
    const { mode = 'year', min, max, ...rest } = members(options);
    if (min === undefined && max === undefined) return call('date.birthdate', [options]);
    const year = now().getUTCFullYear();
    const [low, high] = mode === 'age' ? [18, 80] : [year - 80, year - 18];
    return call('date.birthdate', [{ ...rest, mode, min: min ?? low, max: max ?? high }]);
  },
  'helpers.fromRegExp': ([pattern], { call }) => call('helpers.fromRegExp', [toPattern(pattern)]),
  'image.urlLoremFlickr': ([options], tools) => pictureUrl(options, tools),
  'internet.password': ([options], { call }) => {
    const { pattern } = members(options);
    // Faker would look for a character for ever.
    if (pattern instanceof RegExp && !matchesCharacters(pattern)) {
      throw new Error('no character matches the pattern');
    }
    return call('internet.password', [options]);
  },
  'person.firstName': ([sex], { call }) => call('person.firstName', [toSex(sex)]),
  'person.fullName': ([options], { call }) => call('person.fullName', [withSex(options)]),
  'person.gender': ([binary], { call }) => call(binary === true ? 'person.sex' : 'person.gender'),
  'person.lastName': ([sex], { call }) => call('person.lastName', [toSex(sex)]),
  'person.middleName': ([sex], { call }) => call('person.middleName', [toSex(sex)]),
  'person.prefix': ([sex], { call }) => call('person.prefix', [toSex(sex)]),
  'phone.number': ([format], tools) =>
    typeof format === 'string'
      ? replaceDigits(format, '#', tools)
      : tools.call('phone.number', [format]),
};

/** Methods of former versions for which another name alone is not enough. */
const FORMER: Readonly<Record<string, FormerMethod>> = {
  'company.companySuffix': (_, { oneOf, words }) => oneOf(words('company.legal_entity_type')),
  'company.suffixes': (_, { words }) => words('company.legal_entity_type'),
  'datatype.array': ([length = 10], { call }) =>
    Array.from({ length: Number(call('helpers.rangeToNumber', [length])) }, () => mixed(call)),
  'datatype.datetime': ([options], { call }) => {
    const { min = DATETIME.min, max = DATETIME.max } = members(options, 'max');
    return call('date.between', [{ from: min, to: max }]);
  },
  'datatype.json': (_, { call }) =>
    JSON.stringify(
      Object.fromEntries(
        ['foo', 'bar', 'bike', 'a', 'b', 'name', 'prop'].map((name) => [name, mixed(call)]),
      ),
    ),
  'datatype.number': ([options], tools) => number(members(options, 'max'), 1, tools),
  'datatype.float': ([options], tools) => number(members(options, 'precision'), 0.01, tools),
  'datatype.hexadecimal': ([options], { call }) =>
    call('string.hexadecimal', [members(options, 'length')]),
  'datatype.string': ([options], { call }) => {
    return call('string.sample', [members(options, 'length')['length'] ?? 10]);
  },
  'finance.mask': ([options], { call }) => {
    const { length = 4, parens = true, ellipsis = true } = members(options);
    const digits = `${ellipsis === true ? '...' : ''}${String(call('string.numeric', [length]))}`;
    return parens === true ? `(${digits})` : digits;
  },
  'git.shortSha': (_, { call }) => call('git.commitSha', [{ length: 7 }]),
  'helpers.randomize': ([list = ABC], { call }) => call('helpers.arrayElement', [list]),
  'helpers.regexpStyleStringParse': ([text = ''], { call }) => {
    const repeated = call('helpers.fromRegExp', [
      String(text).replace(/\[(\d+)-(\d+)\]/g, (_, one: string, other: string) => {
        const [min, max] = [Number(one), Number(other)].sort((a, b) => a - b);
        return String(call('number.int', [{ min, max }]));
      }),
    ]);
    return repeated;
  },
  'helpers.repeatString': ([text = '', times = 0]) => String(text).repeat(Number(times)),
  'helpers.replaceSymbolWithNumber': ([text = '', symbol = '#'], tools) =>
    replaceDigits(String(text), String(symbol), tools),
  'image.imageBlurred': ([options], { call }) =>
    call('image.urlPicsumPhotos', [{ ...picture(options), grayscale: false }]),
  'image.imageGrayscale': ([options], { call }) => {
    const { grayscale = true } = members(options);
    return call('image.urlPicsumPhotos', [{ ...picture(options), grayscale, blur: 0 }]);
  },
  'image.imageRandomSeeded': ([options], { call }) =>
    call('image.urlPicsumPhotos', [picture(options)]),
  'image.imageUrl': ([options], tools) => pictureUrl(options, tools),
  'image.image': ([options], tools) =>
    pictureUrl(options, tools, tools.oneOf(IMAGE_CATEGORIES.split(' '))),
  'image.urlPlaceholder': ([options], { call }) => {
    const { width, height, color } = members(options);
    return call('image.dataUri', [{ width, height, color }]);
  },
  'internet.color': ([options], { call }) => {
    const { redBase = 0, greenBase = 0, blueBase = 0 } = members(options);
    const parts = [redBase, greenBase, blueBase].map((base) => {
      const part = Math.floor((Number(call('number.int', [255])) + Number(base)) / 2);
      return part.toString(16).padStart(2, '0');
    });
    return `#${parts.join('')}`;
  },
  'location.cityPrefix': (_, { oneOf, words }) => oneOf(words('location.city_prefix')),
  'location.citySuffix': (_, { oneOf, words }) => oneOf(words('location.city_suffix')),
  'location.stateAbbr': (_, { call }) => call('location.state', [{ abbreviated: true }]),
  'location.streetSuffix': (_, { oneOf, words }) => oneOf(words('location.street_suffix')),
  'location.zipCodeByState': ([state], { call }) =>
    call('location.zipCode', typeof state === 'string' ? [{ state }] : [state]),
  'mersenne.rand': ([max = 32_768, min = 0], { call }) =>
    call('number.int', [{ min, max: Number(max) - 1 }]),
  'person.findName': ([options], { call }) => call('person.fullName', [withSex(options)]),
  'phone.phoneFormats': (_, { oneOf, words }) => oneOf(words('phone_number.format.human')),
  'phone.phoneNumberFormat': ([index = 0], tools) => {
    const formats = tools.words('phone_number.format.human');
    return replaceDigits(String(formats[Number(index) % formats.length]), '#', tools);
  },
  'random.alpha': ([options], { call }) => {
    const { upcase, ...rest } = members(options, 'length');
    return call('string.alpha', [{ casing: upcase === true ? 'upper' : 'lower', ...rest }]);
  },
  'random.alphaNumeric': ([length = 1, options], { call }) =>
    call('string.alphanumeric', [{ casing: 'lower', ...members(options), length }]),
  'random.arrayElement': ([list = ABC], { call }) => call('helpers.arrayElement', [list]),
  'random.arrayElements': ([list = ABC, count], { call }) =>
    call('helpers.arrayElements', [list, count]),
  'random.locale': (_, { oneOf }) => oneOf(LOCALES),
  'random.numeric': ([length = 1, options], { call }) =>
    call('string.numeric', [{ allowLeadingZeros: false, ...members(options), length }]),
  'random.objectElement': ([object = FOO_BAR, field], { call }) =>
    call(field === 'key' ? 'helpers.objectKey' : 'helpers.objectValue', [object]),
  'random.words': ([count = { min: 1, max: 3 }], { call }) => call('word.words', [{ count }]),
  'time.recent': ([format = 'unix'], { now }) => {
    if (format === 'abbr') return now().toLocaleTimeString();
    if (format === 'wide') return now().toTimeString();
    return format === 'unix' ? now().getTime() : now();
  },
};

const SAME: Readonly<Record<string, string>> = {
  'datatype.hexaDecimal': 'datatype.hexadecimal',
  'finance.maskedNumber': 'finance.mask',
  'phone.phoneNumber': 'phone.number',
  'random.float': 'datatype.float',
  'random.hexaDecimal': 'datatype.hexadecimal',
  'random.image': 'image.image',
  'random.number': 'datatype.number',
};

const METHODS: ReadonlyMap<string, FormerMethod> = new Map([
  ...Object.entries({ ...WIDER, ...FORMER, ...formerCards }),
  ...IMAGE_CATEGORIES.split(' ').map((category): [string, FormerMethod] => [
    `image.${category}`,
    ([options], tools) => pictureUrl(options, tools, category),
  ]),
]);

/** Returns how a former version made the result of a method, if it differs from today's. */
export function findFormerMethod(name: string): FormerMethod | undefined {
  return METHODS.get(SAME[name] ?? name);
}

/** Returns the members of an object. `single` is the name of what may be given without one. */
function members(value: unknown, single?: string): Readonly<Record<string, unknown>> {
  if (isPlainObject(value)) return value;
  return value === undefined || single === undefined ? {} : { [single]: value };
}

function number(
  { min = 0, max, precision }: Readonly<Record<string, unknown>>,
  defaultPrecision: number,
  { call }: Tools,
): unknown {
  const multipleOf = precision ?? defaultPrecision;
  return call('number.float', [{ min, max: max ?? Number(min) + 99_999, multipleOf }]);
}

function mixed(call: Tools['call']): unknown {
  return call('datatype.boolean') === true
    ? call('string.sample', [10])
    : call('number.int', [99_999]);
}

/** Replaces each symbol by a digit, and each `!` by one that is neither 0 nor 1. */
function replaceDigits(text: string, symbol: string, { call }: Tools): string {
  return text.replace(/[\s\S]/g, (character) => {
    if (character === symbol) return String(call('number.int', [9]));
    return character === '!' ? String(call('number.int', [{ min: 2, max: 9 }])) : character;
  });
}

/** Former versions counted sexes: 0 is male, 1 is female. */
function toSex(sex: unknown): unknown {
  return typeof sex === 'number' ? (sex === 0 ? 'male' : 'female') : sex;
}

function withSex(options: unknown): unknown {
  return isPlainObject(options) && 'sex' in options
    ? { ...options, sex: toSex(options['sex']) }
    : options;
}

/** Returns the options of today for a picture, whose size was fixed by default. */
function picture(options: unknown): Readonly<Record<string, unknown>> {
  const { width = 640, height = 480, grayscale, blur } = members(options);
  return { width, height, grayscale, blur };
}

/** Written out, because faker warns at each of these calls that it will soon drop them. */
function pictureUrl(options: unknown, { call }: Tools, about?: unknown): string {
  const { width, height } = picture(options);
  const { category = about, keyword = category } = members(options);
  const path = [width, height, ...(keyword === undefined ? [] : [keyword])].map(String);
  return `https://loremflickr.com/${path.join('/')}?lock=${String(call('number.int'))}`;
}
