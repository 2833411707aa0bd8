import assert from 'node:assert/strict';
import { exampleOf } from '../../../../../../src/core/message/decoders/describe/example';

describe('An example of a JSON Schema', () => {
  const table: readonly [what: string, schema: Readonly<Record<string, unknown>>, json: string][] =
    [
      ['a constant', { const: [1] }, '[1]'],
      ['its examples before its values', { examples: ['x'], enum: ['y'] }, '"x"'],
      ['its only value', { enum: [null] }, 'null'],
      ['a default', { default: 7, type: 'string' }, '7'],
      ['nothing said', {}, 'null'],
      ['its properties alone', { properties: { a: { type: 'integer' } } }, '{"a":1}'],
      ['a name that must be there', { required: ['a'] }, '{"a":null}'],
      ['other members', { additionalProperties: { type: 'boolean' } }, '{"key":true}'],
      ['no other members', { type: 'object', additionalProperties: false }, '{}'],
      [
        'members that are not allowed',
        { properties: { a: false, b: true, c: { default: 1 } } },
        '{"b":null}',
      ],
      [
        'other members where there are some already',
        { properties: { a: { const: 1 } }, additionalProperties: { const: 2 } },
        '{"a":1}',
      ],
      ['elements', { items: { type: 'boolean' } }, '[true]'],
      ['no elements', { type: 'array', items: false }, '[]'],
      ['at most no elements', { type: 'array', maxItems: 0 }, '[]'],
      [
        'first elements',
        { prefixItems: [{ const: 1 }, { const: 2 }], items: { const: 3 } },
        '[1,2]',
      ],
      [
        'elements behind the first',
        { prefixItems: [{ const: 1 }], minItems: 3, items: { const: 3 } },
        '[1,3,3]',
      ],
      ['elements that cannot be', { type: 'array', items: { anyOf: [false] } }, '[]'],
      ['other members that cannot be', { additionalProperties: { allOf: [false] } }, '{}'],
      ['an optional member that cannot be', { properties: { a: { anyOf: [false] } } }, '{}'],
      ['a text by its length', { minLength: 2 }, '"text"'],
      ['a number by its bound', { minimum: 3 }, '3'],
      ['a number by its step', { multipleOf: 0.5 }, '0.5'],
      ['the first type that is not null', { type: ['null', 'boolean'] }, 'true'],
      ['null alone', { type: ['null'] }, 'null'],
      ['a number above', { type: 'integer', exclusiveMinimum: 10 }, '11'],
      ['a number below', { type: 'integer', exclusiveMaximum: -10 }, '-11'],
      ['a number between', { type: 'number', minimum: 1.25, maximum: 1.5 }, '1.25'],
      [
        'a number strictly between',
        { type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 2 },
        '1.5',
      ],
      ['a number that cannot be', { type: 'integer', minimum: 0.1, maximum: 0.2 }, '0'],
      ['multiples', { type: 'integer', minimum: 10, multipleOf: 4 }, '12'],
      ['an alternative before null', { anyOf: [{ const: null }, { const: 1 }] }, '1'],
      ['an alternative that says nothing', { type: 'boolean', oneOf: [true] }, 'true'],
      [
        'the first alternative that has one',
        { oneOf: [{ allOf: [false] }, { required: ['b'] }], type: 'object', required: ['a'] },
        '{"a":null,"b":null}',
      ],
      ['all that is asked for', { allOf: [{ type: 'integer' }, { minimum: 5 }, true] }, '5'],
      [
        'what stands elsewhere',
        {
          $ref: '#/$defs/a~1b%25',
          $defs: { 'a/b%': { prefixItems: [{ $ref: '#/$defs/c~0/0' }] }, 'c~': [{ const: 4 }] },
        },
        '[4]',
      ],
    ];
  for (const [what, schema, json] of table) {
    it(`has ${what}`, () => {
      assert.equal(exampleOf(schema), json);
    });
  }

  it('is missing where there is none', () => {
    for (const schema of [
      { $ref: '#/%' },
      { $ref: '#/a/b' },
      { $ref: '#/toString' },
      { allOf: [false] },
      { anyOf: [false] },
      { required: ['a'], properties: { a: false } },
      { minItems: 1, items: false, type: 'array' },
    ]) {
      assert.equal(exampleOf(schema), undefined, JSON.stringify(schema));
    }
  });

  it('leaves out what may be missing below some levels', () => {
    const tree = { $ref: '#/$defs/0', $defs: {} as Record<string, unknown> };
    for (let level = 0; level < 12; level++) {
      tree.$defs[level] = { properties: { a: { $ref: `#/$defs/${level + 1}` } } };
    }
    tree.$defs[12] = { const: 1 };
    assert.equal(exampleOf(tree), '{"a":{"a":{"a":{"a":{"a":{}}}}}}');
  });
});
