import { FORMER_METHODS } from './formerNames';

/**
 * The methods that `{{module.method}}` may call: the public methods of the bundled faker, except
 * those that take a function as an argument or evaluate templates themselves. With this list the
 * editor does not have to load faker. A test compares the list with faker.
 *
 * The parameters of a method stand in parentheses, each as the letters of what it may be:
 *
 * - `n` number, `s` string, `b` boolean, `i` integer in any form, `l` list, `o` object, `d` date, `r`
 *   regular expression, `c` number or `{min, max}`;
 * - `{name:letters}` an object with these options; `name=other` is a former name of an option;
 * - `!` before what must be given;
 * - `+` before options that former versions took one by one, in this order;
 * - `~` before letters that only former versions took.
 */
const METHODS: Readonly<Record<string, string>> = {
  airline:
    'aircraftType airline airplane airport flightNumber({length:c,addLeadingZeros:b}) ' +
    'recordLocator({allowNumerics:b,allowVisuallySimilarCharacters:b}) seat({aircraftType:s})',
  animal:
    'bear bird cat cetacean cow crocodilia dog fish horse insect lion petName rabbit ' +
    'rodent snake type',
  book: 'author format genre publisher series title',
  color:
    'cmyk({format:s}) colorByCSSColorSpace({format:s,space:s}) cssSupportedFunction ' +
    'cssSupportedSpace hsl({format:s,includeAlpha:b}) human hwb({format:s}) lab({format:s}) ' +
    'lch({format:s}) rgb({prefix:s,casing:s,format:s,includeAlpha:b}) space',
  commerce:
    'department isbn(n{variant:n,separator:s}) price(+{min:n,max:n,dec:n,symbol:s}) product ' +
    'productAdjective productDescription productMaterial productName upc({prefix:s})',
  company:
    'buzzAdjective buzzNoun buzzPhrase buzzVerb catchPhrase catchPhraseAdjective ' +
    'catchPhraseDescriptor catchPhraseNoun name',
  database: 'collation column engine mongodbObjectId type',
  datatype: 'boolean(n{probability:n})',
  date:
    'anytime({refDate:d}) between(!+{!from:d,!to:d}) betweens(!+{!from:d,!to:d,count:c}) ' +
    'birthdate({refDate:d,mode:s,min:n,max:n}) future(+{years:c,refDate:d}) ' +
    'month({abbreviated:b,context:b,abbr=abbreviated:b}) past(+{years:c,refDate:d}) ' +
    'recent(+{days:c,refDate:d}) soon(+{days:c,refDate:d}) timeZone ' +
    'weekday({abbreviated:b,context:b,abbr=abbreviated:b})',
  finance:
    'accountName accountNumber(n{length:n}) ' +
    'amount(+{min:n,max:n,dec:n,symbol:s,autoFormat:b}) bic({includeBranchCode:b}) ' +
    'bitcoinAddress({type:s,network:s}) creditCardCVV creditCardIssuer ' +
    'creditCardNumber(s{issuer:s}) currency currencyCode currencyName currencyNumericCode ' +
    'currencySymbol ethereumAddress iban(+{formatted:b,countryCode:s}) litecoinAddress ' +
    'pin(n{length:n}) routingNumber transactionDescription transactionType',
  food: 'adjective description dish ethnicCategory fruit ingredient meat spice vegetable',
  git:
    'branch commitDate({refDate:d}) commitEntry({merge:b,eol:s,refDate:d}) commitMessage ' +
    'commitSha({length:n})',
  hacker: 'abbreviation adjective ingverb noun phrase verb',
  helpers:
    'arrayElement(!l) arrayElements(!l,c) enumValue(!o) fromRegExp(!sr) mustache(!s,!o) ' +
    'objectEntry(!o) objectKey(!o) objectValue(!o) rangeToNumber(!c) ' +
    'replaceCreditCardSymbols(s,s) replaceSymbols(s) shuffle(!l,{inplace:b}) slugify(s) ' +
    'uniqueArray(!l,!n) weightedArrayElement(!l)',
  image:
    'avatar avatarGitHub dataUri(+{width:n,height:n,color:s,type:s}) ' +
    'personPortrait({sex:s,size:n}) url({width:n,height:n}) ' +
    'urlLoremFlickr({width:n,height:n,category:s}) ' +
    'urlPicsumPhotos({width:n,height:n,grayscale:b,blur:n})',
  internet:
    'displayName(+{firstName:s,lastName:s}) domainName domainSuffix domainWord ' +
    'email(+{firstName:s,lastName:s,provider:s,allowSpecialCharacters:b}) emoji({types:l}) ' +
    'exampleEmail(+{firstName:s,lastName:s,allowSpecialCharacters:b}) httpMethod ' +
    'httpStatusCode({types:l}) ip ipv4({cidrBlock:s,network:s}) ipv6 ' +
    'jwt({header:o,payload:o,refDate:d}) jwtAlgorithm mac(s{separator:s}) ' +
    'password(+{length:n,memorable:b,pattern:r,prefix:s}) port protocol ' +
    'url({appendSlash:b,protocol:s}) userAgent username(+{firstName:s,lastName:s})',
  location:
    'buildingNumber cardinalDirection(+{abbreviated:b}) city continent country ' +
    'countryCode(s{variant:s}) county direction(+{abbreviated:b}) language ' +
    'latitude(+{max:n,min:n,precision:n}) longitude(+{max:n,min:n,precision:n}) ' +
    'nearbyGPSCoordinate(+{origin:l,radius:n,isMetric:b}) ordinalDirection(+{abbreviated:b}) ' +
    'postalAddress secondaryAddress state(+{abbreviated:b}) street ' +
    'streetAddress(b{useFullAddress:b}) timeZone zipCode(s{state:s,format:s})',
  lorem:
    'lines(c) paragraph(c) paragraphs(c,s) sentence(c) sentences(c,s) slug(c) text ' +
    'word(n{length:c,strategy:s}) words(c)',
  music: 'album artist genre songName',
  number:
    'bigInt(i{min:i,max:i,multipleOf:i}) binary(n{min:n,max:n}) ' +
    'float(n{min:n,max:n,fractionDigits:n,multipleOf:n,precision=multipleOf:n}) ' +
    'hex(n{min:n,max:n}) int(n{min:n,max:n,multipleOf:n}) octal(n{min:n,max:n}) ' +
    'romanNumeral(n{min:n,max:n})',
  person:
    'bio firstName(s~n) fullName({firstName:s,lastName:s,sex:s~n,gender=sex:s~n}) gender(~b) ' +
    'jobArea jobDescriptor jobTitle jobType lastName(s~n) middleName(s~n) prefix(s~n) sex ' +
    'sexType({includeGeneric:b}) suffix zodiacSign',
  phone: 'imei number(~s{style:s})',
  science: 'chemicalElement unit',
  string:
    'alpha(n{length:c,casing:s,exclude:sl}) alphanumeric(n{length:c,casing:s,exclude:sl}) ' +
    'binary({length:c,prefix:s}) fromCharacters(!sl,c) ' +
    'hexadecimal({length:c,casing:s,prefix:s}) nanoid(c) ' +
    'numeric(n{length:c,allowLeadingZeros:b,exclude:sl}) octal({length:c,prefix:s}) sample(c) ' +
    'symbol(c) ulid({refDate:d}) uuid({version:n,refDate:d})',
  system:
    'commonFileExt commonFileName(s) commonFileType cron({includeYear:b,includeNonStandard:b}) ' +
    'directoryPath fileExt(s) fileName({extensionCount:c}) filePath fileType mimeType ' +
    'networkInterface({interfaceType:s,interfaceSchema:s}) semver',
  vehicle: 'bicycle color fuel manufacturer model type vehicle vin vrm',
  word:
    'adjective(n{length:c,strategy:s}) adverb(n{length:c,strategy:s}) ' +
    'conjunction(n{length:c,strategy:s}) interjection(n{length:c,strategy:s}) ' +
    'noun(n{length:c,strategy:s}) preposition(n{length:c,strategy:s}) ' +
    'sample(n{length:c,strategy:s}) verb(n{length:c,strategy:s}) words(n{count:c})',
};

/** A method that a template may call. */
export interface Method {
  /** `number.int`, or a former name such as `random.number`. */
  readonly name: string;
  /** What faker calls it today, or `name` if faker no longer has anything like it. */
  readonly runsAs: string;
  /** Its parameters, as described at the list. */
  readonly parameters: string;
}

const TODAY = new Map(
  Object.entries(METHODS).flatMap(([module, methods]) =>
    methods.split(' ').map((method): [string, Method] => {
      const [name = '', parameters = ''] = method.split(/[()]/);
      const full = `${module}.${name}`;
      return [full, { name: full, runsAs: full, parameters }];
    }),
  ),
);

const FORMER = new Map(
  Object.entries(FORMER_METHODS).flatMap(([module, methods]) =>
    methods.split(' ').map((method): [string, Method] => {
      const [form = '', target] = method.split('>');
      const [name = '', given] = form.split(/[()]/);
      const full = `${module}.${name}`;
      const runsAs = target === undefined || target.includes('.') ? target : `${module}.${target}`;
      const parameters = given ?? TODAY.get(runsAs ?? '')?.parameters ?? '';
      return [full, { name: full, runsAs: runsAs ?? full, parameters }];
    }),
  ),
);

/** All names of faker today as `module.method`, sorted. */
export const TEMPLATE_NAMES: readonly string[] = [...TODAY.keys()];

/** The names that former versions of faker had, and what each is called today. */
export const FORMER_NAMES: ReadonlyMap<string, string> = new Map(
  [...FORMER].map(([name, { runsAs }]) => [name, runsAs]),
);

/** Returns the method of a template's name, which may be one of faker 5 to 9. */
export function findMethod(name: string): Method | undefined {
  const known = TODAY.get(name);
  if (known) return known;
  const current = name
    .replace(/^faker\./, '')
    .replace(/^address\./, 'location.')
    .replace(/^name\./, 'person.')
    .replace(/^image\.(?:lorempicsum|lorempixel|placeholder|unsplash)\./, 'image.');
  return TODAY.get(current) ?? FORMER.get(current);
}

/** Returns whether `{{name}}` can be filled in. */
export function isTemplateName(name: string): boolean {
  return findMethod(name) !== undefined;
}
