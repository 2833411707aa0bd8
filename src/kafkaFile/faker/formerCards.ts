import type { FormerMethod, Tools } from './tools';

/** The name of a method in place of each value that it makes. */
type Outline = { readonly [name: string]: string | Outline | readonly Outline[] };

const COMPANY: Outline = {
  name: 'company.name',
  catchPhrase: 'company.catchPhrase',
  bs: 'company.buzzPhrase',
};
const GEO: Outline = { lat: 'location.latitude', lng: 'location.longitude' };
const ADDRESS: Outline = {
  street: 'location.street',
  suite: 'location.secondaryAddress',
  city: 'location.city',
  zipcode: 'location.zipCode',
  geo: GEO,
};
const POST: Outline = {
  words: 'lorem.words',
  sentence: 'lorem.sentence',
  sentences: 'lorem.sentences',
  paragraph: 'lorem.paragraph',
};
const TRANSACTION: Outline = {
  amount: 'finance.amount',
  date: 'date.past',
  business: 'company.name',
  name: 'finance.accountName',
  type: 'finance.transactionType',
  account: 'finance.accountNumber',
};
const USER: Outline = {
  name: 'person.fullName',
  username: 'internet.username',
  email: 'internet.email',
  address: ADDRESS,
  phone: 'phone.number',
  website: 'internet.domainName',
  company: COMPANY,
};
const CARD: Outline = {
  ...USER,
  address: {
    streetA: 'location.street',
    streetB: 'location.streetAddress',
    streetC: 'location.streetAddress',
    streetD: 'location.secondaryAddress',
    city: 'location.city',
    state: 'location.state',
    country: 'location.country',
    zipcode: 'location.zipCode',
    geo: GEO,
  },
  posts: [POST, POST, POST],
  accountHistory: [TRANSACTION, TRANSACTION, TRANSACTION],
};
const CONTEXTUAL: Outline = {
  ...USER,
  name: 'person.firstName',
  avatar: 'image.avatar',
  dob: 'date.birthdate',
};

/** The methods that made whole objects, which faker has no longer. */
export const formerCards: Readonly<Record<string, FormerMethod>> = {
  'helpers.contextualCard': (_, tools) => filled(CONTEXTUAL, tools),
  'helpers.createCard': (_, tools) => filled(CARD, tools),
  'helpers.createTransaction': (_, tools) => filled(TRANSACTION, tools),
  'helpers.userCard': (_, tools) => filled(USER, tools),
};

function filled(outline: Outline, { call }: Tools): object {
  const fill = (part: Outline[string]): unknown => {
    if (typeof part === 'string') return call(part);
    if (isList(part)) return part.map(fill);
    return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, fill(each)]));
  };
  return Object.fromEntries(Object.entries(outline).map(([name, each]) => [name, fill(each)]));
}

function isList(part: Outline | readonly Outline[]): part is readonly Outline[] {
  return Array.isArray(part);
}
