/**
 * The methods that `{{module.method}}` may call: the public methods of the bundled faker, except
 * those that take a function as an argument or evaluate templates themselves. With this list the
 * editor does not have to load faker. A test compares the list with faker.
 */
const METHODS: Readonly<Record<string, string>> = {
  airline: 'aircraftType airline airplane airport flightNumber recordLocator seat',
  animal:
    'bear bird cat cetacean cow crocodilia dog fish horse insect lion petName rabbit ' +
    'rodent snake type',
  book: 'author format genre publisher series title',
  color:
    'cmyk colorByCSSColorSpace cssSupportedFunction cssSupportedSpace hsl human hwb lab ' +
    'lch rgb space',
  commerce:
    'department isbn price product productAdjective productDescription productMaterial ' +
    'productName upc',
  company:
    'buzzAdjective buzzNoun buzzPhrase buzzVerb catchPhrase catchPhraseAdjective ' +
    'catchPhraseDescriptor catchPhraseNoun name',
  database: 'collation column engine mongodbObjectId type',
  datatype: 'boolean',
  date: 'anytime between betweens birthdate future month past recent soon timeZone weekday',
  finance:
    'accountName accountNumber amount bic bitcoinAddress creditCardCVV creditCardIssuer ' +
    'creditCardNumber currency currencyCode currencyName currencyNumericCode ' +
    'currencySymbol ethereumAddress iban litecoinAddress pin routingNumber ' +
    'transactionDescription transactionType',
  food: 'adjective description dish ethnicCategory fruit ingredient meat spice vegetable',
  git: 'branch commitDate commitEntry commitMessage commitSha',
  hacker: 'abbreviation adjective ingverb noun phrase verb',
  helpers:
    'arrayElement arrayElements enumValue fromRegExp mustache objectEntry objectKey ' +
    'objectValue rangeToNumber replaceCreditCardSymbols replaceSymbols shuffle slugify ' +
    'uniqueArray weightedArrayElement',
  image: 'avatar avatarGitHub dataUri personPortrait url urlLoremFlickr urlPicsumPhotos',
  internet:
    'displayName domainName domainSuffix domainWord email emoji exampleEmail httpMethod ' +
    'httpStatusCode ip ipv4 ipv6 jwt jwtAlgorithm mac password port protocol url ' +
    'userAgent username',
  location:
    'buildingNumber cardinalDirection city continent country countryCode county direction ' +
    'language latitude longitude nearbyGPSCoordinate ordinalDirection postalAddress ' +
    'secondaryAddress state street streetAddress timeZone zipCode',
  lorem: 'lines paragraph paragraphs sentence sentences slug text word words',
  music: 'album artist genre songName',
  number: 'bigInt binary float hex int octal romanNumeral',
  person:
    'bio firstName fullName gender jobArea jobDescriptor jobTitle jobType lastName ' +
    'middleName prefix sex sexType suffix zodiacSign',
  phone: 'imei number',
  science: 'chemicalElement unit',
  string:
    'alpha alphanumeric binary fromCharacters hexadecimal nanoid numeric octal sample ' +
    'symbol ulid uuid',
  system:
    'commonFileExt commonFileName commonFileType cron directoryPath fileExt fileName ' +
    'filePath fileType mimeType networkInterface semver',
  vehicle: 'bicycle color fuel manufacturer model type vehicle vin vrm',
  word: 'adjective adverb conjunction interjection noun preposition sample verb words',
};

/** Names of faker 9 that later versions removed, each with its replacement. */
export const FORMER_NAMES: ReadonlyMap<string, string> = new Map([
  ['finance.maskedNumber', 'finance.pin'],
  ['image.avatarLegacy', 'image.avatar'],
  ['image.urlPlaceholder', 'image.dataUri'],
  ['internet.color', 'color.rgb'],
  ['internet.userName', 'internet.username'],
]);

/** All names as `module.method`, sorted. */
export const TEMPLATE_NAMES: readonly string[] = Object.entries(METHODS).flatMap(
  ([module, names]) => names.split(' ').map((name) => `${module}.${name}`),
);

const KNOWN: ReadonlySet<string> = new Set([...TEMPLATE_NAMES, ...FORMER_NAMES.keys()]);

/** Returns whether `{{name}}` can be filled in. */
export function isTemplateName(name: string): boolean {
  return KNOWN.has(name);
}
