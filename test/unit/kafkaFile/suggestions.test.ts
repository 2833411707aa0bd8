import assert from 'node:assert/strict';
import { isTemplateName } from '../../../src/kafkaFile/faker/names';
import { suggestTemplates } from '../../../src/kafkaFile/suggestions';
import { findTemplates } from '../../../src/kafkaFile/templates';

/** Variables of Postman, whose names differ most from those of faker. */
const POSTMAN = (
  '$guid $timestamp $isoTimestamp $randomUUID $randomAlphaNumeric $randomBoolean $randomInt ' +
  '$randomColor $randomHexColor $randomAbbreviation $randomIP $randomIPV6 $randomMACAddress ' +
  '$randomPassword $randomLocale $randomUserAgent $randomProtocol $randomSemver ' +
  '$randomFirstName $randomLastName $randomFullName $randomNamePrefix $randomNameSuffix ' +
  '$randomJobArea $randomJobTitle $randomPhoneNumber $randomPhoneNumberExt $randomCity ' +
  '$randomStreetName $randomStreetAddress $randomCountry $randomCountryCode $randomLatitude ' +
  '$randomAvatarImage $randomImageUrl $randomBankAccount $randomBankAccountName ' +
  '$randomCreditCardMask $randomBankAccountBic $randomBankAccountIban $randomTransactionType ' +
  '$randomCurrencyCode $randomBitcoin $randomCompanyName $randomBs $randomCatchPhrase ' +
  '$randomDatabaseColumn $randomDateFuture $randomDatePast $randomDateRecent $randomWeekday ' +
  '$randomMonth $randomDomainName $randomEmail $randomExampleEmail $randomUserName $randomUrl ' +
  '$randomFileName $randomMimeType $randomPrice $randomProduct $randomProductName ' +
  '$randomDepartment $randomNoun $randomVerb $randomIngverb $randomWord $randomWords ' +
  '$randomPhrase $randomLoremWord $randomLoremSentence $randomLoremParagraphs'
).split(' ');

describe('suggestions of templates', () => {
  const table: [name: string, ...suggested: string[]][] = [
    ['person.firstname', 'person.firstName'],
    ['Person.FirstName', 'person.firstName'],
    ['person.frstName', 'person.firstName'],
    ['person.city', 'location.city'],
    ['adress.city', 'location.city'],
    ['name.firstname', 'person.firstName'],
    ['random.numbr', 'number.int'],
    ['firstName', 'person.firstName'],
    ['uuid', '$uuid', 'string.uuid'],
    ['timestamp', '$timestamp'],
    ['index', '$index'],
    ['env.HOME', '$env.HOME'],
    ['$processEnv HOME', '$env.HOME'],
    ['$guid', '$uuid', 'string.uuid'],
    ['$randomint', '$randomInt 1 100', 'number.int'],
    ['$now', '$date.iso', '$timestamp'],
    ['$timestampp', '$timestamp'],
    ['$isoTimestamp', '$date.iso'],
    ['$randomFirstName', 'person.firstName'],
    ['$randomLoremWord', 'lorem.word'],
    ['$random.integer', 'number.int'],
    ['whatever', ...[]],
    ['unknown.thing', ...[]],
    ['constructor', ...[]],
    ['$', ...[]],
  ];
  for (const [name, ...suggested] of table) {
    it(`for ${name}`, () => {
      assert.deepEqual(suggestTemplates(name), suggested);
    });
  }

  it('for the variables of Postman', () => {
    for (const name of POSTMAN) {
      const [template, problem] = findTemplates(`{{${name}}}`);
      assert.equal(problem, undefined);
      if (template && !template.problem) continue;
      const [first = ''] = template?.problem?.suggestions ?? suggestTemplates(name);
      assert.ok(first.startsWith('$') || isTemplateName(first), `${name}: ${first}`);
    }
  });

  it('can be filled in', () => {
    for (const name of ['uuid', 'guid', 'now', 'date', 'randomInt', 'name', 'number', 'color']) {
      const suggestions = suggestTemplates(name);
      assert.ok(suggestions.length > 0);
      for (const each of suggestions)
        assert.equal(findTemplates(`{{${each}}}`)[0]?.problem, undefined);
    }
  });
});
