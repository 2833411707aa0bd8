import assert from 'node:assert/strict';
import { jsonChecker } from '../../../../../../src/core/message/decoders/jsonSchema/checker';
import { InvalidSchema } from '../../../../../../src/core/message/decoders/schemas/problems';
import { inEnglish } from '../../../../../../src/core/phrase';

type Imports = Parameters<typeof jsonChecker>[0]['imports'];

/** Returns what does not fit, and where. */
function misfit(text: string, value: unknown, imports: Imports = []): string | undefined {
  const found = jsonChecker({ text, imports }).check(value);
  return found && inEnglish(found.atPlace);
}

describe('What does not fit a JSON Schema', () => {
  const latest = 'https://json-schema.org/draft/2020-12/schema';
  const long = 'x'.repeat(50);
  const table: readonly [schema: unknown, value: unknown, said: string][] = [
    [{ type: ['string', 'null'] }, 1, 'expected a text or null, found 1'],
    [{ type: 'array' }, {}, 'expected an array, found an object'],
    [{ type: 'object' }, [], 'expected an object, found an array'],
    [{ type: 'null' }, true, 'expected null, found true'],
    [{ type: 'boolean' }, null, 'expected true or false, found null'],
    [{ type: 'number' }, long, `expected a number, found "${'x'.repeat(39)}…`],
    [{ const: { a: 1 } }, 1, 'expected {"a":1}, found 1'],
    [{ enum: ['"', null] }, 1, 'expected one of ["\\"",null], found 1'],
    [{ enum: [long.repeat(6)] }, 1, `expected one of ["${'x'.repeat(198)}…, found 1`],
    [
      { oneOf: [{ type: 'string' }, { minLength: 1 }] },
      'a',
      '"a" fits not exactly one of the alternatives',
    ],
    [{ anyOf: [false] }, 1, '1 fits none of the alternatives'],
    [{ not: {} }, 1, 'instance matched "not" schema'],
    [
      { properties: { 'a/b~c %': { type: 'string' } } },
      { 'a/b~c %': 1 },
      '["a/b~c %"]: expected a text, found 1',
    ],
    [{ items: [{ type: 'string' }] }, [1], '[0]: expected a text, found 1'],
    [{ items: { type: 'string' } }, ['a', 1], '[1]: expected a text, found 1'],
    [{ additionalProperties: { type: 'string' } }, { a: 1 }, 'a: expected a text, found 1'],
    [{ patternProperties: { a: false } }, { a: 1 }, 'a: it is not allowed here'],
    [false, 1, 'it is not allowed here'],
    [
      { $schema: latest, prefixItems: [{ type: 'string' }], items: false },
      ['a', 1],
      '[1]: it is not allowed here',
    ],
    [{ contains: { const: 1 } }, [2], 'array does not contain item matching schema'],
    [{ uniqueItems: true }, [1, 1], 'duplicate items at indexes 0 and 1'],
    [{ if: { const: 1 }, then: { const: 2 } }, 1, 'expected 2, found 1'],
    [{ dependencies: { a: ['b'] } }, { a: 1 }, 'instance has "a" but does not have "b"'],
    [{ allOf: [{ required: ['a'] }] }, {}, '"a" is missing'],
    [{ $schema: 7, $id: 5, type: 'string' }, 1, 'expected a text, found 1'],
  ];
  for (const [schema, value, said] of table) {
    it(`${JSON.stringify(value).slice(0, 20)} in ${JSON.stringify(schema).slice(0, 60)}`, () => {
      assert.equal(misfit(JSON.stringify(schema), value), said);
    });
  }

  it('is not asked of one that allows everything', () => {
    assert.equal(misfit('true', { a: 1 }), undefined);
    assert.equal(misfit('{}', null), undefined);
  });

  it('may follow from an import, also from one that says that it is the schema itself', () => {
    const imports = [{ name: 'a.json', text: '{"$id":"schema://registry/","type":"string"}' }];
    assert.equal(misfit('{"$ref":"a.json"}', 1, imports), 'expected a text, found 1');
    const { base, imports: known } = jsonChecker({ text: '{"$id":"b.json"}', imports });
    assert.equal(base, 'schema://registry/b.json');
    assert.deepEqual([...known.keys()], ['schema://registry/a.json', 'schema://registry/']);
  });
});

describe('A JSON Schema that cannot be used', () => {
  const large = (characters: number) => `{"x":"${'y'.repeat(characters - 8)}"}`;
  const half = 4 * 1024 * 1024;
  const table: readonly [text: string, why: RegExp, imports?: Imports][] = [
    ['null', /^it is not an object$/],
    ['7', /^it is not an object$/],
    ['[]', /^it is not an object$/],
    ['{', /^it is not JSON, or too deep$/],
    ['['.repeat(1000) + ']'.repeat(1000), /^it is not JSON, or too deep$/],
    ['{"$ref":"//["}', /^it is not valid \(Invalid URL\)$/],
    ['{"$id":"//["}', /^it refers to "\/\/\["$/],
    ['{}', /^it refers to "\/\/\["$/, [{ name: '//[', text: '{}' }]],
    ['{"$ref":"a.json"}', /^it is not valid \(Unresolved \$ref "a\.json"/],
    [large(2 * half + 1), /^it is too large$/],
    [large(half), /^it is too large$/, [{ name: 'a.json', text: large(half + 1) }]],
  ];
  for (const [text, why, imports = []] of table) {
    it(`is ${text.slice(0, 30)} of ${text.length} characters, with ${imports.length} imports`, () => {
      const check = () => jsonChecker({ text, imports }).check(1);
      assert.throws(check, (error) => {
        assert.ok(error instanceof InvalidSchema, String(error));
        assert.match(error.message, why);
        return true;
      });
    });
  }

  it('is not one of eight million characters', () => {
    assert.equal(misfit(large(half), 1, [{ name: 'a.json', text: large(half) }]), undefined);
  });
});
