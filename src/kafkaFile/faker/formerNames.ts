/**
 * The names that faker had in versions 5 to 9, by module: `name(parameters)>today's name`, in the
 * notation of `names.ts`. Without parentheses, the parameters are those of today's method. Today's
 * name lacks its module if that is the same, and is missing altogether if faker has nothing like it.
 * `address` and `name` stand under `location` and `person`. `formerMethods.ts` has the methods whose
 * result or arguments differ from those of today's method.
 */
export const FORMER_METHODS: Readonly<Record<string, string>> = {
  commerce: 'color>color.human',
  company:
    'bs>buzzPhrase bsAdjective>buzzAdjective bsBuzz>buzzVerb bsNoun>buzzNoun companyName>name ' +
    'companySuffix suffixes',
  datatype:
    'array(c) bigInt>number.bigInt datetime(n{min:nd,max:nd})>date.between ' +
    'float(n{min:n,max:n,precision:n})>number.float ' +
    'hexaDecimal(n{length:n,prefix:s,case=casing:s})>string.hexadecimal ' +
    'hexadecimal(n{length:n,prefix:s,case=casing:s})>string.hexadecimal json ' +
    'number(n{min:n,max:n,precision:n})>number.int string(n{length:n})>string.sample ' +
    'uuid>string.uuid',
  finance:
    'account>accountNumber mask(+{length:n,parens:b,ellipsis:b}) ' +
    'maskedNumber(+{length:n,parens:b,ellipsis:b})',
  git: 'shortSha()>commitSha',
  helpers:
    'contextualCard createCard ' +
    'createTransaction randomize(l)>arrayElement ' +
    'regexpStyleStringParse(s)>fromRegExp repeatString(s,n) ' +
    'replaceSymbolWithNumber(s,s) userCard',
  image:
    'abstract(+{width:n,height:n,randomize:b})>url ' +
    'animals(+{width:n,height:n,randomize:b})>url avatarLegacy>avatar ' +
    'buildings(+{width:n,height:n,keyword:s})>url ' +
    'business(+{width:n,height:n,randomize:b})>url ' +
    'cats(+{width:n,height:n,randomize:b})>url ' +
    'city(+{width:n,height:n,randomize:b})>url ' +
    'fashion(+{width:n,height:n,randomize:b})>url ' +
    'food(+{width:n,height:n,randomize:b})>url ' +
    'image(+{width:n,height:n,randomize:b})>url ' +
    'imageBlurred(+{width:n,height:n,blur:n})>urlPicsumPhotos ' +
    'imageGrayscale(+{width:n,height:n,grayscale:b})>urlPicsumPhotos ' +
    'imageRandomSeeded(+{width:n,height:n,grayscale:b,blur:n})>urlPicsumPhotos ' +
    'imageUrl(+{width:n,height:n,category:s,randomize:b,https:b})>url ' +
    'nature(+{width:n,height:n,randomize:b})>url ' +
    'nightlife(+{width:n,height:n,randomize:b})>url ' +
    'objects(+{width:n,height:n,keyword:s})>url ' +
    'people(+{width:n,height:n,randomize:b})>url randomUrl(+{width:n,height:n})>url ' +
    'sports(+{width:n,height:n,randomize:b})>url ' +
    'technics(+{width:n,height:n,randomize:b})>url ' +
    'technology(+{width:n,height:n,keyword:s})>url ' +
    'transport(+{width:n,height:n,randomize:b})>url ' +
    'urlPlaceholder({width:n,height:n,backgroundColor=color:s})>dataUri',
  internet:
    'avatar>image.avatar color(+{redBase:n,greenBase:n,blueBase:n})>color.rgb userName>username',
  location:
    'cityName>city cityPrefix citySuffix stateAbbr()>state streetName>street ' +
    'streetPrefix>cardinalDirection streetSuffix zipCodeByState(s{state:s})>zipCode',
  mersenne: 'rand(n,n)>number.int',
  person: 'findName(+{firstName:s,lastName:s,sex:s~n})>fullName title>jobTitle',
  phone: 'phoneFormats phoneNumber>number phoneNumberFormat(n)>number',
  random:
    'alpha(n{count=length:c,upcase:b,casing:s,bannedChars=exclude:sl})>string.alpha ' +
    'alphaNumeric(n,{casing:s,bannedChars=exclude:sl})>string.alphanumeric ' +
    'arrayElement(l)>helpers.arrayElement arrayElements(l,c)>helpers.arrayElements ' +
    'boolean>datatype.boolean float(n{min:n,max:n,precision:n})>number.float ' +
    'hexaDecimal(n{length:n,prefix:s,case=casing:s})>string.hexadecimal ' +
    'image()>image.url locale ' +
    'number(n{min:n,max:n,precision:n})>number.int ' +
    'numeric(n,{allowLeadingZeros:b,bannedDigits=exclude:sl})>string.numeric ' +
    'objectElement(o,s)>helpers.objectValue uuid>string.uuid word()>word.sample words(c)>word.words',
  time: 'recent(s)',
};
