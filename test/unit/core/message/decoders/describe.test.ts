import assert from 'node:assert/strict';
import type { FormatDescription } from '../../../../../src/core/message/decoders/decoder';
import { here } from '../../../../../src/core/message/decoders/here';
import { exampleOf } from '../../../../../src/core/message/decoders/describe/example';
import { matching } from '../../../../../src/core/message/decoders/describe/pattern';
import { SchemaError } from '../../../../../src/core/schemaRegistry/lookup';
import { encodeHere } from '../../../../support/decoding';
import { type KnownSchema, knownSchemas } from '../../../../support/schemas';
import { vectorsOf } from '../../../../support/vectors';

/** Describes a schema, and makes sure that the example can be written. */
async function describeSchema(
  kind: 'avro' | 'json-schema',
  known: KnownSchema,
): Promise<FormatDescription> {
  const schemas = knownSchemas({ subject: 'orders-value', id: 7, ...known });
  const context = { topic: 'orders', part: 'value', schemas } as const;
  const description = await here.describe({ kind, argument: '' }, context);
  assert.ok(description);
  const encoded = await encodeHere(kind, description.example, { schemas });
  assert.ok(encoded.payload, `${description.example} ${JSON.stringify(encoded)}`);
  return description;
}

describe('What a schema allows, as a JSON Schema with an example', () => {
  const avro = (schema: unknown) => describeSchema('avro', { text: JSON.stringify(schema) });
  const json = (schema: unknown, imports: KnownSchema['imports'] = []) =>
    describeSchema('json-schema', { type: 'JSON', text: JSON.stringify(schema), imports });

  it('describes records of Avro, with what their authors say', async () => {
    const { jsonSchema, example, schema } = await avro({
      type: 'record',
      name: 'com.contoso.Order',
      doc: 'An order.',
      fields: [
        { name: 'id', type: 'long', doc: 'Its number.' },
        { name: 'state', type: { type: 'enum', name: 'State', symbols: ['NEW', 'OLD'] } },
        { name: 'note', type: ['null', 'string'], default: null },
        { name: 'parent', type: ['null', 'Order'] },
      ],
    });
    assert.deepEqual(jsonSchema, {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $ref: '#/$defs/com.contoso.Order',
      $defs: {
        'com.contoso.Order': {
          title: 'com.contoso.Order',
          description: 'An order.',
          type: 'object',
          properties: {
            id: {
              description: 'Its number.',
              type: 'integer',
              minimum: -9223372036854776000,
              exclusiveMaximum: 9223372036854776000,
            },
            state: { $ref: '#/$defs/com.contoso.State' },
            note: {
              anyOf: [{ type: 'null' }, named('string', { type: 'string' }), { type: 'string' }],
              default: null,
            },
            parent: {
              anyOf: [
                { type: 'null' },
                named('com.contoso.Order', { $ref: '#/$defs/com.contoso.Order' }),
                { $ref: '#/$defs/com.contoso.Order' },
              ],
            },
          },
          required: ['id', 'state', 'parent'],
          additionalProperties: false,
        },
        'com.contoso.State': { enum: ['NEW', 'OLD'] },
      },
    });
    assert.equal(example, '{"id":1,"state":"NEW","parent":null}');
    assert.deepEqual(schema, {
      ...{ id: 7, subject: 'orders-value', version: 1, name: 'com.contoso.Order' },
    });
  });

  for (const [file, vectors] of vectorsOf('avro')) {
    for (const { name, schema, imports = [], id, guid } of vectors) {
      if (schema === undefined) continue;
      it(`has an example for ${file}: ${name}`, async () => {
        const isText = typeof schema === 'string' && (id ?? guid) !== undefined;
        const text = isText ? schema : JSON.stringify(schema);
        await describeSchema('avro', { text, imports });
      });
    }
  }

  it('has examples of logical types, as people read them', async () => {
    const logical = (type: string, logicalType: string, more = {}) => ({
      type,
      logicalType,
      ...more,
    });
    const types = [
      logical('int', 'date'),
      logical('long', 'timestamp-micros'),
      logical('long', 'local-timestamp-millis'),
      logical('int', 'time-millis'),
      logical('string', 'uuid'),
      logical('bytes', 'decimal', { precision: 9, scale: 2 }),
      logical('bytes', 'decimal', { precision: 2, scale: 2 }),
    ];
    const examples = await Promise.all(types.map(async (type) => (await avro(type)).example));
    assert.deepEqual(examples, [
      '"2026-01-31"',
      '"2026-01-31T10:15:30.123456Z"',
      '"2026-01-31T10:15:30.123"',
      '"10:15:30.123"',
      '"text"',
      '12.5',
      '0',
    ]);
  });

  it('puts what a JSON Schema imports inside, and keeps older drafts', async () => {
    const address = {
      $id: 'address.json',
      definitions: { c: { minLength: 5 } },
      properties: { city: { $ref: '#/definitions/c' } },
    };
    const { jsonSchema, example } = await json(
      {
        $schema: 'http://json-schema.org/draft-04/schema#',
        id: 'order.json',
        type: 'object',
        properties: {
          address: { $ref: 'address.json' },
          pair: { type: 'array', items: [{ type: 'integer' }, { type: 'boolean' }] },
          price: { type: 'number', minimum: 0, exclusiveMinimum: true },
          self: { $ref: '#' },
        },
        required: ['address'],
      },
      [{ name: 'address.json', text: JSON.stringify(address) }],
    );
    assert.deepEqual(jsonSchema, {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        address: { $ref: '#/$defs/import0' },
        pair: {
          type: 'array',
          prefixItems: [{ type: 'integer' }, { type: 'boolean' }],
          items: true,
        },
        price: { type: 'number', exclusiveMinimum: 0 },
        self: { $ref: '#' },
      },
      required: ['address'],
      $defs: {
        import0: {
          definitions: { c: { minLength: 5 } },
          properties: { city: { $ref: '#/$defs/import0/definitions/c' } },
        },
      },
    });
    assert.equal(example, '{"address":{"city":"textx"},"pair":[1,true],"price":1}');
  });

  it('makes examples that fit', () => {
    const examples = [
      { type: 'string', pattern: '^[A-Z]{2}-\\d{3}(?:x|y)+$' },
      { type: 'string', pattern: '^[^a-z]b?$' },
      { type: 'string', minLength: 6, maxLength: 6 },
      { type: 'integer', minimum: 5, multipleOf: 7 },
      { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
      { type: 'integer', maximum: -3 },
      { type: 'array', items: { const: 'a' }, minItems: 2 },
      { allOf: [{ required: ['a'] }, { properties: { a: { enum: [null, 3] } } }] },
      { oneOf: [{ type: 'null' }, { type: 'boolean' }] },
      { type: ['null', 'string'], format: 'date' },
      { type: 'object', additionalProperties: { type: 'integer' } },
      { type: 'object', properties: { a: { default: 1 }, b: { examples: ['x'] } } },
    ].map(exampleOf);
    assert.deepEqual(examples, [
      '"AA-000x"',
      '"A"',
      '"textxx"',
      '7',
      '0.5',
      '-3',
      '["a","a"]',
      '{"a":3}',
      'true',
      '"2026-01-31"',
      '{"key":1}',
      '{"b":"x"}',
    ]);
  });

  it('has no example of what does not end, or is nothing', () => {
    const itself = {
      $ref: '#/$defs/a',
      $defs: { a: { required: ['a'], properties: { a: { $ref: '#/$defs/a' } } } },
    };
    const wide = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`p${index}`, { $ref: `#/$defs/d` }]),
    );
    assert.equal(exampleOf(itself), undefined);
    assert.equal(exampleOf({ not: {}, $ref: '#' }), undefined);
    assert.equal(exampleOf({ $ref: '#/$defs/none' }), undefined);
    assert.ok(
      (exampleOf({ properties: wide, $defs: { d: { properties: wide } } })?.length ?? 0) < 100_000,
    );
    assert.equal(matching('('), undefined);
    assert.equal(matching('(?=a)b'), undefined);
    assert.equal(matching('a{99999}'), undefined);
  });

  it('says why there is none', async () => {
    const describing = here.describe({ kind: 'avro', argument: '' }, { topic: 't', part: 'key' });
    await assert.rejects(describing, SchemaError);
  });
});

function named(name: string, schema: unknown) {
  const properties = { [name]: schema };
  return { type: 'object', properties, required: [name], additionalProperties: false };
}
