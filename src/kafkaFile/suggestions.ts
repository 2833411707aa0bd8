import { distance } from '../core/text/nearest';
import { FORMER_NAMES, TEMPLATE_NAMES } from './faker/names';
import { HELPERS } from './templates';

/** Names that people know from elsewhere, without capitals and dots, and what comes nearest. */
const SYNONYMS: Readonly<Record<string, string>> = {
  alphabetic: 'string.alpha',
  bankaccount: 'finance.accountNumber',
  bankaccountbic: 'finance.bic',
  bankaccountiban: 'finance.iban',
  bankaccountname: 'finance.accountName',
  bitcoin: 'finance.bitcoinAddress',
  bool: 'datatype.boolean',
  color: 'color.human',
  creditcard: 'finance.creditCardNumber',
  creditcardmask: 'finance.pin',
  date: '$date.iso date.recent',
  datetime: '$date.iso',
  double: 'number.float',
  epoch: '$timestamp $date.unix',
  float: 'number.float',
  guid: '$uuid string.uuid',
  hexcolor: 'color.rgb',
  id: '$uuid string.uuid',
  int: 'number.int',
  integer: 'number.int',
  ipaddress: 'internet.ip',
  isotimestamp: '$date.iso',
  localdatetime: '$date.iso',
  location: 'location.city',
  macaddress: 'internet.mac',
  millis: '$timestamp',
  name: 'person.fullName',
  now: '$date.iso $timestamp',
  number: 'number.int',
  person: 'person.fullName',
  phone: 'phone.number',
  phonenumberext: 'phone.number',
  random: 'number.int',
  sequence: '$index',
  string: 'string.alphanumeric',
  today: '$date.iso',
  unix: '$date.unix',
  uuid: '$uuid string.uuid',
  word: 'word.sample lorem.word',
  zip: 'location.zipCode',
};

const MAX_SUGGESTIONS = 3;
/** Former names of modules, in which a name is looked for as well. */
const FORMER_MODULES: Readonly<Record<string, string>> = { location: 'address', person: 'name' };

/** A name that can be suggested, and forms of names by which it is found. */
interface Candidate {
  readonly name: string;
  readonly method: string;
  /** `modulemethod` and `methodmodule`. */
  readonly full: readonly string[];
}

const TODAY: readonly Candidate[] = TEMPLATE_NAMES.map((name) => toCandidate(name, name));
const FORMER: readonly Candidate[] = [...FORMER_NAMES].map(([former, name]) =>
  toCandidate(former, name),
);

/** The helpers that need nothing after their names, without capitals and dots. */
const HELPER_NAMES: readonly (readonly [squashed: string, name: string])[] = [
  ...[...HELPERS.keys()]
    .filter((name) => name !== '$env.' && name !== '$randomInt')
    .map((name) => [squashed(name), name] as const),
  ['randomint', '$randomInt 1 100'],
];

/**
 * Returns templates that a person may have meant by an unknown name, the likeliest first: the same
 * name in another case or module, a method without its module, names of other tools such as
 * `$randomFirstName`, and names that differ in a few characters. At most three.
 */
export function suggestTemplates(name: string): string[] {
  const [, variable] = /^\$?(?:env|processEnv|process\.env)[. ]+(\w+)$/.exec(name) ?? [];
  if (variable !== undefined) return [`$env.${variable}`];
  const wanted = squashed(name.replace(/^faker\./i, ''));
  const isHelper = name.startsWith('$');
  const bare = isHelper ? wanted.replace(/^random(?=.)/, '') : wanted;
  const method = isHelper ? bare : squashed(name.slice(name.lastIndexOf('.') + 1));
  const suggestions = [
    ...namesWhere(({ full }) => full.includes(wanted)),
    ...HELPER_NAMES.filter(([helper]) => helper === wanted).map(([, each]) => each),
    ...synonymsOf(bare),
    ...namesWhere(({ full }) => full.includes(bare)),
    ...namesWhere((each) => each.method === method),
    ...synonymsOf(method),
  ];
  const found = suggestions.length > 0 ? suggestions : similarTo(wanted, method, isHelper);
  return [...new Set(found)].slice(0, MAX_SUGGESTIONS);
}

/** Returns the methods that have this name, whether or not its capitals are right. */
export function namesWithoutCase(name: string): string[] {
  const wanted = squashed(name.replace(/^faker\./i, ''));
  return name.includes('.') ? namesWhere(({ full }) => full.includes(wanted)) : [];
}

/** Returns names of today, or if there are none, those that replace former ones. */
function namesWhere(matches: (candidate: Candidate) => boolean): string[] {
  const today = TODAY.filter(matches);
  return (today.length > 0 ? today : FORMER.filter(matches)).map(({ name }) => name);
}

function synonymsOf(word: string): string[] {
  return Object.hasOwn(SYNONYMS, word) ? (SYNONYMS[word]?.split(' ') ?? []) : [];
}

/** Returns the names that differ least from a name, if they differ in a few characters only. */
function similarTo(wanted: string, method: string, isHelper: boolean): string[] {
  const helpers = HELPER_NAMES.map(([helper, name]) => ({
    name,
    rank: isHelper ? rank(wanted, helper) - 1 : Infinity,
  }));
  const methods = [...TODAY, ...FORMER].map((each) => ({
    name: each.name,
    rank: Math.min(
      ...each.full.slice(0, 1).map((full) => rank(wanted, full)),
      rank(method, each.method) + 0.5,
    ),
  }));
  const ranked = [...helpers, ...methods];
  const best = Math.min(...ranked.map((each) => each.rank));
  return best < Infinity ? ranked.filter((each) => each.rank === best).map(({ name }) => name) : [];
}

/** Returns how far two names are apart, or infinity if they are not similar. */
function rank(a: string, b: string): number {
  const limit = Math.min(3, Math.ceil(a.length / 5));
  const difference = distance(a, b, limit);
  return difference > limit ? Infinity : difference;
}

function toCandidate(found: string, name: string): Candidate {
  const [module = '', method = ''] = found.split('.');
  const former = FORMER_MODULES[module];
  const modules = [module, ...(former === undefined ? [] : [former])];
  return {
    name,
    method: squashed(method),
    full: modules.flatMap((each) => [squashed(each + method), squashed(method + each)]),
  };
}

function squashed(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, '');
}
